from __future__ import annotations

import io
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lianfang.errors import InputError
from lianfang.files import Row, open_source

SRC = Path(__file__).parents[2] / "src"


def fake_stdin(monkeypatch, content: bytes) -> io.TextIOWrapper:
    stdin = io.TextIOWrapper(io.BytesIO(content))
    monkeypatch.setattr(sys, "stdin", stdin)
    return stdin


def test_size_and_position(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("一\n" * 100_000)
    with open_source(path) as source:
        assert (source.name, source.format, source.size) == (str(path), "txt", 400_000)
        positions = [source.position for _ in source]
    assert positions == sorted(positions)
    assert positions[0] < 200_000
    assert positions[-1] == 400_000


def test_iteration_goes_on_where_it_stopped(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("a\nb\n")
    with open_source(path) as source:
        assert [next(iter(source)).text, *(item.text for item in source)] == ["a", "b"]


@pytest.mark.parametrize(
    ("name", "what", "do"),
    [
        ("missing.txt", "no such file", "check the path"),
        ("folder", "a folder, not a file", "name one file in it"),
        (
            "nul\0byte",
            "the system can't read it (embedded null byte)",
            "check the path and the disk",
        ),
    ],
)
def test_what_cannot_be_opened(tmp_path, name, what, do):
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError) as caught:
        open_source(tmp_path / name)
    assert (caught.value.what, caught.value.do) == (what, do)
    assert caught.value.where == str(tmp_path / name)


def test_no_permission(tmp_path, monkeypatch):
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)  # root may read everything
    with pytest.raises(InputError) as caught:
        open_source(tmp_path / "a.txt")
    assert caught.value.what == "no permission to read it"


def test_a_disk_that_fails_on_the_way(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text("a\n" * 100_000)
    with open_source(path) as source:
        rows = iter(source)
        assert next(rows) == Row(1, 1, "a")
        source._stream._file.close()
        source._stream._file = Failing()
        with pytest.raises(InputError, match="the system can't read it"):
            list(rows)


class Failing:
    def read1(self, _size: int) -> bytes:
        raise OSError(5, "Input/output error")

    def close(self) -> None:
        """Nothing to close."""


def test_a_failure_on_opening_closes_the_file(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1,2\n")
    for _ in range(3):  # an unclosed file would warn, and warnings are errors
        with pytest.raises(InputError):
            open_source(path)
    open_files = [fd.readlink() for fd in Path("/proc/self/fd").iterdir() if fd.is_symlink()]
    assert path not in open_files


@pytest.mark.parametrize("as_path", [True, False])
def test_standard_input(monkeypatch, as_path):
    stdin = fake_stdin(monkeypatch, "一\n二\n".encode())
    with open_source(Path("-") if as_path else "-") as source:
        assert (source.name, source.size) == ("stdin", None)
        assert list(source) == [Row(1, 1, "一"), Row(2, 2, "二")]
    assert not stdin.closed


@pytest.mark.parametrize("name", ["parquet", "xlsx"])
def test_tables_on_standard_input_are_known_by_their_content(monkeypatch, name):
    file = io.BytesIO()
    if name == "parquet":
        pq.write_table(pa.table({"text": ["a"]}), file)
    else:
        book = openpyxl.Workbook()
        book.active.append(["text"])
        book.active.append(["a"])
        book.save(file)
    fake_stdin(monkeypatch, file.getvalue())
    with open_source("-") as source:
        assert source.format == name
        assert [item.text for item in source] == ["a"]
        assert source.position == len(file.getvalue())


PIPE = """
    import sys, threading
    from lianfang.files import open_source
    with open_source("-", **{options}) as source:
        for item in source:
            print(item.text, flush=True)
"""


@pytest.mark.parametrize(
    ("pieces", "options"),
    [
        (["一\n", "\n二\n"], {}),
        (['{"text": "一"}\n', '{"text": "二"}\n'], {}),
        (["text,id\n一,1\n", "二,2\n"], {"format": "csv"}),
        (["P\n", "K\n"], {}),
    ],
)
def test_a_pipe_streams(pieces, options):
    """The first row comes out before the writer has written the second."""
    code = textwrap.dedent(PIPE).format(options=options)
    environment = {**os.environ, "PYTHONPATH": str(SRC), "PYTHONIOENCODING": "utf-8"}
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        rows = []
        for piece in pieces:
            process.stdin.write(piece.encode())
            process.stdin.flush()
            rows.append(process.stdout.readline().decode().strip())
        process.stdin.close()
        assert process.stdout.read() == b""
    assert rows == (["P", "K"] if "P\n" in pieces else ["一", "二"])


def test_a_named_pipe_is_read_as_it_comes(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    writer = os.open(path, os.O_WRONLY)
    os.write(writer, "一\n".encode())
    with open_source(path) as source:
        os.close(reader)
        assert source.size is None
        rows = iter(source)
        assert next(rows) == Row(1, 1, "一")
        os.write(writer, "二".encode())
        os.close(writer)
        assert list(rows) == [Row(2, 2, "二")]
