"""dedup: which version and which story an article is (articles.clean.v1 -> articles.clustered.v1, stories.v1)."""

from __future__ import annotations

from wiredesk.contracts.topics import CLEAN, DEDUP_STATE
from wiredesk.dedup.handler import Dedup
from wiredesk.dedup.warm import warm
from wiredesk.runtime.host import host
from wiredesk.runtime.stage import Stage

app = host(
    Stage("dedup", reads=CLEAN, stateful=lambda settings: Dedup(settings.story_hours), keeps=DEDUP_STATE, warm=warm)
)
