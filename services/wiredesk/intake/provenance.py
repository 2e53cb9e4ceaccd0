"""Provenance: where an article comes from, who had a hand in it, whom it cites, through whom it came.

- origin: the agency of the dateline, of a credit, byline or rights notice, or the agency that is itself the source;
- contributor: "AP writer X contributed to this report", "with files from Reuters";
- cited: see ``citations``; an article does not cite its own origin or source;
- distributor: a press-release wire, or "Distributed by X". That an outlet carries another's story is no more than what
  ``source`` says already, so it is not repeated here.
Each role and name comes once, with the strongest evidence, in the order above. Confidences are set by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from wiredesk.contracts.article import Provenance, Rights
from wiredesk.contracts.spans import Span, span_of
from wiredesk.intake.citations import citations
from wiredesk.intake.datelines import agencies_named
from wiredesk.intake.outlets import Outlet, outlet_at, outlet_named, outlets_in
from wiredesk.intake.parts import Labelled
from wiredesk.intake.wordlists import sections
from wiredesk.text.paragraphs import paragraphs

_WITH = re.compile(r"\b(?:with|contribut\w+|additional|files from)\b", re.IGNORECASE)
_DISTRIBUTED = re.compile(
    r"\b(?:[Dd]istributed by|via|[Ss]yndicated by)\s+(?:the\s)?(?P<name>[A-Z][\w&.'’ -]{1,60}?)(?=,|\.(?:\s|$)|$)"
)


class Fields(NamedTuple):
    """The feed's fields that show provenance, clean."""

    source: str
    domain: str | None
    byline: str | None
    dateline: str | None
    credit: str | None


def provenance_of(text: str, labelled: Labelled, rights: Rights | None, fields: Fields) -> list[Provenance]:
    """The provenance of the article, origins first."""
    own = outlet_at(fields.domain) or outlet_named(fields.source)
    local = _local_names(labelled, fields)
    found: dict[tuple[str, str], Provenance] = {}
    for entry in _shown(text, labelled, rights, fields, own, local):
        if not any(role == entry.role and _same_agency(name, entry.name) for role, name in found):
            found[entry.role, entry.name] = entry
    not_cited = [name for role, name in found if role == "origin"] + sorted(local) + [fields.source]
    not_cited += [own.name] if own is not None else []
    told = [part for part in labelled.parts if part.kind in ("headline", "body", "caption")]
    passages = (passage for part in told for passage in paragraphs(text, part.start, part.end))
    for name, start, end, confidence in citations(text, passages):
        if ("cited", name) not in found and not any(_same_agency(name, other) for other in not_cited):
            found["cited", name] = _entry("cited", name, span_of(text, start, end), None, confidence)
    order = ("origin", "contributor", "distributor", "cited")
    return sorted(found.values(), key=lambda entry: order.index(entry.role))


def _shown(
    text: str, labelled: Labelled, rights: Rights | None, fields: Fields, own: Outlet | None, local: set[str]
) -> Iterator[Provenance]:
    """What dateline, credits, byline, notice and fields show, the strongest first."""
    if labelled.dateline is not None:
        start, dateline = labelled.dateline
        if dateline.agency is not None:
            span = span_of(text, start, start + dateline.signed_end)
            yield from _agencies(dateline.agency, span, fields, own)
    for start, end, kind in labelled.credits:
        yield from _credit(text, start, end, kind, own, local)
    if labelled.byline is not None:
        start, end, _ = labelled.byline
        yield from _named_in(text, start, end, 0.9, own, None)
    if labelled.rights is not None:
        start, end, notice = labelled.rights
        yield from _notice(text, start, end, notice.holder, own, local)
    for name, value, confidence in (
        ("dateline", _bracketed(fields.dateline), 0.95), ("credit", fields.credit, 0.9), ("byline", fields.byline, 0.9),
    ):  # fmt: skip
        if value:
            yield from _field(name, value, confidence, own)
    holder = outlet_named(rights.holder) if rights is not None and labelled.rights is None else None
    if holder is not None and holder != own:
        yield _entry("origin", holder.name, None, "rights", 0.8)
    if own is not None and own.kind in ("agency", "distributor"):
        yield _entry("origin" if own.kind == "agency" else "distributor", own.name, None, "source", 0.95)


def _agencies(names: str, span: Span, fields: Fields, own: Outlet | None) -> Iterator[Provenance]:
    """Those in a dateline's brackets. One that no register knows counts more where another field names it too."""
    for name in agencies_named(names):
        outlet = outlet_named(name)
        if outlet is None:
            also = [fields.credit, fields.source, (fields.byline or "").rpartition(", ")[2]]
            seen = any(other and (_same_agency(name, other) or other.startswith(name + " ")) for other in also)
            yield _entry("origin", name, span, None, 0.9 if seen else 0.6)
        elif outlet.kind == "distributor":
            yield _entry("distributor", outlet.name, span, None, 0.98)
        elif outlet.kind == "agency" or outlet != own:
            yield _entry("origin", outlet.name, span, None, 0.98)


