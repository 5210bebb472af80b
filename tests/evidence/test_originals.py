from __future__ import annotations

import io
import os
import signal
import stat
import subprocess
import sys
import time
from secrets import randbelow
from typing import TYPE_CHECKING

import pytest

from lianfang.errors import InputError, NotFoundError
from lianfang.evidence import MasterKeys, Originals, SealError, TooLargeError, digests
from lianfang.evidence.sealing import CHUNK

if TYPE_CHECKING:
    from pathlib import Path

CONTENT = "原话：先垫付，后返利。".encode()
MOST = 10 * CHUNK


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "originals"


@pytest.fixture
def originals(folder, keys):
    return Originals(folder, keys)


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("size", [0, 1, CHUNK, 2 * CHUNK + 1])
def test_what_is_kept_comes_back(originals, folder, size):
    content = os.urandom(size)
    made = originals.keep(io.BytesIO(content), most=MOST)
    assert made == digests([content])
    name = made.sha256
    assert files(folder) == [folder / name[:2] / name[2:4] / name]
    assert b"".join(originals.open(name)) == content
    assert b"".join(originals.open(name.upper())) == content


def test_it_is_sealed_and_for_the_owner_to_read_alone(originals, folder):
    old = os.umask(0)
    try:
        originals.keep(io.BytesIO(CONTENT), most=MOST)
    finally:
        os.umask(old)
    (path,) = files(folder)
    assert CONTENT not in path.read_bytes()
    assert mode(path) == 0o400
    assert {mode(p) for p in (folder, path.parent, path.parent.parent)} == {0o700}


def test_the_temporary_file_is_the_owners_alone(originals, folder):
    class Watched(io.BytesIO):
        def read(self, size=-1, /):
            seen.extend(mode(path) for path in files(folder))
            return super().read(size)

    seen: list[int] = []
    originals.keep(Watched(CONTENT), most=MOST)
    assert set(seen) == {0o600}


def test_what_is_there_stays_untouched(originals, folder, rotated):
    originals.keep(io.BytesIO(CONTENT), most=MOST)
    (path,) = files(folder)
    before = (path.read_bytes(), path.stat().st_ino, path.stat().st_mtime_ns)
    made = Originals(folder, rotated).keep(io.BytesIO(CONTENT), most=MOST)
    assert made == digests([CONTENT])
    assert files(folder) == [path]
    assert (path.read_bytes(), path.stat().st_ino, path.stat().st_mtime_ns) == before


def test_the_bound_is_told_and_nothing_is_left(originals, folder):
    originals.keep(io.BytesIO(CONTENT), most=len(CONTENT))
    kept = files(folder)
    for content, most in ((CONTENT, len(CONTENT) - 1), (bytes(3 * CHUNK), 2 * CHUNK), (b"x", 0)):
        with pytest.raises(TooLargeError, match=f"more than {most} bytes") as caught:
            originals.keep(io.BytesIO(content), most=most)
        assert caught.value.http_status == 413
    assert files(folder) == kept


def test_the_bound_stops_the_reading(originals):
    class Endless(io.RawIOBase):
        def read(self, size=-1, /):
            return bytes(size)

    with pytest.raises(TooLargeError):
        originals.keep(Endless(), most=MOST)


def test_a_sender_that_breaks_off_leaves_nothing(originals, folder):
    class Broken(io.BytesIO):
        def read(self, size=-1, /):
            if self.tell():
                raise ConnectionResetError
            return super().read(size)

    with pytest.raises(ConnectionResetError):
        originals.keep(Broken(bytes(2 * CHUNK)), most=MOST)
    assert files(folder) == []


def test_reading_gives_a_file_that_goes(originals, folder):
    name = originals.keep(io.BytesIO(CONTENT), most=MOST).sha256
    before = files(folder)
    with originals.reading(name) as file:
        assert files(folder) == before
        assert stat.S_IMODE(os.fstat(file.fileno()).st_mode) == 0o600
        assert file.read() == CONTENT
        file.seek(-3, os.SEEK_END)
        assert file.read() == CONTENT[-3:]
    assert file.closed
    assert files(folder) == before


@pytest.mark.parametrize(
    "name", ["", "ab", "../../etc/passwd", "g" * 64, "a" * 63, "a" * 65, "a" * 64 + "\n", "０" * 64]
)
def test_other_names_are_refused(originals, name):
    with pytest.raises(InputError, match="64 hex digits"):
        originals.open(name)
    with pytest.raises(InputError), originals.reading(name):
        pass
    with pytest.raises(InputError):
        originals.rewrap(name)


def test_an_unknown_original_is_told_at_once(originals):
    with pytest.raises(NotFoundError, match=r"^a{64}: no such original"):
        originals.open("a" * 64)
    with pytest.raises(NotFoundError), originals.reading("a" * 64):
        pass
    with pytest.raises(NotFoundError):
        originals.rewrap("a" * 64)


def test_a_changed_original_is_told_by_name(originals, folder):
    name = originals.keep(io.BytesIO(CONTENT), most=MOST).sha256
    (path,) = files(folder)
    changed = bytearray(path.read_bytes())
    changed[-1] ^= 1
    path.chmod(0o600)
    path.write_bytes(changed)
    with pytest.raises(SealError, match=f"^original {name}, chunk 1: the seal is broken"):
        list(originals.open(name))
    with pytest.raises(SealError), originals.reading(name):
        pytest.fail("a broken original was given")
    assert files(folder) == [path]


