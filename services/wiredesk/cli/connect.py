"""Connecting to Kafka from the command line: the option that names the brokers, and errors that say what to do."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any, TypeVar

import typer
from kafka import KafkaAdminClient
from kafka.errors import KafkaError

from wiredesk.contracts.errors import NotReady

Bootstrap = Annotated[
    str, typer.Option(envvar="WIREDESK_BOOTSTRAP", metavar="HOST:PORT", help="Kafka brokers, separated by commas.")
]
DEFAULT_BOOTSTRAP = "127.0.0.1:9092"
PATIENCE_SECONDS = 5.0
"""How long a command waits for a broker to answer: long enough for a far one, short enough for a wrong address."""

Client = TypeVar("Client")


@contextmanager
def connected(kind: Callable[..., Client], bootstrap: str, **config: Any) -> Iterator[Client]:
    """A client of ``kind`` (KafkaProducer, KafkaConsumer, KafkaAdminClient), closed at the end.

    NotReady when no broker answers, or when the connection fails later.
    """
    logging.getLogger("kafka").setLevel(logging.CRITICAL)  # what goes wrong is raised, and told in a sentence
    try:
        client: Any = kind(
            bootstrap_servers=[host.strip() for host in bootstrap.split(",")],
            bootstrap_timeout_ms=int(PATIENCE_SECONDS * 1000),
            **config,
        )
    except (KafkaError, OSError, ValueError) as wrong:
        raise NotReady(
            f"no Kafka broker answered at {bootstrap} within {PATIENCE_SECONDS:g} s; start one (`make kafka`), or name "
            "it with --bootstrap or WIREDESK_BOOTSTRAP"
        ) from wrong
    try:
        yield client
    except KafkaError as wrong:
        raise NotReady(f"the Kafka broker at {bootstrap} failed: {wrong!r}; see its log and try again") from wrong
    finally:
        client.close()


def require_topic(bootstrap: str, topic: str) -> None:
    """NotReady when ``topic`` is not there."""
    with connected(KafkaAdminClient, bootstrap) as admin:
        if topic not in admin.list_topics():
            raise NotReady(
                f"there is no topic {topic} at {bootstrap}; `wiredesk topics list` shows those there are, "
                "`wiredesk topics init` creates wiredesk's"
            )
