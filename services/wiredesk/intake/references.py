"""Character references: ``&amp;`` and ``&#8217;`` in text that was escaped once too often.

Feeds escape twice and three times ("&amp;amp;#8217;"). Resolving until nothing changes takes a pass a layer, which a
hostile feed can make as many as it likes; here one pass does all layers: whatever a ``;`` completes is resolved at once
and may complete the next.
"""

from __future__ import annotations

import html
import re
from html.entities import html5

_LONGEST = 34
"""Characters that a reference takes at most: the longest name of HTML 5 has 32 with its ``;``, then ``&``."""

_REFERENCE = re.compile(r"&(?:#(?:\d{1,7}|[xX][0-9a-fA-F]{1,6});|[A-Za-z][A-Za-z0-9]{1,31};)\Z")


def resolve_references(text: str) -> str:
    """``text`` with every character reference that ends in ``;`` resolved, nested ones too. Linear in its length."""
    if "&" not in text:
        return text
    pieces = text.split(";")
    done: list[str] = []
    tail = ""  # what a later ";" may still complete; always the end of the text so far
    for piece in pieces[:-1]:
        tail = _resolved(tail + piece + ";")
        if len(tail) > _LONGEST:
            done.append(tail[:-_LONGEST])
            tail = tail[-_LONGEST:]
    return "".join(done) + tail + pieces[-1]


def _resolved(text: str) -> str:
    """``text`` with the reference at its end resolved, and again as long as what came of it ends in another."""
    while (at := text.rfind("&", max(0, len(text) - _LONGEST))) >= 0:
        found = _REFERENCE.match(text, at)
        if found is None:
            break
        name = found[0][1:]
        if not name.startswith("#") and name not in html5:
            break
        text = text[:at] + html.unescape(found[0])
        if not text.endswith(";"):
            break
    return text
