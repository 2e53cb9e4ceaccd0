"""The local copy: articles, stories and utterances in one SQLite file, with the positions up to which they were read.

Data and positions change in one transaction, so a program that dies anywhere goes on where its data ends: without a
gap, and without counting on a consumer group.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ARTICLES, STORIES, MEMBERS, QUOTES = "articles.enriched.v1", "stories.v1", "stories.members.v1", "quotes.v1"
TOPICS = (ARTICLES, STORIES, MEMBERS, QUOTES)

LONGEST_AWAY = 6 * 24 * 3600
"""Seconds after which a copy is made anew: the topics keep tombstones for 7 days, and one that was missed is a
withdrawal that was missed."""

REMEMBERED = 100_000
"""Ids of messages that are remembered, so that nobody is told twice."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS articles (key TEXT PRIMARY KEY, version INTEGER, status TEXT, value TEXT);
CREATE TABLE IF NOT EXISTS records (topic TEXT, key TEXT, value TEXT, PRIMARY KEY (topic, key));
CREATE TABLE IF NOT EXISTS positions (topic TEXT, number INTEGER, next INTEGER, PRIMARY KEY (topic, number));
CREATE TABLE IF NOT EXISTS told (id INTEGER PRIMARY KEY, ce_id TEXT UNIQUE);
CREATE TABLE IF NOT EXISTS saved (at REAL);
"""
TABLES = ("articles", "records", "positions", "told", "saved")


class LocalCopy:
    """A copy in ``path`` of all articles in ``language`` and of all stories and utterances."""

    def __init__(self, path: Path, language: str) -> None:
        self._db = sqlite3.connect(path)
        self._language = language
        self._db.executescript(SCHEMA)
        (saved,) = self._db.execute("SELECT max(at) FROM saved").fetchone()
        if saved is not None and time.time() - saved > LONGEST_AWAY:
            for table in TABLES:
                self._db.execute(f"DELETE FROM {table}")

    def position(self, topic: str, partition: int) -> int | None:
        """The offset to go on from; None: from the beginning."""
        found = self._db.execute("SELECT next FROM positions WHERE topic = ? AND number = ?", (topic, partition))
        return next((offset for (offset,) in found), None)

    # [take]
    def take(self, topic: str, key: str, headers: Mapping[str, str], value: bytes | None) -> str | None:
        """Takes in one message; "put" or "delete" when that is news to act on."""
        if topic == ARTICLES:
            done = self._take_article(key, headers, value)
        elif value is None:
            gone = self._db.execute("DELETE FROM records WHERE topic = ? AND key = ?", (topic, key))
            done = "delete" if gone.rowcount else None
        else:
            self._db.execute("REPLACE INTO records VALUES (?, ?, ?)", (topic, key, value.decode()))
            done = "put"
        news = self._db.execute("INSERT OR IGNORE INTO told (ce_id) VALUES (?)", (headers["ce_id"],)).rowcount
        return done if news else None

    def _take_article(self, key: str, headers: Mapping[str, str], value: bytes | None) -> str | None:
        version = int(headers["ce_version"])
        known = self._db.execute("SELECT version, status FROM articles WHERE key = ?", (key,)).fetchone()
        if known and version < known[0]:
            return None  # never back to an older version, also not after a withdrawal
        if value is None:
            status = "withdrawn"
        elif headers.get("ce_language") == self._language:
            status = "kept"
        else:
            status, value = "unwanted", None  # not decoded; a version before it may have been wanted
        text = value.decode() if value else None
        self._db.execute("REPLACE INTO articles VALUES (?, ?, ?, ?)", (key, version, status, text))
        if status == "kept":
            return "put"
        return "delete" if known and known[1] == "kept" else None

    # [/take]

    def save(self, positions: Mapping[tuple[str, int], int]) -> None:
        """Ends the transaction: what was taken in, and the positions (next offset to read) that go with it."""
        if not positions:
            return
        rows = [(*place, offset) for place, offset in positions.items()]
        self._db.executemany("REPLACE INTO positions VALUES (?, ?, ?)", rows)
        self._db.execute("DELETE FROM told WHERE id <= (SELECT max(id) FROM told) - ?", (REMEMBERED,))
        self._db.execute("DELETE FROM saved")
        self._db.execute("INSERT INTO saved VALUES (?)", (time.time(),))
        self._db.commit()

    # [merges]
    def final_story(self, story_id: str) -> str:
        """The story that ``story_id`` was merged into at last; itself when it was not."""
        passed = {story_id}
        while (into := self._story(story_id).get("merged_into")) and into not in passed:
            passed.add(into)
            story_id = into
        return story_id

    # [/merges]

    def state(self) -> dict[str, Any]:
        """The copy as it is, with merges followed."""
        articles, withdrawn = {}, {}
        for key, version, status, value in self._db.execute("SELECT * FROM articles"):
            if status == "withdrawn":
                withdrawn[key] = version
            elif status == "kept":
                articles[key] = self._article(json.loads(value))
        stories = {
            key: {"size": story["size"], "members": []} for key, story in self._all(STORIES) if not story["merged_into"]
        }
        for _, member in self._all(MEMBERS):
            story = stories.get(self.final_story(member["story_id"]))
            if story is not None:  # else it is still to come: topics are not read in step
                story["members"].append(member["article_id"])
        for story in stories.values():
            story["members"].sort()
        quotes = {
            key: {"text": quote["text"], "speaker": (quote["speaker"] or {}).get("name"), "count": quote["count"]}
            for key, quote in self._all(QUOTES)
        }
        return {"articles": articles, "withdrawn": withdrawn, "stories": stories, "quotes": quotes}

    def close(self) -> None:
        """Ends it; what was not saved is taken in again the next time."""
        self._db.close()

    def _article(self, document: dict[str, Any]) -> dict[str, Any]:
        text, story = document["text"], document["story"]
        return {
            "version": document["version"],
            "source": document["source"]["name"],
            "headline": document["headline"],
            "story_id": self.final_story(story["story_id"]) if story else None,
            # Python counts code points, as wiredesk does: spans can be used as they are.
            "said": [text[span["start"] : span["end"]] for quote in document["quotes"] for span in quote["spans"]],
        }

    def _story(self, story_id: str) -> dict[str, Any]:
        found = self._db.execute("SELECT value FROM records WHERE topic = ? AND key = ?", (STORIES, story_id))
        return next((json.loads(value) for (value,) in found), {})

    def _all(self, topic: str) -> list[tuple[str, dict[str, Any]]]:
        found = self._db.execute("SELECT key, value FROM records WHERE topic = ?", (topic,))
        return [(key, json.loads(value)) for key, value in found]
