from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from wiredesk.dedup.index import STOP, Index
from wiredesk.dedup.rarity import COMMON_AT_LEAST, Rarity
from wiredesk.dedup.tokens import mix


def prints(*seeds: int) -> NDArray[np.uint64]:
    """Fingerprints as a sketch has them: distinct hashes in the lowest quarter."""
    return np.unique(mix(np.array(seeds, dtype=np.uint64)) >> np.uint64(2))


def found(index: Index, *seeds: int) -> list[int]:
    return sorted(index.find(prints(*seeds)).tolist())


def test_a_fingerprint_finds_the_stories_that_have_it() -> None:
    index = Index()
    index.add(prints(1, 2, 3), 7)
    index.add(prints(3, 4), 8)
    assert found(index, 1, 2) == [7, 7]
    assert found(index, 3) == [7, 8]
    assert found(index, 5) == []


def test_adding_a_second_time_changes_nothing() -> None:
    index = Index()
    index.add(prints(1, 2), 7)
    index.add(prints(1, 2), 7)
    assert found(index, 1) == [7]


def test_what_many_stories_have_becomes_a_stop_mark() -> None:
    index = Index()
    for number in range(1, STOP):
        index.add(prints(1), number)
    assert len(found(index, 1)) == STOP - 1
    index.add(prints(1), STOP)
    assert found(index, 1) == []
    index.add(prints(1), STOP + 1)
    index.remove(prints(1), [1, 2])
    assert len(found(index, 1)) == STOP - 2, "it is one no longer when the stories are gone"


def test_removing_takes_the_story_alone() -> None:
    index = Index()
    index.add(prints(1, 2), 7)
    index.add(prints(2, 3), 8)
    index.remove(prints(1, 2, 3), [7])
    assert found(index, 1, 2, 3) == [8, 8]


def test_it_grows_and_keeps_nearly_all() -> None:
    index = Index()
    before = index.bytes
    for number in range(1, 401):
        index.add(prints(*range(100 * number, 100 * number + 100)), number)
    assert index.bytes > before
    kept = [len(found(index, *range(100 * number, 100 * number + 100))) for number in range(1, 401)]
    assert sum(kept) > 0.97 * 40_000
    assert index.bytes < 40 * 40_000


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(1, 5), st.sets(st.integers(0, 30), min_size=1), st.booleans()), max_size=20))
def test_it_finds_what_a_dictionary_would(steps: list[tuple[int, set[int], bool]]) -> None:
    """As long as no fingerprint is near the stop mark."""
    index = Index()
    plain: dict[int, set[int]] = {}
    for number, seeds, adds in steps:
        for seed in seeds:
            stories = plain.setdefault(seed, set())
            if adds and (number in stories or len(stories) < STOP - 1):
                index.add(prints(seed), number)
                stories.add(number)
            elif not adds:
                index.remove(prints(seed), [number])
                stories.discard(number)
    for seed, stories in plain.items():
        assert found(index, seed) == sorted(stories)


def test_a_gram_is_common_from_the_sixth_story_on() -> None:
    rarity = Rarity()
    grams = mix(np.arange(2, dtype=np.uint64))
    for _ in range(COMMON_AT_LEAST):
        rarity.add(grams[:1])
    assert rarity.common(grams).tolist() == [False, False]
    rarity.add(grams)
    assert rarity.common(grams).tolist() == [True, False]
    rarity.remove(grams)
    assert rarity.common(grams).tolist() == [False, False]


def test_with_many_stories_more_is_needed() -> None:
    rarity = Rarity()
    grams = mix(np.arange(10_000, dtype=np.uint64))
    for at in range(10_000):
        rarity.add(grams[at : at + 1] if at >= 20 else grams[:1])
    assert not rarity.common(grams[:1])[0], "20 of 10,000 are not more than two in a thousand"
    rarity.add(grams[:1])
    assert rarity.common(grams[:1])[0]
