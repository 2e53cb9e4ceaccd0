"""Mark-up: from an HTML body to the lines that a reader sees.

Block elements, ``br``, list items and table rows become lines; scripts, styles, comments and forms go. The parser is
libxml2's with its limits on and no network, driven by events: no tree, so no limit of depth, no recursion, linear time.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple, cast

from lxml import etree

from wiredesk.intake.wordlists import word_set

_BLOCKS = word_set(
    """
    address article aside blockquote body br caption center dd details dialog div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option p pre search
    section summary table tbody tfoot thead tr ul
    """
)
_DROPPED = word_set(
    """
    applet audio button canvas datalist embed head iframe input noembed noframes noscript object script select style
    svg template textarea title video
    """
)
_CELLS = frozenset({"td", "th"})
_KINDS = {"figcaption": "caption", "nav": "boilerplate", "h1": "headline"}
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_INLINE_TAG = re.compile(r"</?(?:a|b|cite|em|font|i|mark|q|small|span|strong|sub|sup|u)(?:\s[^<>]*)?/?>", re.IGNORECASE)


class Line(NamedTuple):
    """A line of the body, and what the mark-up says it is (a kind of part), or None."""

    text: str
    kind: str | None


def read_html(body: str) -> list[Line]:
    """The lines of the HTML ``body``. Whatever it is, the parser makes the best of it."""
    reader = _Reader()
    parser = etree.HTMLParser(
        target=cast(Any, reader),  # the stubs ask for a target that takes bytes too
        encoding="utf-8",
        no_network=True,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    content = _FORBIDDEN.sub("", body).encode("utf-8", "replace")
    if not content.strip():
        return []
    etree.fromstring(content, parser)
    return reader.close()


def without_tags(text: str) -> str:
    """A headline or byline without the few tags that feeds leave in it ("<em>", "<br/>")."""
    return _INLINE_TAG.sub("", _BREAK_TAG.sub(" ", text)) if "<" in text else text


class _Reader:
    """Takes the parser's events; ``lines`` is what came of them."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._line: list[str] = []
        self._kinds: list[str] = []
        self._dropped = 0
        self._verbatim = 0
        self._quotes = 0

    def start(self, tag: str, _attributes: object) -> None:
        if tag in _DROPPED:
            self._dropped += 1
        if tag in _BLOCKS:
            self._break()
        if tag in _CELLS:
            self._line.append(" ")
        elif tag == "pre":
            self._verbatim += 1
        elif tag == "q":
            self._line.append("“" if self._quotes % 2 == 0 else "‘")
            self._quotes += 1
        if tag in _KINDS:
            self._kinds.append(tag)

    def end(self, tag: str) -> None:
        if tag in _DROPPED:
            self._dropped = max(0, self._dropped - 1)
        if tag in _BLOCKS:
            self._break()
        if tag == "pre":
            self._verbatim = max(0, self._verbatim - 1)
        elif tag == "q" and self._quotes:
            self._quotes -= 1
            self._line.append("”" if self._quotes % 2 == 0 else "’")
        if tag in _KINDS and self._kinds and self._kinds[-1] == tag:
            self._kinds.pop()

    def data(self, data: str) -> None:
        if self._dropped:
            return
        if self._verbatim:
            first, *more = data.split("\n")
            self._line.append(first)
            for line in more:
                self._break()
                self._line.append(line)
        else:
            self._line.append(data.replace("\n", " ").replace("\r", " "))

    def close(self) -> list[Line]:
        self._break()
        return self.lines

    def _break(self) -> None:
        text = "".join(self._line)
        self._line.clear()
        if text and not text.isspace():
            self.lines.append(Line(text, _KINDS[self._kinds[-1]] if self._kinds else None))
