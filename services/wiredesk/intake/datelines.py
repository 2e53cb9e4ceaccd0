"""Datelines: the place, and often the agency, that open a wire story ("BEIRUT (Reuters) - ...").

Why parse them: the place seeds the geography of the article, the agency is the best evidence of its origin, and neither
belongs to the first sentence. Forms: AP stylebook, "datelines"; Interfax "MOSCOW. Sept 18 (Interfax) - "; TASS
"MOSCOW, September 18. /TASS/. "; Business Wire "NEW YORK--(BUSINESS WIRE)--"; south Asian papers "NEW DELHI: ".
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from wiredesk.intake.outlets import outlet_named
from wiredesk.intake.wordlists import sections, word_set

_WINDOW = 140
"""Code points from the start of a paragraph that can be a dateline."""

_PLACE = r"(?P<place>[^()\n:\u2013\u2014/]{2,70}?(?:/[^()\n:\u2013\u2014/\d]{3,30}?){0,2})"
_MONTH = "(?:" + "|".join(sections("datelines.txt")["months"]) + ")"
_DAY = rf"(?:{_MONTH}\.? \d{{1,2}}(?:, \d{{4}})?|\d{{1,2}} {_MONTH}\.?(?: \d{{4}})?)"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, )?"
_DATE = rf"(?P<date>[.,]? \(?{_WEEKDAY}{_DAY}\)?\.?)?"
_DASH = r"(?P<dash>\s?-{2,3}\s?|\s?[\u2013\u2014\u2015]{1,2}\s?|\s?-\s|\s-|(?<=\.)-|\s_\s|:\s)"
_AGENCY = r"(?:\s?(?:--|[\u2013\u2014])?\s?\((?P<agency>[^()\n]{2,40})\)|,? ?/(?P<slashes>[A-Za-z][\w -]{1,20})/)"

_PLAIN = re.compile(rf"{_PLACE}{_DATE}{_DASH}")
_SIGNED = re.compile(rf"{_PLACE}{_DATE}{_AGENCY}\.?(?:{_DASH}|\s)")
_BARE_AGENCY = re.compile(rf"\((?P<agency>[^()\n]{{2,40}})\)\.?{_DASH}")
_TOWN = re.compile(r"[^\W\d_][\w.'\u2019-]*(?:[ /-][\w.'\u2019-]+){0,5}")
_REGION = re.compile(r"[^\W\d_][\w.'\u2019-]*(?: [\w.'\u2019-]+){0,3}")
_SMALL_WORDS = word_set(
    """
    al and da de del di do du el en la las le les los of on sur the upon van von am an der
    """
)
_IN_NAMES = frozenset({"NEW", "KEY", "LIVE", "THE"})


class Dateline(NamedTuple):
    """The dateline that opens a paragraph."""

    end: int  # code points of the whole, the dash and the space after it included
    place: str | None  # as written, "BEIRUT, Lebanon"; None in "(CNN) - "
    agency: str | None  # as written, "Reuters"; None when there is none
    signed_end: int  # where the place and the agency end


def parse_dateline(paragraph: str, opening: bool) -> Dateline | None:
    """The dateline that opens ``paragraph``, or None.

    A place without an agency counts only where the article opens (``opening``), an agency that the register knows
    everywhere: agencies send round-ups with a dateline an item.
    """
    head = paragraph[:_WINDOW]
    return _signed(head, opening) or (_plain(head) if opening else None)


def agencies_named(agency: str) -> list[str]:
    """The agencies in a dateline's brackets or a credit's name: two in "Reuters/AFP"."""
    return [name for part in re.split(r"[/,;&+]| and ", agency) if (name := part.strip())]


def _signed(head: str, opening: bool) -> Dateline | None:
    for form in (_BARE_AGENCY, _SIGNED):
        found = form.match(head)
        if found is None:
            continue
        groups = found.groupdict()
        place, agency = groups.get("place"), groups.get("agency") or groups.get("slashes")
        if agency is None or (place is None and not opening):
            continue
        known = any(outlet_named(name) is not None for name in agencies_named(agency))
        if groups.get("dash") is None and not groups.get("slashes"):
            continue
        if place is not None and not _is_place(place, capitals=not known):
            continue
        if not known and not (opening and place is not None and _may_be_agency(agency)):
            continue
        signed = found.start("dash") if groups.get("dash") else found.end()
        return Dateline(found.end(), _written(place), agency.strip(), len(head[:signed].rstrip()))
    return None


def _plain(head: str) -> Dateline | None:
    found = _PLAIN.match(head)
    if found is not None:
        place, dated, dash = found["place"], found["date"] is not None, found["dash"]
        after = head[found.end() : found.end() + 1]
        if not after or not (after.isupper() or after.isdigit() or after in "“\"'‘«$£€"):
            return None
        alone = place.casefold() in _words("alone")
        if dash.startswith(":") and not (dated or (alone and place.isupper())):
            return None
        town, comma, region = place.partition(",")
        known = dated or alone or (comma and region.strip() in _states()) or _town_and_state(place)
        if _is_place(place, capitals=not known) and (known or len(town) > 3):
            return Dateline(found.end(), _written(place), None, len(head[: found.start("dash")].rstrip()))
    return None


def _is_place(place: str, capitals: bool) -> bool:
    """Whether ``place`` is built like one: a town, then at most two regions; the town in capitals if they are asked."""
    town, *regions = (part.strip() for part in place.rstrip(" .,").split(","))
    if len(regions) > 2 or _TOWN.fullmatch(town) is None:
        return False
    if not all(_REGION.fullmatch(region) and region[0].isupper() for region in regions):
        return False
    if _plainly_no_place(town):
        return False
    if capitals:
        return all(word.isupper() or re.fullmatch(r"(?:Mc|Mac|O['’])[A-Z]+", word) for word in re.split(r"[ /]", town))
    return all(word[0].isupper() or word in _SMALL_WORDS or word[0] in "'’" for word in re.split(r"[ /]", town) if word)


def _plainly_no_place(town: str) -> bool:
    """Whether ``town`` is "BREAKING" or has such a word in it ("FACT CHECK"), short of "NEW HAVEN" and "KEY WEST"."""
    words = town.upper().split()
    return any(word in _words_upper("no place") and (len(words) == 1 or word not in _IN_NAMES) for word in words)


def _town_and_state(place: str) -> bool:
    """Whether a town and a state stand together without a comma: "WASHINGTON D.C."."""
    town, _, state = place.rpartition(" ")
    return state in _states() and town.casefold() in _words("alone")


def _may_be_agency(agency: str) -> bool:
    """Whether a name in brackets that no register knows can be an agency: at most three words, each with a capital."""
    words = agency.split()
    return (
        len(words) <= 3
        and all(word[0].isupper() and word.replace("-", "").replace("'", "").isalpha() for word in words)
        and agency not in _states()
        and not any(word in sections("datelines.txt")["months"] for word in words)
    )


def _written(place: str | None) -> str | None:
    if place is None:
        return None
    place = place.strip(" ,")
    return place[:-1] if place.endswith(".") and place.count(".") == 1 and "," not in place else place


@cache
def _states() -> frozenset[str]:
    return frozenset(sections("datelines.txt")["states"])


@cache
def _words(section: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in sections("datelines.txt")[section])


@cache
def _words_upper(section: str) -> frozenset[str]:
    return frozenset(word.upper() for word in sections("datelines.txt")[section])
