"""The examples: ``schemas/examples/<topic>/*.json``, made by sending the hand-made raw ones through the line.

So a reader can follow an article from what its feed sent to what a consumer gets, and no example can claim what the
stages do not do. ``python -m wiredesk.line.examples`` writes them; only ``articles.raw.v1`` is written by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import msgspec

from wiredesk.contracts.outcomes import Outcome, OutcomeError
from wiredesk.contracts.record import Record
from wiredesk.contracts.shipped import shipped
from wiredesk.contracts.topics import OUTCOMES, RAW
from wiredesk.line.chain import Line, Passed

ARRIVAL = ("full", "copy", "html", "withdrawal", "full")
"""The raw examples in the order in which they are sent; the last of them is a redelivery."""


def records(folder: Path) -> Iterator[Record]:
    """The raw examples as a broker would hand them on, two seconds after each was published or changed."""
    for offset, name in enumerate(ARRIVAL):
        value = (folder / RAW / f"{name}.json").read_bytes()
        said = msgspec.json.decode(value, type=dict[str, object])
        sent = datetime.fromisoformat(str(said.get("updated_at") or said["published_at"]))
        yield Record(RAW, 0, offset, round(sent.timestamp() + 2) * 1000, None, value)
    yield Record(RAW, 0, len(ARRIVAL), round(sent.timestamp() + 4) * 1000, None, b'{"source": {"name": "Harbour Gaz')


def made(passed: Passed) -> Iterator[tuple[str, bytes]]:
    """Topic and value of the first message for each topic that ``passed`` gives."""
    first: dict[str, bytes] = {}
    for out in passed.outs:
        if out.value is not None:
            first.setdefault(out.topic, out.value)
    yield from first.items()
    raw = passed.record.ref
    if passed.dead is not None and raw is not None:
        why = OutcomeError(stage=passed.dead.stage, class_=passed.dead.error, message=passed.dead.message)
        yield OUTCOMES, msgspec.json.encode(Outcome(raw=raw, outcome="dead", error=why))


def timeless(value: bytes) -> bytes:
    """``value`` for people to read, without the times that were measured: they differ with every run."""
    fields = msgspec.json.decode(value)
    if "timings" in fields:
        fields["timings"] = dict.fromkeys(fields["timings"], 0.001)
    return msgspec.json.format(msgspec.json.encode(fields), indent=2) + b"\n"


def main() -> None:
    """Writes all examples anew."""
    folder = shipped("schemas", "examples")
    with Line(1) as line:
        for passed in line.run(records(folder)):
            number = passed.record.offset
            name = "malformed" if number == len(ARRIVAL) else ARRIVAL[number]
            again = name in ARRIVAL[:number]
            for topic, value in made(passed):
                if again and topic != OUTCOMES:
                    continue  # the same document once more
                path = folder / topic / f"{name}{'-again' if again else ''}.json"
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(timeless(value))
                print(f"schemas/examples/{topic}/{path.name}")


if __name__ == "__main__":
    main()
