"""Words in marks: who is given them, and which belong together."""

from __future__ import annotations

import pytest

from tests.unit.quotes.articles import headed, said


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        ('"We will rebuild the bridge," Jane Roe said.', "Jane Roe", ["We will rebuild the bridge"]),
        ('"We will rebuild the bridge," said Jane Roe, the mayor.', "Jane Roe", ["We will rebuild the bridge"]),
        ('Jane Roe said: "We will rebuild the bridge."', "Jane Roe", ["We will rebuild the bridge."]),
        ('Jane Roe told reporters, "We will rebuild the bridge."', "Jane Roe", ["We will rebuild the bridge."]),
        ('"Who will pay for the bridge?" Jane Roe asked.', "Jane Roe", ["Who will pay for the bridge?"]),
        ('"Nobody is surprised," quipped Roe.', "Roe", ["Nobody is surprised"]),
        ("“It was quiet. Then the sirens began,” Roe recalled.", "Roe", ["It was quiet. Then the sirens began"]),
        ("``It was quiet here,'' Roe recalled.", "Roe", ["It was quiet here"]),
        ("'It was quiet here,' Roe recalled.", "Roe", ["It was quiet here"]),
        ('"We were told to wait," said a nurse who asked not to be named.', "a nurse", ["We were told to wait"]),
        ('The minister attacked the plan, adding: "It will not work."', "The minister", ["It will not work."]),
        ('"Nobody asked us for years," Roe deadpanned.', "Roe", ["Nobody asked us for years"]),
        ('"Nobody asked us for years," she shot back.', "she", ["Nobody asked us for years"]),
        ('As Roe put it in May: "Nobody asked us for years."', "Roe", ["Nobody asked us for years."]),
        ('In the words of Jane Roe, "Nobody asked us for years."', "Jane Roe", ["Nobody asked us for years."]),
        ('Lee, asked whether they agreed, replied: "Not at all, my friend."', "Lee", ["Not at all, my friend."]),
        ('It cited critics, with Roe stating: "Nobody asked us for years."', "Roe", ["Nobody asked us for years."]),
        ('The senator\'s tweet was blunt: "This is not who we are."', "The senator", ["This is not who we are."]),
        ('Roe shrugged. "Parking will be easier now."', "Roe", ["Parking will be easier now."]),
    ],
)
def test_a_sentence_in_marks_is_its_speakers(text: str, speaker: str, words: list[str]) -> None:
    (quote,) = said(text)
    assert (quote.speaker, quote.words, quote.kind, quote.form) == (speaker, words, "direct", "passage")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('"We go," Roe said. "Nobody will stop us."', ["We go", "Nobody will stop us."]),
        ('"We are happy," Roe told the press, "to show what we can do."', ["We are happy", "to show what we can do."]),
        ('"If so," one aide said, speaking on a train, "he will lose."', ["If so", "he will lose."]),
        ('"We were told to be patient." "Then we were told to be brave," Roe said.', None),
    ],
)
def test_passages_that_only_the_cue_divides_are_one_quotation(text: str, words: list[str] | None) -> None:
    (quote,) = said(text)
    assert quote.speaker in ("Roe", "one aide")
    assert len(quote.words) == 2
    assert words is None or quote.words == words


def test_the_same_speaker_goes_on_behind_other_words() -> None:
    first, second = said('"We go," Roe said. She pointed at the door of the hall. "Nobody will stop us now."')
    assert (first.words, second.words) == (["We go"], ["Nobody will stop us now."])
    assert second.confidence < first.confidence


@pytest.mark.parametrize(
    "text",
    [
        'The jets, known by the NATO designation "Flanker" have been deployed at Latakia.',
        'The so-called "rebels" left the city.',
        'He hosts "The Steve Harvey Morning Show" on the radio.',
        'Earvin "Magic" Johnson left the arena.',
        'They named their robot "Better Idea of Afghan Girls" last year.',
        "No marks, and nobody speaks.",
    ],
)
def test_names_titles_and_terms_are_no_quotations(text: str) -> None:
    assert said(text) == []


def test_a_term_inside_reported_words_does_not_make_them_mixed() -> None:
    (quote,) = said('Tom Bowman says the jets, known by the designation "Flanker", have been deployed.')
    assert quote.kind == "indirect"


class TestMixed:
    def test_the_content_is_the_whole_clause(self) -> None:
        (quote,) = said('Peter Cook said they "had a constructive talk about the build-up" on Friday.')
        assert quote.kind == "mixed"
        assert quote.words == ['they "had a constructive talk about the build-up" on Friday']

    def test_words_in_marks_behind_an_adjunct_are_part_of_it(self) -> None:
        (quote,) = said('Roe says no one will be refused "based solely on the response of the form".')
        assert quote.words == ['no one will be refused "based solely on the response of the form']

    def test_that_before_words_in_marks_is_no_content(self) -> None:
        (quote,) = said('An audit found that "repairs are closed on paper before they are closed on board."')
        assert (quote.kind, quote.words) == ("direct", ["repairs are closed on paper before they are closed on board."])

    def test_a_whole_quotation_at_the_end_of_a_clause(self) -> None:
        (quote,) = said(
            'Roe told the court that, over the last years, "the plan played a devastating role in our lives."'
        )
        assert quote.words == ['that, over the last years, "the plan played a devastating role in our lives.']

    def test_what_the_article_says_of_it_is_not_part_of_it(self) -> None:
        (quote,) = said('Roe said that "I alone can fix it," a line that drew applause.')
        assert quote.words == ["I alone can fix it"]

    def test_a_show_between_two_passages_is_none_of_them(self) -> None:
        (quote,) = said('"I was clear about this," Roe said on "Face the Nation." "It was wrong."')
        assert quote.words == ["I was clear about this", "It was wrong."]

    def test_judgements_give_the_words_in_marks(self) -> None:
        (quote,) = said('Mayor Roe called the crash "a warning that we paid for in blood".')
        assert (quote.speaker, quote.words) == ("Mayor Roe", ["a warning that we paid for in blood"])

    def test_reported_belief_counts_with_words_in_marks_and_not_without(self) -> None:
        outer, inner = said('Kerry said Obama believes talks with Russia are "an important next step".')
        assert (outer.speaker, inner.speaker) == ("Kerry", "Obama")
        assert inner.parent == outer.id
        assert said("Obama believes talks with Russia are an important step.") == []


class TestHeadlines:
    def test_a_headline_may_quote(self) -> None:
        text = "Roe: Talks must go on\nThe talks in the city ended."
        from tests.unit.quotes.articles import people

        (quote,) = said(text, people(text, "Jane Roe"), **headed(*text.split("\n")))
        assert (quote.speaker, quote.words, quote.part) == ("Roe", ["Talks must go on"], "headline")

    def test_a_headline_with_a_colon_and_no_name_does_not(self) -> None:
        text = "Sports: Tigers win again\nThe Tigers won."
        assert said(text, **headed(*text.split("\n"))) == []


@pytest.mark.parametrize("kind", ["byline", "dateline", "credit", "rights", "boilerplate"])
def test_parts_that_are_no_news_are_not_read(kind: str) -> None:
    text = '"We will rebuild the bridge," Jane Roe said.'
    assert said(text, parts=[{"kind": kind, "start": 0, "end": len(text)}]) == []
