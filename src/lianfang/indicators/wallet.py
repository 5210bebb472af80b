"""Addresses that USDT or bitcoin is paid to.

- Tron (TRC-20): Base58Check of 0x41 and twenty bytes, "T…".
- Bitcoin: Base58Check of 0x00 or 0x05 and twenty bytes, "1…" or "3…"; segregated witness, "bc1…".
- Ethereum (ERC-20): 0x and forty hexadecimal digits, canonical in small letters. The checksum
  that capitals carry there (EIP-55) takes Keccak-256, which the standard library hasn't: it
  isn't looked at.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lianfang.anchored import matches
from lianfang.indicators import base58, bech32
from lianfang.indicators.reading import Found

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIRST = re.compile("[T13bB0]")
_PATTERN = re.compile(
    rf"(?<![0-9A-Za-z])(?:(?P<tron>T[{base58.ALPHABET}]{{33}})|(?P<bitcoin>[13][{base58.ALPHABET}]{{25,34}})"
    rf"|(?P<witness>bc1[{bech32.ALPHABET}]{{11,71}}|BC1[{bech32.ALPHABET.upper()}]{{11,71}})"
    r"|(?P<ethereum>0[xX][0-9A-Fa-f]{40}))(?![0-9A-Za-z])",
)
_VERSIONS = {"tron": (0x41,), "bitcoin": (0x00, 0x05)}
_BYTES = 21
"""Of a payload: the version and a hash."""


def find(text: str) -> Iterator[Found]:
    """Capital letters tell: the text must have its own."""
    for match in matches(_FIRST, _PATTERN, text):
        kind, address = str(match.lastgroup), match.group()
        if kind in _VERSIONS:
            if _is_hash(address, _VERSIONS[kind]):
                yield Found(match.start(), match.end(), address)
        elif kind == "ethereum" or bech32.is_address("bc", address[3:].lower()):
            yield Found(match.start(), match.end(), address.lower())


def _is_hash(address: str, versions: tuple[int, ...]) -> bool:
    read = base58.payload(address)
    return read is not None and len(read) == _BYTES and read[0] in versions
