"""The archive of stories that Kafka is: stories, members and texts, read from their topics.

Each look-up reads its topic from the beginning, texts from when the story was first seen, and keeps what was asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import datetime, timedelta

import msgspec

from wiredesk.cli.connect import DEFAULT_BOOTSTRAP
from wiredesk.cli.console import messages
from wiredesk.cli.reading import reading
from wiredesk.cli.texts import Text
from wiredesk.contracts.stories import MemberRecord, StoryRecord
from wiredesk.contracts.topics import ENRICHED, STORIES, STORY_MEMBERS

_SKEW = timedelta(hours=1)
"""By how much the clocks of brokers and stages may differ."""


class TopicsArchive:
    """What is on the topics of the brokers at ``bootstrap``, up to their ends as they are when asked."""

    def __init__(self, bootstrap: str = DEFAULT_BOOTSTRAP) -> None:
        self.place = f"the topics at {bootstrap}"
        self._bootstrap = bootstrap

    def stories(self, ids: Collection[str]) -> dict[str, StoryRecord]:
        wanted = {story_id.encode() for story_id in ids}
        found = self._newest(STORIES, wanted.__contains__)
        return {key: msgspec.json.decode(value, type=StoryRecord) for key, value in found if value is not None}

    def members(self, of: str) -> list[MemberRecord]:
        wanted = of.encode()
        found = self._newest(STORY_MEMBERS, lambda key: wanted in key.split(b"/"))
        return [msgspec.json.decode(value, type=MemberRecord) for _, value in found if value is not None]

    def texts(self, ids: Collection[str], since: str | None) -> dict[str, Text | None]:
        wanted = {article_id.encode() for article_id in ids}
        start = datetime.fromisoformat(since) - _SKEW if since else None
        found = self._newest(ENRICHED, wanted.__contains__, start)
        return {key: None if value is None else msgspec.json.decode(value, type=Text) for key, value in found}

    def _newest(
        self, topic: str, wanted: Callable[[bytes], bool], since: datetime | None = None
    ) -> Iterator[tuple[str, bytes | None]]:
        """The last record of each key that is wanted."""
        newest: dict[bytes, bytes | None] = {}
        with (
            messages().status(f"reading {topic}"),
            reading(self._bootstrap, topic, since, from_beginning=True) as read,
        ):
            for record in read.to_the_end():
                if record.key is not None and wanted(record.key):
                    newest[record.key] = record.value
        return ((key.decode(), value) for key, value in newest.items())
