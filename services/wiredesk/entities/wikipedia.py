"""Wikipedia's titles for this process: the table of the extra ``wikipedia``, made at its first use; None without it."""

from __future__ import annotations

import logging
from functools import cache

from wiredesk.entities.builders.titles import ensure
from wiredesk.entities.titles import Titles, directory

_log = logging.getLogger(__name__)


@cache
def wikipedia() -> Titles | None:
    """The titles. Making the table takes half a minute, once a machine; where it cannot be kept we go without."""
    kept = directory()
    if kept is not None and not kept.is_dir():
        _log.info("making the table of Wikipedia titles in %s: half a minute, once on this machine", kept)
    try:
        made = ensure()
        return None if made is None else Titles(made)
    except OSError as error:
        _log.warning(
            "people are not linked to Wikipedia: the table of titles cannot be kept (%s); "
            "set XDG_CACHE_HOME to a directory that can be written",
            error,
        )
        return None
