"""Why the API refuses a request."""

from __future__ import annotations

from lianfang.errors import LianfangError


class UnknownTokenError(LianfangError):
    """No token, or none that lets anybody in."""

    http_status = 401


class NoScopeError(LianfangError):
    """The token isn't allowed this."""

    http_status = 403


class ConflictError(LianfangError):
    """Another request had this key, and said something else."""

    http_status = 409


class BodyTooLargeError(LianfangError):
    """More was sent than is read at once."""

    http_status = 413


class WrongFormError(LianfangError):
    """What was sent isn't of a form that is read here."""

    http_status = 415


class UnfitError(LianfangError):
    """What was sent can be read, and isn't what is asked for."""

    http_status = 422


class TooManyError(LianfangError):
    """More requests than may be made in a minute.

    Attributes:
        wait: seconds until there may be more.
    """

    http_status = 429

    def __init__(self, what: str, *, wait: int) -> None:
        super().__init__(what, do=f"wait {wait} seconds")
        self.wait = wait
