"""A deployment of a test's own, told and asked from outside: files in, committed rows out."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg.rows import dict_row

from lianfang.web import operations
from lianfang.web.deployment import Deployment
from lianfang.web.places import URL
from servers import database_of

SEND = Path(__file__).with_name("send.py")
STAFF = Path(__file__).with_name("staff.py")
WORK_SECONDS = 240


class Deployed:
    """A migrated deployment whose database runs; this process's Django knows nothing of it.

    `env` is the environment of commands that are to find it.
    """

    def __init__(self, deployment, place, said):
        self.deployment, self.home, self.place = deployment, deployment.home, place
        self.env = os.environ | said

    def send(self, *parcels):
        """Deliver files; give for each of them its delivery's number and whether it's new.

        Args:
            parcels: source, kind, purpose, name of the file, its bytes.
        """
        with tempfile.TemporaryDirectory() as folder:
            told = [_told(Path(folder), place, parcel) for place, parcel in enumerate(parcels)]
            return self._told(SEND, told)

    def staff(self, *deeds):
        """Do with deliveries what staff do (`staff.py`); give what came of each."""
        return self._told(STAFF, deeds)

    def _told(self, script, said):
        done = subprocess.run(
            [sys.executable, script, self.home, self.place],
            input=json.dumps(said),
            capture_output=True,
            check=False,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def worker(self, *arguments, **options):
        """Start a worker as the deployment does."""
        command = [sys.executable, "-m", "lianfang.web.worker", *arguments]
        own = operations.environment(self.deployment, self.place, "worker")
        env = os.environ | own | options.pop("env", {})
        return subprocess.Popen(command, env=env, **options)

    def work(self):
        """Let a worker do all there is to do; give what it said."""
        worker = self.worker("--once", stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        try:
            said, _ = worker.communicate(timeout=WORK_SECONDS)
        finally:
            worker.kill()
        assert worker.returncode == 0, said.decode()
        return said.decode()

    def connect(self, role="backup", **options):
        """Connect under a role of the database; `backup` reads rows of all purposes."""
        host, _, rest = self.place.rpartition(":")
        port, _, name = rest.partition("/")
        password = self.deployment.secrets.roles[role]
        own = {"host": host, "port": port, "dbname": name, "user": f"lianfang_{role}"}
        return psycopg.connect(**own, password=password, autocommit=True, **options)

    def administer(self, query):
        """Run a statement as who administers the server."""
        own = operations.administrator(self.deployment, self.place)
        with psycopg.connect(
            self.env.get(URL, own), dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(query)

    def rows(self, query, *values):
        """Give the rows of a query, as dictionaries."""
        with self.connect(row_factory=dict_row) as connection:
            return connection.execute(query, values).fetchall()

    def delivery(self, number):
        return self.rows("SELECT * FROM intake_delivery WHERE id = %s", number)[0]

    def items(self, number):
        return self.rows("SELECT * FROM intake_item WHERE delivery_id = %s ORDER BY row", number)

    def refused(self, number):
        query = "SELECT * FROM intake_refusedrow WHERE delivery_id = %s ORDER BY row"
        return self.rows(query, number)


@contextmanager
def deployed():
    """Give a new deployment, gone afterwards."""
    home = Path(tempfile.mkdtemp(prefix="lianfang-home-")).resolve()
    home.chmod(0o711)  # the database's user has to pass
    try:
        deployment = Deployment(home, create=True)
        with database_of(deployment) as (place, said):
            made = Deployed(deployment, place, said)
            migrated = [sys.executable, "-m", "lianfang", "migrate", "--home", str(home)]
            subprocess.run(migrated, check=True, capture_output=True, env=made.env)
            yield made
    finally:
        shutil.rmtree(home)


def _told(folder, place, parcel):
    source, kind, purpose, name, content = parcel
    path = folder / str(place)
    path.write_bytes(content)
    return {"source": source, "kind": kind, "purpose": purpose, "name": name, "path": str(path)}
