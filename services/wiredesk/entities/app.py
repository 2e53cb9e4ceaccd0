"""entities: who and what an article names (articles.clustered.v1 -> articles.entities.v1)."""

from __future__ import annotations

from wiredesk.contracts.topics import CLUSTERED
from wiredesk.entities.handler import Entities
from wiredesk.runtime.host import host
from wiredesk.runtime.stage import Stage

app = host(Stage("entities", reads=CLUSTERED, pooled=Entities))
