"""Whom the words of an attribution stand for."""

from __future__ import annotations

import pytest

from tests.unit.quotes.articles import article as document
from tests.unit.quotes.articles import entity, people, said, worked


def resolved(text: str, *names: str) -> list[tuple[str | None, str | None, str | None]]:
    return [(quote.speaker, quote.name, quote.by) for quote in said(text, people(text, *names))]


@pytest.mark.parametrize(
    ("text", "speaker", "name", "by"),
    [
        ("John Kerry said the talks must go on.", "John Kerry", "John Kerry", "name"),
        ("Secretary of State John Kerry said the talks must go on.", None, "John Kerry", "name"),
        ("John Kerry left. Kerry said the talks must go on.", "Kerry", "John Kerry", "surname"),
        ("The envoy, John Kerry, said the talks must go on.", "The envoy", "John Kerry", "name"),
        ("The envoy John Kerry met them. He said the talks must go on.", "He", "John Kerry", "pronoun"),
        ("The senator, John Kerry, left. The senator said the talks must go on.", "The senator", "John Kerry", "title"),
        ("The head of the council John Kerry said the talks must go on.", None, "John Kerry", "name"),
        ("Boston academic and writer John Kerry said the talks must go on.", None, "John Kerry", "name"),
        ("John Kerry's statement said the talks must go on.", None, "John Kerry", "document"),
    ],
)
def test_the_ways_to_name_a_speaker(text: str, speaker: str | None, name: str, by: str) -> None:
    mention, got, how = resolved(text, "John Kerry")[-1]
    assert (got, how) == (name, by)
    assert speaker is None or mention == speaker


def test_a_body_named_before_its_noun() -> None:
    text = "Yonhap news agency said the talks must go on."
    (quote,) = said(text, [entity("Yonhap", "ORG", text)])
    assert quote.name == "Yonhap"


@pytest.mark.parametrize(
    "text",
    [
        "A spokesman for John Kerry said the talks must go on.",
        "John Kerry's lawyer said the talks must go on.",
        "The brother of John Kerry said the talks must go on.",
    ],
)
def test_who_only_stands_near_a_name_is_not_its_bearer(text: str) -> None:
    assert [name for _, name, _ in resolved(text, "John Kerry")] == [None]


def test_a_first_name_is_resolved() -> None:
    text = "Tom Bowman is in town. The jets have landed, Tom says."
    (quote,) = said(text, [entity("Tom Bowman", "PER", text, "Tom")])
    assert (quote.name, quote.by, quote.entity) == ("Tom Bowman", "first name", "PER:Tom Bowman")


def test_a_speaker_who_is_no_entity_keeps_his_name() -> None:
    (quote,) = said('"We go," said Julius Rosenwald.')
    assert (quote.name, quote.entity) == ("Julius Rosenwald", None)


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("Officials said the jets have landed.", "collective"),
        ("Roe and her lawyer said the jets have landed.", "collective"),
        ("A source close to the talks said the jets have landed.", "nominal"),
        ("They said the jets have landed.", "none"),
        ("He said the jets have landed.", "none"),
        ("I said the jets have landed.", "none"),
    ],
)
def test_unresolved_is_better_than_wrong(text: str, by: str) -> None:
    (quote,) = said(text, [entity("U.S.", "LOC", text)])
    assert quote.speaker is not None
    assert (quote.name, quote.entity, quote.by) == (None, None, by)


@pytest.mark.parametrize(
    ("text", "name", "by"),
    [
        ("U.S. officials said the jets have landed.", "U.S. officials", "collective"),
        ("The New Zealand government said the jets have landed.", "New Zealand government", "name"),
        ("Ash Carter and Sergei Shoigu said the jets have landed.", "Ash Carter and Sergei Shoigu", "collective"),
        ("Writer and professor Marc Hill said the jets have landed.", "Marc Hill", "name"),
    ],
)
def test_groups_and_bodies_with_a_name_keep_it_without_an_entity(text: str, name: str, by: str) -> None:
    (quote,) = said(text)
    assert (quote.name, quote.entity, quote.by) == (name, None, by)


