"""Words of communication: which indirect attributions count as reported speech, rather than as thought or intent."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_WORD = re.compile(r"[a-z\-]+")
_SIGNS = frozenset({":", "\u2015", "\u2014", "-"})


def is_speech(cue: str) -> bool:
    """Whether the words of a cue, or the sign that it is, tell of communication."""
    return cue.strip() in _SIGNS or any(word in _words() for word in _WORD.findall(cue.lower()))


@cache
def _words() -> frozenset[str]:
    lines = (Path(__file__).parent / "data" / "speech_words.txt").read_text("utf-8").splitlines()
    kinds = [line.split("|") for line in lines if line and not line.startswith("#")]
    return frozenset(form for kind, word in kinds for form in (_forms(word) if kind == "verb" else [word]))


def _forms(verb: str) -> set[str]:
    """The regular forms, and some that do not exist and do no harm."""
    found = {verb, verb + "s", verb + "es", verb + "ed", verb + "d", verb + "ing", verb + verb[-1] + "ed"}
    found.add(verb + verb[-1] + "ing")
    if verb.endswith("e"):
        found.add(verb[:-1] + "ing")
    if verb.endswith("y"):
        found |= {verb[:-1] + "ied", verb[:-1] + "ies"}
    return found
