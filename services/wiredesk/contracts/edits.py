"""An editor's decision on stories: two are one (merge), or some members of one are another (split).

It stands on ``articles.clean.v1`` between the articles, so that the single writer of stories takes it up at one place
in the order of all messages: a replay of the log gives the same stories. ``ce_type`` tells it from an article.
"""

from __future__ import annotations

from datetime import UTC, datetime
from secrets import token_hex
from typing import Annotated
from urllib.parse import quote

import msgspec
from msgspec import Meta, Struct

from wiredesk.contracts.article import Time
from wiredesk.contracts.envelope import Headers, envelope, header
from wiredesk.contracts.errors import BadMessage
from wiredesk.contracts.record import Record

EDITS = "stories.edits.v1"
"""The name of the message; it is no topic of its own."""
MERGE, SPLIT = "merge", "split"


class StoryEdit(Struct, kw_only=True):
    """An editor's decision on stories.

    A merge names two ``stories`` and no ``articles``; a split names one story, and the members that leave it.
    """

    edit_id: Annotated[str, Meta(min_length=1, max_length=100, description="a UUID; the same decision has it once")]
    kind: Annotated[
        str,
        Meta(
            description=f"open enumeration: {MERGE}, {SPLIT}",
            extra_json_schema={"x-extensible-enum": [MERGE, SPLIT]},
        ),
    ]
    stories: Annotated[list[str], Meta(min_length=1, max_length=2, description="ids of the stories it is about")]
    articles: Annotated[list[str], Meta(description="ids of the articles that leave the story; none in a merge")] = []
    by: Annotated[str, Meta(description="who decided")]
    because: Annotated[str | None, Meta(description="why, in the editor's words")] = None
    at: Time


def key_of(edit: StoryEdit) -> str:
    """The key of the message."""
    return f"edit/{edit.edit_id}"


def headers_of(edit: StoryEdit) -> Headers:
    """The headers of the message: a CloudEvent of the editor, with the same ``ce_id`` each time."""
    return envelope(
        EDITS,
        key_of(edit),
        maker=f"editor/{quote(edit.by, safe='')}",
        time=edit.at,
        raw=None,
        trace=f"00-{token_hex(16)}-{token_hex(8)}-01",
        facts={},
    )


def is_edit(record: Record) -> bool:
    """Whether ``record`` is an editor's decision and no article."""
    return header(record, "ce_type") == f"org.wiredesk.{EDITS}"


def read_edit(value: bytes | None) -> StoryEdit:
    """The decision in ``value``; BadMessage when it is none that anybody could carry out."""
    try:
        edit = msgspec.json.decode(value or b"", type=StoryEdit)
    except (msgspec.DecodeError, UnicodeDecodeError) as wrong:
        raise BadMessage(f"the message is no StoryEdit: {wrong}; decide anew with `wiredesk stories`") from wrong
    if edit.kind == MERGE and len(set(edit.stories)) == 2 and not edit.articles:
        return edit
    if edit.kind == SPLIT and len(edit.stories) == 1 and edit.articles:
        return edit
    raise BadMessage(
        f"a decision of the kind {edit.kind[:40]!r} on {len(set(edit.stories))} stories and {len(edit.articles)} "
        "articles; a merge names two stories and no articles, a split one story and the articles that leave it"
    )


def now() -> str:
    """The time of a decision that is taken now."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
