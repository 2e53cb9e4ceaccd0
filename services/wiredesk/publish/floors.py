"""Version floors: the newest version of every article that was ever decided. They never expire.

Why for ever: a feed may send last year's version again, and a withdrawn article must not come back. So each floor is
small: 16 bytes of UUID and one integer, about 130 bytes of memory in all.
"""

from __future__ import annotations

from uuid import UUID


class Floors:
    """The version floor of each article; 0 for one that was never seen."""

    def __init__(self) -> None:
        self._versions: dict[bytes | str, int] = {}

    def __len__(self) -> int:
        return len(self._versions)

    def of(self, article_id: str) -> int:
        """The newest version that was decided of the article."""
        return self._versions.get(_packed(article_id), 0)

    def raise_to(self, article_id: str, version: int) -> None:
        """Notes that ``version`` was decided. A floor never goes down."""
        key = _packed(article_id)
        self._versions[key] = max(version, self._versions.get(key, 0))


def _packed(article_id: str) -> bytes | str:
    try:
        packed = UUID(article_id)
    except ValueError:
        return article_id
    # UUID() also reads braces, "urn:" and capitals; only its own way of writing may be packed.
    return packed.bytes if str(packed) == article_id else article_id
