"""Turns: nobody waits for another's flood, nothing is lost, and what one said stays in order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wiredesk.runtime.turns import Turns

SENDERS = st.sampled_from([b"a", b"b", b"c", b"d"])


def taken(turns: Turns[tuple[bytes, int]]) -> list[tuple[bytes, int]]:
    found = []
    while (thing := turns.take()) is not None:
        found.append(thing)
    return found


def test_a_flood_lets_the_others_in_between() -> None:
    turns: Turns[tuple[bytes, int]] = Turns(share=1)
    for number in range(1_000):
        turns.put(b"flood", (b"flood", number))
    for number in range(10):
        for sender in (b"small", b"tiny"):
            turns.put(sender, (sender, number))
    first = taken(turns)[:30]
    assert [sender for sender, _ in first] == [b"flood", b"small", b"tiny"] * 10


def test_a_share_is_what_one_gets_in_a_row_while_others_wait() -> None:
    turns: Turns[str] = Turns(share=3)
    for thing in "aaaaaaa":
        turns.put(b"a", thing)
    for thing in "bbb":
        turns.put(b"b", thing)
    assert "".join(iter(turns.take, None)) == "aaabbbaaaa"


def test_one_sender_alone_is_a_plain_queue() -> None:
    turns: Turns[int] = Turns(share=2)
    for number in range(5):
        turns.put(b"", number)
    assert list(iter(turns.take, None)) == [0, 1, 2, 3, 4]
    assert turns.take() is None


@given(st.lists(st.one_of(SENDERS, st.none())), st.integers(1, 5))
def test_nothing_is_lost_or_doubled_and_each_senders_order_is_kept(steps: list[bytes | None], share: int) -> None:
    """A step puts something in for a sender, or takes something out."""
    turns: Turns[tuple[bytes, int]] = Turns(share)
    put: list[tuple[bytes, int]] = []
    out: list[tuple[bytes, int]] = []
    for number, sender in enumerate(steps):
        if sender is not None:
            put.append((sender, number))
            turns.put(sender, put[-1])
        elif (thing := turns.take()) is not None:
            out.append(thing)
    out += taken(turns)
    assert sorted(out) == sorted(put)
    for sender in {sender for sender, _ in put}:
        assert [thing for thing in out if thing[0] == sender] == [thing for thing in put if thing[0] == sender]


@given(st.lists(SENDERS, min_size=1, max_size=60), st.integers(1, 5))
def test_nobody_waits_longer_than_a_share_of_each_other(senders: list[bytes], share: int) -> None:
    turns: Turns[tuple[bytes, int]] = Turns(share)
    for number, sender in enumerate(senders):
        turns.put(sender, (sender, number))
    others = len(set(senders)) - 1
    waited: dict[bytes, int] = dict.fromkeys(senders, 0)
    left = {sender: senders.count(sender) for sender in waited}
    for sender, _ in taken(turns):
        left[sender] -= 1
        for other in waited:
            waited[other] = 0 if other == sender or left[other] == 0 else waited[other] + 1
            assert waited[other] <= share * others
