"""The archive of stories that files are: what ``wiredesk annotate`` wrote, one JSON object a line.

Enriched documents are enough; the stories are then as the documents name them, each as of its writing. With the file of
``annotate --stories``, the origins are known, and which stories were merged.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from wiredesk.cli.texts import Text
from wiredesk.contracts.article import Source, Story
from wiredesk.contracts.errors import WiredeskError
from wiredesk.contracts.stories import MEMBERS_SHOWN, MemberRecord, StoryMember, StoryRecord


class _Kind(Struct):
    """What tells a document from a story."""

    article_id: str | None = None
    story_id: str | None = None
    version: int = 0
    source: Source | None = None
    received_at: str | None = None
    published_at: str | None = None
    story: Story | None = None


class FilesArchive:
    """What stands in ``files``. The later of two documents on one article counts."""

    def __init__(self, files: Sequence[Path]) -> None:
        self.place = ", ".join(map(str, files))
        self._files = files
        self._members: dict[str, MemberRecord] = {}
        self._stories: dict[str, StoryRecord] = {}
        for line, kind in self._lines():
            if kind.article_id is None:
                record = msgspec.json.decode(line, type=StoryRecord)
                self._stories[record.story_id] = record
            elif kind.story is not None:
                self._members[kind.article_id] = _member(kind, kind.article_id, kind.story)
        for story in self._stories.values():
            for shown in story.members:
                if shown.article_id in self._members:
                    self._members[shown.article_id].story_id = story.story_id

    def stories(self, ids: Collection[str]) -> dict[str, StoryRecord]:
        found = {story_id: self._stories.get(story_id) or self._by_documents(story_id) for story_id in ids}
        return {story_id: story for story_id, story in found.items() if story is not None}

    def members(self, of: str) -> list[MemberRecord]:
        return [member for member in self._members.values() if of in (member.story_id, member.article_id)]

    def texts(self, ids: Collection[str], since: str | None) -> dict[str, Text | None]:
        return {
            kind.article_id: msgspec.json.decode(line, type=Text)
            for line, kind in self._lines()
            if kind.article_id is not None and kind.article_id in ids
        }

    def _by_documents(self, story_id: str) -> StoryRecord | None:
        members: list[StoryMember] = [member for member in self._members.values() if member.story_id == story_id]
        if not members:
            return None
        return StoryRecord(
            story_id=story_id,
            size=len(members),
            members=members[:MEMBERS_SHOWN],
            origin=None,
            first_carrier=members[0].source,
        )

    def _lines(self) -> Iterator[tuple[bytes, _Kind]]:
        for path in self._files:
            try:
                with path.open("rb") as stream:
                    for number, line in enumerate(stream, start=1):
                        if line.strip():
                            yield line, _kind(line, f"{path}:{number}")
            except OSError as wrong:
                raise WiredeskError(
                    f"{path} cannot be read ({wrong.strerror}); check the name and its rights"
                ) from wrong


def _kind(line: bytes, place: str) -> _Kind:
    try:
        found = msgspec.json.decode(line, type=_Kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as wrong:
        raise WiredeskError(f"{place} is no line of `wiredesk annotate`: {wrong}") from wrong
    if found.story_id is None and (found.article_id is None or found.source is None):
        raise WiredeskError(
            f"{place} is neither a document nor a story; give what `wiredesk annotate --out` and `--stories` wrote"
        )
    return found


def _member(kind: _Kind, article_id: str, story: Story) -> MemberRecord:
    return MemberRecord(
        article_id=article_id,
        version=kind.version,
        source=kind.source.name if kind.source else "",
        relation=story.relation,
        seen_at=kind.received_at or kind.published_at,
        story_id=story.story_id,
        score=story.score,
    )
