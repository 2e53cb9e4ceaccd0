"""Brokers that wiredesk starts by itself: an embedded one for the demo, Apache Kafka for proof and development."""

from __future__ import annotations

from typing import Protocol

from wiredesk.broker.embedded import EmbeddedBroker
from wiredesk.broker.process import BrokerError

# ApacheKafka is imported from its own module: from here, ``python -m wiredesk.broker.apache`` would load that twice.
__all__ = ["Broker", "BrokerError", "EmbeddedBroker"]


class Broker(Protocol):
    """What both have in common, for code and tests that take either."""

    name: str  # "embedded" or "kafka"
    bootstrap: str  # "127.0.0.1:PORT"
    idempotent: bool  # whether it takes idempotent, and so transactional, producers
