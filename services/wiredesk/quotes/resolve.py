"""Resolution: which entity of the article the words of an attribution stand for.

Abstaining beats guessing: a consumer can live with "he" unresolved, and not with words in the wrong mouth.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from wiredesk.contracts.article import Entity, Mention
from wiredesk.quotes.found import Extent, Found
from wiredesk.quotes.gender import gender_of, gender_of_pronoun
from wiredesk.quotes.lexicon import roles, speech_nouns
from wiredesk.quotes.offices import described
from wiredesk.quotes.subject import Source

_PERSONAL = frozenset({"he", "she", "they", "it", "i", "we", "you", "who", "him", "her"})
_SPEAKING = frozenset({"PER", "ORG", "LOC", "NORP"})
_LINKS = (["of"], ["for"], ["to"], ["with"], ["by"], ["from"])
_BODIES = frozenset({"agency", "newspaper", "magazine", "network", "channel", "company", "group", "firm", "website"})
_SENTENCE = re.compile(r"[.!?][\"'\u201d\u2019)]*\s+(?=[A-Z\"\u201c'\u2018])|\n")
_REACH = 8
"""A pronoun's antecedent is looked for this many sentences back."""
_NAMES = 60
"""And among this many names at most, where a text has no sentences."""
_LEAD = 0.25
"""By how much the best antecedent must lead the second; tuned on GUM news."""
_WORD = re.compile(r"[^\W_]+(?:['\u2019.-][^\W_]+)*")


class Who(NamedTuple):
    """Whom a mention stands for. ``name`` and ``entity`` None: unresolved."""

    entity: Entity | None
    name: str | None
    by: str


_NOBODY = Who(None, None, "none")


