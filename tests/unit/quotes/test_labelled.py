"""The stage on labelled news, where the development data is at hand: a floor under what has been reached."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.unit.quotes.articles import article, worked

DATA = Path(os.environ.get("WIREDESK_DATA", Path(__file__).parents[4] / "shared" / "data")) / "gum_news.jsonl"


@pytest.mark.skipif(not DATA.exists(), reason=f"no labelled data at {DATA}; set WIREDESK_DATA to where it is")
def test_most_reported_clauses_of_labelled_news_are_found_with_their_speaker() -> None:
    """Recall by the middle of the content and the overlap of the speaker, on every third article."""
    right = asked = 0
    for line in DATA.read_text(encoding="utf-8").splitlines()[::3]:
        labelled = json.loads(line)
        done = worked(article(labelled["text"]))
        for gold in labelled["attributions"]:
            cue = " ".join(labelled["text"][a:b] for a, b in gold["cue"]).lower()
            if not any(word in cue for word in ("said", "says", "told", "according", "stated")):
                continue
            asked += 1
            middle = sum(gold["contents"][0]) // 2
            right += any(
                any(span["start"] <= middle < span["end"] for span in quote["spans"])
                and any(
                    a < quote["speaker"]["mention"]["end"] and quote["speaker"]["mention"]["start"] < b
                    for a, b in gold["sources"]
                )
                for quote in done["quotes"]
                if quote["speaker"]
            )
    assert asked > 20
    assert right / asked > 0.85
