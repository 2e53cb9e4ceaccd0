"""Links held against gold Wikipedia titles: how many are right, and how many of those that could be made are made.

A found entity stands for the gold cluster of its type that its mentions match best. Its link is right if it is the
thing that the gold title names: a country by its ISO code; a place by its name, and by state or country where the title
has them ("Irving, Texas"); else by the title itself, accents apart, after redirects where a table of them is there. A
link on a cluster without a gold title counts as wrong. Coverage: of the found entities whose cluster has a title, those
that are linked; of people only those found under a name of two words or more.
"""

from __future__ import annotations

import urllib.parse
from collections import Counter
from collections.abc import Iterator
from typing import Any

from bench.quality.aligning import aligner
from bench.quality.named import TYPE, trim
from wiredesk.entities.gazetteer import Place, gazetteer, plain
from wiredesk.entities.lexicon import country_names, entry_of
from wiredesk.entities.titles import Titles

KINDS = ("PER", "country", "city", "division", "ORG")


def judged(
    labelled: dict[str, Any], document: dict[str, Any], titles: Titles | None
) -> Iterator[tuple[str, dict[str, Any], str | None, bool | None]]:
    """(kind, entity, gold title or None, right; None when not linked) of each entity that a gold cluster stands for."""
    to_gold = aligner(labelled["text"], document["text"])
    for entity in document["entities"]:
        if entity["type"] not in ("PER", "ORG", "LOC"):
            continue
        title = _gold_title(labelled, entity, to_gold)
        if title is None:
            continue
        link, gold = entity["link"], urllib.parse.unquote(title).replace("_", " ") or None
        kind = _kind(entity, gold)
        if kind is not None and (link is not None or gold is not None):
            yield kind, entity, gold, None if link is None else gold is not None and _same(link, gold, entity, titles)


def _gold_title(labelled: dict[str, Any], entity: dict[str, Any], to_gold: Any) -> str | None:
    """The title of the cluster that the entity stands for, "" if it has none; None if it stands for no cluster.

    Of clusters that it overlaps the one whose mentions match best counts, one with a title before one without: labels
    sometimes split a person in two and give the title to one.
    """
    shared: Counter[int] = Counter()
    for mention in entity["mentions"]:
        span = to_gold((mention["start"], mention["end"])) if mention.get("kind", "named") == "named" else None
        if span is None:
            continue
        start, end = trim(labelled["text"], *span)
        for number, cluster in enumerate(labelled["entities"]):
            if TYPE.get(cluster["type"]) == entity["type"]:
                for each in cluster["mentions"]:
                    first, last = trim(labelled["text"], each["start"], each["end"])
                    both = min(end, last) - max(start, first)
                    if each["kind"] == "named" and both > 0:
                        shared[number] += both / (max(end, last) - min(start, first))
    if not shared:
        return None
    titled = {number: shared[number] for number in shared if labelled["entities"][number].get("wikipedia")}
    if not titled or max(titled.values()) < 0.3 * max(shared.values()):
        return ""
    return str(labelled["entities"][max(titled, key=lambda number: titled[number])]["wikipedia"])


def _kind(entity: dict[str, Any], gold: str | None) -> str | None:
    if entity["type"] != "LOC":
        return entity["type"] if entity["type"] == "ORG" or len(entity["name"].split()) > 1 else None
    link = (entity["link"] or {}).get("id", "")
    if link.startswith("iso:"):
        return "country"
    if link:
        return "city" if _place(link, entity).kind != "division" else "division"
    if gold is None:
        return None
    entry = entry_of(gold)
    if entry is not None and entry.country is not None:
        return "country"
    kinds = {place.kind for place in gazetteer().named(gold.split(",")[0].split(" (")[0])}
    return "city" if kinds & {"city", "capital"} else "division" if "division" in kinds else None


def _place(link: str, entity: dict[str, Any]) -> Place:
    forms = (entity["name"], entity["link"]["label"], *entity["aliases"])
    return next(
        p for form in forms for p in gazetteer().named(form.removesuffix(" (US)")) if f"geonames:{p.geonames}" == link
    )


def _same(link: dict[str, Any], gold: str, entity: dict[str, Any], titles: Titles | None) -> bool:
    register, _, value = link["id"].partition(":")
    if register == "iso":
        entry = entry_of(gold)
        return entry is not None and entry.country == value
    if register == "geonames":
        place = _place(link["id"], entity)
        name, _, region = gold.partition(", ")
        name, _, apart = name.partition(" (")
        region = region or apart.rstrip(")")
        if plain(name) not in {plain(form) for form in (place.name, entity["name"], *entity["aliases"])}:
            return False
        divisions = {
            p.division for p in gazetteer().named(region) if p.kind == "division" and p.country == place.country
        }
        return (
            region in ("", "state", "D.C.", "city")
            or place.division in divisions
            or country_names()[place.country] == region
        )
    mine = value.replace("_", " ")
    if plain(mine) == plain(gold) or titles is None:
        return plain(mine) == plain(gold)
    there = [titles.find(each) for each in (mine, gold)]
    ends = [plain(each) if found is None else found.title for each, found in zip((mine, gold), there, strict=True)]
    return ends[0] == ends[1]
