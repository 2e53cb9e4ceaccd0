"""A consumer with confluent-kafka: ``python with_confluent.py --bootstrap HOST:PORT --state state.json``."""

from __future__ import annotations

import sys
import threading

from command import run, tell
from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, KafkaException, TopicPartition
from local_copy import TOPICS, LocalCopy


# [read]
def read(bootstrap: str, copy: LocalCopy, until_end: bool, stop: threading.Event) -> None:
    consumer = Consumer(
        {
            "bootstrap.servers": bootstrap,
            "group.id": "nothing-is-kept-under-this-name",
            "enable.auto.commit": False,
            "isolation.level": "read_committed",
            "auto.offset.reset": "error",  # rather than going on with a gap
            "enable.partition.eof": True,
        }
    )
    known = consumer.list_topics(timeout=30).topics
    places = [(topic, number) for topic in TOPICS for number in known[topic].partitions]
    starts = {place: copy.position(*place) for place in places}
    consumer.assign([TopicPartition(*place, OFFSET_BEGINNING if at is None else at) for place, at in starts.items()])
    behind = set(places)
    while not stop.is_set() and not (until_end and not behind):
        positions = {}
        for message in consumer.consume(500, timeout=0.5):
            place = message.topic(), message.partition()
            error = message.error()
            if error is not None and error.code() == KafkaError._PARTITION_EOF:
                behind.discard(place)
                positions[place] = message.offset()
            elif error is not None:
                raise KafkaException(error)
            else:
                key, headers = message.key().decode(), {name: value.decode() for name, value in message.headers()}
                news = copy.take(message.topic(), key, headers, message.value())
                if news:
                    tell(news, message.topic(), key, headers["ce_id"])
                positions[place] = message.offset() + 1
        copy.save(positions)
    consumer.close()


# [/read]

if __name__ == "__main__":
    sys.exit(run(read))
