"""The scores of ``bench.quality``: what counts as found and as right, and that they equal those made elsewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import orjson
import pytest
from bench.quality.aligning import aligner
from bench.quality.attributed import Attributed
from bench.quality.labelled import Attribution, Labelled, labelled_articles
from bench.quality.quotes import tally
from bench.quality.scoring import FORMS, KINDS, speaker_form
from bench.quality.speech import is_speech
from bench.quality.systems import regular_expression
from bench.quality.words import WordIndex, marked_passages

DATA = Path(os.environ.get("WIREDESK_DATA", Path(__file__).parents[3] / "shared" / "data")) / "gum_news.jsonl"
OUTSIDE = DATA.parent.parent / "score" / "score.py"

TEXT = 'Ann Lee said "the talks were long and hard" on Friday. Bob Hill denied it.'


def extent(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def labelled() -> Labelled:
    label = Attribution([extent("Ann Lee")], [extent("said")], [extent("the talks were long and hard")], ["Ann Lee"])
    return Labelled("a", TEXT, [label])


@pytest.mark.parametrize(
    ("content", "mention", "found", "right"),
    [
        ("the talks were long and hard", "Ann Lee", 1, 1),
        ("the talks were long", "Lee", 1, 1),
        ("the talks", "Ann Lee", 0, 0),
        ("the talks were long and hard", "Bob Hill", 1, 0),
    ],
)
def test_half_of_the_words_are_enough_and_the_speaker_must_overlap(
    content: str, mention: str, found: int, right: int
) -> None:
    counts = tally([labelled()], [[Attributed([extent(content)], [extent(mention)], [extent("said")])]], None)
    assert (counts.asked, counts.given, counts.found, counts.right) == (1, 1, found, right)


def test_what_is_given_too_much_costs_precision() -> None:
    answers = [
        Attributed([extent("the talks were long and hard")], [extent("Ann Lee")], [extent("said")]),
        Attributed([extent("Friday. Bob")], [], [extent("denied")]),
    ]
    counts = tally([labelled()], [answers], None)
    assert counts.end_to_end.precision == 50
    assert counts.end_to_end.recall == 100


def test_a_form_can_be_left_out() -> None:
    answer = Attributed([extent("the talks were long and hard")], [extent("Ann Lee")], [extent("said")], form="phrase")
    assert tally([labelled()], [[answer]], "phrase").given == 0


def test_a_name_is_right_when_it_shares_a_word() -> None:
    answer = Attributed([extent("the talks were long and hard")], [extent("Ann Lee")], [extent("said")], ["Ann B. Lee"])
    counts = tally([labelled()], [[answer]], None)
    assert (counts.forms["asked", "full name"], counts.forms["right", "full name"]) == (1, 1)


@pytest.mark.parametrize(
    ("words", "form"),
    [
        ("Ann Lee", "full name"),
        ("Lee", "one name"),
        ("she", "pronoun"),
        ("the Lee report", "nominal"),
        ("a nurse", "nominal"),
    ],
)
def test_forms_of_the_speaker(words: str, form: str) -> None:
    assert speaker_form(words) == form


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        ('He said "no" twice.', ["no"]),
        ("\u201cWe go,\u201d he said. \u201cNow.\u201d", ["We go,", "Now."]),
        ('Left "open', ["open"]),
        ("Closed\u201d late", ["Closed"]),
        ("``old'' marks", ["old"]),
        ("\u201cone \u201ctwo\u201d", ["one ", "two"]),
    ],
)
def test_passages_in_marks(text: str, passages: list[str]) -> None:
    assert [text[a:b] for a, b in marked_passages(text)] == passages


def test_a_word_counts_when_half_of_it_is_covered() -> None:
    index = WordIndex("one three five")
    assert index.within([(0, 3)]) == {0}
    assert index.within([(2, 9)]) == {1}
    assert index.within([(4, 6)]) == set()


def test_words_of_communication() -> None:
    assert is_speech("have said")
    assert is_speech(":")
    assert is_speech("denied")
    assert not is_speech("hoped")


def test_spans_are_found_again_when_white_space_differs() -> None:
    place = aligner("One  two\n\nthree four", "One two\nthree four")
    assert place((4, 7)) == (5, 8)
    assert place((8, 13)) == (10, 15)


@pytest.mark.skipif(
    not (DATA.exists() and OUTSIDE.exists()), reason=f"no labelled data and scores at {DATA.parent.parent}"
)
@pytest.mark.parametrize("without", [None, "phrase"])
def test_the_scores_are_those_made_outside(tmp_path: Path, without: str | None) -> None:
    """On answers that are partly right: the plain pattern's, and every other label with its edges moved."""
    articles = labelled_articles(DATA)
    answers = [
        [*found, *_moved(article)] for article, found in zip(articles, regular_expression(articles), strict=True)
    ]
    out = tmp_path / "out.jsonl"
    out.write_bytes(b"\n".join(_document(one, given) for one, given in zip(articles, answers, strict=True)))
    command = [sys.executable, str(OUTSIDE), "quotes", str(DATA), str(out)]
    command += ["--without", without] if without else []
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    counts = tally(articles, answers, without)
    ours = [*counts.reported, *counts.end_to_end, *counts.passages]
    assert [float(n) for n in re.findall(r"[PR1] (\d+\.\d)", printed)] == [round(figure, 1) for figure in ours]
    for kind in KINDS:
        found, right, asked = (counts.kinds[what, kind] for what in ("found", "right", "asked"))
        assert f"{kind}: found {found}/{asked}, speaker right {right}/{found}" in printed
    for form in FORMS:
        right, asked, left = (counts.forms[what, form] for what in ("right", "asked", "open"))
        assert f"resolved speaker, {form}: {right}/{asked}, no answer {left}" in printed


def _moved(article: Labelled) -> list[Attributed]:
    """Answers made of every other label: content cut or prolonged, every third speaker missing or wrong."""
    made = []
    for n, label in enumerate(article.attributions):
        start, end = label.contents[0]
        mention = [label.sources[:1], [], [(0, 12)]][n % 3]
        content = [(start, end - (end - start) * (n % 5) // 6), *label.contents[1:]]
        names = label.speaker_mentions[n % 2 : n % 2 + 1]
        made.append(Attributed(content, list(mention), label.cue, names, ("phrase", "clause")[n % 2]))
    return made[::2] + made[1::4]


def _document(article: Labelled, given: list[Attributed]) -> bytes:
    def span(extent: tuple[int, int]) -> dict[str, object]:
        return {"start": extent[0], "end": extent[1], "exact": article.text[slice(*extent)]}

    quotes = [
        {
            "form": one.form,
            "spans": [span(content) for content in one.contents],
            "cue": span(one.cue[0]) if one.cue else None,
            "speaker": {
                "mention": span(one.mention[0]) if one.mention else None,
                "name": one.names[0] if one.names else None,
                "entity_id": None,
            },
        }
        for one in given
    ]
    return orjson.dumps({"source": {"id": article.id}, "text": article.text, "quotes": quotes, "entities": []})
