"""The audit: reads the topics in the order in which a message goes through them, and has them counted.

Order is what makes the count exact on a live system. A stage commits an offset after its outputs are acknowledged. So a
message whose offset intake has committed stands behind the offset that dedup had committed a moment later, or is
further on still, up to its outcome, which is read last: nothing can slip past on its way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import msgspec
from kafka import KafkaAdminClient
from kafka.admin import ConfigResource, ConfigResourceType

from wiredesk.cli.connect import connected
from wiredesk.cli.ledger_count import Balance, Count, Place
from wiredesk.cli.ledger_documents import ANY_VERSION
from wiredesk.cli.ledger_log import Log, committed, log_of
from wiredesk.contracts.catalogue import FOREVER
from wiredesk.contracts.envelope import raw_ref_of
from wiredesk.contracts.errors import NotReady
from wiredesk.contracts.record import RawRef, Record
from wiredesk.contracts.topics import CLEAN, CLUSTERED, ENRICHED, ENTITIES, OUTCOMES, QUOTED, RAW

_ON_THE_WAY = {"dedup": CLEAN, "entities": CLUSTERED, "quotes": ENTITIES, "publish": QUOTED}
_SKEW_MS = 3_600_000
"""By how much the clocks of brokers and stages may differ."""


class Bounds(NamedTuple):
    """Between which raw messages to count: times or offsets by partition; None is from the beginning, to the end."""

    since: datetime | None = None
    first: Mapping[int, int] | None = None
    until: datetime | None = None
    behind: Mapping[int, int] | None = None


class Audit(NamedTuple):
    """The balance, and how many messages were read for it."""

    balance: Balance
    read: int


class _Said(msgspec.Struct):
    raw: RawRef
    outcome: str
    article_id: str | None = None
    version: int | None = None


class _Versioned(msgspec.Struct):
    version: int = 0


def audit(bootstrap: str, group: str, bounds: Bounds, *, shown: int = 20, tell: Callable[[str], None]) -> Audit:
    """Counts the raw messages within ``bounds`` against outcomes and documents; ``tell`` hears what is being read.

    NotReady when the topics cannot be read, or outcomes do not reach back as far as raw messages.
    """
    with log_of(bootstrap, RAW) as raw:
        tell(f"reading {RAW}")
        count, oldest = _messages(raw, bounds)
    read = raw.read
    try:
        if oldest is not None:
            read += _rest(bootstrap, group, count, oldest - _SKEW_MS, tell)
        return Audit(count.balance(shown), read)
    finally:
        count.close()


def _rest(bootstrap: str, group: str, count: Count, since: int, tell: Callable[[str], None]) -> int:
    read = 0
    with log_of(bootstrap, OUTCOMES) as outcomes:
        tell(f"reading {OUTCOMES}")
        outcomes.begin(outcomes.at_time(since))
        _require_all(bootstrap, outcomes, since + _SKEW_MS)
        held_since = _held_since(bootstrap)
        _outcomes(outcomes, count, held_since)
        if count.missing():
            count.not_taken_up(committed(bootstrap, f"{group}-intake", RAW))
            if count.missing():
                for stage, topic in _ON_THE_WAY.items():
                    tell(f"reading what waits for {stage}")
                    read += _backlog(bootstrap, group, stage, topic, count)
                _outcomes(outcomes, count, held_since)
        read += outcomes.read
    with log_of(bootstrap, ENRICHED) as enriched:
        tell(f"reading {ENRICHED}")
        enriched.begin(enriched.at_time(since))
        for _, records in enriched.batches():
            for record in records:
                if record.key is not None:
                    count.document(record.key, _version(record))
        return read + enriched.read


def _messages(raw: Log, bounds: Bounds) -> tuple[Count, int | None]:
    """The messages, and the oldest time stamp among them."""
    raw.begin(raw.at_time(_milliseconds(bounds.since)) if bounds.since else bounds.first or {})
    count = Count(raw.at)
    behind = raw.at_time(_milliseconds(bounds.until)) if bounds.until else bounds.behind or {}
    oldest: int | None = None
    for partition, records in raw.batches():
        last = behind.get(partition)
        offsets = [record.offset for record in records if last is None or record.offset < last]
        count.messages(partition, offsets)
        if offsets:
            first = min(record.timestamp for record in records[: len(offsets)])
            oldest = first if oldest is None else min(oldest, first)
        if last is not None and all(at >= behind.get(number, at + 1) for number, at in raw.at.items()):
            break
    return count, oldest


def _outcomes(outcomes: Log, count: Count, held_since: int) -> None:
    for _, records in outcomes.batches():
        for record in records:
            try:
                said = msgspec.json.decode(record.value or b"", type=_Said)
            except (msgspec.DecodeError, UnicodeDecodeError):
                continue  # a stranger's
            if said.raw.topic == RAW:
                place = Place(said.raw.partition, said.raw.offset)
                held = record.timestamp >= held_since
                count.outcome(place, said.outcome, said.article_id, said.version, held=held)


def _backlog(bootstrap: str, group: str, stage: str, topic: str, count: Count) -> int:
    """Notes the messages that wait for ``stage``; how many there are."""
    done = committed(bootstrap, f"{group}-{stage}", topic)
    with log_of(bootstrap, topic) as log:
        log.begin(done)
        for _, records in log.batches():
            for record in records:
                ref = raw_ref_of(Record(topic, 0, 0, 0, None, None, tuple(record.headers)))
                if ref is not None and ref.topic == RAW:
                    count.found(Place(ref.partition, ref.offset), stage)
        return log.read


def _version(record: Any) -> int:
    """The version of a document by its header, else by its value; of a tombstone that names none, any."""
    for name, value in record.headers:
        if name == "ce_version" and value is not None and value.isdigit():
            return int(value)
    if record.value is None:
        return ANY_VERSION
    try:
        return msgspec.json.decode(record.value, type=_Versioned).version
    except (msgspec.DecodeError, UnicodeDecodeError):
        return 0


def _require_all(bootstrap: str, outcomes: Log, since: int) -> None:
    """NotReady when outcomes of ``since`` then may be gone already."""
    kept, first = _kept_ms(bootstrap, OUTCOMES), outcomes.beginning()
    cut = any(first[number] and at == first[number] for number, at in outcomes.at.items())
    if kept is not None and cut and _milliseconds(_now()) - kept > since:
        days = kept / 86_400_000
        raise NotReady(
            f"the messages reach back further than their outcomes: {OUTCOMES} keeps them for {days:g} days; "
            f"count what came later with --since {days:g}d, or set its retention.ms to twice that of {RAW}"
        )


def _held_since(bootstrap: str) -> int:
    """Documents written since then, in milliseconds, must still be there: all, unless the topic forgets with time."""
    kept = _kept_ms(bootstrap, ENRICHED)
    return 0 if kept is None else _milliseconds(_now() - timedelta(milliseconds=kept * 6 / 7))  # some go meanwhile


def _kept_ms(bootstrap: str, topic: str) -> int | None:
    """How long ``topic`` keeps a record for sure; None for ever."""
    with connected(KafkaAdminClient, bootstrap) as admin:
        asked = [ConfigResource(ConfigResourceType.TOPIC, topic)]
        found = admin.describe_configs(asked, config_filter="all")["topic"][topic]
    config = {name: said["value"] or "" for name, said in found.items()}
    kept = int(config.get("retention.ms") or FOREVER)
    return kept if "delete" in config.get("cleanup.policy", "delete") and kept >= 0 else None


def _now() -> datetime:
    return datetime.now(UTC)


def _milliseconds(time: datetime) -> int:
    return int(time.timestamp() * 1000)
