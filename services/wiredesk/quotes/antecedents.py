"""Antecedents: whom "he", "she", "it" or "they" stands for, by gender, number, recency and grammatical role.

Each name before the pronoun is a candidate; the best is taken only when it leads the second clearly, because a consumer
can live with "he" unresolved and not with words in the wrong mouth.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from wiredesk.contracts.article import Entity
from wiredesk.quotes.found import Extent, Found
from wiredesk.quotes.gender import gender_of, gender_of_pronoun

_SENTENCE = re.compile(r"[.!?][\"'\u201d\u2019)]*\s+(?=[A-Z\"\u201c'\u2018])|\n")
_REACH = 8
"""An antecedent is looked for this many sentences back."""
_GROUP_REACH = 3
"""That of "they", for which there are more candidates and fewer signs, this many."""
_NAMES = 60
"""And among this many names at most, where a text has no sentences."""
_LEAD = 0.25
"""By how much the best antecedent must lead the second; tuned on GUM news."""
_SPEAKERS = 6


class Who(NamedTuple):
    """Whom a mention stands for. ``name`` and ``entity`` None: unresolved."""

    entity: Entity | None
    name: str | None
    by: str


class Spoken(NamedTuple):
    """One who has been given words, from ``at`` to ``end``. ``several``: a body or group; "they" may stand for it."""

    at: int
    end: int
    who: Who
    several: bool


class Antecedents:
    """What a pronoun may stand for in one article. ``note`` each speaker, in the order of the text."""

    def __init__(
        self,
        text: str,
        named: list[tuple[int, int, Entity]],
        subjects: frozenset[int],
        groups: list[Extent],
        marked: list[Extent],
    ) -> None:
        self._text = text
        self._named = named
        self._starts = [start for start, _, _ in named]
        people = {entity.id: entity for _, _, entity in named if entity.type == "PER"}
        self._gender = {entity_id: gender_of(entity, text) for entity_id, entity in people.items()}
        self._subjects = subjects
        self._groups = sorted(groups)
        self._marked = sorted(marked)
        self._marked_starts = [start for start, _ in self._marked]
        self._sentences = [found.end() for found in _SENTENCE.finditer(text)]
        self._spoken: list[Spoken] = []

    def note(self, found: Found, who: Who, several: bool) -> None:
        """Notes that ``who`` speaks in ``found``."""
        if who.name is not None or several:
            self._spoken.append(Spoken(found.at, max(found.at, found.end), who, several))

    def person_or_body(self, pronoun: str, at: int, found: Found) -> Entity | None:
        """The entity that "he", "she" or "it" at ``at`` stands for; None when none leads clearly."""
        gender = gender_of_pronoun(pronoun)
        ranked = sorted(self._candidates(at, gender, found), key=lambda item: -item[0])
        if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _LEAD):
            return None
        entity = ranked[0][1]
        if gender is not None and self._gender.get(entity.id) is None:
            self._gender[entity.id] = gender
        return entity

    def group(self, at: int) -> Extent | Who | None:
        """What "they" at ``at`` stands for: a plural subject (its extent), or the group or body that spoke last."""
        here = bisect_right(self._sentences, at)
        since = self._sentences[here - _GROUP_REACH - 1] if here > _GROUP_REACH else 0
        nth = bisect_left(self._groups, (at, at)) - 1
        while nth >= 0 and self._in_marks(self._groups[nth][0]):
            nth -= 1
        group = self._groups[nth] if nth >= 0 and self._groups[nth][0] >= since else None
        speakers = [one for one in self._spoken[-_SPEAKERS:] if since <= one.at < at]
        if speakers and speakers[-1].several and (group is None or group[0] <= speakers[-1].end):
            return speakers[-1].who
        return group

    def _candidates(self, at: int, gender: str | None, found: Found) -> list[tuple[float, Entity]]:
        """The entities that a pronoun at ``at`` may stand for, with how likely each is; higher is better."""
        here = bisect_right(self._sentences, at)
        since = self._sentences[here - _REACH] if here >= _REACH else 0
        best: dict[str, tuple[float, Entity]] = {}
        spoken_of = self._named_in(found)

        def offer(entity: Entity, start: int, score: float) -> None:
            score -= 0.6 * (here - bisect_right(self._sentences, start))
            score -= 1.5 if entity.id in spoken_of else 0.0  # nobody speaks of himself by name
            if entity.id not in best or best[entity.id][0] < score:
                best[entity.id] = (score, entity)

        last = bisect_right(self._starts, at - 1)
        first = max(bisect_right(self._starts, since - 1), last - _NAMES)
        for start, end, entity in self._named[first:last]:
            if not self._fits(entity, gender) or (
                gender is not None and self._text[max(0, start - 5) : start] == " the "
            ):
                continue
            score = 0.0 if self._gender.get(entity.id) or gender is None else -0.4
            score += 1.0 if self._is_subject(start, end) else 0.0
            score -= 1.2 if self._in_marks(start) else 0.0
            score -= 0.8 if _is_possessive(self._text, end) else 0.0
            offer(entity, start, score)
        for one in reversed(self._spoken[-_SPEAKERS:]):
            entity_of = one.who.entity
            if entity_of is not None and since <= one.at < at and self._fits(entity_of, gender):
                offer(entity_of, one.at, 1.6)
        return list(best.values())

    def _fits(self, entity: Entity, gender: str | None) -> bool:
        if gender is None:
            return entity.type == "ORG"
        return entity.type == "PER" and (self._gender.get(entity.id) or gender) == gender

    def _named_in(self, found: Found) -> set[str]:
        """The entities that the content of ``found`` names."""
        ids = set()
        for start, end in found.spans:
            low, high = bisect_left(self._starts, start), bisect_left(self._starts, end)
            ids |= {entity.id for _, _, entity in self._named[low:high]}
        return ids

    def _is_subject(self, start: int, end: int) -> bool:
        return any(at in self._subjects for at in range(start, min(end, start + 60)))

    def _in_marks(self, at: int) -> bool:
        nth = bisect_right(self._marked_starts, at) - 1
        return nth >= 0 and self._marked[nth][0] <= at < self._marked[nth][1]


def _is_possessive(text: str, end: int) -> bool:
    return text[end : end + 2] in ("'s", "\u2019s") or text[end - 2 : end] in ("'s", "\u2019s")
