"""Where a webhook may be sent: to public addresses over TLS, and to nothing inside the house.

An institution whose receivers stand in its own network names that network in
`LIANFANG_WEBHOOK_NETWORKS`; everything else that isn't public stays closed.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit

from django.conf import settings

from lianfang.errors import InputError

if TYPE_CHECKING:
    from urllib.parse import SplitResult

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

MOST_CHARACTERS = 500
_PLAIN = re.compile(r"[!-~]+")
_CARRIES = tuple(
    ipaddress.IPv6Network(one) for one in ("64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "::/96")
)
"""Addresses that lead on to one of IPv4 which isn't looked at here: translated, tunnelled."""


class ClosedAddressError(InputError):
    """An address that webhooks aren't sent to."""


def checked_url(url: str) -> str:
    """The address of an endpoint, if it may be one by how it is written.

    Raises:
        InputError: it isn't https, has a name and password, or is no address.
    """
    url = url.strip()
    if not _PLAIN.fullmatch(url) or len(url) > MOST_CHARACTERS:
        raise InputError("no address", where="url", do="write https://host/path in plain ASCII")
    parts = _split(url)
    schemes = ("https", "http") if settings.WEBHOOK_HTTP else ("https",)
    if parts.scheme not in schemes or not parts.hostname:
        raise InputError("not https", where="url", do="write https://host/path")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise InputError("more than host and path", where="url", do="leave name and # out")
    _check_literal(parts.hostname)
    return url


def addresses(host: str, port: int) -> list[Address]:
    """Every address of a host, all of which may be told.

    Raises:
        ClosedAddressError: one of them is closed, or there is none.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise ClosedAddressError("no such host", where="url", do="check the name") from error
    known = [ipaddress.ip_address(str(one[4][0]).partition("%")[0]) for one in found]
    for address in known:
        check(address)
    return list(dict.fromkeys(known))


def check(address: Address) -> None:
    """Refuse an address that isn't public, or hides one that isn't.

    Raises:
        ClosedAddressError: it is closed.
    """
    inner = _inner(address)
    if any(inner in network for network in settings.WEBHOOK_NETWORKS):
        return
    carries = isinstance(inner, ipaddress.IPv6Address) and any(inner in one for one in _CARRIES)
    if not inner.is_global or inner.is_multicast or inner.is_reserved or carries:
        do = "use a public address, or have the network allowed (LIANFANG_WEBHOOK_NETWORKS)"
        raise ClosedAddressError("a closed address", where="url", do=do)


def _inner(address: Address) -> Address:
    """The IPv4 address within one of IPv6, where it says so."""
    if isinstance(address, ipaddress.IPv6Address):
        return address.ipv4_mapped or address.sixtofour or address
    return address


def _check_literal(host: str) -> None:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return
    check(address)


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise InputError("no address", where="url", do="write https://host/path") from error
    return parts
