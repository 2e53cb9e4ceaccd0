"""A floor for dedup's quality on generated republications; ``python -m bench.dedup`` measures it in full."""

from __future__ import annotations

from bench.dedup.base import data
from bench.dedup.ours import group, new_by_redelivery
from bench.dedup.quality import assess
from bench.dedup.stream import shuffled, stream


def test_republications_come_together_and_the_others_stay_apart():
    items = stream("dev", 800)
    quality = assess(items, group(items))
    if not data().exists():  # a dozen articles made of seeds/
        assert quality.b_cubed.f1 > 0.8, quality
        return
    assert quality.pairs.f1 >= 0.985, quality
    assert quality.b_cubed.f1 >= 0.99, quality
    assert quality.merged["embed"].share <= 0.05, quality
    assert quality.merged["template"].share <= 0.02, quality
    assert quality.merged["quotes"].share <= 0.05, quality
    assert quality.linked.share >= 0.85, quality
    assert quality.right_links.share >= 0.8, quality
    mixed = shuffled(items)
    assert quality.ari - assess(mixed, group(mixed)).ari <= 0.02, quality


def test_what_is_sent_again_makes_no_new_story():
    assert new_by_redelivery(stream("dev", 300)) == 0
