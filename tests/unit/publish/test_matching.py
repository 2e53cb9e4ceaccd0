from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiredesk.publish.matching import IDENTICAL, likeness
from wiredesk.publish.speakers import Voice
from wiredesk.publish.wording import wording_of

ANA, CARL = Voice(None, "Ana Bell", True), Voice(None, "Carl Dunn", True)
LONG = "we have never before in all these years seen a harvest as poor as this one"
MIDDLE = "a harvest as poor as this one"
PRICES = "prices rose 3 percent in the months to the end of June"
TEN = "nobody has told us what they want us to do"


def same(one, other, voices=(None, None), story=False, article=False, indirect=False) -> bool:
    wordings = (wording_of(text, "direct", "passage") for text in (one, other))
    found = likeness(*wordings, voices, same_article=article, same_story=story, indirect=indirect)
    return found is not None


@pytest.mark.parametrize(
    ("one", "other", "context", "expected"),
    [
        # identical words: how many are needed
        (LONG, LONG, {}, True),
        (LONG, LONG, {"voices": (ANA, CARL)}, True),  # so long that one attribution must be wrong
        (TEN, TEN, {}, True),
        (TEN, TEN, {"voices": (ANA, CARL), "story": True}, False),
        ("it is over now", "it is over now", {}, False),
        ("it is over now", "it is over now", {"story": True}, True),
        ("it is over now", "it is over now", {"voices": (ANA, ANA)}, True),
        ("it is over now", "it is over now", {"voices": (ANA, CARL), "story": True}, False),
        ("never again", "never again", {"voices": (ANA, ANA), "story": True}, False),
        ("never again", "never again", {"article": True}, True),
        ("never again", "never again", {"article": True, "voices": (ANA, CARL)}, False),
        # cut
        (LONG, MIDDLE, {"story": True}, True),
        (LONG, MIDDLE, {"voices": (ANA, ANA)}, True),
        (LONG, MIDDLE, {}, False),  # seven words of nobody in particular
        (LONG, "as poor as this one", {"story": True}, True),
        (LONG, "as poor as this one", {"voices": (ANA, ANA)}, False),
        (LONG, "poor as this one", {"story": True}, False),
        (LONG, LONG.removeprefix("we have never "), {}, True),
        (LONG, LONG.removeprefix("we have never "), {"voices": (ANA, CARL)}, False),
        # altered
        (TEN, TEN.replace("us what", "us all"), {"story": True}, True),
        (TEN, TEN.replace("us what", "us all"), {"story": True, "indirect": True}, False),
        (TEN, TEN.replace("us what", "us all"), {}, False),
        (LONG, LONG.replace("in all these years", "in all those years"), {"voices": (ANA, ANA)}, True),
        # other figures: another statement
        (PRICES, PRICES.replace("3", "4"), {"story": True}, False),
        (PRICES, PRICES.replace("3", "three"), {"story": True}, True),
        (PRICES, PRICES.removeprefix("prices rose 3 percent "), {"story": True}, True),
    ],
)
def test_same_utterance(one, other, context, expected):
    assert same(one, other, **context) is expected
    assert same(other, one, **context | {"voices": context.get("voices", (None, None))[::-1]}) is expected


@given(st.lists(st.sampled_from(["we", "do", "not", "know", "7", "8"]), max_size=12).map(" ".join), st.booleans())
def test_nothing_is_more_alike_than_identical(text, story):
    one, other = wording_of(text, "direct", "passage"), wording_of(text + " we", "direct", "passage")
    flags = {"same_article": True, "same_story": story, "indirect": False}
    assert likeness(one, one, (None, None), **flags) == IDENTICAL
    assert (likeness(one, other, (None, None), **flags) or 0) < IDENTICAL
