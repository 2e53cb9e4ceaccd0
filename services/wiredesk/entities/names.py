"""Names: what the document pass works on, a passage that may name something, with its type and what speaks for it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wiredesk.contracts.article import Part
from wiredesk.entities.lexicon import Entry
from wiredesk.entities.passages import Passage
from wiredesk.entities.tokens import Token, is_joined, key_of, tokens, words_of

TYPES = {
    "PERSON": "PER",
    "ORG": "ORG",
    "GPE": "LOC",
    "LOC": "LOC",
    "FAC": "LOC",
    "NORP": "NORP",
    "PRODUCT": "PRODUCT",
    "EVENT": "EVENT",
    "LAW": "LAW",
    "WORK_OF_ART": "WORK",
}
"""The model's labels (OntoNotes 5) as this stage's types."""


@dataclass(slots=True)
class Name:
    """A passage that may name something: half-open code point offsets into the document's text.

    ``signals`` say what speaks for it: model, lexicon, pattern (byline, dateline, ...), byline, propagated. ``type``
    may change until the vote. ``words`` are as compared (``tokens``).
    """

    start: int
    end: int
    type: str
    signals: set[str]
    words: tuple[str, ...] = ()
    entry: Entry | None = None
    title: str | None = None  # the last word of a title or address that stands before it
    guess: str = ""  # the type that the model gave, "" where it found nothing

    @property
    def titled(self) -> bool:
        """Whether a title or an address stands before it."""
        return self.title is not None

    @property
    def key(self) -> str:
        """The words as one string."""
        return key_of(self.words)


class Reading:
    """A document as it is read: ``text`` as published, ``seen`` with headlines in running case, and its tokens."""

    def __init__(self, text: str, parts: Sequence[Part], passages: Sequence[Passage]) -> None:
        self.text = text
        self.parts = parts
        self.passages = passages
        pieces: list[str] = []
        at = 0
        for passage in passages:
            pieces += (text[at : passage.start], passage.given)
            at = passage.end
        self.seen = "".join((*pieces, text[at:]))
        self.tokens: list[Token] = []
        for passage in passages:
            self.tokens += tokens(self.seen, passage.start, passage.end)
        self.starts = [token.start for token in self.tokens]
        self.lower = {token.word for token in self.tokens if token.word.islower()}

    def token_at(self, start: int) -> int:
        """The number of the first token that does not end before or at ``start``."""
        i = bisect_left(self.starts, start)
        return i - 1 if i > 0 and self.tokens[i - 1].end > start else i

    def begins_token(self, start: int) -> bool:
        """Whether a token that is read begins at ``start``; in margins none does."""
        i = self.token_at(start)
        return i < len(self.tokens) and self.tokens[i].start == start

    def name(self, start: int, end: int, kind: str, *signals: str, entry: Entry | None = None) -> Name:
        """The passage as a name."""
        return Name(start, end, kind, set(signals), words_of(self.seen[start:end]), entry)

    def gap_before(self, i: int) -> str:
        """What stands between token ``i`` and the one before it; a line break before the first and after the last."""
        return self.seen[self.tokens[i - 1].end : self.tokens[i].start] if 0 < i < len(self.tokens) else "\n"

    def is_capital(self, i: int) -> bool:
        """Whether token ``i`` exists and begins with a capital letter."""
        return 0 <= i < len(self.tokens) and self.tokens[i].word[0].isupper()

    def is_next(self, i: int) -> bool:
        """Whether token ``i`` and the one before it may be words of one name."""
        return is_joined(self.seen, self.tokens[i - 1].end, self.tokens[i].start)

    def is_capital_joined(self, i: int) -> bool:
        """Whether the token after token ``i`` is capitalised and only a space away."""
        return self.is_capital(i + 1) and self.gap_before(i + 1) == " "


def in_order(names: Iterable[Name]) -> list[Name]:
    """``names`` by place; of two that overlap the longer stays, of two equal ones the first given."""
    kept: list[Name] = []
    for name in sorted(names, key=lambda name: (name.start, -name.end)):
        if not kept or name.start >= kept[-1].end:
            kept.append(name)
        elif name.end - name.start > kept[-1].end - kept[-1].start:
            kept[-1] = name
    return kept


class Cover:
    """Which stretches of the text are taken by names, to be asked in logarithmic time."""

    def __init__(self, names: Sequence[Name]) -> None:
        """``names`` in order, none overlapping."""
        self._names = list(names)
        self._starts = [name.start for name in names]

    def over(self, start: int, end: int) -> list[Name]:
        """The names that overlap ``start:end``."""
        i = bisect_left(self._starts, start)
        if i > 0 and self._names[i - 1].end > start:
            i -= 1
        found = []
        while i < len(self._names) and self._names[i].start < end:
            found.append(self._names[i])
            i += 1
        return found

    def free(self, start: int, end: int) -> bool:
        """Whether no name overlaps ``start:end``."""
        return not self.over(start, end)
