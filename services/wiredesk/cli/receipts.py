"""``wiredesk receipts``: what became of each message of a source."""

from __future__ import annotations

import contextlib
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from difflib import get_close_matches
from typing import Annotated, Any, NamedTuple

import msgspec
import orjson
import typer
from rich.console import Console
from rich.text import Text

from wiredesk.cli.connect import DEFAULT_BOOTSTRAP, Bootstrap
from wiredesk.cli.console import counted, harmless, messages
from wiredesk.cli.reading import reading
from wiredesk.cli.times import Since, shown
from wiredesk.contracts.errors import BadMessage, TooLarge
from wiredesk.contracts.outcomes import PRECEDENCE, Outcome
from wiredesk.contracts.record import RawRef
from wiredesk.contracts.topics import DEAD, OUTCOMES

STYLES = {"enriched": "green", "withdrawn": "yellow", "overtaken": "dim", "redelivered": "dim", "dead": "red"}
SOURCES_NAMED = 10
"""How many sources are named to somebody whose source has nothing."""


class Receipt(NamedTuple):
    """An outcome, and when it was written."""

    time: str | None
    published: str | None
    """When the feed sent its message, as the message says (``ce_time``)."""
    outcome: Outcome


def receipts(
    source: Annotated[str, typer.Option(help="The outlet, as its messages name it.", show_default=False)],
    since: Since = None,
    follow: Annotated[bool, typer.Option("--follow", help="Go on with what comes, until Ctrl-C.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a message.")] = False,
    bootstrap: Bootstrap = DEFAULT_BOOTSTRAP,
) -> None:
    """Show what became of each message of a source: enriched, withdrawn, overtaken, redelivered or dead.

    One line a message: where it stood, when that was known, the outcome, the article with its version, and for dead
    ones what was wrong and what to do. Outcomes are kept for two weeks.

    Example:

    - wiredesk receipts --source "The Courier" --since 2h
    """
    ledger = Ledger(source)
    console, notes = Console(highlight=False), messages()
    with contextlib.suppress(KeyboardInterrupt):
        for receipt in _kept(bootstrap, ledger, since, follow=follow):
            if as_json:
                _print_json(receipt)
            else:
                console.print(_line(receipt, ledger.replaced), soft_wrap=True)
    for line in ledger.summary():
        notes.print(harmless(line))


class Ledger:
    """The outcomes of one source, as they are read: one for each raw message, and what is said of them all."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.replaced: str | None = None
        """The outcome that the message of the last receipt had before, which counts no more."""
        self._of: dict[RawRef, str] = {}
        self._others: Counter[str] = Counter()
        self._nameless = 0

    def keeps(self, outcome: Outcome) -> bool:
        """Whether ``outcome`` is news of this source.

        A repeat is none, nor is the lesser of two that a replay gave (PRECEDENCE): dead, then enriched, is enriched.
        """
        if outcome.source is None:
            self._nameless += 1
            return False
        if _folded(outcome.source) != _folded(self.source):
            self._others[outcome.source] += 1
            return False
        self.replaced = self._of.get(outcome.raw)
        if self.replaced is not None and _rank(outcome.outcome) >= _rank(self.replaced):
            return False
        self._of[outcome.raw] = outcome.outcome
        return True

    def summary(self) -> Iterator[str]:
        """The count of each outcome; when there is none, which sources there are."""
        counts = Counter(self._of.values())
        if counts:
            said = ", ".join(f"{counts[name]:,} {name}" for name in sorted(counts, key=_rank))
            yield f"{counted(counts.total(), 'message')} of {self.source}: {said}"
        else:
            yield f"no outcome of a message of {self.source!r} was found{self._there()}"
        if self._nameless:
            whose = "names no source" if self._nameless == 1 else "name no source"
            yield (
                f"{counted(self._nameless, 'dead message')} {whose} that could be read; look whether it was yours with "
                f"`wiredesk tail {DEAD} --from-beginning`"
            )

    def _there(self) -> str:
        if not self._others:
            return ""
        near = get_close_matches(self.source, self._others, n=1)
        if near:
            return f"; did you mean {near[0]!r}?"
        names = [name for name, _ in self._others.most_common(SOURCES_NAMED)]
        more = f" and {len(self._others) - len(names):,} more" if len(self._others) > len(names) else ""
        return f"; there are {', '.join(map(repr, names))}{more}"


def advice(outcome: Outcome) -> str | None:
    """What was wrong with a dead message and what to do; None for the others."""
    error = outcome.error
    if error is None:
        return None
    said = f"{error.class_} at {error.stage}: {error.message}"
    if error.class_ in (BadMessage.__name__, TooLarge.__name__):
        return f"{said}. Mend it and send it again"
    return f"{said}. Not the message's fault: tell who runs wiredesk; it is kept on {DEAD}"


def _kept(bootstrap: str, ledger: Ledger, since: datetime | None, *, follow: bool) -> Iterator[Receipt]:
    with reading(bootstrap, OUTCOMES, since, from_beginning=True) as topic:
        for record in topic.on_and_on() if follow else topic.to_the_end():
            try:
                outcome = msgspec.json.decode(record.value or b"", type=Outcome)
            except (msgspec.DecodeError, UnicodeDecodeError):
                continue  # a stranger's, or of a release to come: nobody's receipt
            if ledger.keeps(outcome):
                yield Receipt(shown(record.timestamp), _header(record, "ce_time"), outcome)


def _print_json(receipt: Receipt) -> None:
    told: dict[str, Any] = {"time": receipt.time, "published": receipt.published}
    told |= msgspec.to_builtins(receipt.outcome)
    told["advice"] = advice(receipt.outcome)
    sys.stdout.buffer.write(orjson.dumps(told) + b"\n")
    sys.stdout.buffer.flush()


def _line(receipt: Receipt, replaced: str | None) -> Text:
    outcome = receipt.outcome
    style = STYLES.get(outcome.outcome, "")
    line = Text.assemble(
        (str(outcome.raw), "bold"), " ", receipt.time or "", " ", (harmless(outcome.outcome), style)
    )  # fmt: skip
    if outcome.article_id is not None:
        line.append(f" {outcome.article_id}", "cyan")
    if outcome.version is not None:
        line.append(f" version {outcome.version}")
    if replaced is not None:
        line.append(f" (no longer {replaced})", "dim")
    what = advice(outcome)
    if what is not None:
        line.append(f"\n  {harmless(what)}", style)
    return line


def _header(record: Any, name: str) -> str | None:
    found = next((value for key, value in record.headers if key == name and value is not None), None)
    return None if found is None else found.decode("utf-8", "replace")


def _rank(outcome: str) -> int:
    """0 counts before all others; an outcome of a release to come counts least."""
    return PRECEDENCE.index(outcome) if outcome in PRECEDENCE else len(PRECEDENCE)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
