"""Through whom the words came: outlets and media, the outermost first; quotations inside others."""

from __future__ import annotations

import pytest

from tests.unit.quotes.articles import article as document
from tests.unit.quotes.articles import entity, said, worked
from wiredesk.quotes.chain import medium_name


@pytest.mark.parametrize(
    ("text", "speaker", "via"),
    [
        ('"We go," Jane Roe told The Associated Press.', "Jane Roe", ["AP"]),
        ('Jane Roe said they "had a long talk," according to Reuters.', "Jane Roe", ["Reuters"]),
        ("Jane Roe said in a statement that the port is closed.", "Jane Roe", ["statement"]),
        ('"We go," Jane Roe said at a news conference.', "Jane Roe", ["news conference"]),
        ('"We go," Jane Roe wrote on Twitter.', "Jane Roe", ["Twitter"]),
        ('"We go," Jane Roe told the Deseret News.', "Jane Roe", ["Deseret News"]),
        ('"We go," Jane Roe told reporters.', "Jane Roe", []),
        ('"We go," Jane Roe told the mayor.', "Jane Roe", []),
    ],
)
def test_the_steps_that_an_attribution_names(text: str, speaker: str, via: list[str]) -> None:
    (quote,) = said(text)
    assert (quote.speaker, quote.via) == (speaker, via)


def test_an_outlet_that_alone_is_named_is_the_speaker() -> None:
    (quote,) = said("The port is closed, according to Reuters.")
    assert (quote.speaker, quote.via) == ("Reuters", [])


class TestPassedOn:
    TEXT = (
        "The AP says: \"Russian spokesman Igor Konashenkov issued a statement noting that 'the course of the talks has "
        "shown that the sides' opinions on the majority of issues are close. The ministers agreed to continue.\""
    )

    def test_the_outlet_has_the_whole_and_the_speaker_his_part(self) -> None:
        entities = [entity("AP", "ORG", self.TEXT), entity("Igor Konashenkov", "PER", self.TEXT)]
        outer, inner = said(self.TEXT, entities)
        assert (outer.name, outer.via, outer.parent) == ("AP", [], None)
        assert (inner.name, inner.via, inner.parent) == ("Igor Konashenkov", ["AP", "statement"], outer.id)
        assert inner.words[0].startswith("the course of the talks")

    def test_unnamed_officials_through_reuters(self) -> None:
        text = 'As Reuters notes: "Heavy equipment has been moved to Latakia, U.S. officials say."'
        outer, inner = said(text)
        assert (outer.speaker, inner.speaker, inner.via) == ("Reuters", "U.S. officials", ["Reuters"])
        assert inner.parent == outer.id


def test_outlets_come_from_the_documents_provenance_too() -> None:
    text = '"We go," Jane Roe told Harbour Wire.'
    cited = {
        "role": "cited",
        "name": "Harbour Wire",
        "evidence": {"start": 24, "end": 36, "exact": "Harbour Wire"},
        "confidence": 0.9,
    }
    assert [quote.via for quote in said(text)] == [[]]
    assert [quote.via for quote in said(text, provenance=[cited])] == [["Harbour Wire"]]


def test_an_outlet_that_is_an_entity_goes_by_its_name_and_id() -> None:
    text = '"We go," Jane Roe told the AP.'
    done = worked(document(text, [entity("The Associated Press", "ORG", text, "AP")]))
    (step,) = done["quotes"][0]["via"]
    assert (step["name"], step["entity_id"], step["kind"]) == (
        "The Associated Press",
        "ORG:The Associated Press",
        "outlet",
    )
    assert step["evidence"]["exact"] == "the AP"


def test_about_names_the_entities_of_the_content_and_not_the_speaker() -> None:
    text = '"We will meet Assad in Damascus soon," Jane Roe said.'
    entities = [entity("Assad", "PER", text), entity("Damascus", "LOC", text), entity("Jane Roe", "PER", text)]
    assert worked(document(text, entities))["quotes"][0]["about"] == ["PER:Assad", "LOC:Damascus"]


@pytest.mark.parametrize(
    ("words", "noun", "name"),
    [
        ("a written statement", "statement", "statement"),
        ("a news conference", "conference", "news conference"),
        ("an hour-long call", "call", "call"),
        ("his Facebook page", "page", "Facebook"),
        ("the Senate floor", "floor", None),
    ],
)
def test_medium_name(words: str, noun: str, name: str | None) -> None:
    assert medium_name(words, noun) == name
