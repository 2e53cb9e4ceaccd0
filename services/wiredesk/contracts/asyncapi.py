"""The contract as an AsyncAPI 3 document: every topic, its messages and headers, and who sends and receives them.

Generated from ``schemas/topics.yaml`` and the schemas, so that a team can feed it to the tools it has (viewers, code
generators, linters), and drawn as a page for people. ``python -m wiredesk.contracts.asyncapi`` writes both files.

Specification: AsyncAPI 3.0.0 and its Kafka bindings 0.5.0.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from wiredesk import __version__
from wiredesk.contracts.asyncapi_page import page
from wiredesk.contracts.catalogue import Message, Topic, catalogue
from wiredesk.contracts.headers import headers_of
from wiredesk.contracts.schemas import schema_of
from wiredesk.contracts.shipped import shipped
from wiredesk.contracts.topics import DEAD

OUTSIDE = "consumers"
"""The party that reads what no stage reads."""

_BINDING = {"bindingVersion": "0.5.0"}
_HEAD = "# Written by `make schemas` from schemas/topics.yaml and the types; do not edit.\n"
_NUMBERS = {"retention.ms", "delete.retention.ms", "max.message.bytes"}
_PARTIES = {
    "feeds": "Teams that publish raw articles.",
    "editors": "People who decide what is one story.",
    OUTSIDE: "Teams that read what wiredesk makes of them.",
}


def audience(topic: Topic) -> str:
    """Whom ``topic`` is for: feeds, consumers, the stages between themselves, or one stage alone."""
    if topic.is_state:
        return "internal"
    if "feeds" in topic.writers:
        return "feeds"
    return "stages" if topic.readers else OUTSIDE


def asyncapi(topics: dict[str, Topic]) -> dict[str, Any]:
    """The AsyncAPI document of ``topics``; ``$ref``s to files are relative to ``schemas/``."""
    stages = dict.fromkeys(topic.owner for topic in topics.values())
    operations: dict[str, Any] = {}
    for topic in topics.values():
        operations |= {f"{party}.send.{topic.name}": _operation("send", party, topic) for party in topic.writers}
        readers = [*topic.readers, *([OUTSIDE] if audience(topic) == OUTSIDE else [])]
        operations |= {f"{party}.receive.{topic.name}": _operation("receive", party, topic) for party in readers}
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "wiredesk",
            "version": __version__,
            "description": "News feeds publish raw articles to Kafka; wiredesk turns them into clean, de-duplicated "
            "articles with entities and attributed quotes, live. Each operation is told from the side of the party "
            "that its tag names: feeds, a stage, or consumers.",
            "license": {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
            "tags": [
                {"name": name, "description": text}
                for name, text in (_PARTIES | dict.fromkeys(stages, "A stage of wiredesk.")).items()
            ],
        },
        "defaultContentType": "application/json",
        "servers": {
            "kafka": {
                "host": "{bootstrap}",
                "protocol": "kafka",
                "description": "The brokers that WIREDESK_BOOTSTRAP names.",
                "variables": {"bootstrap": {"default": "127.0.0.1:9092"}},
            }
        },
        "channels": {name: _channel(topic) for name, topic in topics.items()},
        "operations": operations,
        "components": {
            "messages": {key: message for topic in topics.values() for key, message in _messages(topic).items()}
        },
    }


def _channel(topic: Topic) -> dict[str, Any]:
    config: dict[str, Any] = {
        name: int(value) if name in _NUMBERS else value for name, value in topic.config.items()
    } | {"cleanup.policy": [topic.cleanup]}
    return {
        "address": topic.name,
        "description": topic.description,
        "messages": {key: {"$ref": f"#/components/messages/{key}"} for key in _messages(topic)},
        "tags": [{"name": audience(topic)}],
        "bindings": {
            "kafka": {"topic": topic.name, "partitions": topic.partitions, "topicConfiguration": config, **_BINDING}
        },
    }


def _messages(topic: Topic) -> dict[str, dict[str, Any]]:
    """The messages on ``topic`` by name: the record and, where a record can be taken back, the tombstone."""
    messages = {kind.name: _message(kind) for kind in topic.kinds}
    if topic.cleanup != "compact":
        return messages
    tombstone = {
        "name": f"{topic.name}.tombstone",
        "title": f"{topic.name}, taken back",
        "summary": "A message without value: what its key names is no more.",
        "headers": {"$ref": f"#/components/messages/{topic.name}/headers"},
        "payload": {"type": "null"},
        "bindings": _key(topic),
    }
    return messages | {f"{topic.name}.tombstone": tombstone}


def _message(kind: Topic | Message) -> dict[str, Any]:
    record: dict[str, Any] = {
        "name": kind.name,
        "title": kind.name,
        "summary": kind.description,
        "contentType": "application/octet-stream" if kind.name == DEAD else "application/json",
        "headers": headers_of(kind),
        "payload": {"$ref": f"./{kind.value}"},
        "bindings": _key(kind),
    }
    examples = _examples(kind)
    if examples:
        record["examples"] = [
            {"name": path.stem, "payload": {"$ref": f"./examples/{kind.name}/{path.name}"}} for path in examples
        ]
    return record


def _key(kind: Topic | Message) -> dict[str, Any]:
    return {"kafka": {"key": {"type": "string", "description": kind.key}, **_BINDING}}


def _examples(kind: Topic | Message) -> list[Path]:
    return sorted(shipped("schemas", "examples", kind.name).glob("*.json"))


def _operation(action: str, party: str, topic: Topic) -> dict[str, Any]:
    messages = list(_messages(topic))
    if action == "send":
        own = {message.name for message in topic.also if party in message.writers}
        others = {message.name for message in topic.also} - own
        messages = [key for key in messages if (key in own if own else key not in others)]
    return {
        "action": action,
        "channel": {"$ref": f"#/channels/{topic.name}"},
        "title": f"{party} {action} {topic.name}",
        "tags": [{"name": party}],
        "messages": [{"$ref": f"#/channels/{topic.name}/messages/{key}"} for key in messages],
    }


class _Plain(yaml.SafeDumper):
    """YAML without anchors: parts that are alike are written out."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def written(document: dict[str, Any]) -> str:
    """``document`` as it stands in its file."""
    return _HEAD + yaml.dump(document, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=110)


def drawn(topics: dict[str, Topic]) -> str:
    """The page of ``topics``, as it stands in its file."""
    kinds = [kind for topic in topics.values() for kind in topic.kinds]
    schemas = {kind.name: schema_of(kind) for kind in kinds}
    examples = {kind.name: {path.stem: path.read_text("utf-8") for path in _examples(kind)} for kind in kinds}
    return page(asyncapi(topics), schemas, examples)


def main() -> None:
    shipped("schemas", "asyncapi.yaml").write_text(written(asyncapi(catalogue())), "utf-8")
    print("schemas/asyncapi.yaml")
    shipped("docs", "asyncapi.html").write_text(drawn(catalogue()), "utf-8")
    print("docs/asyncapi.html")


if __name__ == "__main__":
    main()
