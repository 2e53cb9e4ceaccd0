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
        ("As Reuters notes, the port is closed.", "Reuters", "the port is closed"),
        ("Lampert's critics — and there are many — say he starved the stores.", None, "he starved the stores"),
    ],
)
def test_reported_clauses(text: str, speaker: str | None, words: str) -> None:
    (quote,) = said(text)
    assert speaker is None or quote.speaker == speaker
    assert (quote.words, quote.kind, quote.form) == ([words], "indirect", "clause")


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


def test_negated_and_hypothetical_speech_is_less_sure() -> None:
    (plain,) = said("Officials said the team was denied visas.")
    (negated,) = said("Officials have not said that the team was denied visas.")
    (hedged,) = said("Officials may say that the team was denied visas.")
    assert negated.confidence < plain.confidence
    assert hedged.confidence < plain.confidence


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
    ],
)
def test_phrases_are_told_apart_and_are_less_sure(text: str, speaker: str, words: str) -> None:
    (quote,) = said(text)
    assert (quote.speaker, quote.words, quote.form) == (speaker, [words], "phrase")
    assert quote.confidence <= 0.5


def test_a_name_that_somebody_is_called_is_no_speech() -> None:
    assert said("The group called the Sea Org left the country.") == []
