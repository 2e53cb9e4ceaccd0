"""Credit lines: who else had a hand in it ("Reporting by A in B; Editing by C", "(AP)", "Photo: Jane Doe").

They name the wires an article was made with, and people who are not in the news.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from wiredesk.intake.datelines import agencies_named
from wiredesk.intake.names import names_only
from wiredesk.intake.outlets import outlet_named
from wiredesk.intake.wordlists import sections

Kind = Literal["agency", "contributor", "reporting", "published", "photo"]
"""agency: names the agency and no more; contributor: says who contributed; reporting: reporters and editors."""

_LONGEST = 500
_CONTRIBUTED = re.compile(
    r"\bcontributed (?:(?:to (?:this|the) (?:report|story|article|piece|dispatch)|reporting|research)\b)"
    r"(?:(?: to (?:this|the) (?:report|story|article|piece))?(?:,? from [^.!?]{2,80})?)[.)\]]*$"
)
_AGENCY_SIGN = re.compile(r"[\s(\[\-\u2013\u2014/*]*(?P<name>[^()\[\]]{2,40}?)(?:/[a-z]{2,4})?[\s)\].*]*")
_SOURCE = re.compile(r"(?:Sources?|SOURCES?|Agency|Agencies|Via|via):?\s(?P<name>[^.]{2,60})\.?")
_END_SIGN = re.compile(
    r"\s\((?:(?:Additional |Further )?(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Cc]ompiled)(?: and [a-z]{5,10})? by "
    r"[^()]{3,300}"
    r"|(?P<name>[A-Za-z][^()/\d]{1,30})(?:/[a-z]{2,4})?)\)\.?$"
)
_NAMED = re.compile(r":?\s(?:(?:by|in|on|at|with|from)\s)?(?:the\s)?[A-Z]")
_TAIL = 420


def credit_kind(paragraph: str) -> Kind | None:
    """What kind of credit line ``paragraph`` is, or None when it is none."""
    if len(paragraph) > _LONGEST:
        return None
    bare = paragraph.strip(" ([{)]}-–—_*").rstrip(".")
    lowered = bare.casefold()
    for kind in ("published", "photo", "openings"):
        if not lowered.startswith(_openings(kind)):
            continue
        opening = next(opening for opening in _openings(kind) if lowered.startswith(opening))
        if (found := _opened(kind, bare, len(opening))) is not None:
            return found
    if paragraph[0] in "“\"‘'" or paragraph.count(". ") > 2:
        return None
    if _CONTRIBUTED.search(paragraph) is not None:
        return "contributor"
    if len(paragraph) <= 45 and _is_agency(_AGENCY_SIGN, paragraph):
        return "agency"
    return "agency" if len(paragraph) <= 80 and _is_agency(_SOURCE, paragraph) else None


def credit_at_end(paragraph: str) -> int | None:
    """Where a credit in brackets at the end of a paragraph begins ("... he said. (Reporting by A)"), or None."""
    if not paragraph.endswith((")", ").")):
        return None
    found = _END_SIGN.search(paragraph, max(1, len(paragraph) - _TAIL))
    if found is None or paragraph[found.start() - 1] not in ".!?”\"’'":
        return None
    name = found["name"]
    return found.start() + 1 if name is None or outlet_named(name) is not None else None


def bare_credit(line: str) -> str:
    """A credit line without its brackets and dashes: "AP" for "(AP)"."""
    return line.strip(" -–—*").removeprefix("(").removeprefix("[").rstrip(".").rstrip(")]").strip()


def _opened(kind: str, bare: str, length: int) -> Kind | None:
    rest = bare[length:]
    after = rest.lstrip(" :")
    if rest[:1].isalnum() or not after:
        return None
    if kind == "published":
        return "published" if len(bare) <= 300 and _NAMED.match(rest) else None
    capital = (
        after[0].isupper()
        or outlet_named(after) is not None
        or after.split()[0].rstrip(",") in ("the", "staff", "agencies")
    )
    if kind == "photo":
        marked = rest.startswith(":") or bare[:length].casefold().endswith((" by", "credit", "courtesy"))
        return "photo" if marked and capital and len(bare.split()) <= 16 else None
    if not capital or not names_only(after):
        return None
    return (
        "contributor"
        if bare.casefold().startswith(("with ", "additional reporting", "further rep", "extra rep"))
        else "reporting"
    )


def _is_agency(form: re.Pattern[str], paragraph: str) -> bool:
    found = form.fullmatch(paragraph)
    return found is not None and all(
        (outlet := outlet_named(name)) is not None and outlet.kind != "outlet" for name in agencies_named(found["name"])
    )


@cache
def _openings(kind: str) -> tuple[str, ...]:
    return tuple(sorted(sections("credits.txt")[kind], key=len, reverse=True))
