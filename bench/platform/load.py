"""Some people at work at once on a site that is served as `lianfang serve` does it."""

from __future__ import annotations

import http.client
import os
import random
import re
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from bench.platform.pages import address
from bench.platform.pool import PEOPLE
from bench.platform.site import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bench.platform.pages import Known
    from bench.platform.site import Site

HEALTH = "/health/"
"""The plainest answer of the server: it asks the database whether it's there."""

HOST = "127.0.0.1"
SITES = 2
START_SECONDS = 240
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Answer(NamedTuple):
    """A page that was asked for, and the seconds until it was there entirely."""

    page: str
    seconds: float


class Person:
    """Somebody signed in, who asks for one page after the other."""

    def __init__(self, name: str, port: int) -> None:
        self._connection = http.client.HTTPConnection(HOST, port, timeout=60)
        self._cookies: dict[str, str] = {}
        token = _TOKEN.search(self._got("GET", "/accounts/login/")[1])
        assert token
        told = {"login": name, "password": PASSWORD, "csrfmiddlewaretoken": token[1]}
        status, _ = self._got("POST", "/accounts/login/", urlencode(told))
        assert status == http.HTTPStatus.FOUND, status

    def work(
        self, pages: Sequence[str], known: Known, rng: random.Random, rest: float = 0.0
    ) -> list[Answer]:
        """Ask for pages, by their names; look at each for half to one and a half times `rest`."""
        answers = []
        for page in pages:
            answers.append(self._timed(page, address(page, known, rng)))
            time.sleep(rest * rng.uniform(0.5, 1.5))
        return answers

    def _timed(self, page: str, path: str) -> Answer:
        begun = time.perf_counter()
        status, _ = self._got("GET", path)
        took = time.perf_counter() - begun
        assert status == http.HTTPStatus.OK, f"{status}: {path}"
        return Answer(page, took)

    def _got(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self._cookies[key] = rest.partition(";")[0]
        return answer.status, answer.read().decode()


def work(
    port: int, known: Known, *, people: int, rounds: int, pages: Sequence[str], rest: float = 0.0
) -> list[Answer]:
    """Let people ask for pages at once.

    Args:
        port: of a site on a deployment that was filled.
        known: what can be asked for.
        people: how many.
        rounds: how often each person asks for each page, in an order of their own.
        pages: their names.
        rest: seconds that a person looks at a page, in the middle.
    """
    names = [name for name in PEOPLE if name.startswith(("analyst", "reviewer", "compliance"))]
    with ThreadPoolExecutor(people) as pool:
        there = [Person(names[number % len(names)], port) for number in range(people)]
        # What a process reads once is read before; nobody is told how long it took.
        for person in there:
            person.work([*pages, HEALTH], known, random.Random(0))
        jobs = [
            pool.submit(
                person.work, _order(pages, rounds, number), known, random.Random(number), rest
            )
            for number, person in enumerate(there, 1)
        ]
        return [answer for job in jobs for answer in job.result()]


def _order(pages: Sequence[str], rounds: int, seed: int) -> list[str]:
    order = [*pages, HEALTH] * rounds
    random.Random(seed).shuffle(order)
    return order


@contextmanager
def served(site: Site) -> Iterator[int]:
    """Serve a deployment whose database runs; give the port."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "lianfang", "serve", "--home", str(site.deployment.home)]
    command += ["--host", HOST, "--port", str(port), "--sites", str(SITES)]
    server = subprocess.Popen(command, env=os.environ.copy())
    try:
        _await(port)
        yield port
    finally:
        server.terminate()
        server.wait()


def _await(port: int) -> None:
    end = time.monotonic() + START_SECONDS
    while True:
        connection = http.client.HTTPConnection(HOST, port, timeout=5)
        try:
            connection.request("GET", HEALTH)
            if connection.getresponse().status == http.HTTPStatus.OK:
                return
        except OSError:
            assert time.monotonic() < end, "the site doesn't answer"
        finally:
            connection.close()
        time.sleep(0.2)