def _credit(text: str, start: int, end: int, kind: str, own: Outlet | None, local: set[str]) -> Iterator[Provenance]:
    if kind == "photo":
        return
    line = text[start:end]
    for found in _DISTRIBUTED.finditer(line):
        outlet = outlet_named(found["name"])
        span = span_of(text, start + found.start(), start + found.end())
        yield _entry("distributor", outlet.name if outlet else found["name"], span, None, 0.9 if outlet else 0.6)
        return
    yield from _named_in(text, start, end, 0.9, own, "contributor" if kind in ("contributor", "reporting") else None)
    if kind in ("contributor", "reporting"):
        yield from _local_in(text, start, end, local)


def _notice(
    text: str, start: int, end: int, holder: str | None, own: Outlet | None, local: set[str]
) -> Iterator[Provenance]:
    outlet = outlet_named(holder)
    if outlet is not None and (outlet != own or outlet.kind == "agency"):
        yield _entry("origin", outlet.name, span_of(text, start, end), None, 0.85)
    if _WITH.search(text, start, end):
        yield from _local_in(text, start, end, local)
    for found in _DISTRIBUTED.finditer(text, start, end):
        known = outlet_named(found["name"])
        span = span_of(text, found.start(), found.end())
        yield _entry("distributor", known.name if known else found["name"], span, None, 0.9 if known else 0.6)


def _field(name: str, value: str, confidence: float, own: Outlet | None) -> Iterator[Provenance]:
    """What a credit, byline or dateline field shows: "AP", "Reuters, staff", "Jane Doe, AFP", "Staff with AP"."""
    joined = _WITH.search(value)
    for named in outlets_in(value, short=True):
        if named.outlet.kind == "outlet" and named.outlet == own:
            continue
        role = "contributor" if joined is not None and joined.start() < named.start else "origin"
        if named.outlet.kind == "distributor":
            role = "distributor"
        yield _entry(role, named.outlet.name, None, name, confidence)
    if name in ("credit", "dateline") and not any(True for _ in outlets_in(value, short=True)):
        if _is_like_an_agency(value):
            yield _entry("origin", value, None, name, 0.5)
    elif name == "byline" and not any(True for _ in outlets_in(value, short=True)):
        for piece in re.split(r"[,|/]|\sof\s", value)[1:]:
            if piece.strip().endswith(sections("mastheads.txt")["agency"]):
                yield _entry("origin", piece.strip(), None, name, 0.6)


def _named_in(
    text: str, start: int, end: int, confidence: float, own: Outlet | None, role: str | None
) -> Iterator[Provenance]:
    for named in outlets_in(text, start, end, short=True):
        if named.outlet.kind == "outlet" and named.outlet == own:
            continue
        given = "distributor" if named.outlet.kind == "distributor" else role or "origin"
        yield _entry(given, named.outlet.name, span_of(text, start, end), None, confidence)


def _local_in(text: str, start: int, end: int, local: set[str]) -> Iterator[Provenance]:
    for name in sorted(local):
        found = re.compile(rf"\b{re.escape(name)}\b").search(text, start, end)
        if found is not None:
            yield _entry("contributor", name, span_of(text, start, end), None, 0.7)


def _local_names(labelled: Labelled, fields: Fields) -> set[str]:
    """Agencies that no register knows but this article's dateline or credit names."""
    names = agencies_named(labelled.dateline[1].agency or "") if labelled.dateline else []
    if fields.credit and _is_like_an_agency(fields.credit):
        names.append(fields.credit)
    return {name for name in names if outlet_named(name) is None}


def _same_agency(one: str, other: str) -> bool:
    """Whether two names are one agency's: the same, or one the initials of the other ("CNS")."""
    return one == other or _initials(one) == other or _initials(other) == one


def _initials(name: str) -> str | None:
    words = name.removeprefix("The ").split()
    return "".join(word[0] for word in words).upper() if len(words) > 1 else None


def _is_like_an_agency(name: str) -> bool:
    """Whether a credit can be an agency that no register knows: one word, capitals, or built like one; not a person."""
    if not name[0].isupper() or not all(character.isalnum() or character in " .&'-’" for character in name):
        return False
    return name.casefold() not in ("staff", "agencies", "courtesy", "contributed") and (
        " " not in name or name.endswith(sections("mastheads.txt")["agency"]) or name.isupper()
    )


def _bracketed(dateline: str | None) -> str | None:
    found = re.search(r"\(([^()]{2,40})\)", dateline or "")
    return found[1] if found else None


def _entry(role: str, name: str, evidence: Span | None, field: str | None, confidence: float) -> Provenance:
    return Provenance(role=role, name=name, evidence=evidence, field=field, confidence=confidence)