def test_two_originals_that_changed_places_are_found(originals, folder):
    names = [originals.keep(io.BytesIO(c), most=MOST).sha256 for c in (CONTENT, b"else")]
    a, b = files(folder)
    a.rename(folder / "a")
    b.rename(a)
    (folder / "a").rename(b)
    for name in names:
        with pytest.raises(SealError, match=f"^original {name}, end: not the content"):
            list(originals.open(name))
        with pytest.raises(SealError), originals.reading(name):
            pytest.fail("the wrong original was given")


def test_rewrap_puts_it_under_the_key_in_use(originals, folder, keys, rotated, newest):
    content = os.urandom(CHUNK + 1)
    name = originals.keep(io.BytesIO(content), most=MOST).sha256
    (path,) = files(folder)
    with pytest.raises(SealError, match=f"^original {name}, header: sealed under an unknown"):
        Originals(folder, newest).rewrap(name)
    assert Originals(folder, rotated).rewrap(name)
    assert not Originals(folder, rotated).rewrap(name)
    assert files(folder) == [path]
    assert mode(path) == 0o400
    assert b"".join(Originals(folder, newest).open(name)) == content


def test_sweep_removes_what_is_old_and_unfinished(originals, folder):
    originals.keep(io.BytesIO(CONTENT), most=MOST)
    (kept,) = files(folder)
    old, young, other = folder / ".keeping-old", folder / ".keeping-young", folder / "notes"
    for path, written in ((old, 1_000), (young, 1_050), (other, 1_000), (kept, 1_000)):
        path.touch()
        os.utime(path, (written, written))
    assert originals.sweep(older_than=100, now=1_100) == 0
    assert originals.sweep(older_than=99, now=1_100) == 1
    assert files(folder) == sorted([young, other, kept])


# One process reads seeds and forks, for what is killed would spend its time on imports otherwise.
# The contents of successive seeds overlap, so that some are there already.
KEEPER = """
import io, os, sys
from pathlib import Path
from lianfang.evidence import MasterKeys, Originals

def keep(first):
    originals = Originals(Path(sys.argv[1]), MasterKeys({"k": bytes(32)}, "k"))
    for n in range(first, first + 500):
        originals.keep(io.BytesIO(b"%d" % n + bytes(n * 50_000 % (1 << 21))), most=1 << 22)

for seed in sys.stdin:
    if not (worker := os.fork()):
        keep(2 * int(seed))
        os._exit(0)
    print(worker, flush=True)
    print(os.waitpid(worker, 0)[1], flush=True)
"""


def test_a_killed_process_leaves_whole_originals_alone(folder):
    originals = Originals(folder, MasterKeys({"k": bytes(32)}, "k"))
    kill_some_that_keep(folder, 12)
    kept = [path for path in files(folder) if not path.name.startswith(".keeping-")]
    unfinished = len(files(folder)) - len(kept)
    assert kept
    assert unfinished
    assert originals.sweep(older_than=0, now=time.time() + 1) == unfinished
    assert files(folder) == kept
    for path in kept:
        assert digests(originals.open(path.name)).sha256 == path.name
        assert mode(path) == 0o400


def kill_some_that_keep(folder: Path, times: int) -> None:
    command = [sys.executable, "-c", KEEPER, str(folder)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, bufsize=1) as process:
        assert process.stdin
        assert process.stdout
        for seed in range(times):
            process.stdin.write(f"{seed}\n")
            worker = int(process.stdout.readline())
            time.sleep(randbelow(120) / 1_000)
            os.kill(worker, signal.SIGKILL)
            assert int(process.stdout.readline()) == signal.SIGKILL


# Each worker stops itself at a later line of the room's code or of pathlib's than the one before.
STEPPER = """
import io, os, signal, sys
from pathlib import Path
from lianfang.evidence import MasterKeys, Originals

def die_at(moment):
    def trace(frame, event, arg):
        nonlocal moment
        if not any(part in frame.f_code.co_filename for part in ("evidence", "pathlib")):
            return None
        moment -= 1
        if not moment:
            os.kill(os.getpid(), signal.SIGKILL)
        return trace
    return trace

moment = step = int(sys.argv[2])
while True:
    if not (worker := os.fork()):
        originals = Originals(Path(sys.argv[1], str(moment)), MasterKeys({"k": bytes(32)}, "k"))
        sys.settrace(die_at(moment))
        originals.keep(io.BytesIO(b"content"), most=100)
        sys.settrace(None)
        os._exit(0)
    if os.waitpid(worker, 0)[1] != signal.SIGKILL:
        break
    moment += step
"""


@pytest.mark.slow
def test_killed_at_every_few_lines_an_original_is_whole_or_not_there(folder):
    folder.mkdir()
    subprocess.run([sys.executable, "-c", STEPPER, str(folder), "3"], check=True)
    kept = [
        (path, moment)
        for moment in folder.iterdir()
        for path in files(moment)
        if not path.name.startswith(".keeping-")
    ]
    moments = len(list(folder.iterdir()))
    assert 5 < len(kept) < moments - 20
    for path, moment in kept:
        opened = Originals(moment, MasterKeys({"k": bytes(32)}, "k")).open(path.name)
        assert b"".join(opened) == b"content"
