"""A message as it goes to the broker: bytes, with its headers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from wiredesk.contracts.errors import TooLarge

_RECORD_OVERHEAD = 128
"""Bytes that the record format adds at most to key, value and headers (Kafka protocol, record batch v2), rounded up."""


class Outgoing(NamedTuple):
    """One message to be sent."""

    topic: str
    key: bytes | None
    value: bytes | None
    headers: list[tuple[str, bytes]]

    def size(self) -> int:
        """Its size on the wire in bytes, from above."""
        framed = sum(len(name) + len(value) + 10 for name, value in self.headers)
        return len(self.key or b"") + len(self.value or b"") + framed + _RECORD_OVERHEAD


def check_sizes(messages: Iterable[Outgoing], limits: Mapping[str, int]) -> None:
    """TooLarge for the first of ``messages`` that is over its topic's limit, before a broker would refuse it."""
    for message in messages:
        size, limit = message.size(), limits[message.topic]
        if size > limit:
            raise TooLarge(
                f"the message for {message.topic} has {size} bytes, more than the topic's limit of {limit}; "
                "send a shorter article, or raise max_message_bytes"
            )
