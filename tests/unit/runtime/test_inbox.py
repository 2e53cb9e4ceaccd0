"""The inbox: feeds take turns, acknowledgements keep the order of each partition, and all of it is bounded."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiredesk.runtime.inbox import Inbox, Ticket, feed_of


def message(partition: int, offset: int, key: bytes = b"feed:1", size: int = 0) -> Any:
    return SimpleNamespace(tp=("raw", partition), offset=offset, key=key, value=b"x" * size)


def place(of: Any) -> tuple[int, int]:
    return of.tp[1], of.offset


def all_of(inbox: Inbox) -> list[Ticket]:
    return list(iter(inbox.take, None))


@pytest.mark.parametrize(
    ("key", "feed"),
    [
        (b"nytimes.com:100000003914", b"nytimes.com"),
        (b"The Courier:http://courier.example/1", b"The Courier"),
        (b"no-colon-1", b""),  # a key for each message must not make a feed of each message
        (b"no-colon-2", b""),
        (None, b""),
    ],
)
def test_the_feed_is_what_stands_before_the_colon(key: bytes | None, feed: bytes) -> None:
    assert feed_of(key) == feed


def test_what_is_done_before_those_in_front_of_it_waits_for_them() -> None:
    async def play() -> None:
        inbox = Inbox(1 << 20, share=1)
        for offset in range(3):
            inbox.put(message(0, offset, b"flood:%d" % offset))
        inbox.put(message(0, 3, b"small:1"))
        first, small, *rest = all_of(inbox)
        assert small.message.offset == 3
        assert inbox.finish(small) == []
        assert [place(freed) for freed in inbox.finish(first)] == [(0, 0)]
        freed = [place(freed) for ticket in rest for freed in inbox.finish(ticket)]
        assert freed == [(0, 1), (0, 2), (0, 3)]

    asyncio.run(play())


def test_without_shares_messages_are_handed_out_as_they_came() -> None:
    async def play() -> None:
        inbox = Inbox(1 << 20)
        for offset in range(4):
            inbox.put(message(0, offset, b"flood:1" if offset < 3 else b"small:1"))
        assert [ticket.message.offset for ticket in all_of(inbox)] == [0, 1, 2, 3]

    asyncio.run(play())


def test_a_feed_at_a_hundred_times_the_rate_of_the_others_keeps_none_of_them_waiting() -> None:
    """Ten feeds send one message each, whenever the flood has sent a thousand; the stage does half of what comes."""

    async def play() -> None:
        inbox = Inbox(1 << 30, share=1)
        offset, waited = 0, []
        arrived: dict[int, int] = {}
        for now in range(20):
            for n in range(1_000):
                inbox.put(message(0, offset + n, b"flood:%d" % n))
            offset += 1_000
            for feed in range(10):
                arrived[offset] = now * 500
                inbox.put(message(0, offset, b"small%d:1" % feed))
                offset += 1
            for step in range(500):
                ticket = inbox.take()
                assert ticket is not None
                if ticket.message.offset in arrived:
                    waited.append(now * 500 + step - arrived[ticket.message.offset])
        assert len(waited) == 200
        assert max(waited) <= 20

    asyncio.run(play())


def test_reading_stops_when_the_inbox_is_full_and_goes_on_when_messages_are_acknowledged() -> None:
    async def play() -> None:
        inbox = Inbox(10_000, share=1)
        for offset in range(5):
            inbox.put(message(0, offset, size=1_500))
        waiting = asyncio.create_task(inbox.room())
        first, second, *_ = all_of(inbox)
        assert inbox.finish(second) == []  # done and not acknowledged: still there
        await asyncio.sleep(0)
        assert not waiting.done()
        assert len(inbox.finish(first)) == 2
        await asyncio.wait_for(waiting, 1)

    asyncio.run(play())


def test_what_was_taken_away_is_forgotten_and_frees_the_room_it_took() -> None:
    async def play() -> None:
        inbox = Inbox(5_000, share=1)
        for offset in range(4):
            inbox.put(message(0, offset, size=500))
        held, working = inbox.take(), inbox.take()
        assert held is not None
        assert working is not None
        waiting = asyncio.create_task(inbox.room())
        inbox.clear()
        await asyncio.wait_for(waiting, 1)
        assert inbox.take() is None
        inbox.put(message(0, 0))  # read again
        again = inbox.take()
        assert again is not None
        assert inbox.finish(working) == []  # what it stands behind is not done
        assert [freed.offset for freed in inbox.finish(held)] == [0, 1]
        assert [freed.offset for freed in inbox.finish(again)] == [0]

    asyncio.run(play())


@given(
    st.lists(st.tuples(st.integers(0, 2), st.sampled_from([b"flood", b"b", b"c"])), max_size=60),
    st.integers(1, 4),
    st.randoms(use_true_random=False),
)
def test_whatever_is_done_first_each_partition_is_acknowledged_in_order_and_whole(
    came: list[tuple[int, bytes]], share: int, random: Any
) -> None:
    async def play() -> None:
        inbox = Inbox(1 << 30, share=share)
        offsets = [0, 0, 0]
        for partition, feed in came:
            inbox.put(message(partition, offsets[partition], feed + b":%d" % offsets[partition]))
            offsets[partition] += 1
        tickets = all_of(inbox)
        for feed in {feed for _, feed in came}:
            mine = [place(t.message) for t in tickets if feed_of(t.message.key) == feed]
            for partition in range(3):
                of_partition = [at for at in mine if at[0] == partition]
                assert of_partition == sorted(of_partition)
        random.shuffle(tickets)
        freed: list[list[int]] = [[], [], []]
        done: set[tuple[int, int]] = set()
        for ticket in tickets:
            done.add(place(ticket.message))
            for out in inbox.finish(ticket):
                assert place(out) in done
                freed[out.tp[1]].append(out.offset)
        assert freed == [list(range(count)) for count in offsets]

    asyncio.run(play())


def test_a_closed_inbox_takes_nothing_in() -> None:
    async def play() -> None:
        inbox = Inbox(1 << 20)
        inbox.put(message(0, 0))
        inbox.close()
        inbox.put(message(0, 1))
        assert inbox.take() is None
        await asyncio.wait_for(inbox.room(), 1)

    asyncio.run(play())
