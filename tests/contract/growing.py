"""JSON documents as a newer release would write them: fields added in places, all else byte for byte."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import msgspec
from hypothesis import strategies as st
from msgspec import Raw


def grown(value: bytes, place: str, new: dict[str, bytes]) -> bytes:
    """The JSON ``value`` with the fields ``new`` in every object at ``place``.

    "" is ``value`` itself; "a.b" is the field b of the object at a, or of each object of the array at a.
    """
    if value[:1] == b"[":
        return msgspec.json.encode([Raw(grown(bytes(one), place, new)) for one in decoded(value, list[Raw])])
    if value[:1] != b"{":
        return value
    fields = decoded(value, dict[str, Raw])
    first, _, rest = place.partition(".")
    if not first:
        fields |= {name: Raw(text) for name, text in new.items()}
    elif first in fields:
        fields[first] = Raw(grown(bytes(fields[first]), rest, new))
    return msgspec.json.encode(fields)


def objects_at(value: bytes, place: str) -> Iterator[dict[str, bytes]]:
    """The objects at ``place``: their fields, as they are written."""
    if value[:1] == b"[":
        for one in decoded(value, list[Raw]):
            yield from objects_at(bytes(one), place)
    elif value[:1] == b"{":
        fields = {name: bytes(text) for name, text in decoded(value, dict[str, Raw]).items()}
        first, _, rest = place.partition(".")
        if not first:
            yield fields
        elif first in fields:
            yield from objects_at(fields[first], rest)


def decoded(value: bytes, kind: Any = Any) -> Any:
    return msgspec.json.decode(value, type=kind)


_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=5,
)
_WRITTEN = st.builds(
    lambda value, ascii_only, indent: json.dumps(value, ensure_ascii=ascii_only, indent=indent).encode(),
    _VALUES,
    st.booleans(),
    st.sampled_from([None, 1]),
)
NEW_FIELDS = st.dictionaries(st.text(max_size=8).map("new{}".format), _WRITTEN, min_size=1, max_size=3)
"""Names that no release has, with values as some other encoder wrote them: its spaces, its escapes."""
