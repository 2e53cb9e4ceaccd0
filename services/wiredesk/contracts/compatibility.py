"""Compatibility of two releases of a schema: what a change would break for those who rely on the older one.

A schema is a promise to one side or the other. What feeds send must still be taken (``ACCEPTS``): the new schema holds
for all that the old one held for. What consumers read must still be readable (``GIVES``): the old schema holds for all
that the new one holds for. Both are one question, whether the values of one schema are among those of another, asked
in opposite directions; beside it, what a field means must stay (its default, the values of its open enumeration). Only
a new field is let through although somebody may have used its name for something else: fields could not be added then.

This is JSON Schema as ``contracts.schemas`` writes it. A keyword that is not known here may not change at all: better a
change refused that does no harm than the other way round.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterator, Mapping
from enum import Enum
from typing import Any, TypeVar

Schema = dict[str, Any]
T = TypeVar("T")


class Direction(Enum):
    """To whom a schema is a promise."""

    ACCEPTS = "accepts"
    GIVES = "gives"


_TYPES = ("null", "boolean", "integer", "number", "string", "array", "object")
_UPPER = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
_LOWER = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
_HANDLED = {"type", "enum", "const", "properties", "required", "additionalProperties", "items"}
_TOLD = {"$schema", "$id", "$comment", "$defs", "title", "description", "examples", "default"}
"""Keywords that say nothing of which values are valid."""
_OPEN = "x-extensible-enum"
_HEADERS = "x-kafka-headers"


def breaking_changes(old: Schema, new: Schema, direction: Direction) -> list[str]:
    """What makes ``new`` no successor of ``old``, a sentence each with the place; empty when it is one."""
    found = _Comparison(old, new, direction).run()
    return list(dict.fromkeys(found))


def breaking_releases(
    released: Mapping[str, Schema], current: Mapping[str, Schema], accepted: Container[str]
) -> list[str]:
    """What the ``current`` schemas, by topic, break of the ``released`` ones.

    ``accepted`` are the topics that others send to: what they send must still be taken. On all others wiredesk writes,
    and both hold: what it writes must be readable by those who know the old schema, and what it wrote, which stays on
    the topic, by those who know the new one.
    """
    found: list[str] = []
    for topic, old in released.items():
        if topic not in current:
            found.append(f"{topic}: the topic is gone; keep it, and add one with the next version in its name")
            continue
        directions = [Direction.ACCEPTS] if topic in accepted else [Direction.GIVES, Direction.ACCEPTS]
        for direction in directions:
            found += [f"{topic}: {change}" for change in breaking_changes(old, current[topic], direction)]
    return list(dict.fromkeys(found))


class _Comparison:
    """One comparison, with the two roots that ``$ref`` points into."""

    def __init__(self, old: Schema, new: Schema, direction: Direction) -> None:
        self._old, self._new, self._direction = old, new, direction
        self._under_way: set[tuple[int, int]] = set()

    def run(self) -> list[str]:
        gone = [name for name in self._old.get(_HEADERS, {}) if name not in self._new.get(_HEADERS, {})]
        headers = [f"header {name!r} is gone" for name in gone]
        return headers + list(self._schemas(self._old, self._new, "$"))

    def _schemas(self, old: Schema, new: Schema, at: str) -> Iterator[str]:
        pair = (id(old), id(new))
        if pair in self._under_way:
            return  # a type that holds itself: this is being compared further up
        self._under_way.add(pair)
        inner, outer = self._in_order(list(_forms(old, self._old)), list(_forms(new, self._new)))
        yield from self._covered(inner, outer, at)
        self._under_way.discard(pair)

    def _covered(self, inner: list[Schema], outer: list[Schema], at: str) -> Iterator[str]:
        """Why values of the forms ``inner`` (the old ones if we accept, else the new) are not among ``outer``'s."""
        for form in inner:
            rivals = [other for other in outer if _holds(other["type"], form["type"])]
            if not rivals:
                yield f"{at}: {self._may('be', 'take')} {form['type']}"
                continue
            reasons = [list(self._form(form, other, at)) for other in rivals]
            yield from min(reasons, key=len)

    def _form(self, inner: Schema, outer: Schema, at: str) -> Iterator[str]:
        """Why a value of the form ``inner`` may not be one of ``outer``; both are of one type."""
        old, new = self._in_order(inner, outer)
        if "default" in old and "default" in new and old["default"] != new["default"]:
            yield f"{at}: the default was {_json(old['default'])} and is {_json(new['default'])}"
        for value in old.get(_OPEN, ()):
            if value not in new.get(_OPEN, ()):
                yield f"{at}: the value {_json(value)} of the open enumeration is gone"
        allowed = outer.get("enum")
        if allowed is not None and "enum" not in inner:
            yield f"{at}: {self._may('be', 'take')} other values than {', '.join(map(_json, allowed))}"
        elif allowed is not None:
            for value in inner["enum"]:
                if value not in allowed:
                    yield f"{at}: {self._may('be', 'take')} {_json(value)}"
        for name, limit in outer.items():
            if name in _UPPER + _LOWER and not _within(name, inner.get(name), limit):
                yield f"{at}: {name} was {_json(old.get(name))} and is {_json(new.get(name))}"
            elif _is_rule(name) and _rule(limit) != _rule(inner.get(name)):
                yield f"{at}: the rule {name!r} is not what it was"
        if inner["type"] == "array" and "items" in outer:
            yield from self._pair(inner.get("items", {}), outer["items"], f"{at}[]")
        if inner["type"] == "object":
            yield from self._object(inner, outer, at)

    def _object(self, inner: Schema, outer: Schema, at: str) -> Iterator[str]:
        accepts = self._direction is Direction.ACCEPTS
        for name in outer.get("required", ()):
            if name not in inner.get("required", ()):
                yield f"{at}.{name}: is required now" if accepts else f"{at}.{name}: is no longer always there"
        there, known = inner.get("properties", {}), outer.get("properties", {})
        old, new = self._in_order(there, known)
        for name in old:
            if name not in new:
                yield f"{at}.{name}: is gone"
        rest, others = inner.get("additionalProperties", True), outer.get("additionalProperties", True)
        if others is False and (rest is not False or there.keys() - known.keys()):
            yield f"{at}: {self._may('have', 'take')} fields that are not named"
        if isinstance(others, dict) and rest is not False:
            yield from self._pair(rest if isinstance(rest, dict) else {}, others, f"{at}.*")
        for name in sorted(there.keys() | known.keys()):
            mine, theirs = there.get(name, rest), known.get(name, others)
            if isinstance(mine, dict) and isinstance(theirs, dict):
                yield from self._pair(mine, theirs, f"{at}.{name}")

    def _pair(self, inner: Schema, outer: Schema, at: str) -> Iterator[str]:
        return self._schemas(*self._in_order(inner, outer), at)

    def _in_order(self, one: T, other: T) -> tuple[T, T]:
        """From old and new to inner and outer, and back."""
        return (one, other) if self._direction is Direction.ACCEPTS else (other, one)

    def _may(self, gives: str, accepts: str) -> str:
        return f"may now {gives}" if self._direction is Direction.GIVES else f"does no longer {accepts}"


