"""The handler of intake: one raw message in, one clean document out, or the reason why not.

A pure function of the record: the same message gives the same document but for its timings.
"""

from __future__ import annotations

import hashlib
from typing import Any

from wiredesk.contracts.article import Feed, Rights, Source
from wiredesk.contracts.document import Document
from wiredesk.contracts.errors import TooLarge
from wiredesk.contracts.ids import article_id
from wiredesk.contracts.raw import RawArticle, read_raw
from wiredesk.contracts.record import Handler, Out, Record
from wiredesk.contracts.replay import as_first_received
from wiredesk.contracts.topics import CLEAN
from wiredesk.contracts.trace import trace_of
from wiredesk.intake import languages
from wiredesk.intake.addresses import canonical_url, clean_domain, source_key
from wiredesk.intake.bylines import without_by
from wiredesk.intake.canonical import Canonical, canonical_text, clean_field
from wiredesk.intake.characters import clean_line
from wiredesk.intake.credits import bare_credit
from wiredesk.intake.parts import Labelled, label
from wiredesk.intake.provenance import Fields, provenance_of
from wiredesk.intake.rights import rights_of_field
from wiredesk.intake.times import rfc3339, time_of
from wiredesk.intake.wordlists import version


def make(max_bytes: int = 1_000_000) -> Handler:
    """The handler that refuses values over ``max_bytes`` before it decodes them; loads what it needs at once."""
    languages.load()

    def handle(record: Record) -> list[Out]:
        if record.value is not None and len(record.value) > max_bytes:
            raise TooLarge(f"the value has {len(record.value)} bytes, over the limit of {max_bytes}; send less")
        document = Document(b"{}", "intake")
        raw = read_raw(record.value)
        blocks = _read(raw.article, as_first_received(record))
        blocks |= {"extra": raw.extra, "errors": [], "timings": {}, "trace": trace_of(record), "produced_by": {}}
        for name, value in blocks.items():
            document.put(name, value)
        return [Out(CLEAN, blocks["article_id"], document.encode(data=version()), document.facts())]

    return handle


def _read(article: RawArticle, record: Record) -> dict[str, Any]:
    """All blocks that come of the article itself, by their names in ``CleanArticle``."""
    withdrawn = article.status == "withdrawn"
    byline, dateline, credit = clean_field(article.byline), clean_field(article.dateline), clean_field(article.credit)
    byline = without_by(byline) if byline else None
    if withdrawn:
        canonical, labelled = Canonical("", clean_field(article.headline), {}), Labelled()
    else:
        canonical = canonical_text(article.headline, article.body or "", article.body_type)
        labelled = label(canonical, byline)
    text = canonical.text
    digest = hashlib.sha256(text.encode()).hexdigest()
    rights = _rights(text, labelled, clean_field(article.rights), article.source.name)
    source = article.source
    fields = Fields(source.name, clean_domain(source.domain), byline, dateline, credit)
    return {
        "article_id": article_id(
            source_key(source.name, source.domain), _given(source.id), canonical_url(article.url), digest
        ),
        "status": article.status,
        "url": article.url,
        "source": Source(name=source.name, domain=source.domain, id=source.id),
        "feed": Feed(version=article.version, updated_at=rfc3339(article.updated_at)),
        "raw": record.ref,
        "received_at": time_of(record.time),
        "headline": canonical.headline,
        "byline": byline or (labelled.byline[2] if labelled.byline else None),
        "dateline": dateline or (labelled.dateline[1].place if labelled.dateline else None),
        "credit": credit or _credit(text, labelled),
        "slug": clean_line(article.slug),
        "keywords": [clean for keyword in article.keywords if (clean := clean_line(keyword))],
        "language": None if withdrawn and not article.language else languages.language_of(article.language, text),
        "published_at": rfc3339(article.published_at, latest=record.time),
        "text": text,
        "text_sha256": digest,
        "parts": labelled.parts,
        "rights": rights,
        "provenance": [] if withdrawn else provenance_of(text, labelled, rights, fields),
    }


def _given(value: str | None) -> str | None:
    return value if value and value.strip() else None


def _credit(text: str, labelled: Labelled) -> str | None:
    """The first credit line of the text that is not a photographer's."""
    lines = (text[start:end] for start, end, kind in labelled.credits if kind != "photo")
    return next((credit for line in lines if (credit := bare_credit(line))), None)


def _rights(text: str, labelled: Labelled, given: str | None, source: str) -> Rights | None:
    """By the notice in the text; a holder or year that it lacks, and a notice where it has none, by the field."""
    field = rights_of_field(given, source) if given else None
    if labelled.rights is None:
        return field
    start, end, notice = labelled.rights
    if notice.holder is None and field is not None:
        return Rights(holder=field.holder, year=notice.year or field.year, notice=text[start:end])
    return Rights(holder=notice.holder, year=notice.year, notice=text[start:end])
