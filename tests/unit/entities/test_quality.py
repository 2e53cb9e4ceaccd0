"""Quality on the development data, which is not part of the project: read from $WIREDESK_DATA, else ../shared/data."""

from __future__ import annotations

import json
import os
from pathlib import Path

import msgspec
import pytest

from tests.unit.entities.marked import article, record
from wiredesk.entities.handler import Entities

ROOT = Path(__file__).resolve().parents[3]
DATA = Path(os.environ.get("WIREDESK_DATA", ROOT / ".." / "shared" / "data"))
TYPES = {"PER": "PER", "PERSON": "PER", "ORG": "ORG", "LOC": "LOC", "GPE": "LOC", "FAC": "LOC"}
TYPES |= {"Person": "PER", "Organisation": "ORG", "Location": "LOC"}


def overlap_f1(handler: Entities, path: Path) -> float:
    """F1 of named people, organisations and places together; a name counts when one of its type overlaps it."""
    right_given = given = right_gold = gold = 0
    for line in path.read_text("utf-8").splitlines():
        labelled = json.loads(line)
        value = msgspec.json.encode(article(labelled["text"]))
        (out,) = handler.work(record(value), {}).outs
        ours = [
            (m["start"], m["end"], e["type"])
            for e in json.loads(out.value)["entities"]
            for m in e["mentions"]
            if e["type"] in TYPES
        ]
        theirs = [
            (m["start"], m["end"], TYPES[e["type"]])
            for e in labelled["entities"]
            if e["type"] in TYPES
            for m in e.get("mentions", [e])
            if m.get("kind", "named") == "named"
        ]
        right_given += sum(any(a < d and c < b and k == t for c, d, t in theirs) for a, b, k in ours)
        right_gold += sum(any(a < d and c < b and k == t for c, d, t in ours) for a, b, k in theirs)
        given += len(ours)
        gold += len(theirs)
    precision, recall = right_given / given, right_gold / gold
    return 2 * precision * recall / (precision + recall)


@pytest.mark.parametrize(("file", "least"), [("gum_news.jsonl", 0.76), ("re3d_us.jsonl", 0.62)])
def test_overlap_f1_is_well_above_the_bare_model(file, least):
    if not (DATA / file).exists():
        pytest.skip(f"no development data at {DATA / file}; set WIREDESK_DATA")
    assert overlap_f1(Entities(), DATA / file) >= least
