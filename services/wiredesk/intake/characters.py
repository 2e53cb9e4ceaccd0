"""Characters: from the code points a feed sent to lines of clean text, with nothing rewritten.

What changes: character references are resolved, mojibake is mended, control and layout characters go, white space
is collapsed, NFC. Quotation marks, dashes and letters stay as the newsroom set them: exact words are the product.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import ftfy
from ftfy import fixes
from ftfy.badness import is_bad

from wiredesk.intake.references import resolve_references

_MENDING = ftfy.TextFixerConfig(unescape_html=False, uncurl_quotes=False, decode_inconsistent_utf8=False)
"""Inconsistent UTF-8 is off: ftfy repeats it until nothing changes, quadratic on a run of "Â" (0.7 s for 1,000)."""

_PASSES = 4
"""How often text is gone over at most. Text that is still changing then was made to, or garbled beyond repair."""

_MENDED_AT_ONCE = 2_000
"""Code points that ftfy sees at once: bounds what its quadratic corners can cost."""

_MENDED_AT_MOST = 50_000
"""Code points of garbled text that are mended in a text; what is over stays as it came. About half a second."""

_MARKS = 30
"""Combining marks that stay in a row: the stream-safe limit of UAX 15. Normalising longer rows is quadratic."""

_LINE_BREAK = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\u2028\u2029]")
_DROPPED = (
    re.compile(  # controls, soft hyphen, zero-width space, bidi controls, word joiner and invisible operators, BOM
        r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
        r"\ufff9-\ufffc\U000e0000-\U000e007f]+"
    )
)
_JOINERS = re.compile("[\u200c\u200d]+")
_ROW_OF_MARKS = re.compile(rf"[^\w\s\x00-\x7f]{{{_MARKS + 1},}}")
_SUSPECT = re.compile("[^\x00-\x7f\xa0\u2013\u2014\u2018\u2019\u201c\u201d\u2026]")
"""Mojibake has a character outside these at least, and most English text has none: spares it ftfy's look."""

_C1 = re.compile(r"[\x80-\x9f]")
_C1_MEANT = {code: character for code in range(0x80, 0xA0) if (character := bytes([code]).decode("cp1252", "ignore"))}
"""What the control characters 80 to 9f are in cp1252, the code page that they nearly always come from."""


def clean_lines(text: str) -> list[str]:
    """The lines of ``text`` that are not empty, each clean. Cleaning what is clean changes nothing."""
    for _ in range(_PASSES):
        before = text
        text = "\n".join(clean for line in _clean(text).split("\n") if (clean := " ".join(line.split())))
        if text == before:
            break
    return text.split("\n") if text else []


def clean_line(text: str | None) -> str | None:
    """``text`` as one clean line, or None when nothing is left of it."""
    lines = clean_lines(text or "")
    if len(lines) > 1:
        lines = clean_lines(" ".join(lines))
    return lines[0] if lines else None


def _clean(text: str) -> str:
    text = _LINE_BREAK.sub("\n", resolve_references(text))
    if not text.isascii() and _SUSPECT.search(text):
        text = _mended(text)
    if "\x1b" in text:
        text = fixes.remove_terminal_escapes(text)
    text = _DROPPED.sub("", text)
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _ROW_OF_MARKS.sub(_shorter, _JOINERS.sub(_joining, text)))


def _mended(text: str) -> str:
    """``text`` with mojibake undone, a piece of a line at a time."""
    if is_bad(text):
        left = _MENDED_AT_MOST
        pieces: list[str] = []
        for piece in _pieces(text):
            if left > 0 and is_bad(piece):
                left -= len(piece)
                piece = ftfy.fix_encoding(piece, _MENDING)
                if is_bad(piece):
                    piece = fixes.decode_inconsistent_utf8(piece)
            pieces.append(piece)
        text = "".join(pieces)
    return text.translate(_C1_MEANT) if _C1.search(text) else text


def _pieces(text: str) -> Iterator[str]:
    """``text`` in lines, and lines in pieces of at most ``_MENDED_AT_ONCE``, cut at a space where there is one."""
    for line in re.findall(r"[^\n]*\n|[^\n]+", text):
        start = 0
        while len(line) - start > _MENDED_AT_ONCE:
            cut = line.rfind(" ", start + 1, start + _MENDED_AT_ONCE)
            cut = start + _MENDED_AT_ONCE if cut < 0 else cut
            yield line[start:cut]
            start = cut
        yield line[start:]


def _joining(found: re.Match[str]) -> str:
    """A joiner where it joins letters that need one (Persian, emoji); nothing where it stands beside ASCII."""
    text, start, end = found.string, found.start(), found.end()
    inside = start > 0 and end < len(text) and not text[start - 1].isascii() and not text[end].isascii()
    return found[0] if inside else ""


def _shorter(found: re.Match[str]) -> str:
    kept: list[str] = []
    row = 0
    for character in found[0]:
        row = row + 1 if unicodedata.combining(character) else 0
        if row <= _MARKS:
            kept.append(character)
    return "".join(kept)
