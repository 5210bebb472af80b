"""What identifies a content: SHA-256 (FIPS 180-4), SM3 (GB/T 32905-2016) and its size.

Two digests of different make, so that a record of evidence outlives a break of either.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from cryptography.hazmat.primitives.hashes import SM3, Hash

if TYPE_CHECKING:
    from collections.abc import Iterable


class Digests(NamedTuple):
    """Both digests as 64 lower-case hex digits; `size` in bytes."""

    sha256: str
    sm3: str
    size: int


class Digesting:
    """Digests of a stream while it passes.

    Attributes:
        size: how many bytes have passed.
    """

    def __init__(self) -> None:
        self._sha256, self._sm3 = hashlib.sha256(), Hash(SM3())
        self.size = 0

    def update(self, chunk: bytes) -> None:
        self._sha256.update(chunk)
        self._sm3.update(chunk)
        self.size += len(chunk)

    def made(self) -> Digests:
        """Return the digests of what has passed so far; more may follow."""
        sm3 = self._sm3.copy().finalize().hex()
        return Digests(self._sha256.hexdigest(), sm3, self.size)


def digests(chunks: Iterable[bytes]) -> Digests:
    """Return the digests of chunks taken as one content; where they're cut doesn't matter."""
    digesting = Digesting()
    for chunk in chunks:
        digesting.update(chunk)
    return digesting.made()
