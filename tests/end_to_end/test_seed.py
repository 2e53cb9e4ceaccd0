"""The seed article against its ground truth: who is who, who said what, through whom, and what is no quote."""

from __future__ import annotations

import hashlib
from typing import Any

import orjson
import pytest
from jsonschema import Draft202012Validator

from tests.end_to_end.annotated import document, passed
from wiredesk.contracts.article import EnrichedArticle, Entity, Quote
from wiredesk.contracts.shipped import shipped
from wiredesk.contracts.topics import ENRICHED

TRUTH: dict[str, Any] = orjson.loads(shipped("seeds", "npr-russia-syria.truth.json").read_bytes())
TEXT = shipped("seeds", "npr-russia-syria.txt").read_text("utf-8")


@pytest.fixture(scope="module")
def article() -> EnrichedArticle:
    raw = {"source": {"name": "NPR", "domain": "npr.org", "id": "441527033"}, "body": TEXT}
    found = document(passed([orjson.dumps(raw)])[0])
    assert found is not None
    return found


def named(article: EnrichedArticle, name: str) -> Entity:
    """The one entity that has ``name`` among its names."""
    (found,) = [e for e in article.entities if name in (e.name, *e.aliases, *(m.exact for m in e.mentions))]
    return found


def quote_of(article: EnrichedArticle, truth: dict[str, Any]) -> Quote | None:
    """The quotation that gives the words of ``truth`` to one of its speakers, None when there is none."""
    readings = [truth, *({**truth, **other} for other in truth.get("alternatives", []))]
    for reading in readings:
        words = reading.get("words") or reading["content"]
        for quote in article.quotes:
            speaker = quote.speaker
            said = {speaker.name, speaker.mention.exact if speaker.mention else None} if speaker else set()
            begins = [TEXT.index(piece) for piece in words]
            covered = all(
                any(span.start <= begin and begin + len(piece) <= span.end + 1 for span in quote.spans)
                for begin, piece in zip(begins, words, strict=True)
            )
            names = {name.removeprefix("Barack ") for name in reading["speakers"]}
            if covered and names & said:
                return quote
    return None


def test_the_text_is_as_it_came_and_every_offset_is_exact(article: EnrichedArticle) -> None:
    assert article.text == TEXT.strip()
    assert article.text_sha256 == hashlib.sha256(article.text.encode()).hexdigest()
    spans = [span for quote in article.quotes for span in (*quote.spans, *filter(None, [quote.cue]))]
    spans += [quote.speaker.mention for quote in article.quotes if quote.speaker and quote.speaker.mention]
    spans += [via.evidence for quote in article.quotes for via in quote.via if via.evidence]
    spans += [entry.evidence for entry in article.provenance if entry.evidence]
    mentions = [mention for entity in article.entities for mention in entity.mentions]
    assert spans
    assert mentions
    for span in (*spans, *mentions):
        assert article.text[span.start : span.end] == span.exact


def test_the_document_is_as_its_schema_says() -> None:
    (one,) = passed([orjson.dumps({"source": {"name": "NPR"}, "body": TEXT})])
    schema = orjson.loads(shipped("schemas", f"{ENRICHED}.schema.json").read_bytes())
    Draft202012Validator(schema).validate(orjson.loads(one.on(ENRICHED)[0].value or b""))


@pytest.mark.parametrize("kind", ["people", "organisations", "places"])
def test_each_is_one_entity_under_all_its_names(article: EnrichedArticle, kind: str) -> None:
    wanted = {"people": "PER", "organisations": "ORG", "places": "LOC"}[kind]
    for truth in TRUTH[kind]:
        first, *others = [name for name in truth["names"] if name in TEXT]
        entity = named(article, first)
        assert entity.type == wanted, first
        for other in [name for name in others if f"The {name}" != first]:
            assert named(article, other).id == entity.id, f"{first} and {other} are one"


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("Tom", "Tom Bowman"),
        ("Carter", "Ash Carter"),
        ("Assad", "Bashar al-Assad"),
        ("AP", "The Associated Press"),
        ("ISIS", "Islamic State"),
    ],
)
def test_who_is_meant_by_a_short_name(article: EnrichedArticle, name: str, who: str) -> None:
    assert named(article, name).name == who


@pytest.mark.parametrize("truth", [role for role in TRUTH["roles"] if role["person"] in ("Ash Carter", "John Kerry")])
def test_titles_belong_to_their_people(article: EnrichedArticle, truth: dict[str, str]) -> None:
    assert truth["words"] in [role.title for role in named(article, truth["person"]).roles]


def test_the_quoted_statements_have_their_speakers(article: EnrichedArticle) -> None:
    assert [truth["words"][0] for truth in TRUTH["quotes"] if quote_of(article, truth) is None] == []


@pytest.mark.parametrize("truth", [truth for truth in TRUTH["quotes"] if truth["via"]])
def test_the_outlets_between_speaker_and_reader_are_kept(article: EnrichedArticle, truth: dict[str, Any]) -> None:
    quote = quote_of(article, truth)
    assert quote is not None
    assert [via.name for via in quote.via if via.kind == "outlet"] == truth["via"]


def test_a_quotation_inside_another_points_to_it(article: EnrichedArticle) -> None:
    inner, outer = (quote_of(article, truth) for truth in (TRUTH["quotes"][3], TRUTH["quotes"][2]))
    assert inner is not None
    assert outer is not None
    assert inner.parent_id == outer.id


def test_toms_indirect_statements_are_his(article: EnrichedArticle) -> None:
    for truth in TRUTH["indirect"]:
        quote = quote_of(article, {**truth, "words": [piece.rstrip(",.") for piece in truth["content"]]})
        assert quote is not None
        assert quote.kind == "indirect"


def test_a_name_in_quotation_marks_is_no_quotation(article: EnrichedArticle) -> None:
    marked = TEXT.index("Flanker")
    direct = [span for quote in article.quotes if quote.kind != "indirect" for span in quote.spans]
    assert not [span for span in direct if span.start <= marked < span.end]


def test_rights_and_cited_wires(article: EnrichedArticle) -> None:
    assert article.rights is not None
    assert {name: getattr(article.rights, name) for name in ("holder", "year", "notice")} == TRUTH["rights"]
    assert [entry.name for entry in article.provenance if entry.role == "cited"] == TRUTH["cited"]
    (notice,) = [part for part in article.parts if part.kind == "rights"]
    assert article.text[notice.start : notice.end] == TRUTH["rights"]["notice"]
