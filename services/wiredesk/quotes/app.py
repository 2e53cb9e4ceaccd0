"""quotes: who said what in an article, and through whom (articles.entities.v1 -> articles.quoted.v1)."""

from __future__ import annotations

from wiredesk.contracts.topics import ENTITIES
from wiredesk.quotes.handler import Quotes
from wiredesk.runtime.host import host
from wiredesk.runtime.stage import Stage

app = host(Stage("quotes", reads=ENTITIES, pooled=Quotes))
