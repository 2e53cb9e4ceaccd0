"""A few articles through dedup, for the tests of what explains and overrules stories."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from tests.unit.dedup.articles import OTHER, WIRE, article, credited, record
from wiredesk.contracts.article import CleanArticle
from wiredesk.contracts.record import Out
from wiredesk.contracts.topics import CLUSTERED, ENRICHED, STORIES, STORY_MEMBERS
from wiredesk.dedup.handler import Dedup

LOCAL = (
    "Families of two of the sailors live in Southport, where the Methodist church kept its doors open overnight and "
    "the neighbours brought soup and blankets to the hall until the good news came at breakfast, as they had in "
    "nineteen earlier storms that the older members of the congregation could name without looking them up in "
    "the parish book."
)
PARAGRAPHS = WIRE.split("\n")

WIRE_COPY = article("wire", WIRE, offset=1, provenance=credited("Meridian"))
COPY = article("copy", WIRE.replace("eleven sailors", "11 sailors"), offset=2, headline="Saved from the sea")
CUT = article("cut", "\n".join(PARAGRAPHS[:3]), offset=3)
EXACT = article("exact", WIRE, offset=4)
ALONE = article("alone", OTHER, offset=5)
EMBED = article("embed", "\n".join([LOCAL, LOCAL[::-1], *OTHER.split("\n")[:1], *PARAGRAPHS[3:]]), offset=6)

ARTICLES = (WIRE_COPY, COPY, CUT, EXACT, ALONE, EMBED)


def clustered(articles: Iterable[CleanArticle] = ARTICLES) -> list[Out]:
    """What consumers get of ``articles``: documents (without language work), stories and members, as they come."""
    stage = Dedup()
    outs = [out for clean in articles for out in stage.handle(record(clean))]
    documents = {CLUSTERED: ENRICHED}
    return [
        Out(documents.get(out.topic, out.topic), _key(out), out.value)
        for out in outs
        if out.topic in (CLUSTERED, STORIES, STORY_MEMBERS)
    ]


def _key(out: Out) -> str:
    """A document is keyed by its article when it is done."""
    if out.topic != CLUSTERED:
        return out.key
    return str(msgspec.json.decode(out.value or b"")["article_id"])
