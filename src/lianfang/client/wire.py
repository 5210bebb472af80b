"""Requests over HTTPS, made again where the platform asks for patience."""

from __future__ import annotations

import time
from http import HTTPStatus
from typing import TYPE_CHECKING, TypeVar

import msgspec
import requests

from lianfang.client.errors import ProblemError
from lianfang.client.model import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

BUSY = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
PAUSE = 1.0
"""Seconds, where the platform doesn't say how long; doubled each time."""
_Record = TypeVar("_Record", bound=msgspec.Struct)


class Wire:
    """Asks a platform, and reads its answers as records."""

    def __init__(self, base_url: str, token: str, *, timeout: float, patience: float) -> None:
        self._base = base_url.rstrip("/") + "/api/v1"
        self._timeout, self._patience = timeout, patience
        self._session = requests.Session()
        self._session.auth = _Bearer(token)

    def get(
        self, path: str, kind: type[_Record], asked: Mapping[str, str | int] | None = None
    ) -> _Record:
        """Ask for something."""
        return self._read(requests.Request("GET", self._base + path, params=asked), kind)

    def post(
        self,
        path: str,
        kind: type[_Record],
        *,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        files: Mapping[str, tuple[str, bytes]] | None = None,
    ) -> _Record:
        """Send JSON, or files."""
        own = dict(headers or {}) | ({} if files else {"Content-Type": "application/json"})
        request = requests.Request(
            "POST", self._base + path, headers=own, data=body or None, files=files
        )
        return self._read(request, kind)

    def _read(self, request: requests.Request, kind: type[_Record]) -> _Record:
        answer = self._patiently(self._session.prepare_request(request))
        if answer.ok and not answer.is_redirect:
            return msgspec.json.decode(answer.content, type=kind)
        raise ProblemError(_problem(answer))

    def _patiently(self, request: requests.PreparedRequest) -> requests.Response:
        """The answer, when the platform has time; its last, when patience is over."""
        end, pause = time.monotonic() + self._patience, PAUSE
        while True:
            answer = self._once(request)
            wait = _wait(answer, pause)
            if answer.status_code not in BUSY or time.monotonic() + wait > end:
                return answer
            time.sleep(wait)
            pause *= 2

    def _once(self, request: requests.PreparedRequest) -> requests.Response:
        settings = self._session.merge_environment_settings(request.url, {}, None, None, None)
        # A redirect would take the token elsewhere.
        return self._session.send(request, timeout=self._timeout, allow_redirects=False, **settings)


class _Bearer(requests.auth.AuthBase):
    """The token, whatever a `.netrc` says."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


def _wait(answer: requests.Response, pause: float) -> float:
    told = answer.headers.get("Retry-After", "")
    return float(told) if told.isascii() and told.isdigit() else pause


def _problem(answer: requests.Response) -> Problem:
    try:
        return msgspec.json.decode(answer.content, type=Problem)
    except msgspec.MsgspecError:
        return Problem(answer.reason or "no answer", answer.status_code)
