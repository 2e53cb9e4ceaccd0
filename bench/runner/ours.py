"""Our runner in its real host: ordered, idempotent, with envelope, dead letters, metrics and health page.

``plain`` is a stage of which many run, reading raw articles, feeds taking turns; ``fenced`` is a single writer, which
sends its output and a record of its state in one transaction.
"""

from __future__ import annotations

import os
import sys

from bench.runner.work import Place, changed
from wiredesk.contracts.record import Out, Record
from wiredesk.contracts.topics import DEDUP_STATE


def main(kind: str, place: Place) -> None:
    """Runs until SIGTERM."""
    os.environ |= {
        "WIREDESK_BOOTSTRAP": place.bootstrap,
        "WIREDESK_GROUP": place.group.removesuffix("-bench"),
        "WIREDESK_HTTP_PORT": "0",
    }
    from wiredesk.runtime.host import host, run
    from wiredesk.runtime.stage import Stage

    def handle(record: Record) -> list[Out]:
        return [Out(place.writes, str(record.offset), changed(record.value or b""))]

    class Writer:
        def handle(self, record: Record) -> list[Out]:
            return [*handle(record), Out(DEDUP_STATE, str(record.offset % 100), b"{}")]

        def apply(self, key: str, value: bytes | None) -> None: ...

    if kind == "plain":
        stage = Stage("bench", reads=place.reads, plain=lambda settings: handle)
    else:
        stage = Stage("bench", reads=place.reads, stateful=lambda settings: Writer(), keeps=DEDUP_STATE)
    run(host(stage))


if __name__ == "__main__":
    main(sys.argv[1], Place(*sys.argv[2:]))
