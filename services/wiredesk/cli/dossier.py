"""The dossier of a story: its record, its members, and their texts, as far as they are held.

Where they come from (the topics, or files) is the archive's business; in memory is only what concerns the story.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Protocol

from msgspec import Struct

from wiredesk.cli.texts import Text
from wiredesk.contracts.errors import WiredeskError
from wiredesk.contracts.stories import MEMBERS_SHOWN, MemberRecord, StoryRecord


class Archive(Protocol):
    """Where stories, members and texts are looked up; each by what it is asked for, and nothing else."""

    place: str
    """What it is, in a sentence: "the topics at 127.0.0.1:9092"."""

    def stories(self, ids: Collection[str]) -> dict[str, StoryRecord]: ...

    def members(self, of: str) -> list[MemberRecord]:
        """The members of the story ``of``, or the membership of the article ``of``."""
        ...

    def texts(self, ids: Collection[str], since: str | None) -> dict[str, Text | None]:
        """The texts of the articles ``ids``, None for those that were withdrawn; all were written after ``since``."""
        ...


class Dossier(Struct, kw_only=True):
    """All that is known of a story. ``article_id``: the article that was asked for, else it was the story.

    ``members`` are in the order in which they were seen; ``texts`` by article id, of the first 50 members and the
    article that was asked for. ``embedded`` is the first member of each story whose paragraphs that article carries, by
    the id that the article names.
    """

    article_id: str | None
    merged_from: str | None
    story: StoryRecord
    members: list[MemberRecord]
    texts: dict[str, Text]
    withdrawn: set[str]
    embedded: dict[str, Text | None]


def gather(asked: str, archive: Archive) -> Dossier:
    """The dossier of the story, or of the story of the article, whose id is ``asked``.

    WiredeskError when there is no such story and no such article, or when the article was withdrawn.
    """
    found = archive.members(asked)
    membership = next((member for member in found if member.article_id == asked), None)
    named = membership.story_id if membership else asked
    story = _final(named, archive)
    if story is None:
        raise WiredeskError(_nothing(asked, archive))
    if membership is not None or story.story_id != asked:
        found = archive.members(story.story_id)
    members = _in_order(found, story)
    wanted = [member.article_id for member in members[:MEMBERS_SHOWN]]
    if membership is not None and asked not in wanted:
        wanted.append(asked)
    held = archive.texts(wanted, _first_seen(members, wanted))
    texts = {article_id: text for article_id, text in held.items() if text is not None}
    own = texts.get(asked)
    return Dossier(
        article_id=asked if membership else None,
        merged_from=asked if membership is None and story.story_id != asked else None,
        story=story,
        members=members,
        texts=texts,
        withdrawn={article_id for article_id, text in held.items() if text is None},
        embedded=_embedded([embed.story_id for embed in own.story.embeds], archive) if own and own.story else {},
    )


def _final(story_id: str, archive: Archive) -> StoryRecord | None:
    """The story, or the one into which it was merged."""
    seen = set()
    while story_id not in seen:
        seen.add(story_id)
        record = archive.stories([story_id]).get(story_id)
        if record is None or record.merged_into is None:
            return record
        story_id = record.merged_into
    return None


def _nothing(asked: str, archive: Archive) -> str:
    text = archive.texts([asked], None)
    if asked in text and text[asked] is None:
        return f"article {asked} was withdrawn; it belongs to no story any more"
    if asked in text:
        return f"the text of article {asked} is in {archive.place}, and its story is not; try again in a moment"
    return (
        f"there is no story and no article {asked[:80]!r} in {archive.place}; "
        "`wiredesk tail stories.v1 --from-beginning` shows what there is"
    )


def _in_order(members: Iterable[MemberRecord], story: StoryRecord) -> list[MemberRecord]:
    """First seen first: as the story lists them, then those beyond its list."""
    order = {member.article_id: number for number, member in enumerate(story.members)}
    last = len(order)
    return sorted(members, key=lambda each: (order.get(each.article_id, last), each.seen_at or "", each.article_id))


def _first_seen(members: Iterable[MemberRecord], wanted: Collection[str]) -> str | None:
    """Before any of ``wanted`` was written; None when that is not known of all of them."""
    return _earliest([member.seen_at for member in members if member.article_id in wanted])


def _earliest(times: Collection[str | None]) -> str | None:
    known = [time for time in times if time is not None]
    return min(known) if known and len(known) == len(times) else None


def _embedded(ids: Collection[str], archive: Archive) -> dict[str, Text | None]:
    first: dict[str, str] = {}
    seen: list[str | None] = []
    for story_id in ids:
        story = _final(story_id, archive)
        if story is not None and story.members:
            first[story_id] = story.members[0].article_id
            seen.append(story.members[0].seen_at)
    if not first:
        return dict.fromkeys(ids)
    texts = archive.texts(set(first.values()), _earliest(seen))
    return {story_id: texts.get(first[story_id]) if story_id in first else None for story_id in ids}
