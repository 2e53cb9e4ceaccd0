"""Differences of topics: where a broker has them otherwise than the catalogue says, and what mending each would do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from wiredesk.contracts.catalogue import FOREVER, Topic
from wiredesk.contracts.retention import config_of

COMPARED = (
    "cleanup.policy",
    "retention.ms",
    "segment.ms",
    "max.message.bytes",
    "message.timestamp.type",
    "delete.retention.ms",
    "max.compaction.lag.ms",
)
"""The settings that the catalogue decides. All others (replication, compression) are the operator's own."""

TOPIC, PARTITIONS = "topic", "partitions"


class Actual(NamedTuple):
    """A topic as a broker has it; ``partitions`` is 0 when it is not there."""

    partitions: int
    empty: bool
    config: Mapping[str, str]
    """Every setting with the value that is in force, those that the topic has from the broker included."""
    own: frozenset[str]
    """The settings that were made on the topic itself."""


class Difference(NamedTuple):
    """One thing in which a topic is not as the catalogue says."""

    topic: Topic
    what: str
    """TOPIC (it is missing), PARTITIONS, or the name of a setting."""
    actual: str | None
    wanted: str | None
    """None: the topic should have no setting of its own here."""
    effect: str = ""
    """What mending it does beside mending it, for whoever is about to."""
    refused: str = ""
    """Why it is not mended; empty when it can be."""


def differences(
    topic: Topic, actual: Actual, text_days: int | None = None, *, repartition: bool = False
) -> list[Difference]:
    """All differences between ``topic`` and the ``actual`` one; ``repartition``: keys may move between partitions."""
    if actual.partitions == 0:
        return [Difference(topic, TOPIC, None, None)]
    found = []
    if actual.partitions != topic.partitions:
        found.append(_of_partitions(topic, actual, repartition))
    wanted = config_of(topic, text_days)
    for name in COMPARED:
        now = actual.config.get(name)
        if name in wanted and not _same(name, now, wanted[name]):
            found.append(Difference(topic, name, now, wanted[name], _effect(name, now, wanted[name])))
        elif name not in wanted and name in actual.own:
            found.append(Difference(topic, name, now, None))
    return found


def _of_partitions(topic: Topic, actual: Actual, repartition: bool) -> Difference:
    """Partitions can be added, never taken away.

    Every topic of wiredesk is keyed, and the key says the partition: where there are messages, adding some parts the
    old messages of a key from the new ones. So that is done to an empty topic only, or when it is asked for.
    """
    now, wanted = str(actual.partitions), str(topic.partitions)
    if actual.partitions > topic.partitions:
        why = "Kafka cannot take partitions away: make the topic anew once nobody needs what is in it"
        return Difference(topic, PARTITIONS, now, wanted, refused=why)
    if actual.empty:
        return Difference(topic, PARTITIONS, now, wanted)
    if topic.cleanup == "compact":
        moved = "the last record of a key stays in its old partition for good beside newer ones, tombstones included"
    else:
        moved = "versions of an article may overtake each other while both old and new messages are read"
    effect = f"keys move between partitions: {moved}"
    return Difference(
        topic, PARTITIONS, now, wanted, effect, "" if repartition else "it has messages; --allow-repartition does it"
    )


def _same(name: str, now: str | None, wanted: str) -> bool:
    if now is not None and name == "cleanup.policy":
        return set(now.replace(" ", "").split(",")) == set(wanted.split(","))
    return now == wanted


def _effect(name: str, now: str | None, wanted: str) -> str:
    """What a new setting does to messages that are there."""
    if name == "retention.ms" and wanted != str(FOREVER) and (now is None or now == "-1" or int(now) > int(wanted)):
        return f"what is older than {duration(wanted)} is deleted"
    if name == "cleanup.policy" and now is not None:
        if "delete" in wanted and "delete" not in now:
            return "what is over its retention is deleted"
        if "compact" in wanted and "compact" not in now:
            return "only the last message of each key is kept"
    return ""


def told(name: str, value: str | None) -> str:
    """The ``value`` of setting ``name`` for people: times in words beside the figure."""
    if value is None:
        return "unset"
    return f"{value} ({duration(value)})" if name.endswith(".ms") else value


def duration(milliseconds: str) -> str:
    """``604800000`` as ``7 days``: in the largest unit that divides it; ``-1`` is for ever."""
    number = int(milliseconds)
    if number == FOREVER:
        return "for ever"
    for unit, size in (("day", 86_400_000), ("hour", 3_600_000), ("minute", 60_000), ("second", 1000)):
        if number and number % size == 0:
            count = number // size
            return f"{count:,} {unit}{'' if count == 1 else 's'}"
    return f"{number:,} ms"
