"""Changes that aren't made, told in the reader's language."""

from __future__ import annotations

from lianfang.errors import InputError


class RefusedError(InputError):
    """What somebody asked for isn't done.

    Attributes:
        key: of the phrase in `words.yaml` that tells why.
    """

    def __init__(self, key: str, what: str, *, where: str, do: str) -> None:
        super().__init__(what, where=where, do=do)
        self.key = key
