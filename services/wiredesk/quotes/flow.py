"""The flow of speech through the article: who goes on in the next paragraph, and all that was found, in order.

Carrying a speaker over pays little in number (1 point) and much in sense: these are the long quotations.
"""

from __future__ import annotations

from wiredesk.quotes.attribution import attribute
from wiredesk.quotes.block import Block
from wiredesk.quotes.blocks import Piece
from wiredesk.quotes.found import Extent, Found, move, move_source
from wiredesk.quotes.layout import IsName, announces, headline, labelled, posted, signature, transcript_turns
from wiredesk.quotes.parse import Parse, Tree
from wiredesk.quotes.subject import Source

_LAYOUT = frozenset({"posted", "signature", "label", "headline"})
_FEWEST_APART = 8
"""Words of a paragraph that is a quotation set apart; an item of a list has fewer."""
_ECHO = "echo"
"""The rule of a stand-in: what goes on here belongs to a quotation of a paragraph before (its ``parent``)."""


def find(pieces: list[Piece], parses: dict[str, Parse], is_name: IsName) -> tuple[list[Found], list[Block]]:
    """All quotations of the article, unresolved, with offsets into the article, and its blocks.

    ``parses`` has the parse of every reduced text of ``pieces``.
    """
    blocks = [_block(piece, parses) for piece in pieces]
    turns = transcript_turns(blocks, is_name)
    before: Block | None = None
    for nth, (piece, block) in enumerate(zip(pieces, blocks, strict=True)):
        if (turn := turns.get(nth)) is not None:
            block.found = [turn]
            block.sources = [(0, turn.source)] if turn.source else []
        else:
            attribute(block)
            if (post := posted(block)) is not None:
                block.found, block.sources = [post], [(0, post.source)] if post.source else []
            _by_layout(block, blocks[nth + 1] if nth + 1 < len(blocks) else None, is_name)
        _place(block)
        if nth not in turns:
            _carry_over(block, before)
            _set_apart(block, before)
        _report_inside(block, piece, parses)
        before = block
    return [found for block in blocks for found in block.found if found.rule != _ECHO], blocks


def _block(piece: Piece, parses: dict[str, Parse]) -> Block:
    tree = None
    if piece.reduced is not None:
        tree = Tree(piece.reduced, parses[piece.reduced.text], piece.passages)
    return Block(piece.start, piece.kind, piece.paragraph, piece.text, piece.passages, tree)


def _place(block: Block) -> None:
    """Turns what was found in ``block`` into offsets into the article."""
    for found in block.found:
        move(found, block.start)
        found.part = block.kind
    block.sources = [(at + block.start, moved) for at, s in block.sources if (moved := move_source(s, block.start))]
    block.issued = [(noun, moved) for noun, s in block.issued if (moved := move_source(s, block.start))]
    block.last_subject = move_source(block.last_subject, block.start)
    block.groups = [(start + block.start, end + block.start) for start, end in block.groups]
    block.subjects = frozenset(at + block.start for at in block.subjects)


def _by_layout(block: Block, following: Block | None, is_name: IsName) -> None:
    """Signatures, labels, and headlines with a colon."""
    if block.loose and (signed := signature(block, following)) is not None:
        source, start = signed
        spans = [(block.passages[n].start, block.passages[n].end) for n in block.loose]
        here = move_source(source, start - block.start)
        block.found.append(Found(spans, "passage", "signature", 0.8, here, None, quoted=True))
        block.loose = []
    if 0 in block.loose and (named := labelled(block)) is not None:
        block.found.append(named)
        if named.source is not None:
            block.sources.append((named.start, named.source))
        block.loose = [n for n in block.loose if n != 0]
    if block.kind == "headline" and (found := headline(block, is_name)) is not None:
        block.found = [*(f for f in block.found if f.end <= found.start or f.start >= found.end), found]
        block.loose = [n for n in block.loose if not found.start <= block.passages[n].start < found.end]


