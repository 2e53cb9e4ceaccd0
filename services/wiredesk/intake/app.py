"""intake: what a feed sent, as clean text with its parts and its wires named (articles.raw.v1 -> articles.clean.v1)."""

from __future__ import annotations

from wiredesk.contracts.topics import RAW
from wiredesk.intake.handler import make
from wiredesk.runtime.host import host
from wiredesk.runtime.stage import Stage

app = host(Stage("intake", reads=RAW, plain=lambda settings: make(settings.max_body_bytes)))
