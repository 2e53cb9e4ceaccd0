"""Captions: the words under a picture that a feed left in the body ("FILE - In this 2014 photo, ...").

They are about another day than the story, so later stages read them apart.
"""

from __future__ import annotations

import re

_LONGEST = 900
_OPENING = re.compile(
    r"FILE\s?(?:PHOTO\s?)?(?:[-\u2013\u2014:]|\s-)\s?"
    r"|(?:FILE|File) (?:PHOTO|photo|image|IMAGE)\b\s?[-:\u2013\u2014]?\s"
)
_AGENCIES = r"(?:AP|Associated Press|AFP|Getty Images|Getty|Reuters|EPA|Bloomberg)"
_PICTURE = r"(?:[Pp]hotos?|PHOTO|[Ii]mages?|[Ii]llustration|[Pp]icture|[Vv]ideo)"
_CREDITED = re.compile(
    rf"(?:[(\[](?:(?:AP|EPA|AFP|Reuters|REUTERS|Getty) )?{_PICTURE}"
    r" ?(?:[Bb]y\b|[Cc]ourtesy|[Cc]redit|:|/)[^()\[\]]{2,120}[)\]]"
    r"|[(\[](?:[Cc]ourtesy (?:of |photo)|[Cc]redit: ?|[Ff]ile (?:photo|image))[^()\[\]]{0,120}[)\]]"
    rf"|[(\[][^()\[\]]{{2,80}}/{_AGENCIES}(?: via [A-Z][\w ]{{1,40}})?[)\]]"
    r"|(?<=[.!?\u201d\"] )REUTERS/[A-Z][\w .'\u2019/-]{2,60}"
    r"|(?<=[.!?\u201d\"] )(?:Photo|Image|Picture|Photograph|Credit)(?: credit| courtesy)?(?: by)?: ?[A-Z][^:]{1,80})"
    r"\.?$"
)
_TAIL = 200


def is_caption(paragraph: str) -> bool:
    """Whether ``paragraph`` is a caption: it says FILE, or ends in a picture's credit after a sentence of its own."""
    if len(paragraph) > _LONGEST:
        return False
    if _OPENING.match(paragraph):
        return True
    found = _CREDITED.search(paragraph, max(0, len(paragraph) - _TAIL))
    return found is not None and found.start() > 0
