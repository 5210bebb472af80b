"""One POST to an address that was checked: that very one, once, within bounds."""

from __future__ import annotations

import http.client
import socket
import ssl
from contextlib import suppress
from threading import Timer
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lianfang.web.clients.addresses import addresses

if TYPE_CHECKING:
    from collections.abc import Mapping

SECONDS = 10
"""For all of it, however slowly the other side speaks."""
MOST_ANSWER = 64 << 10


def post(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """Send and return the status; redirects aren't followed.

    Raises:
        ClosedAddressError: the host has an address that isn't told anything.
        OSError, http.client.HTTPException: nothing was answered in time, or no HTTP.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    found = addresses(host, port)
    connection = _Pinned(host, port, str(found[0]), secure=parts.scheme == "https")
    watch = Timer(SECONDS, connection.cut)
    watch.start()
    try:
        path = parts.path or "/"
        connection.request("POST", f"{path}?{parts.query}" if parts.query else path, body, headers)
        answer = connection.getresponse()
        answer.read(MOST_ANSWER)
    finally:
        watch.cancel()
        connection.close()
    return answer.status


class _Pinned(http.client.HTTPConnection):
    """A connection to an address that speaks to, and makes sure of, a host's name."""

    def __init__(self, host: str, port: int, address: str, *, secure: bool) -> None:
        super().__init__(host, port, timeout=SECONDS)
        self._address, self._secure = address, secure
        if secure:
            self.default_port = 443

    def connect(self) -> None:
        # It is an address, so no resolver is asked again.
        self.sock = socket.create_connection((self._address, self.port), SECONDS / 2)
        if self._secure:
            self.sock = ssl.create_default_context().wrap_socket(
                self.sock, server_hostname=self.host, do_handshake_on_connect=False
            )
            self.sock.do_handshake()

    def cut(self) -> None:
        """End it from outside, whatever it waits for."""
        with suppress(OSError):
            # Not TLS's own way of ending: that would wait for the other side.
            socket.socket.shutdown(self.sock, socket.SHUT_RDWR)
