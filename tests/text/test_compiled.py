from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from shutil import copytree, ignore_patterns

import numba
import numpy as np
import pytest

from lianfang.text import compiled as module
from lianfang.text.compiled import KEPT, NAME, PACKAGE, compiled


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A small package of two files, which is taken for ours."""
    root = tmp_path / "package"
    (root / "text" / "inner").mkdir(parents=True)
    (root / "web").mkdir()
    (root / "text" / "one.py").write_text("A = 1\n", encoding="utf-8")
    (root / "text" / "inner" / "two.py").write_text("B = 2\n", encoding="utf-8")
    monkeypatch.setattr(module, "PACKAGE", root)
    return root


def doubled(numbers):
    total = 0
    for number in numbers:
        total += 2 * number
    return total


# -- compiling


@pytest.mark.parametrize("usual", ["", "/somewhere/else"])
def test_where_others_keep_their_loops_is_left_as_it_was(monkeypatch, usual):
    monkeypatch.setattr(numba.config, "CACHE_DIR", usual)
    compiled(doubled)
    assert usual == numba.config.CACHE_DIR


def test_so_it_is_where_compiling_fails(monkeypatch):
    def fail(**_options):
        raise ValueError

    monkeypatch.setattr(numba.config, "CACHE_DIR", "usual")
    monkeypatch.setattr(numba, "njit", fail)
    with pytest.raises(ValueError):
        compiled(doubled)
    assert numba.config.CACHE_DIR == "usual"


def test_a_loop_gives_what_it_gave_and_is_kept(monkeypatch, tmp_path):
    monkeypatch.setattr(module, "KEPT", tmp_path / "kept")
    loop = compiled(doubled)
    assert loop(np.arange(5)) == doubled(range(5)) == 20
    kept = [path.suffix for path in (tmp_path / "kept").rglob("*") if path.is_file()]
    assert sorted(kept) == [".nbc", ".nbi"]


# -- the folder


def test_ours_is_known_by_the_sources_as_they_are():
    assert module._kept() == KEPT
    assert KEPT.name.startswith(NAME)


def test_the_same_sources_have_the_same_folder(package):
    assert module._kept() == module._kept()
    assert module._kept().parent == package / "__pycache__"


@pytest.mark.parametrize(
    "name", ["text/one.py", "text/inner/two.py", "text/inner/new.py", "screening/new.py"]
)
def test_another_source_is_another_folder(package, name):
    before = module._kept()
    (package / name).parent.mkdir(exist_ok=True)
    (package / name).write_text("C = 3\n", encoding="utf-8")
    assert module._kept() != before


@pytest.mark.parametrize("name", ["text/notes.txt", "web/views.py", "errors.py"])
def test_what_no_loop_is_written_in_doesnt_matter(package, name):
    before = module._kept()
    (package / name).write_text("C = 3\n", encoding="utf-8")
    assert module._kept() == before


def test_another_numba_is_another_folder(package, monkeypatch):
    before = module._kept()
    monkeypatch.setattr(numba, "__version__", "0.0")
    assert module._kept() != before


def test_loops_of_sources_that_are_gone_are_thrown_away(package):
    old, mine = package / "__pycache__" / f"{NAME}old", module._kept()
    for path in (old, mine, package / "__pycache__" / "others"):
        path.mkdir(parents=True)
        (path / "loop.nbi").write_bytes(b"")
    assert module._kept() == mine
    assert sorted(p.name for p in mine.parent.iterdir()) == sorted([mine.name, "others"])
    assert (mine / "loop.nbi").exists()


@pytest.mark.parametrize("named", [True, False])
def test_where_the_package_cant_be_written_the_users_cache_is(
    package, monkeypatch, tmp_path, named
):
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    if named:
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = tmp_path / "cache" if named else tmp_path / "home" / ".cache"
    assert module._kept().parent == root / "lianfang"
    assert module._kept().name.startswith(NAME)


@pytest.mark.slow
def test_an_edited_copy_of_the_package_keeps_its_own_loops(tmp_path):
    """As a fresh process sees it: a comment more where loops are, and the folder is another."""
    copy = tmp_path / "lianfang"
    copytree(PACKAGE, copy, ignore=ignore_patterns("__pycache__"))
    code = "from lianfang.text.compiled import KEPT; print(KEPT)"

    def kept():
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONPATH": str(tmp_path)},
            capture_output=True,
            text=True,
            check=True,
        )
        return Path(done.stdout.strip())

    before = kept()
    assert before.parent == copy / "__pycache__"
    assert before.name == KEPT.name
    with (copy / "text" / "scan.py").open("a", encoding="utf-8") as source:
        source.write("# more\n")
    assert kept().name != before.name
