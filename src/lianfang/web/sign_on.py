"""Another place where people sign in (OpenID Connect), as the environment tells of it.

- `LIANFANG_OIDC_URL`: the issuer's address; without it there is no such place.
- `LIANFANG_OIDC_CLIENT`: what the site is called there.
- `LIANFANG_OIDC_SECRET_FILE`, or `LIANFANG_OIDC_SECRET`: the secret it was given there.
- `LIANFANG_OIDC_NAME`: what the button says, "OIDC" by default.
- `LIANFANG_OIDC_CLAIM`: by which an account is found the first time: `email` (the default; only
  one that the issuer has verified), or a claim that holds the user name, as `preferred_username`,
  where people can't choose it for themselves.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from lianfang.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

URL, CLIENT = "LIANFANG_OIDC_URL", "LIANFANG_OIDC_CLIENT"
SECRET, SECRET_FILE = "LIANFANG_OIDC_SECRET", "LIANFANG_OIDC_SECRET_FILE"
PROVIDER = "elsewhere"


class SignOn(NamedTuple):
    """Where else people sign in, and how an account is found there."""

    url: str
    client: str
    secret: str
    name: str
    claim: str

    def providers(self) -> dict[str, Any]:
        """As allauth wants to be told."""
        app = {
            "provider_id": PROVIDER,
            "name": self.name,
            "client_id": self.client,
            "secret": self.secret,
            "settings": {
                "server_url": self.url,
                "claim": self.claim,
                "oauth_pkce_enabled": True,
            },
        }
        return {"openid_connect": {"APPS": [app]}}


def sign_on(environ: Mapping[str, str], *, production: bool) -> SignOn | None:
    """The place that the environment tells of, if any.

    Raises:
        InputError: it is told of in part, its secret can't be read, or it lacks TLS in production.
    """
    url = environ.get(URL, "").rstrip("/")
    if not url:
        return None
    if not url.startswith("https://" if production else ("https://", "http://")):
        raise InputError("the sign-on has no TLS", where=URL, do="give an https address")
    client, secret = environ.get(CLIENT, ""), _secret(environ)
    if not client or not secret:
        do = f"set {CLIENT} and {SECRET_FILE}"
        raise InputError("the sign-on is told of in part", where=URL, do=do)
    name = environ.get("LIANFANG_OIDC_NAME", "OIDC")
    return SignOn(url, client, secret, name, environ.get("LIANFANG_OIDC_CLAIM", "email"))


def _secret(environ: Mapping[str, str]) -> str:
    file = environ.get(SECRET_FILE)
    if not file:
        return environ.get(SECRET, "")
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as error:
        do = "let the site's own user read it"
        raise InputError("the secret can't be read", where=file, do=do) from error
