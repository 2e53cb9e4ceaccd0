"""Layout: speech that no sentence attributes: transcripts ("WALLACE: ..."), signatures ("..." - Jane Roe), headlines
("Kerry: Talks must go on").
"""

from __future__ import annotations

import re
from collections.abc import Callable

from wiredesk.quotes.block import Block
from wiredesk.quotes.found import Found
from wiredesk.quotes.subject import Source

_TURN = re.compile(
    r"(?P<name>[A-Z][A-Z.'\u2019-]{1,20}(?: [A-Z][A-Z.'\u2019-]{0,20}){0,3})"
    r"(?:,[^:\n]{1,60}| \([^)\n]{1,60}\))?: +(?P<said>\S)"
)
_SPOKEN_TURN = re.compile(r"(?P<name>[A-Z][\w.'\u2019-]+(?: [A-Z][\w.'\u2019-]+){0,2}): +(?P<said>\S)")
"""A turn under a name in small letters, which many a line begins with that is none: it takes more to be believed."""
_QUESTION_OR_ANSWER = re.compile(r"(?P<name>[QA])[:.] +(?P<said>\S)")
_FEWEST_TURNS = 3
_NO_NAMES = frozenset(
    [
        "UPDATE",
        "BREAKING",
        "NOTE",
        "CONTACT",
        "CORRECTION",
        "WATCH",
        "READ",
        "MORE",
        "PHOTO",
        "PHOTOS",
        "VIDEO",
        "RELATED",
        "WHAT",
        "WHEN",
        "WHERE",
        "WHO",
        "WHY",
        "HOW",
        "SOURCE",
        "SUMMARY",
        "BACKGROUND",
        "DETAILS",
        "LIVE",
        "OPINION",
        "EDITOR",
        "EXCLUSIVE",
        "ADVISORY",
        "FACT",
        "FACTS",
        "RESULT",
        "RESULTS",
        "SCORE",
    ]
)
_LABEL = re.compile(r"(?P<name>[A-Z][\w.'\u2019-]*(?: [A-Z][\w.'\u2019-]*){0,5})(?: \([^)\n]{1,40}\))?: ?[\"\u201c] ?")
_SIGNED = re.compile(
    r"[\"'\u201d\u2019]?\s*(?:[\u2014\u2013\u2015]|--|-)\s?"
    r"(?P<name>[A-Z][\w.'\u2019-]*(?: [A-Z][\w.'\u2019-]*){0,5})(?:,[^\n]{0,120}| \(@\w+\)[^\n]{0,40})?[.)]?\s*$"
)
_POSTED = re.compile(
    r"(?P<said>\S[^\n]{10,}?)\s*(?:[\u2014\u2013\u2015]|--|-)\s?(?P<name>[A-Z][\w.'\u2019-]*(?: [\w.'\u2019-]+){0,5})"
    r" \(@\w+\)[^\n]{0,40}"
)
_ANNOUNCED = re.compile(
    r"\b(?:statement|tweet|post|letter|email|memo|message|speech|remarks|said|says|wrote|writes|tweeted)\b"
)
_HEADED = re.compile(r"(?P<name>[A-Z][\w.'\u2019-]*(?: [A-Z][\w.'\u2019-]*){0,3}): +(?P<said>\S[^\n]*)")
_TAILED = re.compile(r"(?P<said>[^\n:]{12,}): (?P<name>[A-Z][\w.'\u2019-]*(?: [A-Z][\w.'\u2019-]*){0,3})$")

IsName = Callable[[int, int], bool]
"""Whether the words between these two offsets of the article name a person or an organisation."""


def _source(block: Block, start: int, end: int, tag: str = "NNP") -> Source:
    extent = (start, start + len(block.text[start:end].rstrip()))
    return Source(extent, extent, block.text[slice(*extent)].split()[-1].lower(), tag)


def _is_known(block: Block, found: re.Match[str], is_name: IsName) -> bool:
    return is_name(block.start + found.start("name"), block.start + found.end("name"))


