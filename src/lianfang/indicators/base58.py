"""Base58Check: bytes in letters that can't be mistaken, with four bytes of a double SHA-256."""

from __future__ import annotations

from hashlib import sha256

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_WORTH = {char: worth for worth, char in enumerate(ALPHABET)}
_CHECK = 4


def payload(text: str) -> bytes | None:
    """The bytes that a text of the alphabet stands for, without their check; None if it fails."""
    number = 0
    for char in text:
        number = number * len(ALPHABET) + _WORTH[char]
    zeros = len(text) - len(text.lstrip("1"))
    read = bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")
    body, check = read[:-_CHECK], read[-_CHECK:]
    return body if sha256(sha256(body).digest()).digest()[:_CHECK] == check else None
