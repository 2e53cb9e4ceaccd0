"""Keys: under what an utterance is noted in the index, and what a quotation is looked up by.

Besides the 4-grams there are exact keys: all the words together with a story or a speaker. They find what has too few
words for grams, and what is made of phrases so common that the index leaves their grams out.
"""

from __future__ import annotations

import xxhash

from wiredesk.publish.matching import FEWEST_SHORT
from wiredesk.publish.speakers import Voice, name_words
from wiredesk.publish.state import UtteranceState
from wiredesk.publish.utterances import wordings
from wiredesk.publish.wording import Wording


def exact_keys(wording: Wording, scopes: set[str]) -> set[int]:
    """The keys of the whole wording in each of the ``scopes``; none if it is too short to leave its article."""
    if wording.size < FEWEST_SHORT:
        return set()
    return {xxhash.xxh3_64_intdigest(f"{wording.whole}\n{scope}".encode()) >> 32 for scope in scopes}


def scopes_of(story_id: str | None, voice: Voice | None) -> set[str]:
    """The story, and the last word of the speaker's name (else the id): two names for one person agree on it."""
    scopes = {f"story {story_id}"} if story_id else set()
    if voice is not None:
        named = name_words(voice.name)
        scopes.add(f"voice {named[-1] if named else voice.entity_id}")
    return scopes


def new_keys(before: UtteranceState | None, now: UtteranceState) -> set[int]:
    """The keys of an utterance that it did not have ``before``."""
    was = _scopes(before) if before else set()
    scopes = _scopes(now)
    noted = before.references if before else []
    keys: set[int] = set()
    for reference, wording in zip(now.references, wordings(now), strict=True):
        if reference in noted:
            keys |= exact_keys(wording, scopes - was)
        else:
            keys |= exact_keys(wording, scopes) | wording.grams
    for wording in wordings(before) if before else ():
        keys -= wording.grams
    return keys


def _scopes(state: UtteranceState) -> set[str]:
    return set().union(*(scopes_of(entry.carrier.story_id, entry.voice) for entry in state.listed))
