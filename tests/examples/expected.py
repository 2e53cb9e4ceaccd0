"""What the consumers must end with, and what they must tell, by what was seen on the topics."""

from __future__ import annotations

from typing import Any

import orjson

from wiredesk.contracts.topics import ENRICHED, QUOTES, STORIES, STORY_MEMBERS
from wiredesk.local.watch import Seen, Watch

TOPICS = (ENRICHED, STORIES, STORY_MEMBERS, QUOTES)
LANGUAGE = "en"


def state(watch: Watch) -> dict[str, Any]:
    """What compaction leaves, in the shape of a consumer's state."""
    articles, stories, members, quotes = (_values(watch, topic) for topic in TOPICS)
    versions = {(seen.key or b"").decode(): int(_header(seen, "ce_version")) for seen in watch.seen[ENRICHED]}

    def final(story_id: str) -> str:
        into = stories[story_id]["merged_into"] if story_id in stories else None
        return final(into) if into else story_id

    return {
        "articles": {
            key: {
                "version": article["version"],
                "source": article["source"]["name"],
                "headline": article["headline"],
                "story_id": final(article["story"]["story_id"]) if article["story"] else None,
                "said": [span["exact"] for quote in article["quotes"] for span in quote["spans"]],
            }
            for key, article in articles.items()
            if article["language"] == LANGUAGE
        },
        "withdrawn": {key: version for key, version in versions.items() if key not in articles},
        "stories": {
            key: {
                "size": story["size"],
                "members": sorted(each["article_id"] for each in members.values() if final(each["story_id"]) == key),
            }
            for key, story in stories.items()
            if story["merged_into"] is None
        },
        "quotes": {
            key: {"text": quote["text"], "speaker": (quote["speaker"] or {}).get("name"), "count": quote["count"]}
            for key, quote in quotes.items()
        },
    }


def news(watch: Watch) -> list[str]:
    """The lines that a consumer tells: one for each message that changes its copy and was not told before; sorted."""
    told: set[str] = set()
    lines: list[str] = []
    for topic in TOPICS:
        held: set[bytes | None] = set()
        floors: dict[bytes | None, int] = {}
        for seen in watch.seen[topic]:
            if topic == ENRICHED:
                version = int(_header(seen, "ce_version"))
                if version < floors.get(seen.key, 0):
                    continue
                floors[seen.key] = version
            wanted = seen.value is not None and (topic != ENRICHED or _header(seen, "ce_language") == LANGUAGE)
            changed = wanted or seen.key in held
            held = held | {seen.key} if wanted else held - {seen.key}
            ce_id = _header(seen, "ce_id")
            if changed and ce_id not in told:
                lines.append(f"{'put' if wanted else 'delete'} {topic} {(seen.key or b'').decode()} {ce_id}")
            told.add(ce_id)
    return sorted(lines)


def _values(watch: Watch, topic: str) -> dict[str, Any]:
    return {(key or b"").decode(): orjson.loads(value) for key, value in watch.newest(topic).items() if value}


def _header(seen: Seen, name: str) -> str:
    return dict(seen.headers).get(name, b"").decode()
