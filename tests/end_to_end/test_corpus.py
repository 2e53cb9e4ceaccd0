"""The corpus of a small newsroom against its truth: outcomes, versions, stories, relations, embeds, utterances."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from tests.end_to_end.annotated import document, passed
from wiredesk.contracts.article import EnrichedArticle
from wiredesk.contracts.shipped import shipped
from wiredesk.line import Passed

TRUTH: dict[str, Any] = orjson.loads(shipped("seeds", "corpus.truth.json").read_bytes())
LINES: list[dict[str, Any]] = TRUTH["lines"]


@pytest.fixture(scope="module")
def run() -> list[Passed]:
    return passed(shipped("seeds", "corpus.jsonl").read_bytes().splitlines())


@pytest.fixture(scope="module")
def articles(run: list[Passed]) -> dict[int, EnrichedArticle]:
    found = {number: document(one) for number, one in enumerate(run)}
    return {number: article for number, article in found.items() if article is not None}


def test_each_line_has_its_outcome(run: list[Passed]) -> None:
    without_document = {"redelivered": "redelivered or overtaken", "overtaken": "redelivered or overtaken"}
    expected = [without_document.get(truth["outcome"], truth["outcome"]) for truth in LINES]
    assert [one.outcome for one in run] == expected


def test_versions_and_relations(articles: dict[int, EnrichedArticle]) -> None:
    for number, article in articles.items():
        truth = LINES[number]
        if truth["version"] is not None:
            assert article.version == truth["version"], number
        if truth["relation"] is not None:
            assert article.story is not None
            assert article.story.relation == truth["relation"], number


def test_lines_with_one_label_are_one_story_and_others_are_not(articles: dict[int, EnrichedArticle]) -> None:
    labels: dict[str, set[str]] = {}
    stories: dict[str, set[str]] = {}
    for number, article in articles.items():
        label = LINES[number]["story"]
        if label is not None and article.story is not None:
            labels.setdefault(label, set()).add(article.story.story_id)
            stories.setdefault(article.story.story_id, set()).add(label)
    assert {label: len(ids) for label, ids in labels.items() if len(ids) > 1} == {}
    assert [found for found in stories.values() if len(found) > 1] == []


def test_embedded_paragraphs_are_linked_to_their_story(articles: dict[int, EnrichedArticle]) -> None:
    story_of = {LINES[n]["story"]: a.story.story_id for n, a in articles.items() if a.story is not None}
    for number, article in articles.items():
        expected = {story_of[label] for label in LINES[number]["embeds"]}
        assert article.story is not None
        assert {embed.story_id for embed in article.story.embeds} == expected, number
        for embed in article.story.embeds:
            for span in embed.spans:
                assert article.text[span.start : span.end] == span.exact


def test_shared_utterances_have_one_id(articles: dict[int, EnrichedArticle]) -> None:
    """Most of them: whoever cuts a quotation short may leave too few words to tell it by."""
    shared = 0
    together = 0
    for truth in TRUTH["shared_utterances"]:
        start = " ".join(truth["quote"].split()[:4])
        ids = [
            quote.quote_id
            for number in truth["lines"]
            if number in articles
            for quote in articles[number].quotes
            if start in " ".join(quote.text.replace("\u2019", "'").split()) and quote.parent_id is None
        ]
        shared += len(ids)
        together += max((ids.count(quote_id) for quote_id in set(ids)), default=0)
    assert shared > 40
    assert together / shared >= 0.9
