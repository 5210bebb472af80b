from __future__ import annotations

import shutil
import subprocess
import sys
from contextlib import contextmanager

import psycopg
import pytest

from web_sites import new_home

pytestmark = pytest.mark.slow


def lianfang(*words):
    command = [sys.executable, "-m", "lianfang", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@contextmanager
def reading(deployment):
    """All of the database, as the role `backup` reads it."""
    from lianfang.web import operations

    with operations.database(deployment) as place:
        host, _, rest = place.rpartition(":")
        port, _, name = rest.partition("/")
        password = deployment.secrets.roles["backup"]
        with psycopg.connect(
            host=host, port=port, dbname=name, user="lianfang_backup", password=password
        ) as connection:
            yield connection


def content(deployment):
    """The rows of every table, and what guards it."""
    with reading(deployment) as connection:
        tables = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        ).fetchall()
        rows = {
            table: sorted(map(str, connection.execute(f'SELECT * FROM "{table}"').fetchall()))  # noqa: S608  names of tables
            for (table,) in tables
        }
        guards = connection.execute(
            "SELECT relname, relrowsecurity, relforcerowsecurity, relacl::text FROM pg_class"
            " WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1"
        ).fetchall()
        policies = connection.execute(
            "SELECT tablename, policyname, qual, with_check FROM pg_policies ORDER BY 1, 2"
        ).fetchall()
    return (
        rows,
        [(*guard[:3], sorted(guard[3].strip("{}").split(","))) for guard in guards],
        policies,
    )


@pytest.fixture
def places():
    """A folder for a copy and a home for what is made of it."""
    root = new_home()
    yield root / "copy", root / "again"
    shutil.rmtree(root)


def test_a_copy_becomes_the_same_deployment_elsewhere(loaded, places):
    from django.conf import settings

    from lianfang.web.deployment import Deployment

    copy, again = places
    old = settings.DEPLOYMENT
    assert lianfang("backup", copy, "--home", old.home).returncode == 0
    secrets = old.home / "secrets.json"
    done = lianfang("restore", copy, "--secrets", secrets, "--home", again)
    assert done.returncode == 0, done.stderr
    assert not (copy / "secrets.json").exists()
    new = Deployment(again)
    assert content(new) == content(old)
    rows = content(new)[0]
    assert len(rows["intake_item"]) == 6
    digest = next((again / "originals").glob("*/*/*")).name
    assert list(new.originals.open(digest)) == list(old.originals.open(digest))


def test_what_is_there_is_never_written_over(loaded, places):
    from django.conf import settings

    copy, again = places
    home, secrets = settings.DEPLOYMENT.home, settings.DEPLOYMENT.home / "secrets.json"
    copy.mkdir()
    assert "is there already" in lianfang("backup", copy, "--home", home).stderr
    copy.rmdir()
    assert lianfang("backup", copy, "--home", home).returncode == 0
    assert "isn't empty" in lianfang("restore", copy, "--secrets", secrets, "--home", home).stderr
    with (copy / "database.dump").open("ab") as dump:
        dump.write(b"x")
    told = lianfang("restore", copy, "--secrets", secrets, "--home", again).stderr
    assert "damaged or not whole" in told
    assert not again.exists()
