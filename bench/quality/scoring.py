"""Scores of quotations: found, end to end, quoted passages, and whom the speaker's words stand for.

Found: content and label share half of their words together (intersection over union). End to end: found, and the
speaker's words overlap the label's, or both have none. Reported speech: labels in marks, or with a cue of speech; the
others are neither asked for nor punished. Quoted passages: each of five words or more in double marks, by the content
that covers most of it, at least half. Resolved: the names given share a capitalised word with those of the label.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bench.quality.attributed import Attributed
from bench.quality.labelled import Attribution, Labelled
from bench.quality.speech import is_speech
from bench.quality.words import Extent, WordIndex, Words, content_kind, marked_passages

KINDS = ("direct", "mixed", "indirect")
FORMS = ("full name", "one name", "pronoun", "nominal")
LONG_PASSAGE = 5
"""Words from which a passage in marks is looked at by itself."""
_PRONOUNS = frozenset("he she they it his her their who we i him them".split())  # noqa: SIM905


class Measure(NamedTuple):
    """Precision, recall and F1 in per cent."""

    precision: float
    recall: float
    f1: float


def measure(right: int, given: int, asked: int) -> Measure:
    precision, recall = (right / given if given else 0.0), (right / asked if asked else 0.0)
    total = precision + recall
    return Measure(100 * precision, 100 * recall, 200 * precision * recall / total if total else 0.0)


class Tally:
    """The counts over all articles of one set, for one system."""

    def __init__(self) -> None:
        self.asked = self.given = self.found = self.right = 0
        self.kinds: Counter[tuple[str, str]] = Counter()  # ("asked" | "found" | "right", kind)
        self.forms: Counter[tuple[str, str]] = Counter()  # ("asked" | "right" | "open", form)
        self.passages_asked = self.passages_given = self.passages_right = 0
        self.misses: list[str] = []

    @property
    def reported(self) -> Measure:
        return measure(self.found, self.given, self.asked)

    @property
    def end_to_end(self) -> Measure:
        return measure(self.right, self.given, self.asked)

    @property
    def passages(self) -> Measure:
        return measure(self.passages_right, self.passages_given, self.passages_asked)


class _One(NamedTuple):
    """A label or an answer: its content and its speaker as words of the article."""

    content: Words
    speaker: Words
    kind: str
    cue: str


def speaker_form(words: str) -> str:
    """How a speaker is spoken of: by a full name, by one name, by a pronoun, or by a noun."""
    bare = words.strip(" ,")
    parts = bare.split()
    capitals = sum(part[:1].isupper() for part in parts)
    if bare.lower() in _PRONOUNS:
        return "pronoun"
    if len(parts) == 1 and capitals:
        return "one name"
    return "full name" if capitals >= 2 and parts[0].lower() not in ("the", "a", "an") else "nominal"


def name_words(mentions: Iterable[str]) -> set[str]:
    """The capitalised words of names, in the form in which they are compared."""
    return {
        word.strip(".,'\u2019\"").lower().removesuffix("'s")
        for mention in mentions
        for word in mention.split()
        if word[:1].isupper() and word.lower() not in ("the", "a")
    }


def count(tally: Tally, article: Labelled, answers: Sequence[Attributed]) -> None:
    """Adds one article to ``tally``."""
    text, index = article.text, WordIndex(article.text)
    segments = [index.within([extent]) for extent in marked_passages(text)]
    marked = frozenset[int]().union(*segments)

    def one(contents: list[Extent], speaker: list[Extent], cue: list[Extent]) -> _One:
        words = index.within(contents)
        cue_words = " ".join(text[a:b] for a, b in cue)
        return _One(words, index.within(speaker), content_kind(words, marked), cue_words)

    given = [(one(a.contents, a.mention, a.cue), a) for a in answers]
    given = [(words, a) for words, a in given if words.content]
    labels = [(one(a.contents, a.sources, a.cue), a) for a in article.attributions]
    labels = [(words, a) for words, a in labels if words.content]
    _count_reported(tally, article, labels, given)
    for passage in (words for words in segments if len(words) >= LONG_PASSAGE):
        label, answer = (_covering(passage, [words for words, _ in every]) for every in (labels, given))
        tally.passages_asked += label is not None
        tally.passages_given += answer is not None
        tally.passages_right += label is not None and answer is not None and _same_speaker(label, answer)


def _same_speaker(label: _One, answer: _One) -> bool:
    return bool(label.speaker & answer.speaker) or not (label.speaker or answer.speaker)


def _covering(passage: Words, every: Iterable[_One]) -> _One | None:
    """The one that covers most of the passage, and at least half."""
    near = [one for one in every if 2 * len(passage & one.content) >= len(passage)]
    return max(near, key=lambda one: len(passage & one.content), default=None)


def _count_reported(
    tally: Tally,
    article: Labelled,
    labels: list[tuple[_One, Attribution]],
    given: list[tuple[_One, Attributed]],
) -> None:
    asked = [(one, a) for one, a in labels if one.kind != "indirect" or is_speech(one.cue)]
    beside = [one for one, a in labels if one.kind == "indirect" and not is_speech(one.cue)]
    counted = [(one, a) for one, a in given if one.kind != "indirect" or not one.cue or is_speech(one.cue)]
    pairs = _paired([one for one, _ in asked], [one for one, _ in counted])
    taken = set(pairs.values())
    for n, (answer, _) in enumerate(counted):
        if n in taken:
            tally.given += 1
        elif not any(2 * len(answer.content & other.content) >= len(answer.content) for other in beside):
            tally.given += 1
            tally.misses.append(f"too much {article.id} {answer.kind}: {_shown(article, answer)}")
    for n, (label, attribution) in enumerate(asked):
        tally.asked += 1
        tally.kinds["asked", label.kind] += 1
        if n not in pairs:
            tally.misses.append(f"missed {article.id} {label.kind}: {_shown(article, label)}")
            continue
        answer, attributed = counted[pairs[n]]
        right = _same_speaker(label, answer)
        tally.found += 1
        tally.right += right
        tally.kinds["found", label.kind] += 1
        tally.kinds["right", label.kind] += right
        if not right:
            tally.misses.append(f"speaker {article.id} {label.kind}: {_shown(article, label)}")
        _count_resolved(tally, article, attribution, attributed)


def _paired(asked: Sequence[_One], given: Sequence[_One]) -> dict[int, int]:
    """Labels to answers, each at most once, the best overlap first."""
    overlaps = sorted(
        (
            (len(label.content & answer.content) / len(label.content | answer.content), n, m)
            for n, label in enumerate(asked)
            for m, answer in enumerate(given)
        ),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for overlap, n, m in overlaps:
        if overlap >= 0.5 and n not in pairs and m not in taken:
            pairs[n] = m
            taken.add(m)
    return pairs


def _count_resolved(tally: Tally, article: Labelled, label: Attribution, answer: Attributed) -> None:
    source = " ".join(article.text[a:b] for a, b in label.sources)
    wanted = name_words(mention for mention in label.speaker_mentions if speaker_form(mention) != "pronoun")
    if not (source and wanted):
        return
    form, got = speaker_form(source), name_words(answer.names)
    tally.forms["asked", form] += 1
    tally.forms["right", form] += bool(got & wanted)
    tally.forms["open", form] += not got


def _shown(article: Labelled, one: _One) -> str:
    index = WordIndex(article.text)
    start, end = index.extents[min(one.content)][0], index.extents[max(one.content)][1]
    return article.text[start:end][:110]
