"""Speech over several paragraphs, and speech that the layout attributes."""

from __future__ import annotations

from tests.unit.quotes.articles import people, said


def test_a_quotation_that_opens_a_paragraph_is_carried_over() -> None:
    first, second = said('"We go," Jane Roe said.\n"Nobody will stop us now. We have waited too long."')
    assert second.speaker == first.speaker == "Jane Roe"
    assert second.confidence < first.confidence


def test_nobody_goes_on_where_words_of_the_article_open_the_paragraph() -> None:
    quotes = said('"We go," Jane Roe said.\nThe shares fell by a third on Friday. "Nobody knows."')
    assert [quote.speaker for quote in quotes] == ["Jane Roe"]


def test_a_colon_hands_over_to_the_next_paragraph() -> None:
    (quote,) = said('Rathbun stated the following:\n"Daniel was picked up by a man in a black car."')
    assert quote.speaker == "Rathbun"


def test_running_quotations_are_one() -> None:
    (quote,) = said('"We go now," Jane Roe said. "We are tired.\n"We deserve better than this.\n"All of us do."')
    assert quote.words == ["We go now", "We are tired.", "We deserve better than this.", "All of us do."]


def test_a_running_quotation_without_an_opening_mark_is_the_speakers_before() -> None:
    first, second = said('Jane Roe said, "We go now.\nWe are tired." Then Bob Hill said, "You deserve better."')
    assert (first.speaker, first.words) == ("Jane Roe", ["We go now.", "We are tired."])
    assert second.speaker == "Bob Hill"


def test_a_running_quotation_ends_when_another_speaks() -> None:
    first, second = said('"We are tired," Jane Roe said. "All of us.\n"You deserve better," said Bob Hill.')
    assert (first.speaker, second.speaker) == ("Jane Roe", "Bob Hill")
    assert "You deserve better" not in first.words


def test_the_paragraph_after_a_gap_has_no_speaker() -> None:
    assert (
        len(said('"We go," Jane Roe said.\nThe rain fell.\nIt was late in the year.\n"Nobody will stop us now."')) == 1
    )


def test_the_subject_of_the_paragraph_before_may_be_about_to_speak() -> None:
    (quote,) = said('Jane Roe has lived here for years.\n"Nobody will stop us now."')
    assert quote.speaker == "Jane Roe"
    assert quote.confidence <= 0.5


def test_a_statement_announced_in_the_paragraph_before() -> None:
    (quote,) = said('Jane Roe issued the following statement on Friday:\n"Nobody will stop us now."')
    assert quote.speaker == "Jane Roe"


def test_a_label_before_the_marks() -> None:
    first, second = said('Rep. Jane Roe: "We go home now."\nRep. Bob Hill (R-MT):“We stay here.”')
    assert (first.speaker, second.speaker) == ("Rep. Jane Roe", "Rep. Bob Hill")


class TestTranscripts:
    TEXT = 'WALLACE: Are you worried?\nLAMPERT: I\'m always worried, Chris.\nWALLACE: "Fair enough."'

    def test_each_turn_is_a_quotation(self) -> None:
        quotes = said(self.TEXT)
        assert [(q.speaker, q.words) for q in quotes] == [
            ("WALLACE", ["Are you worried?"]),
            ("LAMPERT", ["I'm always worried, Chris."]),
            ("WALLACE", ["Fair enough."]),
        ]
        assert {q.kind for q in quotes} == {"direct"}

    def test_a_surname_in_capitals_is_resolved(self) -> None:
        text = "Edward Lampert spoke to Fox.\n" + self.TEXT
        lampert = next(q for q in said(text, people(text, "Edward Lampert")) if q.speaker == "LAMPERT")
        assert (lampert.name, lampert.by) == ("Edward Lampert", "surname")

    def test_a_label_is_no_name(self) -> None:
        assert said("UPDATE: The road is open.\nNOTE: Bring a coat.\nUPDATE: The road is closed.") == []


def test_a_signature_behind_a_dash() -> None:
    (quote,) = said('"The stores are sacred places." -- Julius Rosenwald, former president')
    assert (quote.speaker, quote.words) == ("Julius Rosenwald", ["The stores are sacred places."])


def test_a_signature_on_the_next_line() -> None:
    (quote,) = said('"The stores are sacred places."\n— Julius Rosenwald')
    assert quote.speaker == "Julius Rosenwald"


def test_a_post_that_was_taken_over_whole() -> None:
    (quote,) = said("The system is rigged and everyone knows it! — Jane Roe (@roe) July 3, 2016")
    assert (quote.speaker, quote.words) == ("Jane Roe", ["The system is rigged and everyone knows it!"])
    assert quote.kind == "direct"


class TestSetApart:
    def test_a_statement_without_marks_is_its_announcers(self) -> None:
        text = "Jane Roe released the following statement:\nNobody will stop us now, and nobody will send us home."
        (quote,) = said(text)
        assert (quote.speaker, quote.words) == ("Jane Roe", ["Nobody will stop us now, and nobody will send us home."])

    def test_a_list_behind_a_colon_is_none(self) -> None:
        assert said("The winners are the following:\nThe Red Team won first prize for a robot that climbs walls.") == []


class TestInterviews:
    def test_questions_and_answers_have_no_known_speaker(self) -> None:
        quotes = said("Q: Will you run for mayor?\nA: I do not know yet.\nQ. When will you?")
        assert [(q.speaker, q.words, q.name) for q in quotes] == [
            ("Q", ["Will you run for mayor?"], None),
            ("A", ["I do not know yet."], None),
            ("Q", ["When will you?"], None),
        ]

    def test_turns_under_names_in_small_letters(self) -> None:
        text = "Jane Roe met Bob Hill.\nHill: Are you worried?\nRoe: I am always worried.\nHill: About what?"
        turns = [quote.name for quote in said(text, people(text, "Jane Roe", "Bob Hill"))]
        assert turns == ["Bob Hill", "Jane Roe", "Bob Hill"]
