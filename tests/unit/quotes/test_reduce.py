"""What the parser is given in place of a paragraph."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiredesk.quotes.reduce import reduce_block
from wiredesk.text.marks import passages


def reduced(block: str) -> str:
    return reduce_block(block, [p for p in passages(block) if p.nested == 0]).text


@pytest.mark.parametrize(
    ("block", "given_to_parser"),
    [
        ('"We go. We have waited," he said.', "it is so, he said."),
        ('"Who pays for it all?" he asked.', "it is so, he asked."),
        ('"Who pays for it all?" Roe asked.', "it is so, Roe asked."),
        ('He said: "We go. We have waited."', "He said: it is so."),
        ('He left early. "We go. We have waited."', "He left early. It is so."),
        ('He called it "a mess" twice.', "He called it a mess twice."),
        ("He called it ``a mess'' twice.", "He called it a mess twice."),
        ("Nothing in marks.", "Nothing in marks."),
        ("", ""),
    ],
)
def test_sentences_in_marks_become_a_clause_and_fragments_lose_their_marks(block: str, given_to_parser: str) -> None:
    assert reduced(block).replace("It is so", "it is so") == given_to_parser.replace("It is so", "it is so")


def test_a_long_fragment_is_cut() -> None:
    words = reduced('He called it "a ' + "very " * 500 + 'long mess" twice.').split()
    assert len(words) < 60
    assert words[-1] == "twice."


@given(st.text(alphabet="ab .,\"“”'S", max_size=60))
def test_every_word_outside_a_clause_is_found_again_in_the_block(block: str) -> None:
    result = reduce_block(block, [p for p in passages(block) if p.nested == 0])
    for nth, piece in enumerate(result.pieces):
        end = result.pieces[nth + 1].at if nth + 1 < len(result.pieces) else len(result.text)
        words = result.text[piece.at : end]
        if piece.slot < 0 and len(words) > 1:
            assert block[piece.source : piece.source + len(words)] == words