def transcript_turns(blocks: list[Block], is_name: IsName) -> dict[int, Found]:
    """The turns of a transcript, by the index of their block: what follows a name in capitals and a colon.

    A name that no entity bears counts when there are three turns or more, and somebody takes two of them.
    """
    turns = {n: found for n, block in enumerate(blocks) if (found := _TURN.match(block.text)) is not None}
    asked = {n: found for n, block in enumerate(blocks) if (found := _QUESTION_OR_ANSWER.match(block.text)) is not None}
    spoken = {n: found for n, block in enumerate(blocks) if (found := _SPOKEN_TURN.match(block.text)) is not None}
    names = [found["name"] for found in turns.values()]
    sure = len(set(names)) < len(names) and len(names) >= _FEWEST_TURNS
    turns = {n: found for n, found in turns.items() if sure or _is_known(blocks[n], found, is_name)}
    if {"Q", "A"} == {found["name"] for found in asked.values()}:
        turns |= asked
    spoken = {n: found for n, found in spoken.items() if _is_known(blocks[n], found, is_name)}
    names = [found["name"] for found in spoken.values()]
    if len(names) >= _FEWEST_TURNS and len(set(names)) == 2:
        turns = spoken | turns
    kept = {}
    for n, found in sorted(turns.items()):
        block, name = blocks[n], found["name"]
        if name.split()[0].upper() in _NO_NAMES:
            continue
        start = found.start("said")
        end = len(block.text.rstrip())
        if block.passages and start <= block.passages[0].start <= start + 2 and block.passages[0].end >= end - 2:
            start, end = block.passages[0].start, block.passages[0].end
        source = _source(block, found.start("name"), found.end("name"), "NNP" if len(name) > 1 else "SYM")
        sign = next(at for at in range(source.extent[1], start) if block.text[at] in ":.")
        colon = (sign, sign + 1)
        kept[n] = Found([(start, end)], "passage", "transcript", 0.85, source, colon, quoted=True)
    return kept


def labelled(block: Block) -> Found | None:
    """The passage that a label attributes: 'Rep. Jane Roe: "words"' at the head of a paragraph."""
    if not block.passages or (found := _LABEL.match(block.text)) is None:
        return None
    name, first = found["name"], block.passages[0]
    if found.end() != first.start or name.split()[0].upper() in _NO_NAMES or len(name.split()) < 2:
        return None
    source = _source(block, found.start("name"), found.end("name"))
    at = block.text.index(":", source.extent[1])
    return Found([(first.start, first.end)], "passage", "label", 0.8, source, (at, at + 1), quoted=True)


def signature(block: Block, following: Block | None) -> tuple[Source, int] | None:
    """The name after a dash behind the last passage, and where its block begins; or on the line below it."""
    if not block.passages:
        return None
    last = block.passages[-1]
    found = _SIGNED.match(block.text, last.end)
    if found is not None:
        return _source(block, found.start("name"), found.end("name")), block.start
    if following is not None and len(block.text) - last.end <= 2 and not following.passages:
        found = _SIGNED.fullmatch(following.text)
        if found is not None:
            return _source(following, found.start("name"), found.end("name")), following.start
    return None


def posted(block: Block) -> Found | None:
    """The post that a page has taken over whole: "Words - Jane Roe (@roe) July 3, 2016"."""
    found = None if block.passages else _POSTED.fullmatch(block.text.rstrip())
    if found is None:
        return None
    source = _source(block, found.start("name"), found.end("name"))
    return Found([found.span("said")], "passage", "posted", 0.85, source, None, quoted=True)


def announces(paragraph: str) -> bool:
    """Whether it ends with a colon behind words that announce what somebody said or wrote."""
    if not paragraph.rstrip().endswith(":"):
        return False
    last = re.split(r"(?<=[.!?])\s", paragraph.rstrip())[-1]
    return _ANNOUNCED.search(last) is not None


def headline(block: Block, is_name: IsName) -> Found | None:
    """The speech of a headline of the form "Name: words" or "words: Name"; None when the name names nobody."""
    found = _HEADED.fullmatch(block.text) or _TAILED.fullmatch(block.text)
    if found is None or not is_name(block.start + found.start("name"), block.start + found.end("name")):
        return None
    start, end = found.span("said")
    inner = [p for p in block.passages if start <= p.start and p.end <= end]
    if inner and inner[0].start - start <= 2 and end - inner[-1].end <= 2:
        start, end = inner[0].start, inner[-1].end
    source = _source(block, found.start("name"), found.end("name"))
    at = block.text.index(":")
    return Found(
        [(start, end)], "passage" if inner else "clause", "headline", 0.7, source, (at, at + 1), quoted=bool(inner)
    )
