"""The topics by name. All else about them (partitions, retention, owner) is in ``schemas/topics.yaml``."""

from __future__ import annotations

RAW = "articles.raw.v1"
CLEAN = "articles.clean.v1"
CLUSTERED = "articles.clustered.v1"
ENTITIES = "articles.entities.v1"
QUOTED = "articles.quoted.v1"
ENRICHED = "articles.enriched.v1"
STORIES = "stories.v1"
STORY_MEMBERS = "stories.members.v1"
QUOTES = "quotes.v1"
QUOTE_CARRIERS = "quotes.carriers.v1"
OUTCOMES = "articles.outcomes.v1"
DEAD = "articles.dead.v1"
DEDUP_STATE = "dedup.state.v1"
PUBLISH_STATE = "publish.state.v1"
