"""Language: the feed's word for it, else what the text looks like.

Measured on 2,600 paragraphs of English news and press releases of every length: py3langid was never wrong where its
probability was over .9, and under 40 characters it is seldom over it; so below that the answer is ``und`` (BCP 47:
undetermined). On 300 texts of 500 characters none was wrong or unsure. It takes 0.2 ms each, and 0.7 s to load.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

_TAG = re.compile(r"(?P<primary>[A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{1,8})*")
_SURE = 0.9
_SHORTEST = 40
_LOOKED_AT = 600
"""Characters that are looked at, from the start."""

UNDETERMINED = "und"


def language_of(given: str | None, text: str) -> str:
    """The primary subtag: of the feed's tag ("en-US" is "en") when it has the shape of one, else found in ``text``."""
    found = _TAG.fullmatch((given or "").strip())
    if found is not None and found["primary"].lower() != UNDETERMINED:
        return found["primary"].lower()
    if len(text) < _SHORTEST:
        return UNDETERMINED
    language, probability = _identifier().classify(text[:_LOOKED_AT])
    return str(language) if probability >= _SURE else UNDETERMINED


def load() -> None:
    """Loads the language model now, which otherwise the first article waits for."""
    _identifier()


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # slow to import and to load

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
