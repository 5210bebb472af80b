from __future__ import annotations

import os
import tempfile

import pytest

from lianfang.web.database.embedded import Embedded, EmbeddedError
from lianfang.web.database.socket_folder import folder_for
from web.database.running import AS_ROOT, PASSWORD, ask


def test_only_we_may_reach_the_socket(home):
    with Embedded(home, password=PASSWORD) as server:
        folder, data = server.socket.stat(), (home / "postgres").stat()
        assert folder.st_mode & 0o777 == 0o700
        assert folder.st_uid == data.st_uid
        assert bool(data.st_uid) or not AS_ROOT


def test_a_linked_socket_folder_is_refused(home, tmp_path):
    server = Embedded(home, password=PASSWORD)
    server.socket.symlink_to(tmp_path)
    try:
        with pytest.raises(EmbeddedError, match="not a folder but a link"), server:
            pass
    finally:
        server.socket.unlink()
    assert not list(tmp_path.iterdir())


def test_an_open_socket_folder_is_refused(home):
    server = Embedded(home, password=PASSWORD)
    server.socket.mkdir()
    server.socket.chmod(0o770)
    try:
        with pytest.raises(EmbeddedError, match="open to other users"), server:
            pass
    finally:
        server.socket.rmdir()


@pytest.mark.skipif(not AS_ROOT, reason="only root can prepare a folder of another user")
def test_a_socket_folder_of_somebody_else_is_refused(home):
    server = Embedded(home, password=PASSWORD)
    server.socket.mkdir(mode=0o700)
    os.chown(server.socket, 12345, 12345)
    try:
        with pytest.raises(EmbeddedError, match="belongs to another user"), server:
            pass
    finally:
        server.socket.rmdir()


def test_a_long_socket_path_is_told(home, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(home / ("x" * 80)))
    with pytest.raises(EmbeddedError, match="longer than 107 bytes") as caught:
        Embedded(home, password=PASSWORD)
    assert "TMPDIR" in caught.value.do


def test_a_socket_folder_with_odd_characters(made, monkeypatch):
    odd = made / "a 'b' \"c\""
    odd.mkdir()
    odd.chmod(0o711)
    monkeypatch.setattr(tempfile, "tempdir", str(odd))
    with Embedded(made, password=PASSWORD) as server:
        assert server.socket.parent == odd
        assert ask(server, "select 1") == 1


def test_a_comma_in_the_socket_path_is_told(home, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(home / "a,b"))
    with pytest.raises(EmbeddedError, match="comma"):
        Embedded(home, password=PASSWORD)


def test_each_home_has_its_own_socket(home):
    assert folder_for(home / "a") != folder_for(home / "b")
