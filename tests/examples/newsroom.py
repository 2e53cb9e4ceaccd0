"""A newsroom for the consumers: articles that come, change, merge, are withdrawn and come again, as stages write."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple

import orjson
from kafka import KafkaProducer

from tests.lines import raw
from tests.unit.dedup.articles import made_up
from wiredesk.contracts.record import Out, Record
from wiredesk.contracts.shipped import shipped
from wiredesk.contracts.topics import ENRICHED, QUOTES, RAW, STORIES, STORY_MEMBERS
from wiredesk.line import Line, Passed
from wiredesk.line.hop import received

OUTPUTS = (STORIES, STORY_MEMBERS, ENRICHED, QUOTES)
CORPUS = shipped("seeds", "corpus.jsonl").read_bytes().splitlines()

HALVES = [
    raw("Morning Post", "half-1", made_up(1, 90), language="en"),
    raw("Evening Post", "half-2", made_up(2, 90), language="en"),
]
"""Two articles that have nothing in common, until an article turns out to be a copy of both."""

BOTH = raw(
    "Weekly Digest",
    "both",
    ". ".join(". ".join(made_up(n, 90).split(". ")[at : at + 2]) for at in range(0, 6, 2) for n in (1, 2)),
    language="en",
)
BOTH_WITHDRAWN = orjson.dumps({"source": {"name": "Weekly Digest", "id": "both"}, "status": "withdrawn"})

ENGLISH = raw(
    "Two Tongues",
    "tt-1",
    "The lighthouse 🗼 reopens. “We never gave up hope,” said Ana Reis, who keeps it.",
    version=1,
    language="en",
)
PORTUGUESE = raw(
    "Two Tongues",
    "tt-1",
    "O velho farol reabre. “Nunca perdemos a esperança”, disse Ana Reis.",
    version=2,
    language="pt",
)
BRIDGE = [
    raw(
        "Two Tongues",
        "tt-2",
        f"The bridge 🌉 opens on {day}. “It is 🧪 tested and it is safe,” said Rui Mota, an engineer.",
        version=version,
        language="en",
    )
    for version, day in enumerate(("Monday", "Tuesday"), 1)
]


class Sent(NamedTuple):
    """One message for a topic."""

    topic: str
    key: bytes
    value: bytes | None
    headers: list[tuple[str, bytes]]


class Parts(NamedTuple):
    """What is written before the programs start, while they run, and while they are away."""

    before: list[list[Sent]]
    live: list[list[Sent]]
    away: list[list[Sent]]


def parts() -> Parts:
    """What the line writes for the newsroom. Each inner list belongs to one raw message, and so to one transaction."""
    first = [*HALVES, ENGLISH, BRIDGE[0], *CORPUS[:22]]
    then = [*CORPUS[22:], BOTH, PORTUGUESE]
    last = [BOTH_WITHDRAWN, BRIDGE[1]]
    records = [_record(number, value) for number, value in enumerate([*first, *then, *last])]
    with Line(workers=1) as line:
        before, live, away = (
            [_messages(passed) for passed in line.run(records[start:end])]
            for start, end in ((0, len(first)), (len(first), -len(last)), (-len(last), None))
        )
        again = [_messages(passed) for passed in line.run(records[10:30])]
    return Parts(before, [*live, _anew(before, 1), _anew(before, 2)], [*away, *again])


def write(bootstrap: str, transactions: Iterable[list[Sent]], *, commit: bool = True) -> None:
    """Writes each list of messages in a transaction of its own, as the stages do."""
    producer = KafkaProducer(bootstrap_servers=bootstrap, transactional_id="wiredesk-stages", linger_ms=0)
    producer.init_transactions()
    for messages in transactions:
        if messages:
            producer.begin_transaction()
            for message in messages:
                producer.send(message.topic, key=message.key, value=message.value, headers=message.headers)
            producer.flush()
            if commit:
                producer.commit_transaction()
            else:
                producer.abort_transaction()
    producer.close()


def never_true(sent: Sent, number: int) -> list[Sent]:
    """A withdrawal of the article that never came to be: for a transaction that does not end well."""
    headers = {**dict(sent.headers), "ce_version": b"99", "ce_id": b"never-%d" % number}
    return [sent._replace(value=None, headers=list(headers.items()))]


def _record(number: int, value: bytes) -> Record:
    said: dict[str, Any] = orjson.loads(value)
    when = said.get("updated_at") or said.get("published_at")
    at = datetime.fromisoformat(when) if when else datetime(2026, 9, 14, 20, tzinfo=UTC)
    return Record(RAW, 0, number, round(at.timestamp() * 1000) + 2_000, None, value)


def _messages(passed: Passed) -> list[Sent]:
    return [_sent(out, passed.record) for out in passed.outs if out.topic in OUTPUTS]


def _sent(out: Out, record: Record) -> Sent:
    made = received(out, record, "publish")
    return Sent(out.topic, out.key.encode(), out.value, list(made.headers))


def _anew(transactions: list[list[Sent]], version: int) -> list[Sent]:
    """This version of the one article that was corrected, as a writer sends it that forgot what it sent before."""
    documents = [sent for messages in transactions for sent in messages if sent.topic == ENRICHED]
    (corrected,) = (sent.key for sent in documents if dict(sent.headers)["ce_version"] == b"2")
    (found,) = (
        sent for sent in documents if (sent.key, dict(sent.headers)["ce_version"]) == (corrected, str(version).encode())
    )
    return [found._replace(headers=list({**dict(found.headers), "ce_id": b"anew-%d" % version}.items()))]
