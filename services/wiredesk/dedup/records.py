"""The records of ``dedup.state.v1``: one an article, from which the whole state of the writer can be rebuilt.

One record holds everything that one decision changed, merges of stories included, so a writer that dies cannot leave
half a decision behind. They are JSON arrays: a third of the size of objects. ``seq`` counts the decisions; ``clock`` is
the event time (milliseconds since 1970) after the decision.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from wiredesk.contracts.article import Time
from wiredesk.contracts.record import RawRef


class Order(Struct, frozen=True, array_like=True):
    """What decides which of two versions is the newer. Times in milliseconds since 1970; None where it was not said."""

    feed_version: int | None
    updated: int | None
    received: int | None
    offset: int | None


class Left(Struct, frozen=True, array_like=True):
    """The story that an article left with this version; ``emptied`` when it was its last member."""

    story_id: str
    emptied: bool


class Carried(Struct, frozen=True, array_like=True):
    """An embed as it went out, its spans as places only: start, end, start, end ...; ``there`` in the other's text."""

    story_id: str
    article_id: str | None
    spans: list[int]
    there: list[int]


class Shown(Struct, frozen=True, array_like=True):
    """The story block as it went out, without what follows from the rest.

    ``story_id`` None: the article's; ``canonical`` None: the article itself; ``against`` as it was shown. The words of
    the spans are in the article, their places are here: start, end, start, end ...
    """

    story_id: str | None
    relation: str
    canonical: str | None
    score: float
    rule: str
    against: str | None
    shared: int | None
    containment: float | None
    anchors: float | None
    threshold: float | None
    spans: list[int]
    embeds: list[Carried]


class Version(Struct, array_like=True):
    """One version of an article and the whole decision on it.

    ``content`` is the hash of text and headline. ``absorbed`` are the stories that this version proved to be one with
    its own.
    """

    number: int
    raw: tuple[str, int, int] | None
    order: Order
    content: int
    withdrawn: bool = False
    shown: Shown | None = None
    left: Left | None = None
    absorbed: list[str] = []


class Refusal(Struct, frozen=True, array_like=True):
    """A raw message that made no version: its place, what became of it, and the version that the article had."""

    raw: tuple[str, int, int]
    outcome: str
    version: int


class Membership(Struct, frozen=True, array_like=True):
    """The place of an article in its story.

    ``opened`` is the ``seq`` at which the story began: an older story has a smaller one. ``joined`` is the ``seq`` at
    which the article came. Both outlive new versions, so a story's members can be put in order again. ``opens``: the
    article made the story. ``reference``: later articles are compared with this one. ``pinned``: an editor put it here.
    """

    opened: int
    joined: int
    relation: str
    score: float
    opens: bool = False
    reference: bool = False
    pinned: bool = False


class OriginSign(Struct, frozen=True, array_like=True):
    """A wire that an article names as its origin, where, and how sure that is: ("Meridian", "dateline: ...", .98)."""

    name: str
    evidence: str
    confidence: float


class Merge(Struct, frozen=True, array_like=True):
    """Two stories that are one; ``opened`` is the ``seq`` at which the older began."""

    younger: str
    older: str
    opened: int


class ArticleState(Struct, array_like=True, tag="article", kw_only=True):
    """All that is kept of an article while it, or its story, is in the window. The last of ``versions`` is the newest.

    ``source`` is the name, ``outlet`` the identity (domain, else name). ``url``, ``words`` are hashes. ``story_id``
    is the story it is or was last in; ``member`` is None in a withdrawal. ``merges`` are the stories that any of its
    versions proved one. ``sketch`` is there for references only.
    """

    article_id: str
    seq: int
    clock: int
    source: str
    outlet: str
    seen_at: Time | None
    story_id: str | None
    versions: list[Version]
    refusals: list[Refusal] = []
    member: Membership | None = None
    merges: list[Merge] = []
    origins: list[OriginSign] = []
    url: int | None = None
    words: int | None = None
    sketch: bytes = b""
    """The packed sketch of the newest version; base64 in the JSON."""

    @property
    def newest(self) -> Version:
        """The version that counts."""
        return self.versions[-1]


class FloorState(Struct, frozen=True, array_like=True, tag="floor"):
    """What takes the place of an article's record when the window and its story are behind it."""

    number: int
    order: Order
    content: int
    withdrawn: bool
    story_id: str | None


class EditState(Struct, frozen=True, array_like=True, tag="edit", kw_only=True):
    """An editor's decision: stories made one, or ``articles`` moved into the story ``opened``.

    ``parted`` are the two stories that are kept apart from then on. ``refused`` says why nothing was done: read again
    when it could be done, it is still refused.
    """

    seq: int
    clock: int
    merges: list[Merge] = []
    opened: str | None = None
    parted: list[str] = []
    articles: list[str] = []
    refused: str | None = None

    @property
    def stories(self) -> list[str]:
        """All stories that it speaks of."""
        return [*self.parted, *(story_id for merge in self.merges for story_id in (merge.younger, merge.older))]


StateRecord = ArticleState | FloorState | EditState


def in_story(version: Version, story_id: str | None) -> Version:
    """``version`` with its story by name, before its article changes to another."""
    if version.shown is None or version.shown.story_id is not None:
        return version
    return replace(version, shown=replace(version.shown, story_id=story_id))


def place_of(raw: RawRef | None) -> tuple[str, int, int] | None:
    """``raw`` as it is kept."""
    return None if raw is None else (raw.topic, raw.partition, raw.offset)
