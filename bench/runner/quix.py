"""quixstreams (Apache-2.0), on librdkafka: at least once, with its defaults. Needs an environment that has it."""

from __future__ import annotations

import sys

from quixstreams import Application

from bench.runner.work import Place, changed


def main(place: Place) -> None:
    """Runs until it is killed."""
    app = Application(
        broker_address=place.bootstrap,
        consumer_group=place.group,
        auto_offset_reset="earliest",
        auto_create_topics=False,
        loglevel="WARNING",
    )
    reads = app.topic(place.reads, key_deserializer="bytes", value_deserializer="bytes")
    writes = app.topic(place.writes, key_serializer="bytes", value_serializer="bytes")
    app.dataframe(reads).apply(changed).to_topic(writes)
    app.run()


if __name__ == "__main__":
    main(Place(*sys.argv[2:]))
