"""Raw messages through the whole line in one process, as ``wiredesk annotate`` runs it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from wiredesk.contracts.article import EnrichedArticle
from wiredesk.contracts.record import Record
from wiredesk.contracts.topics import ENRICHED, RAW
from wiredesk.line import Line, Passed


def passed(values: Sequence[bytes]) -> list[Passed]:
    """What became of each of ``values``, in order."""
    with Line(workers=1) as line:
        return list(line.run(Record(RAW, 0, number, None, None, value) for number, value in enumerate(values)))


def document(of: Passed) -> EnrichedArticle | None:
    """The enriched article, None when none came of it."""
    values = [out.value for out in of.on(ENRICHED) if out.value is not None]
    return msgspec.json.decode(values[-1], type=EnrichedArticle) if values else None
