"""Resolution: which entity of the article the words of an attribution stand for.

Abstaining beats guessing: a consumer can live with "he" unresolved, and not with words in the wrong mouth.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from msgspec import structs

from wiredesk.contracts.article import Entity, Mention
from wiredesk.quotes.antecedents import Antecedents, Who
from wiredesk.quotes.found import Extent, Found
from wiredesk.quotes.groups import group_name, one_of_two_offices
from wiredesk.quotes.lexicon import roles, speech_nouns
from wiredesk.quotes.offices import described
from wiredesk.quotes.subject import Source

_PERSONAL = frozenset({"he", "she", "they", "it", "i", "we", "you", "who"})
_OWNING = {"his": "he", "her": "she", "its": "it", "their": "they", "him": "he", "them": "they"}
_GOVERNING = frozenset(
    {"government", "administration", "ministry", "army", "military", "police", "parliament", "embassy"}
)
_THIRD = frozenset({"he", "she", "it"})
_SPEAKING = frozenset({"PER", "ORG", "LOC", "NORP"})
_LINKS = (["of"], ["for"], ["to"], ["with"], ["by"], ["from"])
_BODIES = frozenset({"agency", "newspaper", "magazine", "network", "channel", "company", "group", "firm", "website"})
_WORD = re.compile(r"[^\W_]+(?:['\u2019.-][^\W_]+)*")


_NOBODY = Who(None, None, "none")


class Resolver:
    """The entities of one article, and who has spoken so far. Ask it in the order of the text."""

    def __init__(
        self,
        text: str,
        entities: list[Entity],
        subjects: frozenset[int] = frozenset(),
        groups: Sequence[Extent] = (),
        passages: Sequence[Extent] = (),
        issued: Sequence[tuple[str, Source]] = (),
    ) -> None:
        """``subjects``, ``groups``, ``passages``: as in Antecedents; ``issued``: documents with who put them out."""
        self._text = text
        self._entities = [entity for entity in entities if entity.type in _SPEAKING]
        named = [(m.start, m.end, e) for e in self._entities for m in e.mentions if m.kind == "named"]
        self._named = sorted(named, key=lambda item: (item[0], -item[1]))
        self._starts = [start for start, _, _ in self._named]
        self._antecedents = Antecedents(text, self._named, subjects, list(groups), list(passages))
        self._known: dict[Extent, Who] = {}
        self._put_out = issued
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
        body = who.entity.type == "ORG" if who.entity else self._text[slice(*found.source.extent)].startswith("the ")
        several = found.source.plural or (body and who.name is not None)
        self._antecedents.note(found, who, several)
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
        several = source.plural and " and " in self._text[slice(*source.extent)]
        if several and not around:
            name = one_of_two_offices(self._text[slice(*source.extent)])
            return Who(None, name, "name") if name else self._collective(source)
        if around:
            start, end, entity = max(around, key=lambda item: item[1] - item[0])
            if several and source.tag == "NNP":
                return self._collective(source)
            return Who(entity, entity.name, self._named_by(entity, self._text[start:end]))
        if source.beside is not None:
            near = self._within(*source.beside)
            people = [item for item in near if item[2].type == "PER"] or [
                i for i in near if i[2].type in ("ORG", "LOC")
            ]
            if people and source.tag not in ("NNS", "NNPS"):
                entity = people[0][2]
                return Who(entity, entity.name, self._named_by(entity, self._text[people[0][0] : people[0][1]]))
            between = self._text[source.extent[1] : source.beside[0]]
            if not people and between in (" ", ", ") and not source.plural:
                return Who(None, self._text[slice(*source.beside)], "name")
        noun = source.noun
        if noun in _OWNING and source.tag.startswith("PRP"):
            source = structs.replace(source, noun=_OWNING[noun])
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
            who = self._issued.get(noun) or self._issuer(source, found)
            return who._replace(by="document") if who.name else _NOBODY
        if source.plural:
            return self._collective(source)
        return self._title(source)

    def _collective(self, source: Source) -> Who:
        return Who(None, group_name(self._text, *source.extent), "collective")

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
            if entity.type == "ORG" and self._text[end : source.head[0]] == " ":
                return entity  # "the Home Office letter"
        return None

    def _issuer(self, source: Source, found: Found) -> Who:
        """Who put out the last document of that kind before: "Lee sent a letter ... The letter says"."""
        before = [who for noun, who in self._put_out if noun == source.noun and who.extent[0] < source.extent[0]]
        return self._resolve(before[-1], found) if before else _NOBODY

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
        if source.noun in _GOVERNING and (name := group_name(self._text, *source.extent)) is not None:
            return Who(None, name, "name")
        bearers = self._described.get(source.noun, [])
        if len(bearers) == 1:
            return Who(bearers[0], bearers[0].name, "title")
        return Who(None, None, "nominal")

    def _pronoun(self, source: Source, found: Found) -> Who:
        pronoun, at = source.noun, source.extent[0]
        if pronoun == "they":
            return self._they(at)
        if pronoun not in _THIRD:
            return _NOBODY
        entity = self._antecedents.person_or_body(pronoun, at, found)
        if entity is None:
            return _NOBODY
        start, end = source.extent
        self.pronouns.append((entity, Mention(start, end, self._text[start:end], "pronoun")))
        return Who(entity, entity.name, "pronoun")

    def _they(self, at: int) -> Who:
        group = self._antecedents.group(at)
        if group is None:
            return _NOBODY
        if isinstance(group, Who):
            return group._replace(by="pronoun") if group.name else _NOBODY
        name = group_name(self._text, *group)
        return Who(None, name, "pronoun") if name else _NOBODY
