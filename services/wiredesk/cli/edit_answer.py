"""The answer to an editor's decision: what the writer of stories made of it, as its records tell."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
from kafka import KafkaConsumer, TopicPartition

from wiredesk.cli.connect import connected
from wiredesk.cli.console import harmless
from wiredesk.contracts.edits import MERGE, StoryEdit, key_of
from wiredesk.contracts.errors import WiredeskError
from wiredesk.contracts.ids import split_story_id
from wiredesk.contracts.stories import StoryRecord
from wiredesk.contracts.topics import DEAD, STORIES

ANSWER_SECONDS = 30.0
"""How long an answer is waited for; a writer that keeps up gives one within a second."""


class Answers:
    """The records that come from now on, in which the answer is."""

    def __init__(self, consumer: KafkaConsumer) -> None:
        self._consumer = consumer
        places = [TopicPartition(name, number) for name in (STORIES, DEAD) for number in _partitions(consumer, name)]
        consumer.assign(places)
        consumer.seek_to_end(*places)
        for place in places:
            consumer.position(place)  # "from now on" means from now, not from the first look

    def to(self, edit: StoryEdit, seconds: float = ANSWER_SECONDS) -> str | None:
        """What became of ``edit``, in a sentence; None when nobody said within ``seconds``.

        WiredeskError when it could not be carried out.
        """
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            for records in self._consumer.poll(timeout_ms=min(500, int(left * 1000) + 1)).values():
                for record in records:
                    told = answer(edit, record.topic, record.key, record.value, record.headers)
                    if told is not None:
                        return told
        return None


@contextmanager
def answers(bootstrap: str) -> Iterator[Answers]:
    """What is answered from now on; to be opened before the decision is sent."""
    with connected(KafkaConsumer, bootstrap, enable_auto_commit=False, isolation_level="read_committed") as consumer:
        yield Answers(consumer)


def answer(
    edit: StoryEdit, topic: str, key: bytes | None, value: bytes | None, headers: Iterable[tuple[str, bytes]]
) -> str | None:
    """What a record says has become of ``edit``; None when it is of something else.

    WiredeskError when it is the dead letter of ``edit``.
    """
    if topic == DEAD:
        if key == key_of(edit).encode():
            why = dict(headers).get("dead_message", b"").decode("utf-8", "replace")
            raise WiredeskError(f"the decision could not be carried out: {harmless(why)}")
        return None
    if value is None:
        return None
    story = msgspec.json.decode(value, type=StoryRecord)
    if edit.kind == MERGE:
        if {story.story_id, story.merged_into} == set(edit.stories):
            return f"story {story.story_id} is merged into {story.merged_into}"
    elif story.story_id == split_story_id(edit.edit_id):
        return f"{story.size} of them {'is' if story.size == 1 else 'are'} story {story.story_id} now"
    return None


def _partitions(consumer: Any, topic: str) -> list[int]:
    return sorted(consumer.partitions_for_topic(topic) or ())
