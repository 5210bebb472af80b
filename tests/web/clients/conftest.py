"""Programs with tokens of whoever a test names."""

from __future__ import annotations

import json

import pytest

from web.clients.served import served

BODY = "application/json"
SCOPES = ("screen", "intake.write", "intake.read", "alerts.read", "alerts.decide")


class Program:
    """Asks the API as a program does, through Django's test client."""

    def __init__(self, client, secret):
        self.client, self.secret = client, secret
        self.headers = {"Authorization": f"Bearer {secret}"} if secret else {}

    def get(self, path, **asked):
        return self.client.get(f"/api/v1{path}", asked, headers=self.headers)

    def post(self, path, body, **headers):
        """POST something as JSON, bytes as they are."""
        body = body if isinstance(body, bytes) else json.dumps(body).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        kind = named.pop("Content-Type", BODY)
        all_ = self.headers | named
        return self.client.post(f"/api/v1{path}", body, content_type=kind, headers=all_)

    def send(self, path, file, **headers):
        """POST a file."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.post(f"/api/v1{path}", {"file": file}, headers=self.headers | named)


@pytest.fixture
def token(person):
    """Return a function: a token of a role's account, and its secret."""
    from lianfang.web.clients.services import add_token

    def token(role="compliance", scopes=SCOPES, purposes=None, **more):
        user = person(role)
        chosen = user.purposes if purposes is None else purposes
        made = {"name": "测试", "days": 30, **more}
        return add_token(scopes=scopes, purposes=chosen, user=user, **made)

    return token


@pytest.fixture
def program(token):
    """Return a function: a program with a new token, made as `token` makes it."""
    from django.test import Client

    def program(*args, secret=None, **options):
        if secret is None:
            secret = token(*args, **options)[1]
        return Program(Client(raise_request_exception=False), secret)

    return program


@pytest.fixture(scope="session")
def site():
    """A site that is really served, for as long as the tests run."""
    with served() as made:
        yield made
