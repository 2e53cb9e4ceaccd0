"""Articles for the tests of dedup: a few written out, any number made up, and an answer that is easy to ask."""

from __future__ import annotations

import hashlib
import random
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from wiredesk.contracts import topics
from wiredesk.contracts.article import CleanArticle, Feed, Part, Provenance, Source
from wiredesk.contracts.record import Out, RawRef, Record

START = datetime(2026, 9, 13, 6, 0, tzinfo=UTC)

WIRE = (
    "Rescue crews pulled eleven sailors from the sea off Cape Moreton on Tuesday after the cargo ship "
    "Halcyon Bay lost power in a storm and began to take on water, the coast guard said.\n"
    "The ship, which was carrying timber from Noumea to Brisbane, sent a distress call shortly before 4 "
    "a.m. Two helicopters and a police launch reached it within ninety minutes, in waves of up to seven "
    "metres.\n"
    "\u201cThe pilots had to hold their aircraft over a deck that rose and fell like a lift,\u201d said Commander "
    "Ines Falk, who led the operation from Redcliffe. \u201cI have not seen flying like it in twenty years.\u201d\n"
    "Three of the sailors were treated for hypothermia at a hospital in Caloundra and are expected to go "
    "home this week. The captain, Piet Osterman, stayed aboard until the last of his crew had been lifted "
    "off.\n"
    "Salvage experts will try to tow the vessel to Moreton Bay once the wind has dropped below forty "
    "knots. Environmental officers found no sign of an oil spill but are keeping booms ready along the "
    "northern beaches of the island.\n"
    "The Halcyon Bay was last inspected in March, when surveyors ordered repairs to its pumps. The owner, "
    "Tasman Freight of Auckland, said that all of the work had been done before the ship returned to "
    "service in June."
)
OTHER = (
    "Parliament in Lisbon voted by a wide margin on Thursday to close the last coal depot on the Tagus, "
    "ending a dispute that had divided the governing coalition since the spring.\n"
    "The bill gives the port authority eighteen months to clear the Barreiro site and sets aside forty "
    "million euros for the retraining of its workers. Unions had asked for twice as much and a guarantee "
    "of jobs in the new terminal.\n"
    "Environment Minister Teresa Lobo told deputies that the depot had outlived its purpose and that dust "
    "from its heaps had been measured in school yards three kilometres away.\n"
    "The opposition Civic Bloc abstained. Its leader, Rui Sarmento, argued that the government was buying "
    "applause in the capital with money that was meant for the flooded villages of the interior.\n"
    "Work on the site is due to begin in January, once the European Commission has approved the state "
    "aid. Residents of Barreiro plan to turn the old weighing house into a museum of the river."
)
_WORDS = [
    "harbour",
    "council",
    "budget",
    "teacher",
    "railway",
    "summer",
    "market",
    "village",
    "engine",
    "forest",
    "doctor",
    "minister",
    "border",
    "season",
    "library",
    "factory",
    "election",
    "bridge",
    "window",
    "journal",
    "captain",
    "pension",
    "hospital",
    "farmer",
    "winter",
    "orchard",
    "island",
    "weather",
    "museum",
    "court",
    "carried",
    "opened",
    "promised",
    "refused",
    "measured",
    "crossed",
    "painted",
    "ordered",
    "visited",
    "counted",
    "closed",
    "explained",
    "repaired",
    "offered",
    "slowly",
    "nearly",
    "almost",
    "again",
    "later",
    "soon",
    "quietly",
    "firmly",
    "often",
    "never",
    "between",
    "across",
    "beneath",
    "against",
    "within",
    "the",
    "a",
    "of",
    "in",
]


def made_up(seed: int, words: int = 120) -> str:
    """A text of ``words`` words that shares nothing with one of another ``seed``."""
    chance = random.Random(seed)
    chosen = [chance.choice(_WORDS) + chance.choice(("", "s", "ed", "")) for _ in range(words)]
    return ". ".join(" ".join(chosen[at : at + 15]).capitalize() for at in range(0, words, 15)) + "."


