"""The invented press of the bench: who publishes, what stands under every article, and forms that are filled in."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

DATA = Path(__file__).with_name("data")
_SLOT = re.compile(r"\{(?:(?P<low>-?\d+)\.\.(?P<high>\d+)(?:\|(?P<decimals>\d))?|(?P<name>[a-z]+)(?P<anew>\*)?)\}")


class Outlet(NamedTuple):
    """Who publishes: the name, its domain, and the paragraphs that may stand under each of its articles."""

    name: str
    domain: str
    boilerplate: Sequence[str] = ()


class Template(NamedTuple):
    """A form: what it is for, a headline and a text with slots, and the values that may stand in them."""

    kind: str
    headline: str
    text: str
    values: dict[str, list[str]]

    def fill(self, rng: Random) -> tuple[str, str]:
        """A headline and a text made from the form."""
        drawn: dict[str, str] = {}

        def value(slot: re.Match[str]) -> str:
            name = slot["name"]
            if name is None:
                number = rng.randint(int(slot["low"]), int(slot["high"]))
                places = int(slot["decimals"] or 0)
                return f"{number}.{rng.randrange(10**places):0{places}}" if places else str(number)
            if slot["anew"]:
                return rng.choice(self.values[name])
            return drawn.setdefault(name, rng.choice(self.values[name]))

        return _SLOT.sub(value, self.headline), _SLOT.sub(value, self.text).strip()


@cache
def agencies() -> list[Outlet]:
    """The agencies that write the wires."""
    return [Outlet(name, _domain(name)) for name in _read("newsroom.toml")["agencies"]]


@cache
def outlets() -> list[Outlet]:
    """The 300 outlets that carry them."""
    press = _read("newsroom.toml")
    names = [f"{place} {title}" for place in press["places"] for title in press["titles"]]
    return [
        Outlet(name, _domain(name), [one.format(outlet=name, domain=_domain(name)) for one in press["boilerplate"]])
        for name in names
    ]


@cache
def templates() -> list[Template]:
    """The forms."""
    read = _read("templates.toml")
    return [Template(one["kind"], one["headline"], one["text"], read["values"]) for one in read["template"]]


@cache
def house_style() -> list[tuple[str, str]]:
    """What a copy desk replaces, and by what."""
    return [(wire, house) for wire, house in _read("newsroom.toml")["house_style"]]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text("utf-8"))


def _domain(name: str) -> str:
    return name.lower().replace(" ", "") + ".example"
