"""A bare Faust agent. ``sends`` awaits each send; ``acks`` awaits the broker's acknowledgement of each one too.

Its settings are those that make Faust cheapest: loggers at WARNING, and a linger where it awaits its sends only. What
it does not do: an agent whose body raises loses the message, and its producer is not idempotent.
"""

from __future__ import annotations

import logging
import sys
from typing import Any

import faust

from bench.runner.work import Place, changed


def main(kind: str, place: Place) -> None:
    """Runs until SIGTERM."""
    app = faust.App(
        place.group,
        broker=f"kafka://{place.bootstrap}",
        store="memory://",
        web_enabled=False,
        topic_allow_declare=False,
        topic_disable_leader=True,
        consumer_auto_offset_reset="earliest",
        broker_session_timeout=10,
        broker_heartbeat_interval=3,
        broker_commit_interval=0.5,
        stream_wait_empty=False,
        producer_acks=-1,
        producer_linger=0.005 if kind == "sends" else 0,
        producer_max_batch_size=262_144,
    )
    raw: dict[str, Any] = {"key_serializer": "raw", "value_serializer": "raw", "key_type": bytes, "value_type": bytes}
    writes = app.topic(place.writes, **raw)

    async def agent(stream: Any) -> None:
        async for event in stream.events():
            receipt = await writes.send(key=event.key, value=changed(event.value))
            if kind == "acks":
                await receipt

    app.agent(app.topic(place.reads, **raw), name="bench")(agent)
    logging.basicConfig(level=logging.WARNING)
    for name in ("faust", "mode", "aiokafka"):
        logging.getLogger(name).setLevel(logging.WARNING)
    worker = faust.Worker(app, quiet=True, override_logging=False, redirect_stdouts=False)
    worker.spinner = None
    worker.execute_from_commandline()


if __name__ == "__main__":
    main(sys.argv[1], Place(*sys.argv[2:]))
