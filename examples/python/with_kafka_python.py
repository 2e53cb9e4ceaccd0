"""A consumer with kafka-python: ``python with_kafka_python.py --bootstrap HOST:PORT --state state.json``."""

from __future__ import annotations

import sys
import threading

from command import run, tell
from kafka import KafkaConsumer, TopicPartition
from local_copy import TOPICS, LocalCopy


# [read]
def read(bootstrap: str, copy: LocalCopy, until_end: bool, stop: threading.Event) -> None:
    consumer = KafkaConsumer(
        bootstrap_servers=bootstrap,
        group_id=None,
        enable_auto_commit=False,
        isolation_level="read_committed",
        auto_offset_reset="none",  # rather than going on with a gap
    )
    places = [TopicPartition(topic, number) for topic in TOPICS for number in consumer.partitions_for_topic(topic)]
    consumer.assign(places)
    for place in places:
        at = copy.position(*place)
        if at is None:
            consumer.seek_to_beginning(place)
        else:
            consumer.seek(place, at)
    ends = consumer.end_offsets(places)
    while not stop.is_set() and not (until_end and all(consumer.position(place) >= ends[place] for place in places)):
        polled = consumer.poll(timeout_ms=500)
        for place, messages in polled.items():
            for message in messages:
                key, headers = message.key.decode(), {name: value.decode() for name, value in message.headers}
                news = copy.take(place.topic, key, headers, message.value)
                if news:
                    tell(news, place.topic, key, headers["ce_id"])
        copy.save({(place.topic, place.partition): consumer.position(place) for place in polled})
    consumer.close()


# [/read]

if __name__ == "__main__":
    sys.exit(run(read))
