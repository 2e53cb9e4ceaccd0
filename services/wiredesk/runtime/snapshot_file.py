"""The snapshot file: the state of a writer as named arrays, with what is needed to know whether it may be used.

    magic and format | length of the header | header (JSON) | the arrays, one behind the other | xxh3 of all before

It is written beside the one before it, brought to the disk and then renamed over it, so there is always a whole one.
Arrays are stored as they stand in memory (little-endian on every machine that runs this) and read into memory of their
own, to be used without another copy. Anything but numbers is refused: objects would need pickle.
"""

from __future__ import annotations

import os
import re
import struct
from collections.abc import Mapping
from io import FileIO
from pathlib import Path
from typing import Annotated, Any

import msgspec
import numpy as np
import xxhash
from msgspec import Meta, Struct
from numpy.typing import NDArray

_MAGIC = b"wiredesk state\x00\x01"
"""The last byte is the version of this format."""
_LENGTH = struct.Struct("<Q")
_NUMBERS = r"^[<|][biuf]\d+$"
"""What numpy calls types of numbers; anything else is neither written nor read."""
_DIGEST_BYTES = 8
_CHUNK = 16 << 20


class Unusable(Exception):
    """A snapshot that cannot be used; the message says why."""


class Part(Struct, frozen=True, array_like=True):
    """One array: its name, its type as numpy writes it ("<u8"), and its shape."""

    name: str
    dtype: Annotated[str, Meta(pattern=_NUMBERS)]
    shape: list[Annotated[int, Meta(ge=0)]]

    @property
    def nbytes(self) -> int:
        """Its size in the file."""
        return int(np.dtype(self.dtype).itemsize * np.prod(self.shape, dtype=np.int64))


class Header(Struct, frozen=True, kw_only=True):
    """What a snapshot holds: the state of ``stage`` as of ``offset``, that of the next record of ``topic`` to be read.

    ``cluster`` and ``topic_id`` are Kafka's ids; ``release`` is wiredesk's; ``made_at`` is in milliseconds since 1970.
    """

    release: str
    stage: str
    topic: str
    cluster: str
    topic_id: str
    offset: int
    made_at: int
    parts: list[Part] = []


def write(path: Path, header: Header, arrays: Mapping[str, NDArray[Any]]) -> int:
    """Writes a snapshot that will be at ``path`` once ``put_in_place`` was called; gives its size in bytes."""
    flat = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    parts = [Part(name, array.dtype.str, list(array.shape)) for name, array in flat.items()]
    if others := [part for part in parts if not re.match(_NUMBERS, part.dtype)]:
        raise TypeError(f"{others[0].name} is an array of {others[0].dtype}; a snapshot takes numbers only")
    described = msgspec.json.encode(msgspec.structs.replace(header, parts=parts))
    digest = xxhash.xxh3_64()
    with _beside(path).open("wb", buffering=0) as file:
        for block in (_MAGIC, _LENGTH.pack(len(described)), described):
            _put(file, memoryview(block), digest)
        for array in flat.values():
            _put(file, array.reshape(-1).view(np.uint8).data, digest)
        _put(file, memoryview(digest.digest()), digest)
        return file.tell()


def put_in_place(path: Path) -> None:
    """Brings what ``write`` wrote to the disk and puts it in the place of the snapshot at ``path``."""
    with _beside(path).open("rb+") as file:
        os.fsync(file.fileno())
    _beside(path).replace(path)
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def read_header(path: Path) -> Header:
    """What the snapshot at ``path`` says of itself; Unusable if it is none, or not whole."""
    with path.open("rb", buffering=0) as file:
        return _header(file)


def read_arrays(path: Path) -> dict[str, NDArray[Any]]:
    """The arrays of the snapshot at ``path``, which may be written to; Unusable if one bit of the file is not right."""
    digest = xxhash.xxh3_64()
    arrays: dict[str, NDArray[Any]] = {}
    with path.open("rb", buffering=0) as file:
        header = _header(file)
        begin = file.tell()
        file.seek(0)
        _take(file, memoryview(bytearray(begin)), digest)
        for part in header.parts:
            array = np.empty(part.shape, dtype=part.dtype)
            _take(file, array.reshape(-1).view(np.uint8).data, digest)
            arrays[part.name] = array
        if file.read(_DIGEST_BYTES) != digest.digest():
            raise Unusable("its checksum is wrong")
    return arrays


def _header(file: FileIO) -> Header:
    size = os.fstat(file.fileno()).st_size
    if file.read(len(_MAGIC)) != _MAGIC:
        raise Unusable("it is no snapshot, or one of another format")
    length = file.read(_LENGTH.size)
    described = _LENGTH.unpack(length)[0] if len(length) == _LENGTH.size else size
    if described > size:
        raise Unusable("it was cut short")
    try:
        header = msgspec.json.decode(file.read(described), type=Header)
        whole = file.tell() + sum(part.nbytes for part in header.parts) + _DIGEST_BYTES
    except (msgspec.DecodeError, ArithmeticError, TypeError, ValueError) as wrong:
        raise Unusable(f"its header cannot be read ({wrong})") from wrong
    if size != whole:
        raise Unusable(f"it has {size} bytes, not the {whole} that its header speaks of")
    return header


def _put(file: FileIO, block: memoryview, digest: xxhash.xxh3_64) -> None:
    while block:
        written = file.write(block[:_CHUNK])
        digest.update(block[:written])
        block = block[written:]


def _take(file: FileIO, block: memoryview, digest: xxhash.xxh3_64) -> None:
    while block:
        count = file.readinto(block[:_CHUNK])
        if not count:
            raise Unusable("it was cut short")
        digest.update(block[:count])
        block = block[count:]


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.new")
