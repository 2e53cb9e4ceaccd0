"""publish: the final document, its utterances, its outcome (articles.quoted.v1 -> articles.enriched.v1, quotes.v1)."""

from __future__ import annotations

from wiredesk.contracts.topics import PUBLISH_STATE, QUOTED
from wiredesk.publish.handler import Publish
from wiredesk.runtime.host import host
from wiredesk.runtime.stage import Stage

app = host(Stage("publish", reads=QUOTED, stateful=lambda settings: Publish(settings.story_hours), keeps=PUBLISH_STATE))
