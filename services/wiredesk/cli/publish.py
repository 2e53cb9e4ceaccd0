"""``wiredesk publish``: raw messages from files to ``articles.raw.v1``, as a feed sends them."""

from __future__ import annotations

from datetime import UTC, datetime
from secrets import token_hex
from typing import Annotated
from urllib.parse import quote

import typer
import xxhash
from kafka import KafkaProducer
from kafka.errors import MessageSizeTooLargeError

from wiredesk.cli import inputs
from wiredesk.cli.connect import DEFAULT_BOOTSTRAP, Bootstrap, connected, require_topic
from wiredesk.cli.console import counted, harmless, messages, progress
from wiredesk.cli.inputs import Message, Outlet
from wiredesk.contracts.catalogue import catalogue
from wiredesk.contracts.envelope import Headers, envelope
from wiredesk.contracts.errors import BadMessage
from wiredesk.contracts.raw import RawArticle, read_raw
from wiredesk.contracts.topics import RAW


def publish(
    files: Annotated[list[str], inputs.FILES],
    bootstrap: Bootstrap = DEFAULT_BOOTSTRAP,
    source: Annotated[str, typer.Option(help="The outlet's name, for .txt files.")] = "local",
    domain: Annotated[str | None, typer.Option(help="The outlet's domain, for .txt files.")] = None,
    unchecked: Annotated[
        bool, typer.Option("--unchecked", help="Send every message as it is, without a look at it.")
    ] = False,
) -> None:
    """Publish articles to Kafka: check each against the contract, send it, wait until the broker has it.

    A message that is not as the contract says is not sent: its place and the reason go to standard error, the others
    are sent all the same, and the exit code is 1.
    """
    total = inputs.check(files)
    console = messages()
    require_topic(bootstrap, RAW)
    with (
        connected(
            KafkaProducer,
            bootstrap,
            acks="all",
            enable_idempotence=False,  # the embedded broker has none; a repeat is a redelivery, which changes nothing
            max_in_flight_requests_per_connection=1,  # versions of an article must not overtake each other on a retry
            max_request_size=catalogue()[RAW].max_message_bytes,
        ) as producer,
        progress(console) as bar,
    ):
        task = bar.add_task("articles", total=total, done="0")
        sending = _Sending(producer)
        for message in inputs.read(files, Outlet(source, domain)):
            sending.send(message, unchecked=unchecked)
            bar.update(task, advance=message.size, done=f"{sending.taken:,}")
        producer.flush()
    for place, why in sending.refused:
        console.print(harmless(f"{place}: not sent: {why}"))
    refused = len(sending.refused)
    console.print(
        f"{counted(sending.taken - refused, 'article')} published to {RAW} at {bootstrap}"
        + (f", {refused:,} not" if refused else "")
    )
    if refused:
        raise typer.Exit(1)


class _Sending:
    """Messages on their way to the broker, and those that are not: place and reason."""

    def __init__(self, producer: KafkaProducer) -> None:
        self.taken = 0
        self.refused: list[tuple[str, str]] = []
        self._producer = producer

    def send(self, message: Message, *, unchecked: bool) -> None:
        """Returns before the broker has it; what it does not take is among the refused after a flush."""
        self.taken += 1
        value = message.value
        try:
            if not unchecked:
                read_raw(value)
            future = self._producer.send(RAW, key=key_of(value), value=value, headers=headers_of(value))
        except BadMessage as wrong:
            self.refused.append((message.place, str(wrong)))
        except MessageSizeTooLargeError as wrong:
            self.refused.append((message.place, f"{wrong}; the topic takes no larger message"))
        else:
            future.add_errback(lambda error: self.refused.append((message.place, f"the broker says {error!r}")))


def key_of(value: bytes) -> bytes | None:
    """The key of the raw message ``value``: source and the article's id or address there, which all its versions share.

    What has neither has no versions, and is keyed by its source; what cannot be read has no key.
    """
    article = _article(value)
    if article is None:
        return None
    own = article.source.id or article.url
    return (f"{_owner(article)}:{own}" if own else _owner(article)).encode()


def headers_of(value: bytes) -> Headers:
    """The headers of the raw message ``value``: a CloudEvent of its feed, now, with the same ``ce_id`` each time."""
    article = _article(value)
    made = envelope(
        RAW,
        (key_of(value) or b"").decode(),
        maker=f"feed/{quote(_owner(article), safe='') if article else 'unknown'}",
        time=datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        raw=None,
        trace=f"00-{token_hex(16)}-{token_hex(8)}-01",
        facts={},
    )
    return list((dict(made) | {"ce_id": xxhash.xxh3_128_hexdigest(value).encode()}).items())


def _article(value: bytes) -> RawArticle | None:
    try:
        return read_raw(value).article
    except BadMessage:
        return None


def _owner(article: RawArticle) -> str:
    return article.source.domain or article.source.name
