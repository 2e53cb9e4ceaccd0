"""Nothing that a stage does not know is lost on its way: fields of newer releases, and blocks that it does not touch.

A line is upgraded stage by stage, so for a while an old stage stands between two new ones. Here any stage may be of an
earlier release, whose types have fewer fields, and what the new ones add is found in the final document all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.contract.growing import NEW_FIELDS, decoded, grown, objects_at
from tests.contract.older import OLDER
from wiredesk.contracts.article import EnrichedArticle
from wiredesk.contracts.record import Out, Record
from wiredesk.contracts.shipped import shipped
from wiredesk.contracts.topics import CLEAN, CLUSTERED, ENRICHED, ENTITIES, QUOTED, RAW
from wiredesk.dedup.handler import Dedup
from wiredesk.entities.handler import Entities
from wiredesk.intake import handler as intake
from wiredesk.publish.handler import Publish
from wiredesk.quotes.handler import Quotes

READS = {"intake": RAW, "dedup": CLEAN, "entities": CLUSTERED, "quotes": ENTITIES, "publish": QUOTED}
SENDS = {"intake": CLEAN, "dedup": CLUSTERED, "entities": ENTITIES, "quotes": QUOTED, "publish": ENRICHED}
WRITES = {
    "dedup": {"version", "story"},
    "entities": {"entities"},
    "quotes": {"quotes", "entities"},  # pronouns become mentions
    "publish": {"quotes"},  # each gets its quote_id
}
EVERYBODY_WRITES = {"timings", "produced_by"}
PLACES = {
    "intake": ["", "source", "feed", "raw", "parts", "rights", "provenance", "provenance.evidence", "extra"],
    "dedup": ["story", "story.evidence", "produced_by.dedup"],
    "entities": ["entities", "entities.mentions", "produced_by.entities"],
    "quotes": ["quotes", "quotes.spans", "quotes.cue", "quotes.speaker", "quotes.speaker.mention"],
    "publish": [],
}
"""Where the next release of a stage may add fields to what it writes."""

Memo = dict[bytes, bytes]
INTAKE, FIND_ENTITIES, FIND_QUOTES = intake.make(), Entities(), Quotes()
OLD_STAGES = st.sets(st.sampled_from(sorted(OLDER)))


def example(topic: str, name: str = "full") -> bytes:
    return (shipped("schemas", "examples", topic) / f"{name}.json").read_bytes()


def document_of(stage: str, value: bytes, memo: Memo, *, old: bool = False) -> bytes:
    """The document that ``stage``, of this release or of an ``old`` one, makes of ``value``."""
    record = Record(READS[stage], 0, 0, 1_710_144_900_000, None, value)

    def worked(work: Callable[[Record, Mapping[bytes, bytes]], Any]) -> list[Out]:
        done = work(record, memo)
        memo.update(done.learned)
        return done.outs

    handlers: dict[str, Callable[[], list[Out]]] = {
        "intake": lambda: INTAKE(record),
        "dedup": lambda: Dedup().handle(record),
        "entities": lambda: worked(FIND_ENTITIES.work),
        "quotes": lambda: worked(FIND_QUOTES.work),
        "publish": lambda: Publish().handle(record),
    }
    with pytest.MonkeyPatch.context() as patch:
        if old:
            name, type_before = OLDER[stage]
            patch.setattr(f"wiredesk.{stage}.handler.{name}", type_before)
        outs = handlers[stage]()
    (document,) = (out.value for out in outs if out.topic == SENDS[stage])
    assert document is not None
    return document


def without_time(value: bytes) -> dict[str, Any]:
    return {name: block for name, block in decoded(value).items() if name != "timings"}


@pytest.fixture(scope="module")
def known() -> tuple[Memo, dict[str, Any]]:
    """What the models say of the example's paragraphs, so that they are asked once; and the final document."""
    memo: Memo = {}
    value = example(RAW)
    for stage in READS:
        value = document_of(stage, value, memo)
    return memo, without_time(value)