def _extent(block: Block, nth: int) -> Extent:
    passage = block.passages[nth]
    return passage.start + block.start, passage.end + block.start


def _carry_over(block: Block, before: Block | None) -> None:
    """Gives passages that open the paragraph to whoever spoke, or was about to speak, in the one before."""
    if before is None or before.kind == "headline" or block.paragraph - before.paragraph > 1:
        return
    last = max(before.found, key=lambda f: f.end, default=None)
    if block.passages and block.passages[0].continues and last is not None and last.quoted and 0 in block.loose:
        origin = last.parent if last.rule == _ECHO and last.parent is not None else last
        span = _extent(block, 0)
        origin.spans.append(span)
        echo = Found(
            [span], "passage", _ECHO, last.confidence, last.source, None, last.lemma, quoted=True, parent=origin
        )
        block.found.insert(0, echo)
        block.loose = [n for n in block.loose if n != 0]
        _rest(block, last.source, 0.75, going_on=True)
    elif block.loose:
        colon = before.text.rstrip(" \"'\u201d\u2019").endswith(":")
        source, confidence = _speaker_before(before, colon)
        _rest(block, source, confidence, last.cue if colon and last is not None else None)


def _set_apart(block: Block, before: Block | None) -> None:
    """Gives a paragraph without marks to whoever announced it: "Roe released this statement:", set apart as a block."""
    if before is None or block.passages or block.kind != "body" or block.paragraph - before.paragraph != 1:
        return
    source = before.sources[-1][1] if before.sources else before.last_subject
    if source is None or not announces(before.text) or any(found.rule in _LAYOUT for found in block.found):
        return
    start, end = block.start, block.start + len(block.text.rstrip())
    if len(block.text.split()) < _FEWEST_APART or block.text.rstrip()[-1:] not in ".!?":
        return
    whole = Found([(start, end)], "passage", "set apart", 0.6, source, None, quoted=True)
    for found in block.found:
        found.parent = found.parent or whole
    block.found.insert(0, whole)
    block.sources.insert(0, (start, source))


def _speaker_before(before: Block, colon: bool) -> tuple[Source | None, float]:
    if before.sources and (colon or before.found):
        return before.sources[-1][1], 0.8 if colon else 0.7
    if before.found:
        return max(before.found, key=lambda f: f.end).source, 0.7
    return before.last_subject, 0.7 if colon else 0.5


def _rest(
    block: Block, source: Source | None, confidence: float, cue: Extent | None = None, going_on: bool = False
) -> None:
    """Attributes what is loose in ``block`` to ``source``; passages that only marks divide are one quotation.

    Words of the article that open the paragraph end the speaker's turn, unless he was ``going_on`` in it already.
    """
    if source is None or block.tree is None:
        return
    whole = {slot for slot in block.tree.slots if slot >= 0}
    made: Found | None = None
    for nth in (n for n in block.loose if n in whole):
        start, end = _extent(block, nth)
        if made is None and not going_on and any(c.isalnum() for c in block.text[: start - block.start]):
            break
        between = block.text[made.end - block.start : start - block.start] if made else ""
        if made is not None and not any(c.isalnum() for c in between):
            made.spans.append((start, end))
        else:
            made = Found([(start, end)], "passage", "carried", confidence, source, cue, quoted=True, part=block.kind)
            block.found.append(made)
    block.found.sort(key=lambda f: (f.start, -f.end))
    block.loose = [n for n in block.loose if n not in whole]


def _report_inside(block: Block, piece: Piece, parses: dict[str, Parse]) -> None:
    """Speech inside the passages that an outlet or a document passes on."""
    for nth, inner in sorted(piece.inner.items()):
        at = _extent(block, nth)[0]
        outer = next((f for f in block.found if any(a <= at < b for a, b in f.spans)), None)
        if outer is None:
            continue
        deep = _block(inner, parses)
        attribute(deep)
        for found in deep.found:
            if found.source is not None:
                move(found, at)
                found.parent, found.part = outer, block.kind
                block.found.append(found)
