"""The next is made while this one is worked on."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from django.db import connections

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

T = TypeVar("T")


@contextmanager
def ahead(made: Generator[T]) -> Iterator[Iterator[T]]:
    """Run a generator in a thread of its own, one ahead of whoever takes what it makes.

    It's closed at the end, when it has made what it was at. What it raises is raised where its
    next is taken. It has a session of its own with the database, and sees nothing of ours that
    isn't committed.
    """
    with ThreadPoolExecutor(1, thread_name_prefix="ahead") as thread:
        try:
            yield _taken(made, thread)
        finally:
            thread.submit(made.close).result()
            thread.submit(connections.close_all).result()


def _taken(made: Generator[T], thread: ThreadPoolExecutor) -> Iterator[T]:
    coming = thread.submit(next, made, None)
    while (one := coming.result()) is not None:
        coming = thread.submit(next, made, None)
        yield one
