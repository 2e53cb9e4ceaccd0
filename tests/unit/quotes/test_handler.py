"""The stage: what it passes on, what it remembers, what it does not read."""

from __future__ import annotations

import time
from typing import Any

import orjson
import pytest

from tests.unit.quotes.articles import STAGE, article, comparable, decoded, people, record, worked
from wiredesk.contracts.article import QuotedArticle
from wiredesk.contracts.document import Document
from wiredesk.contracts.errors import BadMessage
from wiredesk.contracts.record import PooledHandler
from wiredesk.contracts.topics import QUOTED
from wiredesk.quotes.annotate import MAX_QUOTES
from wiredesk.quotes.blocks import MAX_BLOCK, pieces
from wiredesk.quotes.handler import Quotes

TEXT = (
    '"We go," Peter Hill said.\nThe rain fell on the hills all day.\nHe said the talks must go on.\n'
    '"Nobody stops us," he added.'
)


def document(**fields: Any) -> dict[str, Any]:
    return article(TEXT, people(TEXT, "Peter Hill"), **fields)


def test_the_message() -> None:
    (out,) = STAGE.work(record(document(article_id="a7", url="https://x.example")), {}).outs
    done = Document(out.value, "test").view(QuotedArticle)
    assert (out.topic, out.key) == (QUOTED, "a7")
    assert [quote.id for quote in done.quotes] == ["q1", "q2", "q3"]
    assert done.produced_by["quotes"].model is not None
    assert out.facts["language"] == "en"


def test_it_is_keyed_by_its_story() -> None:
    story = {
        "story_id": "s1",
        "relation": "original",
        "canonical_article_id": "a1",
        "score": 1.0,
        "evidence": {"rule": "first"},
    }
    assert STAGE.work(record(document(story=story)), {}).outs[0].key == "s1"


def test_what_it_does_not_know_passes_through() -> None:
    given = document(novel={"deep": [1, 2]})
    given["entities"][0]["novel"] = "kept"
    done = worked(given)
    assert done["novel"] == {"deep": [1, 2]}
    assert done["entities"][0]["novel"] == "kept"
    assert any(mention["kind"] == "pronoun" for mention in done["entities"][0]["mentions"])


class TestMemo:
    def test_the_same_with_and_without(self) -> None:
        alone = STAGE.work(record(document()), {})
        again = STAGE.work(record(document()), alone.learned)
        assert comparable(again.outs[0].value) == comparable(alone.outs[0].value)
        assert alone.learned
        assert again.learned == {}

    def test_only_paragraphs_with_a_mark_or_a_cue_are_wanted(self) -> None:
        assert len(STAGE.wanted(record(document()))) == 3

    def test_what_is_wanted_is_what_is_learned(self) -> None:
        assert set(STAGE.wanted(record(document()))) == set(STAGE.work(record(document()), {}).learned)

    def test_a_paragraph_in_another_article_is_known(self) -> None:
        known = STAGE.work(record(document()), {}).learned
        other = article("A new lede.\n" + TEXT, people(TEXT, "Peter Hill"), article_id="a2")
        assert STAGE.work(record(other), known).learned == {}

    def test_wanted_loads_no_model(self) -> None:
        fresh: PooledHandler = Quotes()
        assert fresh.wanted(record(document()))
        assert fresh._parser._nlp is None  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "fields", [{"language": "de"}, {"language": "fr-CA"}, {"status": "withdrawn"}, {"status": "withdrawn", "text": ""}]
)
def test_what_is_not_read_needs_no_model(fields: dict[str, Any]) -> None:
    fresh = Quotes()
    given = document() | fields
    if not given["text"]:
        given["parts"] = []
    assert fresh.wanted(record(given)) == []
    assert decoded(fresh.work(record(given), {}).outs[0])["quotes"] == []
    assert fresh._parser._nlp is None


@pytest.mark.parametrize("language", ["en", "en-GB", "EN", None])
def test_english_and_what_does_not_say_are_read(language: str | None) -> None:
    assert worked(document(language=language))["quotes"]


def test_without_goes_on_with_the_error_noted() -> None:
    (out,) = STAGE.without(record(document()), ValueError("too odd"))
    done = decoded(out)
    assert done["quotes"] == []
    assert done["errors"] == [{"stage": "quotes", "class": "ValueError", "message": "too odd"}]
    assert done["entities"] == document()["entities"]


@pytest.mark.parametrize("value", [b"[]", b"{}", b"{", b'{"text": 3}'])
def test_what_is_no_document_is_a_bad_message(value: bytes) -> None:
    with pytest.raises(BadMessage):
        STAGE.work(record({}).__class__("t", 0, 0, None, None, value), {})


@pytest.mark.parametrize(
    "text",
    [
        '"' * 100_000,
        "'" * 100_000,
        '"a b" said he. ' * 8_000,
        "He said that " * 20_000,
        "x" * 1_000_000,
        "Ab " * 100_000,
        '"We go.\n' * 5_000,
        "X said a, according to AP. " * 3_000,
        "“a ‘b c d e said’ f” the AP says " * 2_000,
        '"a" - ' + "Ab " * 20_000,
        "AB: x\n" * 5_000,
    ],
    ids=["marks", "single", "quoted", "nested", "word", "names", "open", "according", "inner", "signed", "turns"],
)
def test_hostile_text_takes_linear_time_and_a_bounded_message(text: str) -> None:
    started = time.perf_counter()
    (out,) = STAGE.work(record(article(text)), {}).outs
    assert time.perf_counter() - started < 60
    assert len(out.value or b"") < 4_000_000
    assert len(orjson.loads(out.value or b"")["quotes"]) <= MAX_QUOTES


def test_many_names_before_many_pronouns_take_linear_time() -> None:
    text = "Peter Hill he said it is so, " * 4_000
    started = time.perf_counter()
    STAGE.work(record(article(text, people(text, "Peter Hill"))), {})
    assert time.perf_counter() - started < 60


def test_long_paragraphs_are_parsed_in_pieces() -> None:
    from wiredesk.contracts.article import Part

    text = 'He said that the port was "closed for good" on Friday. ' * 500
    cut = pieces(text, [Part("body", 0, len(text))])
    assert len(cut) > 1
    assert all(len(piece.text) <= MAX_BLOCK for piece in cut)
    assert "".join(piece.text for piece in cut) == text