def at(hours: float) -> str:
    """The time ``hours`` after the start, RFC 3339."""
    return (START + timedelta(hours=hours)).isoformat().replace("+00:00", "Z")


def article(name: str, body: str = WIRE, **given: Any) -> CleanArticle:
    """The clean article ``name`` (its id), of the outlet ``name`` unless ``source`` says otherwise.

    ``offset`` is its place among the raw messages (None: no broker), ``hours`` when it was received and published,
    ``version`` and ``updated`` (hours) what the feed says.
    """
    headline = given.pop("headline", "A headline")
    source, offset, hours = given.pop("source", name), given.pop("offset", 0), given.pop("hours", 0.0)
    updated = given.pop("updated", None)
    withdrawn = given.get("status") == "withdrawn"
    text = "" if withdrawn else f"{headline}\n{body}"
    opens = len(headline) + 1
    fields: dict[str, Any] = {
        "article_id": name,
        "status": "usable",
        "url": f"https://{source}.example/{name}",
        "source": Source(name=source, domain=f"{source}.example", id=name),
        "feed": Feed(version=given.pop("version", None), updated_at=None if updated is None else at(updated)),
        "raw": None if offset is None else RawRef(topics.RAW, 0, offset),
        "received_at": None if offset is None or hours is None else at(hours),
        "published_at": None if hours is None else at(hours),
        "headline": None if withdrawn else headline,
        "byline": None,
        "dateline": None,
        "credit": None,
        "slug": None,
        "keywords": [],
        "language": "en",
        "text": text,
        "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "parts": [] if withdrawn else [Part("headline", 0, opens - 1), Part("body", opens, len(text))],
        "rights": None,
        "provenance": [],
        "extra": {},
        "errors": [],
        "timings": {},
        "trace": None,
        "produced_by": {},
    }
    return CleanArticle(**{**fields, **given})


def credited(wire: str) -> list[Provenance]:
    """The provenance of an article whose credit field names ``wire``."""
    return [Provenance(role="origin", name=wire, evidence=None, field="credit", confidence=0.9)]


def record(clean: CleanArticle) -> Record:
    """``clean`` as it is read from its topic."""
    return Record(topics.CLEAN, 0, 0, None, clean.article_id.encode(), msgspec.json.encode(clean))


class Answer:
    """What the stage answered to one article, by topic."""

    def __init__(self, outs: list[Out]) -> None:
        self.outs = outs

    def values(self, topic: str) -> dict[str, Any]:
        """Key to value (None: tombstone) of what went to ``topic``; of several with one key, the last."""
        return {
            out.key: None if out.value is None else msgspec.json.decode(out.value)
            for out in self.outs
            if out.topic == topic
        }

    @property
    def document(self) -> Any:
        """The document that went on; fails when none did."""
        (only,) = self.values(topics.CLUSTERED).values()
        return only

    @property
    def story(self) -> Any:
        return self.document["story"]

    @property
    def outcome(self) -> str | None:
        """What the receipt says; None when there is none."""
        return next((each["outcome"] for each in self.values(topics.OUTCOMES).values()), None)

    @property
    def stories(self) -> dict[str, Any]:
        return self.values(topics.STORIES)

    @property
    def members(self) -> dict[str, Any]:
        return self.values(topics.STORY_MEMBERS)

    @property
    def state(self) -> list[Out]:
        return [out for out in self.outs if out.topic == topics.DEDUP_STATE]


def comparable(outs: list[Out]) -> list[Any]:
    """``outs`` without the clock readings, so that two runs can be compared."""
    found: list[Any] = []
    for out in outs:
        value = None if out.value is None else msgspec.json.decode(out.value)
        if out.topic == topics.CLUSTERED:
            value.pop("timings")
        found.append((out.topic, out.key, value))
    return found