@settings(max_examples=40, deadline=None)
@given(new=NEW_FIELDS, old_stages=OLD_STAGES)
def test_an_old_stage_between_two_new_ones_loses_nothing(known, new, old_stages):
    value = example(RAW)
    for stage, places in PLACES.items():
        before, value = value, document_of(stage, value, known[0], old=stage in old_stages)
        if stage != "intake":
            assert_untouched(stage, before, value)
        for place in places:
            assert list(objects_at(value, place)), f"the example has nothing at {place}"
            value = grown(value, place, new)
    for place in (place for places in PLACES.values() for place in places):
        for fields in objects_at(value, place):
            if place == "entities.mentions" and decoded(fields["kind"]) == "pronoun":
                continue  # added by quotes, which knows no more than this release
            if place.startswith("entities"):  # quotes writes this block anew
                assert {name: decoded(fields[name]) for name in new} == {name: decoded(new[name]) for name in new}, (
                    place
                )
            else:
                assert {name: fields[name] for name in new} == new, place


def assert_untouched(stage: str, before: bytes, after: bytes) -> None:
    """What ``stage`` does not write is there byte for byte; of what it writes together with others, their part is."""
    [was], [now] = objects_at(before, ""), objects_at(after, "")
    written = WRITES[stage] | EVERYBODY_WRITES
    assert {name: now[name] for name in was if name not in written} == {
        name: text for name, text in was.items() if name not in written
    }
    [made], [makes] = objects_at(before, "produced_by"), objects_at(after, "produced_by")
    assert makes == made | {stage: makes[stage]}
    assert decoded(now["timings"]).items() >= decoded(was["timings"]).items()
    if stage == "publish":
        for quote, same in zip(objects_at(before, "quotes"), objects_at(after, "quotes"), strict=True):
            assert same == quote | {"quote_id": same["quote_id"]}


@settings(max_examples=40, deadline=None)
@given(new=NEW_FIELDS, old_stages=OLD_STAGES)
def test_what_a_stage_does_not_know_does_not_change_what_it_finds(known, new, old_stages):
    value = document_of("intake", example(RAW), known[0])
    for stage in OLDER:
        value = document_of(stage, grown(value, "", new), known[0], old=stage in old_stages)
    final = without_time(value)
    assert {name: final.pop(name) for name in new} == {name: decoded(text) for name, text in new.items()}
    assert final == known[1]


@given(new=NEW_FIELDS)
def test_what_a_feed_sends_beyond_the_contract_comes_out_under_extra(new):
    raw = grown(grown(example(RAW, "minimal"), "", new), "source", new)
    fields = {name: decoded(text) for name, text in new.items()}
    assert decoded(document_of("intake", raw, {}))["extra"] == fields | {"source": fields}


@pytest.mark.parametrize("stage", ["entities", "quotes"])
@given(new=NEW_FIELDS)
def test_a_stage_that_fails_loses_nothing_either(stage, new):
    before = example(READS[stage])
    for place in ("", "story", "source", "provenance"):
        before = grown(before, place, new)
    handler = {"entities": FIND_ENTITIES, "quotes": FIND_QUOTES}[stage]
    (out,) = handler.without(Record(READS[stage], 0, 0, None, None, before), ValueError("odd"))
    [was], [now] = objects_at(before, ""), objects_at(out.value or b"", "")
    changed = {"errors", stage} | EVERYBODY_WRITES
    assert was.keys() <= now.keys()
    assert {name: now[name] for name in was if name not in changed} == {
        name: text for name, text in was.items() if name not in changed
    }


@pytest.mark.parametrize("stage", OLDER)
def test_an_old_stage_knows_less_than_the_document_has(stage):
    """Otherwise this file would prove nothing; and it is through this type that the handler looks at the document."""
    name, type_before = OLDER[stage]
    handler = Path(shipped("services", "wiredesk", stage, "handler.py")).read_text("utf-8")
    assert f".view({name})" in handler
    assert set(type_before.__struct_fields__) < set(EnrichedArticle.__struct_fields__)
