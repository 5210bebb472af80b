"""Originals kept as they came: digested, sealed, and written once.

This room is pure: no database, no clock and no network; times and keys are arguments.
"""

from lianfang.evidence.digests import Digesting, Digests, digests
from lianfang.evidence.originals import Originals, TooLargeError
from lianfang.evidence.sealing import (
    MasterKeys,
    SealError,
    rewrap,
    seal,
    seal_value,
    unseal,
    unseal_value,
)

__all__ = [
    "Digesting",
    "Digests",
    "MasterKeys",
    "Originals",
    "SealError",
    "TooLargeError",
    "digests",
    "rewrap",
    "seal",
    "seal_value",
    "unseal",
    "unseal_value",
]
