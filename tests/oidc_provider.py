"""A small OpenID Connect issuer, a process of its own: `python oidc_provider.py PORT`.

Its page shows people to sign in as. What is wrong with some of them is told by `fault`, so that a
site can be shown tokens that prove nothing.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "lianfang", "known-to-both"
PEOPLE = {
    "analyst": {"sub": "a-1", "email": "analyst@house.example", "email_verified": True,
                "preferred_username": "analyst"},
    "another": {"sub": "a-2", "email": "analyst@house.example", "email_verified": True},
    "unverified": {"sub": "u-1", "email": "analyst@house.example", "email_verified": False},
    "stranger": {"sub": "s-1", "email": "stranger@house.example", "email_verified": True},
    "dotless": {"sub": "d-1", "email": "ınna@house.example", "email_verified": True},
}  # fmt: skip
FAULTS = (
    "forged", "unsigned", "other-audience", "other-issuer", "other-nonce", "expired", "no-token",
    "other-person", "no-sub", "unknown-key", "nonsense",
)  # fmt: skip
KEY, FORGERS = (rsa.generate_private_key(65537, 2048) for _ in range(2))
GIVEN = {}


class Issuer(BaseHTTPRequestHandler):
    """Answers a site and its people."""

    def do_GET(self):
        path, asked = self._asked(urlsplit(self.path).query)
        answers = {
            "/.well-known/openid-configuration": self._configuration,
            "/authorize": lambda: self._authorize(asked),
            "/jwks": self._keys,
            "/userinfo": self._userinfo,
        }
        answers.get(path, self._nothing)()

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        path, asked = self._asked(body)
        self._token(asked) if path == "/token" else self._nothing()

    def log_message(self, *_):
        pass

    def _asked(self, query):
        asked = {name: values[0] for name, values in parse_qs(query).items()}
        return urlsplit(self.path).path, asked

    @property
    def _here(self):
        return f"http://127.0.0.1:{self.server.server_port}"

    def _configuration(self):
        self._say({
            "issuer": self._here,
            "authorization_endpoint": f"{self._here}/authorize",
            "token_endpoint": f"{self._here}/token",
            "userinfo_endpoint": f"{self._here}/userinfo",
            "jwks_uri": f"{self._here}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        })  # fmt: skip

    def _authorize(self, asked):
        assert asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        links = []
        for name in [*PEOPLE, *(f"analyst!{fault}" for fault in FAULTS)]:
            code = secrets.token_urlsafe()
            GIVEN[code] = (*name.partition("!")[::2], asked)
            back = urlencode({"code": code, "state": asked["state"]})
            links.append(f'<li><a href="{asked["redirect_uri"]}?{back}">{name}</a></li>')
        self._answer(
            "<!doctype html><title>Issuer</title><link rel=icon href=data:,>"
            f"<ul>{''.join(links)}</ul>",
            "text/html",
        )

    def _token(self, asked):
        name, fault, before = GIVEN.pop(asked["code"])
        proof = hashlib.sha256(asked["code_verifier"].encode()).digest()
        proof = base64.urlsafe_b64encode(proof).rstrip(b"=").decode()
        assert (asked["client_id"], asked["client_secret"]) == (CLIENT, SECRET)
        assert asked["redirect_uri"] == before["redirect_uri"]
        assert proof == before["code_challenge"]
        access = secrets.token_urlsafe()
        GIVEN[access] = name, fault
        told = {"access_token": access, "token_type": "Bearer", "expires_in": 60}
        if fault != "no-token":
            told["id_token"] = self._signed(name, fault, before["nonce"])
        self._say(told)

    def _signed(self, name, fault, nonce):
        now = int(time.time())
        claims = {
            "iss": "http://elsewhere.example" if fault == "other-issuer" else self._here,
            "aud": "another" if fault == "other-audience" else CLIENT,
            "sub": PEOPLE[name]["sub"],
            "nonce": "of-another" if fault == "other-nonce" else nonce,
            "iat": now - 100,
            "exp": now - 50 if fault == "expired" else now + 60,
        }
        if fault == "no-sub":
            del claims["sub"]
        if fault == "unsigned":
            return jwt.encode(claims, None, "none", headers={"kid": "1"})
        if fault == "nonsense":
            return "no.token.atall"
        kid = "9" if fault == "unknown-key" else "1"
        return jwt.encode(claims, FORGERS if fault == "forged" else KEY, "RS256", {"kid": kid})

    def _keys(self):
        public = jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True)
        self._say({"keys": [public | {"kid": "1", "alg": "RS256", "use": "sig"}]})

    def _userinfo(self):
        name, fault = GIVEN[self.headers["Authorization"].removeprefix("Bearer ")]
        told = PEOPLE[name] | ({"sub": "of-another"} if fault == "other-person" else {})
        self._say(told)

    def _nothing(self):
        self.send_error(404)

    def _say(self, told):
        self._answer(json.dumps(told), "application/json")

    def _answer(self, text, kind):
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Issuer).serve_forever()