def _forms(schema: Schema, root: Schema) -> Iterator[Schema]:
    """``schema`` taken apart: schemas of one ``type`` each, without ``$ref`` and ``anyOf``, ``const`` as ``enum``."""
    if "$ref" in schema:
        target: Any = root
        for part in schema["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        rest = {name: value for name, value in schema.items() if name != "$ref"}
        yield from _forms(target | rest, root)
        return
    if "anyOf" in schema and "type" not in schema:
        rest = {name: value for name, value in schema.items() if name != "anyOf"}
        for branch in schema["anyOf"]:
            yield from _forms(rest | branch, root)
        return
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    named = schema.get("type", [kind for kind in _TYPES if kind != "integer"])
    for kind in [named] if isinstance(named, str) else named:
        if values is None:
            yield schema | {"type": kind}
        elif mine := [value for value in values if _holds(kind, _type_of(value))]:
            yield schema | {"type": kind, "enum": mine}


def _holds(outer: str, inner: str) -> bool:
    return outer == inner or (outer, inner) == ("number", "integer")


def _type_of(value: Any) -> str:
    kinds = {type(None): "null", bool: "boolean", int: "integer", float: "number", str: "string", list: "array"}
    return kinds.get(type(value), "object")


def _within(name: str, inner: float | None, outer: float) -> bool:
    """Whether the limit ``inner`` (None: there is none) is as tight as ``outer``."""
    if inner is None:
        return outer <= 0 and name in ("minLength", "minItems", "minProperties")
    return inner <= outer if name in _UPPER else inner >= outer


def _is_rule(name: str) -> bool:
    """Whether the keyword ``name`` says which values are valid, in a way that is not compared part by part."""
    return name not in _TOLD | _HANDLED | {*_UPPER, *_LOWER} and not name.startswith("x-")


def _rule(rule: Any) -> Any:
    """``rule`` without the sentences that only tell."""
    if isinstance(rule, list):
        return [_rule(part) for part in rule]
    if not isinstance(rule, dict):
        return rule
    return {name: _rule(part) for name, part in rule.items() if not (name in _TOLD and isinstance(part, str))}


def _json(value: Any) -> str:
    return "none" if value is None else json.dumps(value, ensure_ascii=False)
