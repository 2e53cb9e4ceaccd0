"""What a feed is told of articles that are taken."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import orjson
import pytest

from wiredesk.contracts.advice import MEANINGS, Adviser, Finding
from wiredesk.contracts.raw import read_raw

NOW = datetime(2026, 9, 14, 12, tzinfo=UTC)
WHOLE: dict[str, Any] = {
    "source": {"name": "The Courier", "id": "7"},
    "headline": "Storm",
    "body": "A storm is coming.",
    "language": "en",
    "published_at": "2026-09-14T08:00:00Z",
}


def findings(*articles: dict[str, Any]) -> list[Finding]:
    """What is said of the last of ``articles``, which all are the same one; the body is what they say."""
    adviser = Adviser(NOW)
    found: list[Finding] = []
    for number, fields in enumerate(articles, start=1):
        article = read_raw(orjson.dumps(fields)).article
        content = f"{article.status} {article.body}"
        found = list(adviser.look(article, fields, article_id="a", content=content, place=f"feed.jsonl:{number}"))
    return found


def kinds(*articles: dict[str, Any]) -> list[str]:
    found = [finding.kind for finding in findings(*articles)]
    assert set(found) <= MEANINGS.keys()
    return found


def without(*names: str) -> dict[str, Any]:
    return {name: value for name, value in WHOLE.items() if name not in names}


def test_of_a_whole_article_there_is_nothing_to_say():
    assert kinds(WHOLE) == []


@pytest.mark.parametrize(
    ("article", "kind"),
    [
        (without("headline"), "no-headline"),
        (WHOLE | {"headline": " "}, "no-headline"),
        (without("published_at"), "no-published-at"),
        (without("language"), "no-language"),
        (WHOLE | {"source": {"name": "The Courier"}}, "no-identity"),
        (WHOLE | {"source": {"name": "The Courier", "id": " "}}, "no-identity"),
        (WHOLE | {"published_at": "2026-09-14T14:30:00+02:00"}, "future"),
        (WHOLE | {"body": "<p>A storm.</p>"}, "html-as-text"),
        (WHOLE | {"body": 'A storm.<br/><img src="x.png">It rained.'}, "html-as-text"),
        (WHOLE | {"urgency": 4}, "extra"),
        (without("headline") | {"headling": "Storm", "headline": "Storm"}, "extra"),  # it has one, so it was not meant
    ],
)
def test_one_thing_that_would_help(article, kind):
    assert kinds(article) == [kind]


@pytest.mark.parametrize(
    "article",
    [
        WHOLE | {"source": {"name": "The Courier"}, "url": "https://courier.example/7"},
        WHOLE | {"published_at": "2026-09-14T12:00:00Z"},
        WHOLE | {"body": "<p>A storm.</p>", "body_type": "text/html"},
        WHOLE | {"body": "The <br> tag, if 3 < 4 and 5 > 4, breaks a line."},
        {"source": {"name": "The Courier", "id": "7"}, "status": "withdrawn"},
    ],
)
def test_what_is_as_it_should_be(article):
    assert kinds(article) == []


def test_a_misspelt_field_is_named_with_the_known_one():
    [misspelt, missing] = findings(without("headline") | {"headling": "Storm"})
    assert misspelt == Finding("misspelt", "headling: did you mean headline?", "headling", "headline")
    assert missing.kind == "no-headline"


def version(number: int | None, body: str, updated_at: str | None = None, **fields: Any) -> dict[str, Any]:
    return WHOLE | {"body": body, "version": number, "updated_at": updated_at} | fields


EARLY, LATE = "2026-09-14T08:00:00Z", "2026-09-14T09:00:00Z"


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        (version(1, "a"), version(2, "b"), None),
        (version(None, "a", EARLY), version(None, "b", LATE), None),
        (version(1, "a", EARLY), version(None, "b", LATE), None),
        (version(None, "a"), version(None, "b"), "no-order"),
        (version(1, "a"), version(None, "b"), "no-order"),
        (version(1, "a"), version(None, "b", LATE), "no-order"),
        (version(None, "a"), version(None, "a"), None),  # says the same: a redelivery, whichever is newer
        (version(1, "a"), version(1, "a"), None),
        (version(1, "a"), version(1, "b"), "same-version"),
        (version(1, "a", EARLY), version(1, "b", LATE), "same-version"),
        (version(None, "a"), version(None, "", status="withdrawn"), "no-order"),
        (version(1, "a"), version(2, "", status="withdrawn"), None),
    ],
)
def test_a_feed_says_which_of_two_versions_is_newer(first, second, kind):
    assert kinds(first, second) == ([] if kind is None else [kind])


def test_the_same_version_with_another_text_names_the_place_and_what_decides():
    [found] = findings(version(1, "a"), version(2, "c"), version(1, "b"))
    assert found.message == "version 1 had another text at feed.jsonl:1; nothing tells which is newer"
    [found] = findings(version(1, "a", EARLY), version(1, "b", LATE))
    assert found.message.endswith("only updated_at tells them apart")


def test_other_articles_are_not_earlier_versions():
    adviser = Adviser(NOW)
    article = read_raw(orjson.dumps(version(1, "a"))).article
    for own in ("a", "b"):
        assert list(adviser.look(article, WHOLE, article_id=own, content=own, place="x")) == []
