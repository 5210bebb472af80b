"""One error tree. Every error says where, what is wrong, and what to do next."""

from __future__ import annotations


class LianfangError(Exception):
    """Base of all errors that a user may see.

    Args:
        what: what is wrong, one clause.
        where: the place: `path:line`, `row 12, column "text"`, or a name.
        do: what the reader can do about it.

    Attributes:
        http_status: the status that a web view answers with.
    """

    http_status = 400

    def __init__(self, what: str, *, where: str = "", do: str = "") -> None:
        self.what, self.where, self.do = what, where, do
        super().__init__(": ".join(part for part in (where, what, do) if part))


class InputError(LianfangError):
    """A file, row or value from outside can't be used."""


class GuideError(LianfangError):
    """A guide, lexicon, law entry or shared file is wrong; `where` is `path:line`."""

    http_status = 500


class NotFoundError(LianfangError):
    """No such guide, feature or citation."""

    http_status = 404
