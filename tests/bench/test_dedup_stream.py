"""The generator of republications: the same every time, with the shares and the labels that it promises."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from bench.dedup.base import Base, data, distinct, grams, supply
from bench.dedup.newsroom import templates
from bench.dedup.republish import cut, other_marks
from bench.dedup.stream import shuffled, stream

ROOT = Path(__file__).parents[2]
PROGRAM = "from bench.dedup.stream import stream; print(stream('dev'))"
needs_data = pytest.mark.skipif(not data().exists(), reason=f"no press releases at {data()}; set WIREDESK_DATA")


def test_another_process_makes_the_same_stream():
    def made(seed: str) -> str:
        environment = {**os.environ, "PYTHONHASHSEED": seed, "WIREDESK_DATA": "/nowhere", "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", PROGRAM]
        return subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout

    assert made("1") == made("2")


def test_texts_that_share_a_paragraph_are_not_both_kept():
    paragraph = " ".join(f"word{number}" for number in range(40))
    texts = [Base(name, "", f"{paragraph} " + " ".join(f"{name}{number}" for number in range(400))) for name in "ab"]
    kept, apart = distinct([*texts, Base("c", "", " ".join(f"c{number}" for number in range(400)))])
    assert [one.id for one in kept] == ["a", "c"]
    assert [one.id for one in apart] == ["b"]


def test_halves_have_no_text_and_no_passage_in_common():
    dev, test = supply("dev"), supply("test")
    assert not {one.id for one in dev.articles} & {one.id for one in test.articles}
    assert not set(dev.passages) & set(test.passages)


def test_local_passages_stand_in_no_article():
    used = {gram for half in ("dev", "test") for one in supply(half).articles for gram in grams(one.text)}
    passages = supply("dev").passages
    assert passages
    assert not any(grams(one) & used for one in passages)


def test_embedded_passages_stand_where_the_labels_say():
    assert any(item.embeds for item in stream("test"))
    for half in ("dev", "test"):
        items = stream(half)
        wires = {item.story: item for item in items if item.kind == "wire"}
        for article, passage in ((item, passage) for item in items for passage in item.embeds):
            shared = article.text[slice(*passage.host)]
            assert shared == wires[passage.story].text[slice(*passage.wire)]
            assert len(shared.split()) == passage.words


def test_every_story_but_a_wire_has_one_article():
    counts = Counter(item.story for item in stream("dev") if item.kind not in ("wire", "copy", "update"))
    assert set(counts.values()) == {1}


def test_shuffling_keeps_every_article():
    items = stream("dev")
    assert sorted(item.hour for item in items) == [item.hour for item in items]
    assert shuffled(items) != items
    assert sorted(shuffled(items)) == sorted(items)


@needs_data
def test_shares():
    items = stream("dev")
    kinds = Counter(item.kind for item in items)
    shares = {"update": 0.04, "embed": 0.035, "quotes": 0.03, "template": 0.14}
    assert {kind: kinds[kind] / len(items) for kind in shares} == pytest.approx(shares, abs=0.001)
    assert (kinds["wire"] + kinds["copy"]) / len(items) == pytest.approx(0.5, abs=0.001)
    assert kinds["wire"] == pytest.approx(400, abs=20)
    carriers = Counter(Counter(item.story for item in items if item.kind == "copy").values())
    assert set(carriers) <= {*range(1, 16), 40}
    assert carriers[40] in range(2, 6)
    done = Counter(one for item in items if item.kind == "copy" for one in item.alterations)
    altered = kinds["copy"] - done["verbatim"]
    assert done["verbatim"] / kinds["copy"] == pytest.approx(0.25, abs=0.04)
    expected = {"cut": 0.5, "lede": 0.4, "few words": 0.5, "many words": 0.08, "restyled": 0.4, "dropped": 0.3}
    expected |= {"local": 0.3, "reordered": 0.15, "marks": 0.5, "boilerplate": 0.7}
    assert {name: done[name] / altered for name in expected} == pytest.approx(expected, abs=0.06)


def test_a_cut_ends_with_a_sentence():
    assert cut(["One two. Three four.", "Five six. Seven eight."], 0.6) == ["One two. Three four.", "Five six."]


def test_other_marks():
    assert other_marks("\u201cIt\u2019s\u201d", single=False) == '"It\'s"'
    assert other_marks("\u201cSo\u201d", single=True) == "\u2018So\u2019"


@pytest.mark.parametrize("template", templates(), ids=lambda one: one.kind)
def test_a_template_is_filled_wholly_and_never_twice_the_same(template):
    rng = Random(1)
    made = {template.fill(rng) for _ in range(50)}
    assert len(made) == 50
    assert not any("{" in text or "}" in text for filled in made for text in filled)