class Resolver:
    """The entities of one article, and who has spoken so far. Ask it in the order of the text."""

    def __init__(self, text: str, entities: list[Entity], subjects: frozenset[int], passages: list[Extent]) -> None:
        self._text = text
        self._entities = [entity for entity in entities if entity.type in _SPEAKING]
        self._gender = {entity.id: gender_of(entity, text) for entity in self._entities if entity.type == "PER"}
        named = [(m.start, m.end, e) for e in self._entities for m in e.mentions if m.kind == "named"]
        self._named = sorted(named, key=lambda item: (item[0], -item[1]))
        self._starts = [start for start, _, _ in self._named]
        self._subjects = subjects
        self._sentences = [found.end() for found in _SENTENCE.finditer(text)]
        self._marked = sorted(passages)
        self._marked_starts = [start for start, _ in self._marked]
        self._said: list[tuple[int, Entity]] = []  # where an entity was spoken of as a speaker, in order
        self._known: dict[Extent, Who] = {}
        self._issued: dict[str, Who] = {}  # kind of document -> who put out the last one
        self._described = described(text, self._entities)
        self.pronouns: list[tuple[Entity, Mention]] = []

    def names_somebody(self, start: int, end: int) -> bool:
        """Whether a named person, organisation or place stands in ``text[start:end]``."""
        return any(True for _ in self._within(start, end))

    def resolve(self, found: Found) -> Who:
        """Whom the source of ``found`` stands for."""
        if found.source is None:
            return _NOBODY
        if found.source.extent in self._known:  # he goes on: another quotation of the same attribution
            return self._known[found.source.extent]
        who = self._known[found.source.extent] = self._resolve(found.source, found)
        if who.entity is not None:
            self._said.append((found.source.extent[0], who.entity))
        for beside in found.beside:
            if speech_nouns().get(beside.noun) == "medium" and beside.preposition in ("in", "on", "at", "from"):
                self._issued[beside.noun] = who
        return who

    def _within(self, start: int, end: int) -> list[tuple[int, int, Entity]]:
        first = bisect_right(self._starts, start - 1)
        found = []
        for item in self._named[first : first + 12]:
            if item[0] >= end:
                break
            if item[1] <= end + 2:
                found.append(item)
        return found

    def _resolve(self, source: Source, found: Found) -> Who:
        head = source.head
        around = [
            item
            for item in self._within(max(0, source.extent[0] - 1), source.extent[1])
            if item[0] <= head[0] < item[1] and item[1] + 1 >= head[1]
        ]
        if not around and (close := self._name_of_office(source)) is not None:
            start, end, entity = close
            return Who(entity, entity.name, self._named_by(entity, self._text[start:end]))
        if source.plural and " and " in self._text[slice(*source.extent)] and not around:
            return Who(None, None, "collective")
        if around:
            start, end, entity = max(around, key=lambda item: item[1] - item[0])
            if source.plural and source.tag == "NNP" and " and " in self._text[slice(*source.extent)]:
                return _NOBODY if not self._text[start:end].endswith(self._text[slice(*head)]) else _several(source)
            return Who(entity, entity.name, self._named_by(entity, self._text[start:end]))
        if source.beside is not None:
            people = [item for item in self._within(*source.beside) if item[2].type == "PER"] or self._within(
                *source.beside
            )
            if people and source.tag not in ("NNS", "NNPS"):
                entity = people[0][2]
                return Who(entity, entity.name, self._named_by(entity, self._text[people[0][0] : people[0][1]]))
        noun = source.noun
        if noun in _PERSONAL and source.tag[:2] in ("PR", "WP"):
            return self._pronoun(source, found)
        capital = (self._text[head[0]].isupper() and head[0] > source.extent[0]) or source.tag in ("NNP", "NNPS")
        if capital and noun.rstrip("s") not in roles():
            return self._unlisted(source)
        if speech_nouns().get(noun) == "medium":
            owner = self._owner(source)
            if owner is not None:
                return Who(owner, owner.name, "document")
            who = self._issued.get(noun, _NOBODY)
            return who._replace(by="document") if who.name else _NOBODY
        if source.plural:
            return Who(None, None, "collective")
        return self._title(source)

    def _name_of_office(self, source: Source) -> tuple[int, int, Entity] | None:
        """Whom an office is said of: "head of the council Jane Roe", "its premier, Jane Roe"; "Yonhap news agency"."""
        if source.tag in ("NNS", "NNPS", "PRP", "WP") or (source.plural and source.tag != "NN"):
            return None
        end = source.extent[1]
        for item in self._within(source.head[1], end + 60):
            if item[2].type != "PER":
                continue
            last = self._text[source.head[1] : item[0]].split()[-1:]
            follows = item[0] >= end and self._text[end : item[0]] in (", ", " ")
            closes = (
                item[1] == end and last not in _LINKS and not (source.plural and self._named_before(source, item[0]))
            )
            return item if follows or closes else None
        for item in self._within(source.extent[0], source.head[0]):
            between = self._text[item[1] : source.head[0]]
            if item[2].type == "ORG" and source.noun in _BODIES and (between.islower() or between == " "):
                return item
        return None

    def _named_before(self, source: Source, at: int) -> bool:
        """Whether two are named: "the premier of Norway and President Jane Roe"."""
        return any(True for _ in self._within(source.extent[0], at))

    def _owner(self, source: Source) -> Entity | None:
        """Whose statement it is: "Cornyn's statement"."""
        for start, end, entity in self._within(source.extent[0], source.head[0]):
            if self._text[end : end + 2] in ("'s", "\u2019s") or self._text[start:end].endswith(("'s", "\u2019s")):
                return entity
        return None

    def _named_by(self, entity: Entity, words: str) -> str:
        parts = _WORD.findall(entity.name)
        if entity.type != "PER" or words == entity.name or len(_WORD.findall(words)) > 1 or not parts:
            return "name"
        if words.startswith(parts[-1]):
            return "surname"
        return "first name" if words.startswith(parts[0]) else "name"

    def _unlisted(self, source: Source) -> Who:
        """A name that is no entity: its own words, from the first capital on."""
        words = self._text[slice(*source.extent)].split()
        while words and not words[0][:1].isupper():
            words.pop(0)
        if len(words) == 1 and words[0].isupper() and (bearer := self._bearer(words[0])) is not None:
            return Who(bearer, bearer.name, "surname")
        words = words[1:] if words and words[0] in ("The", "A", "An") else words
        return Who(None, " ".join(words), "name") if words and not source.plural else _NOBODY

    def _bearer(self, surname: str) -> Entity | None:
        """The one person whose last name this is, in capitals as transcripts have it."""
        people = [e for e in self._entities if e.type == "PER" and e.name.split()[-1:] != [surname]]
        bearers = [e for e in people if e.name.split()[-1].casefold() == surname.casefold()]
        return bearers[0] if len(bearers) == 1 else None

    def _title(self, source: Source) -> Who:
        """ "The minister", when just one person of the article is a minister; "the ministry" likewise."""
        words = self._text[slice(*source.extent)].lower().split()
        if not words or (words[0] not in ("the", "this", "that", "his", "her", "their", "our") and len(words) > 1):
            return Who(None, None, "nominal")
        bearers = self._described.get(source.noun, [])
        if len(bearers) == 1:
            return Who(bearers[0], bearers[0].name, "title")
        return Who(None, None, "nominal")

    def _pronoun(self, source: Source, found: Found) -> Who:
        pronoun, at = source.noun, source.extent[0]
        if pronoun in ("i", "we", "you", "who", "they"):
            return _NOBODY
        gender = gender_of_pronoun(pronoun)
        ranked = sorted(self._antecedents(at, gender, found), key=lambda item: -item[0])
        if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _LEAD):
            return Who(None, None, "none")
        entity = ranked[0][1]
        if gender is not None and self._gender.get(entity.id) is None:
            self._gender[entity.id] = gender
        start, end = source.extent
        self.pronouns.append((entity, Mention(start, end, self._text[start:end], "pronoun")))
        return Who(entity, entity.name, "pronoun")

    def _antecedents(self, at: int, gender: str | None, found: Found) -> list[tuple[float, Entity]]:
        """The entities that a pronoun at ``at`` may stand for, with how likely each is; higher is better."""
        here = bisect_right(self._sentences, at)
        since = self._sentences[here - _REACH] if here >= _REACH else 0
        best: dict[str, tuple[float, Entity]] = {}

        def offer(entity: Entity, start: int, score: float) -> None:
            score -= 0.6 * (here - bisect_right(self._sentences, start))
            if entity.id not in best or best[entity.id][0] < score:
                best[entity.id] = (score, entity)

        last = bisect_right(self._starts, at - 1)
        first = max(bisect_right(self._starts, since - 1), last - _NAMES)
        for start, end, entity in self._named[first:last]:
            if gender is None:
                if entity.type != "ORG":
                    continue
            elif entity.type != "PER" or (self._gender.get(entity.id) or gender) != gender:
                continue
            score = 0.0 if self._gender.get(entity.id) or gender is None else -0.4
            score += 1.0 if any(start <= s < end for s in self._subject_starts(start, end)) else 0.0
            score -= 1.2 if self._in_marks(start) else 0.0
            score -= (
                0.8
                if self._text[end : end + 2] in ("'s", "\u2019s") or self._text[end - 2 : end] in ("'s", "\u2019s")
                else 0.0
            )
            offer(entity, start, score)
        for start, entity in reversed(self._said[-6:]):
            fits = entity.type == "PER" and (self._gender.get(entity.id) or gender) == gender
            if since <= start < at and (fits if gender is not None else entity.type == "ORG"):
                offer(entity, start, 1.6)
        return list(best.values())

    def _subject_starts(self, start: int, end: int) -> list[int]:
        return [at for at in range(start, min(end, start + 60)) if at in self._subjects]

    def _in_marks(self, at: int) -> bool:
        nth = bisect_right(self._marked_starts, at) - 1
        return nth >= 0 and self._marked[nth][0] <= at < self._marked[nth][1]


def _several(source: Source) -> Who:
    return Who(None, None, "collective" if source.plural else "none")
