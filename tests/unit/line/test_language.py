"""Language work: two stages in one child, each with its own failures."""

from __future__ import annotations

from collections.abc import Mapping

import orjson
import pytest

from wiredesk.contracts.errors import WorkFailed
from wiredesk.contracts.record import Out, Record, Worked
from wiredesk.contracts.topics import CLUSTERED, ENTITIES, QUOTED
from wiredesk.line.language import LanguageWork

TEXT = b'{"text":"storm"}'
ARTICLE = Record(CLUSTERED, 0, 7, 1_710_000_000_000, b"story", TEXT, (("ce_raw", b"articles.raw.v1/2/5"),))


class Stage:
    """A pooled stage that adds its name to the value, or raises."""

    def __init__(self, name: str, sends: str, fails: bool = False) -> None:
        self.name, self.sends, self.fails = name, sends, fails
        self.warmed = False
        self.read: Record | None = None
        self.knew: Mapping[bytes, bytes] = {}

    def warm(self) -> None:
        self.warmed = True

    def wanted(self, record: Record) -> list[bytes]:
        self.read = record
        return [self.name.encode()]

    def work(self, record: Record, known: Mapping[bytes, bytes]) -> Worked:
        self.read, self.knew = record, known
        if self.fails:
            raise ValueError(f"no {self.name} today")
        key = self.name.encode()
        return Worked([self._out(record, key)], {} if key in known else {key: b"learned"})

    def without(self, record: Record, error: BaseException) -> list[Out]:
        self.read = record
        return [self._out(record, f"no {self.name}: {type(error).__name__}: {error}".encode())]

    def _out(self, record: Record, added: bytes) -> Out:
        return Out(self.sends, "story", (record.value or b"") + b"|" + added)


def language(entities_fail: bool = False, quotes_fail: bool = False) -> tuple[LanguageWork, Stage, Stage]:
    entities = Stage("entities", ENTITIES, entities_fail)
    quotes = Stage("quotes", QUOTED, quotes_fail)
    return LanguageWork(entities, quotes), entities, quotes


def values(outs: list[Out]) -> dict[str, bytes | None]:
    return {out.topic: out.value for out in outs}


def test_a_child_that_starts_loads_the_models_of_both():
    work, entities, quotes = language()
    work.warm()
    assert entities.warmed
    assert quotes.warmed


def test_quotes_reads_what_entities_wrote():
    work, _, quotes = language()
    outs, learned = work.work(ARTICLE, {})
    assert values(outs) == {ENTITIES: TEXT + b"|entities", QUOTED: TEXT + b"|entities|quotes"}
    assert learned == {b"entities": b"learned", b"quotes": b"learned"}
    assert quotes.read is not None
    assert (quotes.read.topic, quotes.read.key, quotes.read.time) == (ENTITIES, b"story", ARTICLE.time)


def test_the_raw_message_and_the_trace_are_carried_over_the_hop():
    work, _, quotes = language()
    work.work(ARTICLE, {})
    assert quotes.read is not None
    headers = dict(quotes.read.headers)
    assert headers["ce_raw"] == b"articles.raw.v1/2/5"
    assert headers["ce_type"] == f"org.wiredesk.{ENTITIES}".encode()
    assert headers["traceparent"].startswith(b"00-")


def test_both_are_asked_what_they_want_and_given_what_is_known():
    work, entities, quotes = language()
    assert work.wanted(ARTICLE) == [b"entities", b"quotes"]
    assert quotes.read is not None
    assert (quotes.read.topic, orjson.loads(quotes.read.value or b"")["entities"]) == (ENTITIES, [])
    known = {b"entities": b"1", b"quotes": b"2"}
    assert work.work(ARTICLE, known).learned == {}
    assert entities.knew == quotes.knew == known


@pytest.mark.parametrize(
    ("entities_fail", "quotes_fail", "final"),
    [
        (True, False, TEXT + b"|no entities: WorkFailed: ValueError: no entities today|quotes"),
        (False, True, TEXT + b"|entities|no quotes: WorkFailed: ValueError: no quotes today"),
    ],
)
def test_a_stage_that_fails_leaves_its_own_block_empty_only(entities_fail, quotes_fail, final):
    work, _, _ = language(entities_fail, quotes_fail)
    assert values(work.work(ARTICLE, {}).outs)[QUOTED] == final


def test_without_both_the_document_goes_on_all_the_same():
    work, _, _ = language()
    final = values(work.without(ARTICLE, WorkFailed("it hung")))[QUOTED]
    assert final == TEXT + b"|no entities: WorkFailed: it hung|no quotes: WorkFailed: it hung"
