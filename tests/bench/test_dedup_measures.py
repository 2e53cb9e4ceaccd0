"""The measures by which groupings are compared, on examples that can be counted by hand."""

from __future__ import annotations

import pytest
from bench.dedup.measures import adjusted_rand, b_cubed, company, names, pairwise
from bench.dedup.newsroom import Outlet
from bench.dedup.quality import Grouped, Link, assess
from bench.dedup.stream import Item, Passage
from hypothesis import given
from hypothesis import strategies as st

labels = st.lists(st.integers(0, 4), min_size=1, max_size=30)
OUTLET = Outlet("Eastwick Post", "eastwickpost.example")


@pytest.mark.parametrize(
    ("truth", "found", "precision", "recall"),
    [
        ("aab", "xxy", 1.0, 1.0),
        ("aab", "xyz", 1.0, 0.0),  # no pair was found, so none is wrong
        ("aab", "xxx", 1 / 3, 1.0),
        ("aaaa", "xxyy", 1.0, 2 / 6),
    ],
)
def test_pairwise(truth, found, precision, recall):
    scores = pairwise(truth, found)
    assert (scores.precision, scores.recall) == pytest.approx((precision, recall))


@pytest.mark.parametrize(
    ("truth", "found", "precision", "recall"),
    [
        ("aab", "xxy", 1.0, 1.0),
        ("aab", "xxx", (2 / 3 + 2 / 3 + 1 / 3) / 3, 1.0),
        ("aaaa", "xxxy", 1.0, (3 * 3 / 4 + 1 / 4) / 4),
    ],
)
def test_b_cubed(truth, found, precision, recall):
    scores = b_cubed(truth, found)
    assert (scores.precision, scores.recall) == pytest.approx((precision, recall))


def test_adjusted_rand_by_the_example_of_its_authors():
    # Hubert and Arabie (1985): 10 pairs, 2 in both, 4 in the truth, 4 found, 1.6 by chance
    assert adjusted_rand("aaabb", "xxyyz") == pytest.approx((1 - 4 * 2 / 10) / (3 - 4 * 2 / 10))


@given(labels)
def test_the_truth_is_perfect_whatever_the_labels_are_called(truth):
    renamed = [f"story {label}" for label in truth]
    assert pairwise(truth, renamed).f1 == b_cubed(truth, renamed).f1 == 1
    assert adjusted_rand(truth, renamed) == 1


@given(labels, st.randoms(use_true_random=False))
def test_measures_do_not_depend_on_the_order(truth, rng):
    found = [label // 2 for label in truth]
    order = rng.sample(range(len(truth)), len(truth))
    mixed = [truth[at] for at in order], [found[at] for at in order]
    assert pairwise(*mixed) == pairwise(truth, found)
    assert b_cubed(*mixed) == pytest.approx(b_cubed(truth, found))


def test_company_and_names():
    assert company("abb", "xxy") == [True, True, False]
    assert names("abb", "xxy") == {"x": "a", "y": "b"}  # one each: the first names it


def item(story: str, kind: str, text: str, embeds: tuple[Passage, ...] = ()) -> Item:
    return Item(0.0, OUTLET, "Headline", text, "", None, story, kind, (), embeds)


def test_links_count_by_the_story_that_they_lead_to():
    passage = Passage("wire", host=(10, 30), wire=(0, 20), words=70)
    items = [
        item("wire", "wire", "w" * 40),
        item("embed", "embed", "e" * 40, (passage,)),
        item("other", "own", "o" * 40),
        item("quotes", "quotes", "q" * 40),
    ]
    grouped = [
        Grouped(1),
        Grouped(2, (Link(1, ((10, 20), (18, 25))),)),
        Grouped(3, (Link(1),)),  # it carries nothing of the wire
        Grouped(1),  # nor does this one tell its story
    ]
    quality = assess(items, grouped)
    assert quality.linked == (1, 1)
    assert quality.linked_short == (0, 0)
    assert quality.right_links == (1, 2)
    assert quality.covered == (15, 20)
    assert quality.merged == {"embed": (0, 1), "quotes": (1, 1), "template": (0, 0)}
