"""Homes for databases, and one deployment that is loaded once and stays as it is."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from contextlib import ExitStack

import pytest

from chromium import chromium
from lianfang.web import operations
from lianfang.web.children import Children
from lianfang.web.deployment import Deployment
from lianfang.web.institution.purposes import ALL_PURPOSES
from servers import database_of
from web_sites import LETTERS, PASSWORD, POSTS, answers, free_port, new_home

ROLES = ("analyst", "reviewer", "handler", "compliance", "administrator", "auditor")
BASIS = "个人信息保护法第十三条第一款第三项"


def pytest_collection_modifyitems(items):
    """Tests that ask the database are passed on every server that we serve on."""
    for item in items:
        if "place" in getattr(item, "fixturenames", ()) and not item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.database)


@pytest.fixture
def home():
    """Give a folder that the database's user may pass through; `tmp_path` is closed to it."""
    folder = new_home()
    yield folder
    shutil.rmtree(folder)


def run_worker(deployment, place, *arguments):
    """Start a worker as the deployment does."""
    command = [sys.executable, "-m", "lianfang.web.worker", *arguments]
    env = os.environ | operations.environment(deployment, place, "worker")
    return subprocess.Popen(command, env=env)


@pytest.fixture(scope="session")
def place():
    """A deployment's database while the tests run; this process is one of staff."""
    home = new_home()
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, home)
        deployment = Deployment(home, create=True)
        there, said = stack.enter_context(database_of(deployment))
        os.environ.update(said)
        migrated = [sys.executable, "-m", "lianfang", "migrate", "--home", str(home)]
        subprocess.run(migrated, check=True)
        os.environ["LIANFANG_HOSTS"] = "testserver,127.0.0.1"
        operations.prepare(Deployment(home), there, "staff")
        yield there
        from django.db import connections

        connections.close_all()


@pytest.fixture(scope="session")
def loaded(place):
    """People of each role, a source of each of two purposes, and their files worked through.

    Committed for the whole run: tests change it within `db` alone. Gives the place.
    """
    from django.conf import settings

    from lianfang.web.clients.services import add_endpoint, add_token
    from lianfang.web.database.seeing import seeing
    from lianfang.web.institution.services import add_user
    from lianfang.web.intake.services import add_source, deliver

    people = {
        role: add_user(username=role, password=PASSWORD, role=role, by="tests") for role in ROLES
    }
    chief = people["compliance"]
    add_token(name="程序", scopes=["screen"], purposes=[], days=30, user=chief)
    told = {"events": ["delivery.ended"], "purposes": ["anti-telecom-fraud"]}
    add_endpoint(url="https://hooks.example/lianfang", **told, user=chief)
    with seeing(ALL_PURPOSES):
        for name, kind, purpose, content in (
            ("巡查", "post", "governance", POSTS),
            ("信访", "letter", "complaints", LETTERS),
        ):
            source = add_source(name=name, kind=kind, purpose=purpose, basis=BASIS, user=chief)
            stream = io.BytesIO(content.encode())
            deliver(source=source, stream=stream, name=f"{kind}s.csv", user=chief)
    assert run_worker(settings.DEPLOYMENT, place, "--once").wait(300) == 0
    return place


@pytest.fixture
def db(loaded):
    """The loaded database; what the test changes is taken back."""
    from django.db import transaction

    with transaction.atomic():
        yield loaded
        transaction.set_rollback(True)


@pytest.fixture
def sees_all(db):
    """A session that sees every purpose."""
    from lianfang.web.database.seeing import seeing

    with seeing(ALL_PURPOSES):
        yield


@pytest.fixture
def person(db):
    """Return a function: the account of a role."""
    from lianfang.web.institution.models import User

    return lambda role: User.objects.get(username=role)


@pytest.fixture
def browser(person):
    """Return a function: Django's test client, signed in with a role, or a stranger's."""
    from django.core.cache import caches
    from django.test import Client

    caches["brief"].clear()  # what was counted for another test

    def browser(role="", **options):
        client = Client(**options)
        if role:
            backend = "allauth.account.auth_backends.AuthenticationBackend"
            client.force_login(person(role), backend=backend)
        return client

    return browser


@pytest.fixture(scope="session")
def served(loaded):
    """The address of a site on the loaded database."""
    from django.conf import settings

    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with Children() as children:
        children.append(operations._site(settings.DEPLOYMENT, loaded, "127.0.0.1", port, 1))
        assert answers(address)
        yield address


@pytest.fixture(scope="module")
def engine():
    """A browser; while it runs, Django takes this thread for one that it mustn't work in."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def sign_in(served, engine):
    """Return a function: a page signed in as a role; at the end nothing went wrong on any."""
    troubles, contexts = [], []

    def sign_in(role, lang="zh-CN", scheme="light", width=1280):
        size = {"width": width, "height": 800}
        context = engine.new_context(
            base_url=served, locale=lang, color_scheme=scheme, viewport=size
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda told: troubles.append(f"{page.url}: {told.text}"))
        page.on("pageerror", lambda error: troubles.append(f"{page.url}: {error}"))
        page.goto("/")
        page.fill("[name=login]", role)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(f"{served}/")
        return page

    yield sign_in
    for context in contexts:
        context.close()
    assert troubles == []
