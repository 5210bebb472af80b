from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

from lianfang.web import operations

TELL = """
import json
from django.conf import settings
names = ("PRODUCTION", "DEBUG", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE",
         "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE", "CSRF_COOKIE_SAMESITE",
         "SECURE_HSTS_SECONDS", "SECURE_PROXY_SSL_HEADER", "ALLOWED_HOSTS")
print(json.dumps({name: getattr(settings, name) for name in names}))
"""
CHECK = """
import django
django.setup()
from django.core.management import call_command
call_command("check", deploy=True)
"""


def run(place, code, **env):
    """Run a process of the staff site."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("LIANFANG_")}
    env = kept | operations.environment(settings.DEPLOYMENT, place, "staff") | env
    command = [sys.executable, "-c", code]
    return subprocess.run(command, env=env, check=True, capture_output=True, text=True)


@pytest.mark.parametrize("production", ["1", "0", ""])
def test_behind_tls_nothing_goes_without_it(place, production):
    told = json.loads(run(place, TELL, LIANFANG_PRODUCTION=production).stdout)
    strict = production == "1"
    assert told == {
        "PRODUCTION": strict,
        "DEBUG": False,
        "SESSION_COOKIE_SECURE": strict,
        "CSRF_COOKIE_SECURE": strict,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_SAMESITE": "Lax",
        "SECURE_HSTS_SECONDS": 31_536_000 if strict else 0,
        "SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"] if strict else None,
        "ALLOWED_HOSTS": ["127.0.0.1", "localhost"],
    }


def test_django_finds_nothing_to_warn_of_but_what_is_left_to_the_proxy(place):
    said = run(place, CHECK, LIANFANG_PRODUCTION="1", LIANFANG_HOSTS="lianfang.example").stderr
    codes = {part.split(")")[0] for part in said.split("(") if part[:9] == "security."}
    # W005, W021: whether other names of the domain are bound to TLS isn't this site's to say.
    # W008: the proxy that ends TLS sends people there.
    # W009: the key is short as text and holds 256 random bits.
    assert codes <= {"security.W005", "security.W008", "security.W009", "security.W021"}


def test_a_session_lasts_half_a_day_and_no_script_reads_it(browser):
    client = browser()
    client.post("/accounts/login/", {"login": "analyst", "password": "long-enough-2026"})
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["max-age"], "it ends with the browser"
    assert client.session.get_expiry_age() <= 12 * 3600


def test_signing_in_changes_the_session_and_signing_out_ends_it(browser):
    client = browser()
    client.get("/accounts/login/")
    client.cookies["sessionid"] = "chosen-by-somebody-else"
    client.post("/accounts/login/", {"login": "analyst", "password": "long-enough-2026"})
    key = client.cookies["sessionid"].value
    assert key != "chosen-by-somebody-else"
    client.post("/accounts/logout/")
    client.cookies["sessionid"] = key
    assert client.get("/").status_code == 302
