"""Retention of text: how topics are kept when the words of articles may be held for so many days and no longer.

Why: the words belong to those who wrote them, and a licence often says for how long they may be held. What is ours
(ids, counts, relations, outcomes) is kept as before. docs/contract.md, "Retention of text", tells what that means.
"""

from __future__ import annotations

from wiredesk.contracts.catalogue import FOREVER, Topic

DAY_MS = 86_400_000

SEGMENTS = 8
"""Kafka deletes whole segments, each when its *newest* record is over age, so the oldest record in it is held for
``retention.ms`` and ``segment.ms`` together. An eighth of the days goes to the segment (a week by default, which would
make one day eight), the rest to the retention; smaller segments would only cost open files."""


def config_of(topic: Topic, text_days: int | None) -> dict[str, str]:
    """The settings of ``topic``, by Kafka's names, when text is kept for ``text_days`` at most (None: no limit).

    Never longer than the catalogue says. A compacted topic that holds text is ``compact,delete`` then. The state of a
    stage is not: its version floors must never expire. What it holds of text the stage takes out by tombstones when
    it leaves the window (WIREDESK_STORY_HOURS), and compaction is made to follow within an eighth of the days.
    """
    if text_days is None or not topic.holds_text:
        return topic.config
    segment = text_days * DAY_MS // SEGMENTS
    if topic.is_state:
        return topic.config | {"max.compaction.lag.ms": str(segment)}
    kept = text_days * DAY_MS - segment
    limited = {
        "retention.ms": str(kept if topic.retention_ms == FOREVER else min(kept, topic.retention_ms)),
        "segment.ms": str(segment),
    }
    if topic.cleanup == "compact":
        limited["cleanup.policy"] = "compact,delete"
    return topic.config | limited
