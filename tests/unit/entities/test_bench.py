"""The bench counts names and clusters as the scorer beside the development data does, where that is there."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from bench.quality.links import judged
from bench.quality.naming import KINDS, NameTally
from bench.quality.recognisers import gold_names, names_of, wiredesk
from bench.quality.reliability import Bin, bins, calibration_error, picture

ROOT = Path(__file__).resolve().parents[3]
DATA = Path(os.environ.get("WIREDESK_DATA", ROOT / ".." / "shared" / "data"))
SCORER = DATA.parent / "score" / "score.py"
ARTICLES = 6


@pytest.mark.parametrize("file", ["gum_news.jsonl", "re3d_us.jsonl"])
def test_names_and_clusters_are_counted_as_the_scorer_does(file, tmp_path):
    if not (SCORER.exists() and (DATA / file).exists()):
        pytest.skip(f"no development data and scorer at {DATA.parent}; set WIREDESK_DATA")
    lines = (DATA / file).read_text("utf-8").splitlines()[:ARTICLES]
    articles = [json.loads(line) for line in lines]
    documents = list(wiredesk(articles))
    tally = NameTally()
    for article, document in zip(articles, documents, strict=True):
        tally.add(gold_names(article), names_of(article, document))
    gold, given = tmp_path / "gold.jsonl", tmp_path / "given.jsonl"
    gold.write_text("\n".join(lines), "utf-8")
    given.write_text("\n".join(map(json.dumps, documents)), "utf-8")
    command = [sys.executable, str(SCORER), "entities", str(gold), str(given)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for kind in KINDS:
        exact, overlap = re.findall(rf"{kind}: exact (.*) \| overlap (.*) \|", said)[0]
        assert re.findall(r"[\d.]+", exact)[-1] == f"{100 * tally.exact(kind).f1:.1f}"
        assert re.findall(r"[\d.]+", overlap)[-1] == f"{100 * tally.overlap(kind).f1:.1f}"
    clusters = re.search(r"B-cubed: P ([\d.]+) R ([\d.]+)", said)
    if clusters is not None:
        assert clusters.groups() == tuple(f"{each:.3f}" for each in tally.b_cubed())


def test_bins_hold_what_is_said_against_what_is_right(tmp_path):
    found = bins([(0.9, True)] * 9 + [(0.9, False)] + [(0.5, False)] * 2)
    assert found == [Bin(2, 0.5, 0.0), Bin(10, pytest.approx(0.9), 0.9)]
    assert calibration_error(found) == pytest.approx(2 * 0.5 / 12)
    picture(found, tmp_path / "plot.svg")
    assert (tmp_path / "plot.svg").read_text("utf-8").count("<circle") == 2


def place(text, name, link, label, at=0):
    """A document with one place that is linked so."""
    mention = {"start": at, "end": at + len(name), "exact": name, "kind": "named"}
    entity = {"type": "LOC", "name": name, "aliases": [], "link": {"id": link, "label": label}, "mentions": [mention]}
    return {"text": text, "entities": [entity]}


@pytest.mark.parametrize(
    ("link", "label", "title", "right"),
    [
        ("geonames:4717560", "Paris", "Paris%2C_Texas", True),
        ("geonames:2988507", "Paris", "Paris%2C_Texas", False),
        ("geonames:2988507", "Paris", "Paris", True),
        ("geonames:2988507", "Paris", "London", False),
        ("geonames:2988507", "Paris", None, False),
    ],
)
def test_a_place_is_right_if_name_and_region_are(link, label, title, right):
    text = "Paris woke."
    gold = {"type": "LOC", "wikipedia": title, "mentions": [{"start": 0, "end": 5, "kind": "named"}]}
    labelled = {"text": text, "entities": [gold]}
    ((kind, _, _, found),) = judged(labelled, place(text, "Paris", link, label), None)
    assert (kind, found) == ("city", right)
