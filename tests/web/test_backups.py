from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager

import psycopg
import pytest
from django.conf import settings

from lianfang.web import operations
from lianfang.web.deployment import Deployment
from lianfang.web.places import URL
from servers import MAJOR, debian
from web_sites import new_home

pytestmark = [pytest.mark.slow, pytest.mark.database]


class Elsewhere:
    """Where a copy goes, the home that is made of it, and a server that has nothing yet."""

    def __init__(self, root, said):
        self.copy, self.home, self.said = root / "copy", root / "again", said

    @contextmanager
    def place(self):
        """The place of the new home's database."""
        with pytest.MonkeyPatch.context() as patch:
            for name, value in self.said.items():
                patch.setenv(name, value)
            with operations.database(Deployment(self.home)) as place:
                yield place

    def restore(self, secrets):
        words = ("restore", self.copy, "--secrets", secrets, "--home", self.home)
        return lianfang(*words, **self.said)


@pytest.fixture
def elsewhere():
    root = new_home()
    if MAJOR:
        with debian(MAJOR) as url:
            yield Elsewhere(root, {URL: url})
    else:
        yield Elsewhere(root, {})
    shutil.rmtree(root)


def lianfang(*words, **said):
    command = [sys.executable, "-m", "lianfang", *map(str, words)]
    env = os.environ | said
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def back_up(folder):
    return lianfang("backup", folder, "--home", settings.DEPLOYMENT.home)


@pytest.fixture
def secrets():
    return settings.DEPLOYMENT.home / "secrets.json"


def content(deployment, place):
    """The rows of every table, and what guards it."""
    host, _, rest = place.rpartition(":")
    port, _, name = rest.partition("/")
    own = {"user": "lianfang_backup", "password": deployment.secrets.roles["backup"]}
    own["options"] = "-c timezone=UTC"  # or times read otherwise
    with psycopg.connect(host=host, port=port, dbname=name, **own) as connection:
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
    held = [(*guard[:3], sorted(guard[3].strip("{}").split(","))) for guard in guards]
    return rows | {"guards": held, "policies": policies}


def test_a_copy_becomes_the_same_deployment_elsewhere(loaded, elsewhere, secrets):
    old = settings.DEPLOYMENT
    assert back_up(elsewhere.copy).returncode == 0
    done = elsewhere.restore(secrets)
    assert done.returncode == 0, done.stderr
    assert not (elsewhere.copy / "secrets.json").exists()
    new = Deployment(elsewhere.home)
    with elsewhere.place() as place:
        found, told = content(new, place), content(old, loaded)
    for table, rows in told.items():
        assert found[table] == rows, table
    assert found.keys() == told.keys()
    assert len(told["intake_item"]) == 6
    digest = next((new.home / "originals").glob("*/*/*")).name
    assert list(new.originals.open(digest)) == list(old.originals.open(digest))


def test_what_is_there_is_never_written_over(loaded, elsewhere, secrets):
    elsewhere.copy.mkdir()
    assert "is there already" in back_up(elsewhere.copy).stderr
    elsewhere.copy.rmdir()
    assert back_up(elsewhere.copy).returncode == 0
    words = ("--secrets", secrets, "--home", settings.DEPLOYMENT.home)
    assert "isn't empty" in lianfang("restore", elsewhere.copy, *words).stderr
    with (elsewhere.copy / "database.dump").open("ab") as dump:
        dump.write(b"x")
    assert "damaged or not whole" in elsewhere.restore(secrets).stderr
    assert not elsewhere.home.exists()


def test_secrets_that_do_not_open_a_copy_are_refused(loaded, elsewhere, secrets):
    assert back_up(elsewhere.copy).returncode == 0
    told = json.loads(secrets.read_text())
    other = elsewhere.copy.with_name("other.json")
    for changed, key in (
        ({"masters": {"1": "00" * 32}}, "master 1"),
        ({"masters": {"2": "00" * 32}, "master": "2"}, "master 1"),
        ({"rows": {}}, "rows governance 1"),
        ({"index": told["index"] | {"complaints": []}}, "index complaints 1"),
    ):
        other.write_text(json.dumps(told | changed))
        other.chmod(0o600)
        said = elsewhere.restore(other).stderr
        assert f"key {key}: these secrets don't open the copy" in said
        assert list(elsewhere.home.iterdir()) == []


def test_a_copy_of_before_a_rotation_opens_with_the_secrets_of_after(loaded, elsewhere, secrets):
    from lianfang.web.secret_file import new_key

    assert back_up(elsewhere.copy).returncode == 0
    told = json.loads(secrets.read_text())
    told["index"]["governance"] = ["", new_key()]
    after = elsewhere.copy.with_name("after.json")
    after.write_text(json.dumps(told))
    after.chmod(0o600)
    done = elsewhere.restore(after)
    assert done.returncode == 0, done.stderr
    new = Deployment(elsewhere.home)
    with elsewhere.place() as place:
        rows = content(new, place)["vault_personalvalue"]
    versions = {("governance" in row, row.split(", ")[-2]) for row in rows}
    assert versions == {(True, "2"), (False, "1")}
