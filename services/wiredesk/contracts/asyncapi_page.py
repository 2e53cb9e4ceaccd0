"""The contract as a page for people: one file without scripts, drawn from the AsyncAPI document and the schemas.

Why not a ready viewer: they are megabytes of script, mostly loaded from elsewhere. This page can be read from a
checkout, attached to a mail, and compared by a test.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from importlib.resources import files
from typing import Any

Examples = Mapping[str, Mapping[str, str]]
"""By topic and by name, each as it stands in its file."""

_GROUPS = {
    "feeds": ("For feeds", "What feeds publish. A schema here only ever takes more."),
    "consumers": (
        "For consumers",
        "What comes out. Fields are added, never renamed or removed; enumerations are open.",
    ),
    "stages": ("Between the stages", "The document as it grows from stage to stage."),
    "internal": ("Internal", "What a stage remembers. Nobody else reads it, and any release may change it."),
}
_DAY_MS = 86_400_000
_LIMITS = {
    "minLength": "at least {} characters",
    "maxLength": "at most {:,} characters",
    "minimum": "{:,} or more",
    "maximum": "{:,} or less",
    "maxItems": "at most {:,} items",
    "pattern": "matches {}",
    "format": "{}",
}
_SINGULAR = {"minLength": {1: "not empty"}}


def page(document: dict[str, Any], schemas: Mapping[str, dict[str, Any]], examples: Examples) -> str:
    """The page of the AsyncAPI ``document``; ``schemas`` are the payloads' by topic, or kind of message."""
    info = document["info"]
    topics = document["channels"]
    groups = {name: [t for t in topics if topics[t]["tags"][0]["name"] == name] for name in _GROUPS}
    body = [
        f"<header><h1>{escape(info['title'])} <small>{escape(info['version'])}</small></h1>",
        f"<p>{_text(info['description'])}</p></header><main>",
        "<h2>Topics</h2>",
        _overview(document, [topic for group in groups.values() for topic in group]),
    ]
    for name, members in groups.items():
        title, told = _GROUPS[name]
        body.append(f"<h2>{title}</h2><p>{told}</p>")
        for topic in members:
            body.append(_topic(document, topic, schemas[topic], examples.get(topic, {})))
            body += [
                _beside(document, topic, kind, schemas[kind], examples.get(kind, {}))
                for kind in topics[topic]["messages"]
                if kind in schemas and kind != topic
            ]
    body.append("<h2>Types</h2><p>The objects inside the messages; each means the same on every topic.</p>")
    types = _types(schemas)
    body += [_type(name, types) for name in sorted(types)]
    style = files(__package__).joinpath("asyncapi_page.css").read_text("utf-8")
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(info['title'])}: topics and messages</title>\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<style>\n{style}</style></head>\n<body>\n" + "\n".join(body) + "\n</main></body></html>\n"
    )


def _overview(document: dict[str, Any], topics: Iterable[str]) -> str:
    rows = [
        (
            _link(f"#{topic}", topic),
            escape(", ".join(_parties(document, topic, "send"))),
            escape(", ".join(_parties(document, topic, "receive"))),
            _text(document["channels"][topic]["description"]),
        )
        for topic in topics
    ]
    return _table("topics", ("topic", "sent by", "read by", "holds"), rows)


def _parties(document: dict[str, Any], topic: str, action: str) -> list[str]:
    channel = {"$ref": f"#/channels/{topic}"}
    return [
        operation["tags"][0]["name"]
        for operation in document["operations"].values()
        if operation["channel"] == channel and operation["action"] == action
    ]


def _topic(document: dict[str, Any], topic: str, schema: dict[str, Any], examples: Mapping[str, str]) -> str:
    kafka = document["channels"][topic]["bindings"]["kafka"]
    config = kafka["topicConfiguration"]
    facts = {
        "partitions": str(kafka["partitions"]),
        "kept": _kept(config),
        "largest": f"{config['max.message.bytes'] / 2**20:g} MiB",
        "sent by": escape(", ".join(_parties(document, topic, "send"))),
        "read by": escape(", ".join(_parties(document, topic, "receive"))),
    }
    parts = [
        f'<section id="{escape(topic)}"><h3>{_link(f"#{topic}", topic)}</h3>',
        f"<p>{_text(schema['description'])}</p>",
        "<dl>" + "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in facts.items()) + "</dl>",
    ]
    return "\n".join([*parts, *_content(document, topic, schema, examples), "</section>"])


def _beside(
    document: dict[str, Any], topic: str, kind: str, schema: dict[str, Any], examples: Mapping[str, str]
) -> str:
    """A kind of message that stands on ``topic`` beside the topic's own."""
    parts = [
        f'<section id="{escape(kind)}"><h3>{_link(f"#{kind}", kind)}</h3>',
        f"<p>{_text(schema['description'])} On {_link(f'#{topic}', topic)}, told from the others by "
        "<code>ce_type</code>.</p>",
    ]
    return "\n".join([*parts, *_content(document, kind, schema, examples), "</section>"])


