"""The handler: a raw message becomes one clean document, or an error that says what to do."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiredesk import __version__
from wiredesk.contracts.article import CleanArticle
from wiredesk.contracts.errors import BadMessage, TooLarge
from wiredesk.contracts.record import Out, RawRef, Record
from wiredesk.contracts.topics import CLEAN, RAW
from wiredesk.intake.handler import make
from wiredesk.intake.wordlists import version

PROJECT = Path(__file__).parents[3]
Raw = Callable[..., bytes]
Records = Callable[..., Record]
Cleaned = Callable[..., CleanArticle]
SOURCE = {"name": "Eastwick Chronicle", "domain": "eastwick.example"}


def article_of(out: Out) -> CleanArticle:
    assert out.value is not None
    return msgspec.json.decode(out.value, type=CleanArticle)


def test_one_message_goes_out_under_the_articles_id_with_facts(raw: Raw, record: Records) -> None:
    (out,) = make()(record(raw(language="en-GB", source=SOURCE)))
    assert out.topic == CLEAN
    assert out.key == article_of(out).article_id
    assert out.facts == {"articlesource": "Eastwick Chronicle", "language": "en"}


def test_the_text_has_its_hash(clean: Cleaned) -> None:
    article = clean(headline="Rain", body="It rained – “a lot”.")
    assert article.text == "Rain\nIt rained – “a lot”."
    assert article.text_sha256 == hashlib.sha256(article.text.encode()).hexdigest()


def test_fields_come_cleaned_and_the_source_as_it_came(clean: Cleaned) -> None:
    article = clean(
        source={"name": "Eastwick Chronicle", "domain": "WWW.Eastwick.example", "id": " ec-1 "},
        url="https://Eastwick.example/a?utm_source=rss",
        headline="Rain &amp; <em>wind</em>",
        byline="By Jane Doe",
        dateline="OSLO,  Norway",
        credit="AP",
        slug=" RAIN ",
        keywords=["rain ", "", "wind"],
        version=3,
        updated_at="2015-09-18T19:00:00+02:00",
        published_at="2015-09-18T16:00:00Z",
    )
    assert (article.source.name, article.source.domain, article.source.id) == (
        "Eastwick Chronicle", "WWW.Eastwick.example", " ec-1 ",
    )  # fmt: skip
    assert article.url == "https://Eastwick.example/a?utm_source=rss"
    assert article.headline == "Rain & wind"
    assert (article.byline, article.dateline, article.credit) == ("Jane Doe", "OSLO, Norway", "AP")
    assert (article.slug, article.keywords) == ("RAIN", ["rain", "wind"])
    assert (article.feed.version, article.feed.updated_at) == (3, "2015-09-18T17:00:00Z")
    assert article.published_at == "2015-09-18T16:00:00Z"


def test_fields_that_the_feed_left_out_are_read_from_the_text(clean: Cleaned) -> None:
    article = clean(body="By Jane Doe\nOSLO (AP) — It rained.\nPhoto: John Roe\n(Reporting by A B; Editing by C D)")
    assert (article.byline, article.dateline) == ("Jane Doe", "OSLO")
    assert article.credit == "Reporting by A B; Editing by C D"


def test_the_place_of_the_raw_message_and_its_time_are_kept(clean: Cleaned, raw: Raw, record: Records) -> None:
    (out,) = make()(record(raw(), time=1_442_600_000_123, offset=42))
    article = article_of(out)
    assert article.raw == RawRef(RAW, 0, 42)
    assert article.received_at == "2015-09-18T18:13:20.123000Z"
    without = clean(time=None)
    assert (without.raw, without.received_at) == (None, None)


def test_an_article_is_never_published_after_its_message(clean: Cleaned) -> None:
    assert clean(published_at="2031-01-01T00:00:00Z").published_at == "2015-09-18T18:13:20Z"
    assert clean(published_at="2031-01-01T00:00:00Z", time=None).published_at == "2031-01-01T00:00:00Z"


def test_the_document_says_what_made_it(clean: Cleaned) -> None:
    article = clean()
    assert article.produced_by["intake"].code == __version__
    assert article.produced_by["intake"].data == version()
    assert article.timings["intake"] > 0
    assert article.errors == []


def test_a_trace_that_came_with_the_message_goes_on(raw: Raw) -> None:
    trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    (out,) = make()(Record(RAW, 0, 1, 1, None, raw(), (("traceparent", trace.encode()),)))
    assert article_of(out).trace == trace


def test_unknown_fields_are_kept(clean: Cleaned) -> None:
    article = clean(urgency=3, nested={"a": [1, {"b": None}]}, source={"name": "X", "desk": "europe"})
    assert article.extra == {"urgency": 3, "nested": {"a": [1, {"b": None}]}, "source": {"desk": "europe"}}


def test_identity_is_by_own_id_then_url_then_content_within_the_source(clean: Cleaned) -> None:
    def identity(**fields: Any) -> str:
        return clean(**{"source": SOURCE, **fields}).article_id

    by_id = identity(source={**SOURCE, "id": "1"}, body="One.")
    assert by_id == identity(source={**SOURCE, "id": "1"}, body="Two.", url="https://x.example/")
    by_url = identity(url="https://x.example/a/", body="One.")
    assert by_url == identity(url="HTTPS://X.example/a?utm_source=rss#top", body="Two.")
    assert identity(body="One.") == identity(body=" One. ") != identity(body="Two.")
    assert by_url != identity(url="https://x.example/a/", source={"name": "Other"})
    assert identity(source={"name": "A", "domain": "x.example"}) == identity(
        source={"name": "B", "domain": "www.X.example"}
    )
    assert identity(source={**SOURCE, "id": " "}, url="https://x.example/a") == by_url  # an empty id is none


def test_a_withdrawal_needs_the_identity_only(clean: Cleaned) -> None:
    article = clean(source={**SOURCE, "id": "1"}, body="One.")
    withdrawal = clean(source={**SOURCE, "id": "1"}, body=None, status="withdrawn")
    assert withdrawal.article_id == article.article_id
    assert (withdrawal.status, withdrawal.text, withdrawal.parts, withdrawal.provenance) == ("withdrawn", "", [], [])


def test_a_withdrawal_that_does_not_say_of_what_is_a_bad_message(raw: Raw, record: Records) -> None:
    with pytest.raises(BadMessage, match=r"source\.id or the url"):
        make()(record(raw(body=None, status="withdrawn")))


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (None, "no value"),
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b'{"source": {"name": "\xff"}}', "not JSON"),
        (b"[]", "object"),
        (b'{"body": "It rained."}', "source"),
        (b'{"source": {"name": "X"}}', "no body"),
        (b'{"source": {"name": "X"}, "body": "&nbsp;"}', "nothing readable"),
        (b'{"source": {"name": "X"}, "body": "<p></p>", "body_type": "text/html"}', "nothing readable"),
        (b'{"source": {"name": "X"}, "body": 5}', "body"),
        (b'{"source": {"name": "X"}, "body": "a", "extra_deep": ' + b"[" * 300 + b"]" * 300 + b"}", "nested"),
        (b'{"source": {"name": "X"}, "body": "a", "published_at": "0001-01-01T00:00:00+09:00"}', "outside the years"),
    ],
)
def test_what_cannot_be_read_is_a_bad_message_that_says_why(record: Records, value: bytes | None, message: str) -> None:
    with pytest.raises(BadMessage, match=message):
        make()(record(value))


def test_a_value_over_the_limit_is_refused_before_it_is_read(record: Records) -> None:
    with pytest.raises(TooLarge, match="over the limit of 100"):
        make(max_bytes=100)(record(b"not even JSON" * 10))


def test_the_same_record_gives_the_same_document(raw: Raw, record: Records) -> None:
    def untimed() -> dict[str, Any]:
        (out,) = make()(record(raw(body="PARIS (AFP) - He told Reuters so.")))
        return {name: block for name, block in json.loads(out.value or b"").items() if name != "timings"}

    assert untimed() == untimed()


def test_the_text_of_a_document_comes_out_of_intake_again_unchanged(clean: Cleaned) -> None:
    once = clean(headline="Rain", body="<p>It rained &amp; rained.</p><p>CafÃ©</p>", body_type="text/html")
    again = clean(headline=once.headline, body=once.text)
    assert (again.text, again.parts, again.article_id) == (once.text, once.parts, once.article_id)


@given(st.text(max_size=300), st.none() | st.text(max_size=40), st.sampled_from(["text/plain", "text/html"]))
def test_any_body_is_a_document_with_exact_offsets_or_a_bad_message(body: str, headline: str | None, kind: str) -> None:
    value = json.dumps({"source": {"name": "X"}, "body": body, "headline": headline, "body_type": kind}).encode()
    try:
        (out,) = make()(Record(RAW, 0, 0, None, None, value))
    except BadMessage:
        return
    article = article_of(out)
    assert all(0 <= part.start < part.end <= len(article.text) for part in article.parts)
    for entry in article.provenance:
        if entry.evidence is not None:
            assert article.text[entry.evidence.start : entry.evidence.end] == entry.evidence.exact


@pytest.mark.parametrize(
    "body",
    [
        "told the state news agency Reuters " * 27_000,
        "Reuters " * 120_000,
        "The " * 240_000,
        "LONDON (Reuters) - A told Reuters\n" * 19_000,
        "© 2015 " * 120_000,
        "(Reporting by " * 60_000,
        "told the " + "Aaa " * 200_000,
        "“" * 100_000 + "a",
        "A" * 900_000,
        "x\u202e\u200b" * 120_000,
        "a\r" * 15_000,
    ],
    ids=["told", "names", "The", "datelines", "notices", "credits", "mastheads", "marks", "word", "bidi", "CR"],
)
def test_hostile_bodies_take_linear_time(record: Records, body: str) -> None:
    value = json.dumps({"source": {"name": "X"}, "body": body, "language": "en"}, ensure_ascii=False).encode()
    started = process_time()
    make()(record(value))
    assert process_time() - started < 4


def test_the_seed_article(clean: Cleaned) -> None:
    text = (PROJECT / "seeds" / "npr-russia-syria.txt").read_text(encoding="utf-8")
    article = clean(source={"name": "NPR"}, body=text)
    assert {(entry.role, entry.name) for entry in article.provenance} == {
        ("cited", "The Associated Press"),
        ("cited", "Reuters"),
    }
    assert article.rights is not None
    assert (article.rights.holder, article.rights.year) == ("NPR", 2015)
    assert article.rights.notice == "Copyright 2015 NPR. To see more, visit http://www.npr.org/."
    assert [part.kind for part in article.parts] == ["body"] * 9 + ["rights"]
    assert article.language == "en"


def test_the_corpus_is_labelled_as_its_newsroom_meant_it(record: Records) -> None:
    outcomes: dict[str, int] = {}
    for number, line in enumerate((PROJECT / "seeds" / "corpus.jsonl").read_bytes().splitlines()):
        try:
            (out,) = make()(record(line, time=1_789_400_000_000, offset=number))
        except BadMessage:
            outcomes["bad"] = outcomes.get("bad", 0) + 1
            continue
        article = article_of(out)
        outcomes[article.status] = outcomes.get(article.status, 0) + 1
        signed = [part for part in article.parts if part.kind == "dateline"]
        for agency in ("Meridian", "CNS"):
            if signed and f"({agency})" in article.text[signed[0].start : signed[0].end]:
                assert ("origin", agency) in {(entry.role, entry.name) for entry in article.provenance}
        assert not any("script" in article.text[p.start : p.end] and "track(" in article.text for p in article.parts)
        assert "â€" not in article.text
    assert outcomes["usable"] > 30
    assert outcomes["withdrawn"] == 2


def test_press_releases_have_no_rights_notices(clean: Cleaned) -> None:
    data = Path(os.environ.get("WIREDESK_DATA", PROJECT.parent / "shared" / "data")) / "congress.jsonl"
    if not data.exists():
        pytest.skip(f"no development data at {data}; set WIREDESK_DATA")
    with data.open(encoding="utf-8") as lines:
        for line, _ in zip(lines, range(150), strict=False):
            release = json.loads(line)
            article = clean(headline=release["title"], body=release["text"], language="en")
            assert article.rights is None
            kept = sum(part.end - part.start for part in article.parts if part.kind in ("headline", "dateline", "body"))
            assert kept > 0.97 * (len(article.text) - article.text.count("\n"))
