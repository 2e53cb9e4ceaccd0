from __future__ import annotations

import tracemalloc
from uuid import UUID, uuid4

import pytest

from wiredesk.publish.floors import Floors

ID = "6f1d3a52-9a0b-5e55-8a3e-2f3f6f1c7a10"


def test_a_floor_never_goes_down():
    floors = Floors()
    assert floors.of(ID) == 0
    for version in (1, 5, 3):
        floors.raise_to(ID, version)
    assert floors.of(ID) == 5


@pytest.mark.parametrize(
    "other", [ID.upper(), ID.replace("-", ""), "{" + ID + "}", "urn:uuid:" + ID, "", "a", "ü" * 16]
)
def test_another_spelling_is_another_article(other):
    floors = Floors()
    floors.raise_to(ID, 2)
    floors.raise_to(other, 7)
    assert (floors.of(ID), floors.of(other), len(floors)) == (2, 7, 2)


def test_the_packed_bytes_of_one_id_are_not_the_name_of_another():
    floors = Floors()
    floors.raise_to("abcdefghijklmnop", 2)  # 16 bytes, like a packed UUID
    assert floors.of(str(UUID(bytes=b"abcdefghijklmnop"))) == 0


def test_a_floor_is_small():
    ids = [str(uuid4()) for _ in range(20_000)]
    tracemalloc.start()
    floors = Floors()
    for one in ids:
        floors.raise_to(one, 3)
    used, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert used / len(ids) < 150