def _content(document: dict[str, Any], kind: str, schema: dict[str, Any], examples: Mapping[str, str]) -> Iterator[str]:
    """Fields, rules, headers and examples of a kind of message."""
    types = schema.get("$defs", {})
    if "properties" in schema:
        yield from ("<h4>Fields</h4>", _fields(schema, types))
    rules = [part["$comment"] for part in (schema.get("then"), schema.get("else")) if part and "$comment" in part]
    if rules:
        yield from ("<h4>Rules</h4>", *(f"<p>{_text(rule)}</p>" for rule in rules))
    headers = document["components"]["messages"][kind]["headers"]
    yield from ("<h4>Headers</h4>", f"<p>{_text(headers['description'])}</p>", _fields(headers, types))
    if examples:
        yield "<h4>Examples</h4>"
    for name, value in examples.items():
        shown = escape(json.dumps(json.loads(value), indent=2, ensure_ascii=False))
        yield f"<details><summary>{escape(name)}</summary><pre>{shown}</pre></details>"


def _kept(config: dict[str, Any]) -> str:
    if "compact" in config["cleanup.policy"]:
        return f"the last record of each key, for ever; tombstones for {_days(config['delete.retention.ms'])}"
    return _days(config["retention.ms"])


def _days(milliseconds: int) -> str:
    days = milliseconds / _DAY_MS
    return f"{days:g} day" if days == 1 else f"{days:g} days"


def _types(schemas: Mapping[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The parts of all schemas by name; ValueError when one name means two things."""
    types: dict[str, dict[str, Any]] = {}
    for topic, schema in schemas.items():
        for name, part in schema.get("$defs", {}).items():
            if types.setdefault(name, part) != part:
                raise ValueError(f"the type {name} on {topic} is not the one of the same name elsewhere; rename one")
    return types


def _type(name: str, types: Mapping[str, dict[str, Any]]) -> str:
    schema = types[name]
    told = _text(schema.get("description", ""))
    return f'<section id="type-{escape(name)}"><h3>{escape(name)}</h3><p>{told}</p>{_fields(schema, types)}</section>'


def _fields(schema: dict[str, Any], types: Mapping[str, dict[str, Any]]) -> str:
    required = schema.get("required", ())
    rows = []
    for name, field in schema["properties"].items():
        must = ' <span class="must">required</span>' if name in required else ""
        said = [_text(_meaning(field, types))] if _meaning(field, types) else []
        said += [f"default <code>{escape(json.dumps(field['default']))}</code>"] if field.get("default") else []
        said += [f"e.g. <code>{escape(str(example))}</code>" for example in field.get("examples", ())]
        rows.append((f"<code>{escape(name)}</code>{must}", _kind(field), "; ".join(said)))
    return _table("fields", ("name", "type", "meaning"), rows)


def _meaning(field: dict[str, Any], types: Mapping[str, dict[str, Any]]) -> str:
    """What is said of the field, else the first sentence about the one type that it holds."""
    if "description" in field:
        return str(field["description"])
    held = [field, field.get("items", {}), *field.get("anyOf", ())]
    names = [part["$ref"].rpartition("/")[2] for part in held if "$ref" in part]
    said = str(types[names[0]].get("description", "")) if len(names) == 1 else ""
    return re.split(r"(?<=\.)\s", said)[0]


def _kind(schema: dict[str, Any]) -> str:
    """What values ``schema`` takes, in words, with links to the types it names."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return _link(f"#type-{name}", name)
    if "anyOf" in schema:
        return " or ".join(_kind(branch) for branch in schema["anyOf"])
    if "const" in schema:
        return f"<code>{escape(json.dumps(schema['const']))}</code>"
    if "enum" in schema:
        return " or ".join(f"<code>{escape(json.dumps(value))}</code>" for value in schema["enum"])
    kinds = schema.get("type", "anything")
    words = " or ".join(escape(kind) for kind in ([kinds] if isinstance(kinds, str) else kinds))
    if "items" in schema:
        words = words.replace("array", f"array of {_kind(schema['items'])}")
    if isinstance(schema.get("additionalProperties"), dict) and schema["additionalProperties"]:
        words = words.replace("object", f"object of {_kind(schema['additionalProperties'])}")
    limits = [
        _SINGULAR.get(name, {}).get(schema[name], wording.format(schema[name]))
        for name, wording in _LIMITS.items()
        if name in schema
    ]
    return ", ".join([words, *map(escape, limits)])


def _table(name: str, head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = ["".join(f"<td>{cell}</td>" for cell in row) for row in rows]
    first = "".join(f"<th>{cell}</th>" for cell in head)
    body = "\n".join(f"<tr>{line}</tr>" for line in lines)
    table = f'<table class="{name}"><thead><tr>{first}</tr></thead><tbody>\n{body}\n</tbody></table>'
    return f'<div class="wide">{table}</div>'


def _link(to: str, text: str) -> str:
    return f'<a href="{escape(to)}"><code>{escape(text)}</code></a>'


def _text(text: str) -> str:
    """Running text, escaped; what stands between backticks as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))
