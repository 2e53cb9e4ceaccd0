"""The catalogue of topics: ``schemas/topics.yaml``, read into types.

The one place that says how a topic is cut and kept; provisioning, start-up checks, access rights and docs read it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import yaml
from msgspec import Meta, Struct

from wiredesk.contracts.errors import NotReady
from wiredesk.contracts.shipped import shipped

FOREVER = -1
"""The ``retention_ms`` of what never expires, as Kafka writes it."""


class Message(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A message of another kind that stands on a topic beside those that give it its name; ``ce_type`` tells which.

    ``value`` names its schema, ``writers`` are those who send it and nothing else to the topic.
    """

    name: str
    description: str
    key: str
    value: str
    writers: tuple[str, ...]


class Topic(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One topic: how it is cut and kept, who writes and reads it, and what it holds.

    ``retention_ms`` is FOREVER for compacted topics; ``tombstone_ms`` is how long these keep a tombstone, so how far
    behind a consumer may fall without missing one. ``max_message_bytes`` counts a record batch, headers included.
    ``stamped_by`` is whose clock a message's time is read from. ``holds_text``: the words of articles are in it, whole
    or as quotations, so that a limit on how long text may be kept concerns it (``wiredesk.contracts.retention``).
    ``owner`` answers for the topic; ``writers`` and ``readers`` are the stages (and "feeds", "editors") that need the
    rights to it, beside consumers from outside. ``also``: messages of other kinds that stand between its own.
    """

    name: str
    description: str
    key: str
    value: str
    partitions: Annotated[int, Meta(ge=1)]
    cleanup: Literal["delete", "compact"]
    retention_ms: Annotated[int, Meta(ge=FOREVER)] = FOREVER
    tombstone_ms: Annotated[int, Meta(ge=0)] | None = None
    max_message_bytes: Annotated[int, Meta(ge=1024)]
    stamped_by: Literal["producer", "broker"] = "producer"
    holds_text: bool = False
    owner: str
    writers: tuple[str, ...]
    readers: tuple[str, ...] = ()
    also: tuple[Message, ...] = ()

    @property
    def is_state(self) -> bool:
        """Whether it is what a single writer remembers: compacted, and read by nobody but who writes it."""
        return self.cleanup == "compact" and self.readers == self.writers == (self.owner,)

    @property
    def kinds(self) -> tuple[Topic | Message, ...]:
        """Every kind of message on it: the topic stands for its own."""
        return (self, *self.also)

    @property
    def config(self) -> dict[str, str]:
        """The topic's settings by the names that Kafka gives them."""
        config = {
            "cleanup.policy": self.cleanup,
            "retention.ms": str(self.retention_ms),
            "max.message.bytes": str(self.max_message_bytes),
        }
        if self.stamped_by == "broker":
            config["message.timestamp.type"] = "LogAppendTime"
        if self.tombstone_ms is not None:
            config["delete.retention.ms"] = str(self.tombstone_ms)
        return config


class _Catalogue(Struct, forbid_unknown_fields=True):
    topics: list[Topic]


@cache
def catalogue() -> dict[str, Topic]:
    """All topics of wiredesk by name, in the order in which an article meets them."""
    return read_catalogue(shipped("schemas", "topics.yaml"))


def read_catalogue(path: Path) -> dict[str, Topic]:
    """The topics in the file at ``path``; NotReady when it is missing or says something that is not meant."""
    try:
        topics = msgspec.convert(yaml.safe_load(path.read_text("utf-8")), _Catalogue).topics
    except OSError as wrong:
        raise NotReady(f"the catalogue of topics cannot be read: {wrong}; install wiredesk again") from wrong
    except (yaml.YAMLError, msgspec.ValidationError) as wrong:
        raise NotReady(f"{path} is not a catalogue of topics: {wrong}") from wrong
    return {topic.name: topic for topic in topics}