class TestPronouns:
    def test_gender_by_first_name(self) -> None:
        text = "Jane Roe met Peter Hill in the town hall. He said the talks must go on. She said they must end."
        assert [name for _, name, _ in resolved(text, "Jane Roe", "Peter Hill")] == ["Peter Hill", "Jane Roe"]

    def test_gender_by_title(self) -> None:
        text = "Mr. Qadir and Ms. Zhou arrived. She said the talks must go on."
        entities = [entity("Qadir", "PER", text), entity("Zhou", "PER", text)]
        assert [quote.name for quote in said(text, entities)] == ["Zhou"]

    def test_the_last_speaker_before_a_name_in_passing(self) -> None:
        text = 'Peter Hill said the city was safe. "We spoke with Mark Stone\'s office," he added.'
        assert resolved(text, "Peter Hill", "Mark Stone")[-1] == ("he", "Peter Hill", "pronoun")

    def test_the_subject_before_others(self) -> None:
        text = "Peter Hill met Mark Stone on Friday. He said the talks must go on."
        assert resolved(text, "Peter Hill", "Mark Stone") == [("He", "Peter Hill", "pronoun")]

    def test_a_name_inside_a_quotation_is_less_likely(self) -> None:
        text = '"Mark Stone is a friend," Peter Hill said. "He works hard," he added.'
        assert resolved(text, "Peter Hill", "Mark Stone")[-1][1] == "Peter Hill"

    def test_nobody_speaks_of_himself_by_name(self) -> None:
        text = "Peter Hill met Mark Stone. Mark Stone was calm. He said Mark Stone was a friend."
        assert resolved(text, "Peter Hill", "Mark Stone")[-1][1] != "Mark Stone"

    def test_a_ship_is_nobody(self) -> None:
        text = "Jane Roe sailed on the Liberty. She said the talks must go on."
        entities = [entity("Jane Roe", "PER", text), entity("Liberty", "PER", text)]
        assert [quote.name for quote in said(text, entities)] == ["Jane Roe"]

    def test_her_husband_tells_nothing_of_her(self) -> None:
        text = "Her husband and Paris Roe left. She said the talks must go on."
        assert resolved(text, "Paris Roe") == [("She", "Paris Roe", "pronoun")]

    @pytest.mark.parametrize(
        ("text", "name"),
        [
            (
                "Scientology officials went to the station, where they claimed the man had left. ",
                "Scientology officials",
            ),
            ("NATO said the jets have landed. They said the port is closed.", "NATO"),
            ("The officials left. They said the port is closed.", None),
        ],
    )
    def test_they_stand_for_a_group_or_a_body(self, text: str, name: str | None) -> None:
        text = "He trusts Scientology officials. It rained. " + text if text.startswith("Sci") else text
        assert said(text, [entity("NATO", "ORG", text)])[-1].name == name

    def test_too_far_back_is_nobody(self) -> None:
        text = "Peter Hill left." + " The rain fell on the town." * 12 + " He said the talks must go on."
        assert resolved(text, "Peter Hill") == [("He", None, "none")]

    def test_they_become_mentions_of_the_entity(self) -> None:
        text = "Peter Hill left. He said the talks must go on."
        done = worked(document(text, people(text, "Peter Hill")))
        at = text.index("He said")
        assert {"start": at, "end": at + 2, "exact": "He", "kind": "pronoun"} in done["entities"][0]["mentions"]


class TestDocuments:
    TEXT = 'Talks go on, the Pentagon said in a statement.\n"He noted that the aims are shared," the statement said.'

    def test_a_document_stands_for_who_issued_it(self) -> None:
        statement = next(
            q for q in said(self.TEXT, [entity("Pentagon", "ORG", self.TEXT)]) if q.speaker == "the statement"
        )
        assert (statement.name, statement.by) == ("Pentagon", "document")

    def test_a_letter_is_of_the_office_before_it(self) -> None:
        text = "The Home Office letter said the port is closed."
        (quote,) = said(text, [entity("Home Office", "ORG", text)])
        assert (quote.name, quote.by) == ("Home Office", "document")

    def test_a_letter_is_of_who_sent_it(self) -> None:
        text = "Mike Lee sent a letter to the mayor, saying the port is closed. The letter said nobody knew."
        quote = said(text, people(text, "Mike Lee"))[-1]
        assert (quote.speaker, quote.name, quote.by) == ("The letter", "Mike Lee", "document")

    def test_one_that_nobody_issued_is_unresolved(self) -> None:
        (quote,) = said("The report said the bridge is old.")
        assert (quote.name, quote.entity) == (None, None)
