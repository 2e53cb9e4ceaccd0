"""Reported speech without marks: complement clauses, parentheses, "according to", phrases."""

from __future__ import annotations

import pytest

from tests.unit.quotes.articles import said


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        ("Police said the man was arrested.", "Police", "the man was arrested"),
        ("The minister denied that the talks had failed.", "The minister", "that the talks had failed"),
        ("Moscow plans to dispatch more aircraft, Tom says.", "Tom", "Moscow plans to dispatch more aircraft"),
        ("The company will cut 500 jobs, it said in a statement.", "it", "The company will cut 500 jobs"),
        ("Rathke asked whether the boats would return.", "Rathke", "whether the boats would return"),
        ("The minister issued a statement saying that the port is closed.", "The minister", "that the port is closed"),
        ("Ann Lee, who said she saw the crash, was unhurt.", "Ann Lee", "she saw the crash"),
        ("According to police, Smith was driving home.", "police", "Smith was driving home"),
        ("According to the coach, Ali Mehraban, the robot scored twice.", "the coach", "the robot scored twice"),
        ("According to Roe the house was sold by the bank.", "Roe", "the house was sold by the bank"),
        ("It began in May and Roe says it will go on.", "Roe", "it will go on"),
        ("The robot scored twice, according to the coach.", "the coach", "The robot scored twice"),
        ("Roe told a reporter that the port is closed.", "Roe", "that the port is closed"),
        ("Ann Lee, a nurse from Toledo, who said she saw the crash, was unhurt.", "Ann Lee", "she saw the crash"),
        ("In a talk with CBS News, Paul Ryan, the speaker, said it is over.", "Paul Ryan", "it is over"),
        ("A poll found that most voters stay at home.", "A poll", "that most voters stay at home"),
        ("As Reuters notes, the port is closed.", "Reuters", "the port is closed"),
        ("Lampert's critics — and there are many — say he starved the stores.", None, "he starved the stores"),
    ],
)
def test_reported_clauses(text: str, speaker: str | None, words: str) -> None:
    (quote,) = said(text)
    assert speaker is None or quote.speaker == speaker
    assert (quote.words, quote.kind, quote.form) == ([words], "indirect", "clause")


def test_what_somebody_told_is_what_another_reports_where_no_conjunction_parts_them() -> None:
    outer, inner = said("Roe has told Lee that the talks will go on, the Pentagon said in a statement.")
    assert (outer.speaker, outer.words) == ("the Pentagon", ["Roe has told Lee that the talks will go on"])
    assert (inner.speaker, inner.parent) == ("Roe", outer.id)


def test_a_clause_around_its_cue_has_two_spans() -> None:
    (quote,) = said("The plan, he said, is good for the region.")
    assert quote.words == ["The plan", "is good for the region"]


def test_a_name_behind_said_is_the_speaker() -> None:
    (quote,) = said("Institutional recipients, said Mauer, are required to exhibit their photographs.")
    assert (quote.speaker, quote.words) == (
        "Mauer",
        ["Institutional recipients", "are required to exhibit their photographs"],
    )


def test_a_second_clause_that_and_that_adds_belongs_to_it() -> None:
    (quote,) = said(
        "She added that the bow had crumpled, as it was built to do, and that nobody ended up in the water."
    )
    assert " ".join(quote.words).endswith("nobody ended up in the water")


def test_a_source_named_behind_the_clause_is_no_part_of_it() -> None:
    outer, inner = said("Kerry said Obama wants talks, which Kerry said had to be held.")
    assert outer.words == ["Kerry said Obama wants talks"] or outer.words == ["Obama wants talks"]
    assert inner.words == ["had to be held"]


@pytest.mark.parametrize(
    "text",
    [
        "The chief was told that the port is closed.",
        "He is said to be ill.",
        "Asked about the plan, Roe left the room.",
    ],
)
def test_who_is_told_does_not_speak(text: str) -> None:
    assert [quote for quote in said(text) if quote.form != "phrase"] == []


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        ("The union called the plan a betrayal.", "The union", "the plan a betrayal"),
        ("Roe vowed to fight the charges.", "Roe", "to fight the charges"),
        ("The president called for a new vote.", "The president", "a new vote"),
        ("The union urged Congress to investigate the fraud.", "The union", "to investigate the fraud"),
        ("The union called on Congress to investigate the fraud.", "The union", "Congress to investigate the fraud"),
        ("The union accused the company of fraud.", "The union", "the company of fraud"),
        ("The firm was accused by a union of stealing wages.", None, "of stealing wages"),
        ("The union described the plan as a betrayal.", "The union", "the plan as a betrayal"),
        ("Roe denied the charges on Friday.", "Roe", "the charges"),
        ("Roe described the plan as deeply flawed.", "Roe", "the plan as deeply flawed"),
        ("Roe acknowledged having doubts.", "Roe", "having doubts"),
        ("Roe spoke about the need for jobs.", "Roe", "the need for jobs"),
        ("Roe issued a call for new elections.", "Roe", "new elections"),
    ],
)
def test_phrases_are_told_apart_and_are_less_sure(text: str, speaker: str | None, words: str) -> None:
    (quote,) = said(text)
    assert speaker is None or quote.speaker == speaker
    assert (quote.words, quote.form) == ([words], "phrase")
    assert quote.confidence < said("Police said the man was arrested.")[0].confidence


def test_a_name_that_somebody_is_called_is_no_speech() -> None:
    assert said("The group called the Sea Org left the country.") == []


def test_who_is_cited_says_nothing_there() -> None:
    (quote,) = said("The Times, citing two officials, reported that the port is closed.")
    assert quote.speaker == "The Times"


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Roe's claim that the port is closed was false.", ["Roe"]),
        ("A warning from Roe that the port is closed came late.", ["Roe"]),
        ("Roe made the claim that the port is closed.", ["Roe"]),
        ("Roe faced the claim that the port is closed.", []),
        ("There is no reason to say that the port is closed.", []),
    ],
)
def test_a_speech_noun_gives_a_clause_to_its_owner(text: str, speakers: list[str]) -> None:
    assert [quote.speaker for quote in said(text)] == speakers


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Lee argued it was too late, while Roe complained that nobody listened.", "it was too late"),
        ("Lee said it was over, with Roe saying that nobody listened.", "it was over"),
        ("Aides to Lee said it was over; some conceded he had lost.", "it was over"),
        ("Lee said he was sad and asked for patience.", "he was sad"),
        ("Lee said it was over, adding that nobody listened.", "it was over"),
        ("Lee claimed that it was over, a claim that drew laughter.", "that it was over"),
    ],
)
def test_where_another_begins_to_speak_the_clause_ends(text: str, words: str) -> None:
    first = min(
        (quote for quote in said(text) if "Lee" in (quote.speaker or "")), key=lambda quote: text.index(quote.words[0])
    )
    assert first.words == [words]


def test_what_is_done_according_to_plan_was_not_said_by_it() -> None:
    assert said("The bridge was built according to plan.") == []


def test_it_was_reported_has_no_speaker() -> None:
    (quote,) = said("It was reported that the port is closed.")
    assert (quote.speaker, quote.words) == (None, ["that the port is closed"])
