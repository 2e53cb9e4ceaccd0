"""The snapshot file: what was written is read, and what was harmed in any way is not."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from wiredesk.runtime.snapshot_file import Header, Unusable, put_in_place, read_arrays, read_header, write

HEADER = Header(
    release="1", stage="dedup", topic="dedup.state.v1", cluster="c", topic_id="t", offset=7, made_at=1_789_279_200_000
)
ARRAYS = {
    "numbers": np.arange(5_000, dtype=np.uint64),
    "rows": np.arange(60, dtype=np.uint8).reshape(20, 3),
    "none": np.empty((0, 3), dtype=np.uint32),
}

_KINDS = (hnp.unsigned_integer_dtypes, hnp.integer_dtypes, hnp.floating_dtypes)
_DTYPES = st.one_of(*(kind(endianness="<") for kind in _KINDS))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "dedup.snapshot"
    write(path, HEADER, ARRAYS)
    put_in_place(path)
    return path


@settings(deadline=None)
@given(hnp.arrays(_DTYPES, hnp.array_shapes(min_dims=1, min_side=0)))
def test_an_array_comes_back_as_it_was_and_can_be_changed(
    tmp_path_factory: pytest.TempPathFactory, array: np.ndarray
) -> None:
    path = tmp_path_factory.mktemp("file") / "dedup.snapshot"
    write(path, HEADER, {"it": array})
    put_in_place(path)

    back = read_arrays(path)["it"]
    assert (back.dtype, back.shape, back.tobytes()) == (array.dtype, array.shape, array.tobytes())
    assert back.flags.writeable


def test_the_header_says_what_it_is_and_what_is_in_it(path: Path) -> None:
    header = read_header(path)
    assert msgspec.structs.replace(header, parts=[]) == HEADER
    assert [part.name for part in header.parts] == list(ARRAYS)


def test_there_is_one_file_and_a_new_one_takes_its_place_when_it_is_whole(path: Path) -> None:
    write(path, msgspec.structs.replace(HEADER, offset=8), ARRAYS)
    assert read_header(path).offset == 7
    put_in_place(path)
    assert read_header(path).offset == 8
    assert [file.name for file in path.parent.iterdir()] == ["dedup.snapshot"]


@pytest.mark.parametrize("share", [0.0, 0.0001, 0.001, 0.5, 0.9999])
def test_one_that_was_cut_short_is_refused(path: Path, share: float) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: int(share * len(whole))])
    with pytest.raises(Unusable):
        read_header(path)
    with pytest.raises(Unusable):
        read_arrays(path)


def test_one_that_is_too_long_is_refused(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"!")
    with pytest.raises(Unusable, match="not the 4"):
        read_header(path)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_one_with_a_wrong_bit_anywhere_is_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("file") / "dedup.snapshot"
    write(path, HEADER, {"numbers": np.arange(20)})
    put_in_place(path)
    content = bytearray(path.read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= 1 << data.draw(st.integers(0, 7))
    path.write_bytes(content)

    with pytest.raises(Unusable):
        read_arrays(path)


@pytest.mark.parametrize("things", [np.array([object()]), np.array(["text"]), np.zeros(2, dtype="u1,u8")])
def test_only_numbers_are_written(tmp_path: Path, things: np.ndarray) -> None:
    with pytest.raises(TypeError, match=r"things is an array of .*; a snapshot takes numbers only"):
        write(tmp_path / "dedup.snapshot", HEADER, {"things": things})


def test_python_objects_are_not_read(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content.replace(b'"<u8"', b'"|O8"'))
    with pytest.raises(Unusable, match=r"header cannot be read .*\$\.parts"):
        read_arrays(path)
