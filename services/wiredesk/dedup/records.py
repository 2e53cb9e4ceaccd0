"""The records of ``dedup.state.v1``: one an article, from which the whole state of the writer can be rebuilt.

One record holds everything that one decision changed, merges of stories included, so a writer that dies cannot leave
half a decision behind. ``seq`` counts the records; ``clock`` is the event time (milliseconds since 1970) after the
decision.
"""

from __future__ import annotations

from msgspec import Struct

from wiredesk.contracts.article import Story, Time
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


class Version(Struct, kw_only=True, omit_defaults=True):
    """One version of an article and the whole decision on it.

    ``content`` is the hash of text and headline. ``story`` is the block as it went out, without the words of its spans
    (they are in the article). ``absorbed`` are the stories that this version proved to be one with its own.
    """

    number: int
    raw: RawRef | None
    order: Order
    content: int
    withdrawn: bool = False
    story: Story | None = None
    left: Left | None = None
    absorbed: list[str] = []


class Refusal(Struct, frozen=True, array_like=True):
    """A raw message that made no version: its place, what became of it, and the version that the article had."""

    raw: RawRef
    outcome: str
    version: int


class Membership(Struct, kw_only=True, omit_defaults=True):
    """The place of an article in its story.

    ``opened`` is the ``seq`` at which the story began and its number in the index; ``joined`` the one at which the
    article came; both outlive new versions, so a story's members can be put in order again. ``opens``: the article made
    the story. ``reference``: later articles are compared with this one.
    """

    story_id: str
    opened: int
    joined: int
    relation: str
    score: float
    opens: bool = False
    reference: bool = False


class OriginSign(Struct, frozen=True, array_like=True):
    """A wire that an article names as its origin, and where: ("Meridian", "dateline: LISBON (Meridian)")."""

    name: str
    evidence: str


class ArticleState(Struct, kw_only=True, omit_defaults=True):
    """All that is kept of an article. The newest version is the last of ``versions``.

    ``source`` is the name, ``outlet`` the identity (domain, else name). ``url``, ``words`` are hashes. ``story_id``
    is the story it is or was last in. ``merges`` are the (younger, older) stories that any of its versions proved
    one.
    """

    seq: int
    clock: int
    source: str
    outlet: str
    seen_at: Time | None
    story_id: str | None
    versions: list[Version]
    refusals: list[Refusal] = []
    member: Membership | None = None
    merges: list[tuple[str, str]] = []
    origins: list[OriginSign] = []
    url: int | None = None
    words: int | None = None
    sketch: bytes = b""
    """The packed sketch of the newest version; base64 in the JSON."""

    @property
    def newest(self) -> Version:
        """The version that counts."""
        return self.versions[-1]
