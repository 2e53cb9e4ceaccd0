from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from wiredesk.publish.index import COMMON, Index

KEYS = st.sets(st.integers(0, 300).map(lambda n: n * 2654435761 % 2**32), min_size=1, max_size=30)


def test_it_counts_the_keys_that_each_holds():
    index = Index()
    index.add("u", [1, 2, 3])
    index.add("v", [3, 4])
    assert index.find([], [2, 3, 9]) == {"u": 2, "v": 1}
    assert index.find([3], [1]) == {"u": 2, "v": 1}
    assert index.find([], []) == {}


def test_a_common_gram_proposes_nobody_but_an_exact_key_does():
    index = Index()
    for number in range(COMMON + 3):
        index.add(f"u{number}", [7])
    assert index.find([], [7]) == {}
    assert len(index.find([7], [])) == COMMON


def test_the_discarded_are_not_found_and_may_come_back():
    index = Index()
    index.add("u", [1, 2])
    index.discard("u")
    index.discard("never seen")
    assert index.find([], [1, 2]) == {}
    index.add("u", [2])
    assert index.find([], [1, 2]) == {"u": 1}


def test_it_finds_nearly_all_after_growing():
    numbers = random.Random(4)
    held = {f"u{n}": [numbers.getrandbits(32) for _ in range(20)] for n in range(5000)}
    index = Index()
    for name, keys in held.items():
        index.add(name, set(keys))
    found = sum(index.find([], keys)[name] for name, keys in held.items())
    assert found > 0.995 * 20 * 5000
    assert index._table.nbytes < 64 * 20 * 5000


def test_the_dead_are_purged():
    index = Index()
    for number in range(20_000):
        index.add(f"u{number}", [number * 2654435761 % 2**32])
        index.discard(f"u{number - 10}")
    assert len(index) == 10
    assert index.find([], [19_995 * 2654435761 % 2**32]) == {"u19995": 1}
    assert index._table.nbytes <= 2**17


@settings(deadline=None)
@given(st.dictionaries(st.text(max_size=3), KEYS, max_size=20), st.data())
def test_it_answers_like_a_plain_dictionary(held, data):
    index = Index()
    for name, keys in held.items():
        index.add(name, keys)
    gone = data.draw(st.sets(st.sampled_from(sorted(held)))) if held else set()
    for name in gone:
        index.discard(name)
    asked = data.draw(KEYS)
    holders = {key: [name for name, keys in held.items() if key in keys] for key in asked}
    expected: dict[str, int] = {}
    for names in holders.values():
        for name in names if len(names) < COMMON else ():
            if name not in gone:
                expected[name] = expected.get(name, 0) + 1
    assert index.find([], asked) == expected
