from __future__ import annotations

import pytest

from wiredesk.contracts.stories import Origin
from wiredesk.dedup.origin import origin_of
from wiredesk.dedup.records import ArticleState, OriginSign


def member(outlet: str, **named: float) -> ArticleState:
    """A member of ``outlet`` that names these wires with these confidences."""
    return ArticleState(
        article_id=outlet,
        seq=1,
        clock=0,
        source=outlet.title(),
        outlet=outlet,
        seen_at=None,
        story_id="s",
        versions=[],
        origins=[OriginSign(name, f"dateline: ({name})", sure) for name, sure in named.items()],
    )


def test_one_that_nobody_credits_and_nobody_copied_has_none() -> None:
    assert origin_of([member("gazette")]) is None
    assert origin_of([member("gazette"), member("gazette")]) is None


def test_of_copies_that_credit_nobody_the_first_carrier_is_the_best_guess() -> None:
    assert origin_of([member("gazette"), member("herald")]) == Origin(
        name="Gazette", evidence=["first carrier: Gazette"], confidence=0.5
    )


def test_most_credits_decide() -> None:
    found = origin_of([member("a", Meridian=0.9), member("b", Continental=0.9), member("c", Continental=0.9)])
    assert found is not None
    assert found.name == "Continental"


def test_of_two_that_contradict_each_other_the_first_carrier_is_right() -> None:
    found = origin_of([member("a", Meridian=0.9), member("b", Continental=0.9)])
    assert found is not None
    assert found.name == "Meridian"


@pytest.mark.parametrize(
    ("members", "confidence"),
    [
        ([member("a", Meridian=0.9)], 0.9),
        ([member("a", Meridian=0.9), member("b", Meridian=0.9)], 0.99),
        ([member("a", Meridian=0.9), member("b", Continental=0.9)], 0.54),
        ([member("a", Meridian=0.5)], 0.5),
    ],
)
def test_agreement_makes_it_sure_and_contradiction_unsure(members: list[ArticleState], confidence: float) -> None:
    found = origin_of(members)
    assert found is not None
    assert (found.name, found.confidence) == ("Meridian", confidence)
