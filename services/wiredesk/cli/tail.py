"""``wiredesk tail``: what goes over a topic, as it comes."""

from __future__ import annotations

import base64
import contextlib
import sys
from collections.abc import Callable
from typing import Annotated, Any

import orjson
import typer
from rich.console import Console
from rich.json import JSON
from rich.text import Text

from wiredesk.cli.connect import DEFAULT_BOOTSTRAP, Bootstrap
from wiredesk.cli.console import harmless, messages
from wiredesk.cli.filters import Filter
from wiredesk.cli.reading import reading
from wiredesk.cli.times import Since, shown

LONGEST = 300
"""Characters of a string that are shown to people; --json shows all."""


def tail(
    topic: Annotated[str, typer.Argument(help="The topic, for example articles.enriched.v1.", show_default=False)],
    bootstrap: Bootstrap = DEFAULT_BOOTSTRAP,
    from_beginning: Annotated[bool, typer.Option("--from-beginning", help="Begin with what is there.")] = False,
    number: Annotated[int | None, typer.Option("-n", min=1, help="Stop after this many messages.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a message, with nothing left out.")] = False,
    story: Annotated[
        str | None, typer.Option(metavar="ID", help="Only what belongs to this story, or was merged into it.")
    ] = None,
    source: Annotated[str | None, typer.Option(metavar="NAME", help="Only what this outlet published.")] = None,
    language: Annotated[
        str | None, typer.Option(metavar="CODE", help="Only this language (BCP 47; en takes en-GB too).")
    ] = None,
    since: Since = None,
) -> None:
    """Show the messages of a topic as they come, until Ctrl-C.

    For people: keys, headers and values in colour, long strings cut. With --json: one object a line with topic,
    partition, offset, time, key, headers and value; what is not UTF-8 stands as {"base64": ...}.

    A message is shown when it meets all filters that are given; -n counts those that are shown. --since begins with
    what came then, as --from-beginning does with all that is there.

    Examples:

    - wiredesk tail articles.enriched.v1 --source NPR --language en
    - wiredesk tail articles.dead.v1 --since 2h --json
    """
    show: Callable[[Any], None] = _print_json if as_json else _printer(Console())
    wanted = Filter(story, source, language)
    count = 0
    with (
        contextlib.suppress(KeyboardInterrupt),
        reading(bootstrap, topic, since, from_beginning=from_beginning) as read,
    ):
        messages().print(f"following {topic}; Ctrl-C ends it")
        for record in read.on_and_on():
            if wanted.takes(record):
                show(record)
                count += 1
                if count == number:
                    return


def as_fields(record: Any) -> dict[str, Any]:
    """``record`` as what ``--json`` prints."""
    return {
        "topic": record.topic,
        "partition": record.partition,
        "offset": record.offset,
        "time": shown(record.timestamp),
        "key": _text(record.key),
        "headers": [[name, _text(value)] for name, value in record.headers],
        "value": _value(record.value),
    }


def _value(value: bytes | None) -> Any:
    try:
        return None if value is None else orjson.loads(value)
    except orjson.JSONDecodeError:
        return _text(value)


def _text(value: bytes | None) -> Any:
    try:
        return None if value is None else value.decode()
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(value or b"").decode()}


def _print_json(record: Any) -> None:
    sys.stdout.buffer.write(orjson.dumps(as_fields(record)) + b"\n")
    sys.stdout.buffer.flush()


def _printer(console: Console) -> Callable[[Any], None]:
    def show(record: Any) -> None:
        told = as_fields(record)
        console.print(
            Text(f"{told['topic']}/{told['partition']}/{told['offset']}", style="bold"),
            Text(f" {told['time'] or ''} "),
            Text(_in_line(told["key"]), style="cyan"),
            sep="",
            soft_wrap=True,
        )
        for name, value in told["headers"]:
            console.print(Text(f"  {harmless(name)}: {_in_line(value)}", style="dim"), soft_wrap=True)
        if record.value is None:
            console.print(Text("  (tombstone)", style="red"))
        else:
            console.print(JSON(orjson.dumps(cut(told["value"])).decode(), indent=2), soft_wrap=True)

    return show


def _in_line(value: Any) -> str:
    said = value if isinstance(value, str) else orjson.dumps(value).decode()
    return str(cut(said)).replace("\n", "\\n")


def cut(value: Any) -> Any:
    """``value`` with its long strings cut to LONGEST characters, and harmless to a terminal."""
    if isinstance(value, dict):
        return {harmless(name): cut(part) for name, part in value.items()}
    if isinstance(value, list):
        return [cut(part) for part in value]
    if isinstance(value, str):
        more = f"... ({len(value):,} characters)" if len(value) > LONGEST else ""
        return harmless(value[:LONGEST]) + more
    return value
