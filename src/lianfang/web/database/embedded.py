"""A PostgreSQL server of one's own: no service to install, no TCP, ends with its process."""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Self

from lianfang.web.database.cluster import make_cluster
from lianfang.web.database.postmaster import PAUSE, await_end, read_postmaster
from lianfang.web.database.programs import EmbeddedError, binary, choose_account
from lianfang.web.database.server import PORT, run_server
from lianfang.web.database.socket_folder import folder_for, make_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Embedded", "EmbeddedError", "binary"]

BORROW_SECONDS = 30.0


class Embedded:
    """The server on `home`/postgres, run while the `with` lasts.

    Where another process runs it already, it's borrowed, and left running at the end; it then
    ends with its owner, borrowed or not. The folder `home` must be there; as root, it must let
    the user pass whom the server runs as.

    Args:
        home: the folder of the data, its log (`postgres.log`) and its lock.
        password: of the superuser `postgres`: one line, not empty. It's set when the data are
            made; later on it changes nothing.

    Attributes:
        socket: the folder of the unix socket.
        port: names the socket's file only.
        owned: whether this object started the server.

    Raises:
        EmbeddedError: when made, a bad password or too long a path of the socket; when
            entered, all that keeps the server from being made, started or reached.
    """

    port = PORT

    def __init__(self, home: Path, *, password: str) -> None:
        if not password or not password.isprintable():
            do = "give one line of printable characters"
            raise EmbeddedError("unusable", where="the database password", do=do)
        self.data, self.owned = home.resolve() / "postgres", False
        self.socket = folder_for(self.data)
        self._password, self._stack = password, ExitStack()

    def __enter__(self) -> Self:
        with _system_errors_told(), ExitStack() as stack:
            self.owned = self._take(stack)
            if self.owned:
                self._run(stack)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()
        self.owned = False

    def parameters(self, *, user: str, password: str, database: str) -> dict[str, str | int]:
        """Return what `psycopg.connect` needs: host, port, user, password, dbname."""
        place: dict[str, str | int] = {"host": str(self.socket), "port": self.port}
        return {**place, "user": user, "password": password, "dbname": database}

    def _take(self, stack: ExitStack) -> bool:
        """Return True with the lock held, False where another's server accepts connections."""
        lock = os.open(self.data.with_name("postgres.lock"), os.O_RDWR | os.O_CREAT, 0o600)
        stack.callback(os.close, lock)
        end = time.monotonic() + BORROW_SECONDS
        # Asked again each time: the other may end meanwhile.
        while not (locked := _lock(lock)) and not self._borrow():
            if time.monotonic() > end:
                do = "wait until it has started or stopped, and try again"
                what = "another process holds the database, but its server doesn't answer"
                raise EmbeddedError(what, where=str(self.data), do=do)
            time.sleep(PAUSE)
        return locked

    def _borrow(self) -> bool:
        server = read_postmaster(self.data)
        if server is None or not server.ready or server.socket is None:
            return False
        self.socket = server.socket  # the owner may have another folder for temporary files
        return True

    def _run(self, stack: ExitStack) -> None:
        account = choose_account(self.data)
        account.check_reach(self.data.parent)
        account.check_reach(binary("postgres").parent)
        await_end(self.data, BORROW_SECONDS)
        self.socket = folder_for(self.data)
        make_folder(self.socket, account, stack)
        make_cluster(self.data, self._password, account)
        run_server(self.data, self.socket, self.data.with_name("postgres.log"), account, stack)


def _lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _system_errors_told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        do = "see that the folder is there, and yours to write to"
        what = error.strerror or str(error)
        raise EmbeddedError(what, where=str(error.filename or ""), do=do) from error
