from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from lianfang.text.tables import CLASS, EXPANDS, EXPANSION_AT, FOLD, LAST, Class
from lianfang.text.tables import EXPANSIONS as ALL_EXPANSIONS

ROOT = Path(__file__).resolve().parents[2]

EXPANSIONS = np.split(ALL_EXPANSIONS, EXPANSION_AT[1:-1])


def folded(char):
    code = int(FOLD[ord(char)])
    return [code] if code < EXPANDS else EXPANSIONS[code - EXPANDS].tolist()


@pytest.mark.slow
def test_the_tables_are_what_the_script_makes():
    script = [sys.executable, "scripts/make_tables.py", "--check"]
    done = subprocess.run(script, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.slow
def test_the_check_sees_a_stale_table(tmp_path):
    """The script finds its tables by its own place, so a copy of both can be spoilt."""
    room = tmp_path / "src" / "lianfang" / "text"
    room.mkdir(parents=True)
    for name in ("fold.tsv", "classes.tsv"):
        (room / name).write_bytes((ROOT / "src/lianfang/text" / name).read_bytes())
    (room / "classes.tsv").write_text("0\t1F\tdrop\n", encoding="ascii")
    script = tmp_path / "scripts" / "make_tables.py"
    script.parent.mkdir()
    script.write_bytes((ROOT / "scripts/make_tables.py").read_bytes())
    command = [sys.executable, script, "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stdout.startswith("classes.tsv: differs")
    assert "fold.tsv" not in done.stdout


def test_every_output_of_a_fold_is_its_own_fold():
    single = FOLD[FOLD < EXPANDS]
    assert (FOLD[single] == single).all()
    several = np.concatenate(EXPANSIONS)
    assert (FOLD[several] == several).all()


def test_the_tables_cover_every_code_point():
    assert FOLD.size == CLASS.size == LAST
    assert set(np.unique(CLASS).tolist()) == {int(kind) for kind in Class}
    assert FOLD[FOLD >= EXPANDS].max() == EXPANDS + len(EXPANSIONS) - 1
    assert all(piece.size > 1 for piece in EXPANSIONS)


def test_no_fold_gives_a_surrogate():
    outputs = np.concatenate([FOLD[FOLD < EXPANDS], *EXPANSIONS])
    assert not ((outputs >= 0xD800) & (outputs < 0xE000)).any()


def test_every_newline_is_one_newline_and_nothing_else_is():
    ends = [chr(code) for code in np.flatnonzero(ord("\n") == FOLD).tolist()]
    assert sorted(ends) == ["\n", "\r", "\x85", "\u2028", "\u2029"]
    assert np.flatnonzero(CLASS == Class.NEWLINE).tolist() == [ord("\n")]
    assert not any((piece == ord("\n")).any() for piece in EXPANSIONS)


@pytest.mark.parametrize(
    ("char", "kind"),
    [
        ("额", Class.HAN),
        ("カ", Class.HAN),
        ("a", Class.ALNUM),
        ("7", Class.ALNUM),
        ("п", Class.ALNUM),
        (" ", Class.WEAK),
        ("·", Class.WEAK),
        ("❤", Class.DECOR),
        ("😀", Class.DECOR),
        ("\u200b", Class.DROP),
        ("\u202e", Class.DROP),
        ("\x00", Class.DROP),
        ("。", Class.SENTENCE),
        (",", Class.CLAUSE),
        ("“", Class.QUOTE_OPEN),
        ("』", Class.QUOTE_CLOSE),
        ('"', Class.QUOTE_BOTH),
        ("+", Class.OTHER),
        ("¥", Class.OTHER),
    ],
)
def test_classes(char, kind):
    assert CLASS[ord(char)] == kind


@pytest.mark.parametrize(
    ("char", "read"),
    [
        ("Ａ", "a"),
        ("，", ","),
        ("貸", "贷"),
        ("㈱", "(株)"),
        ("🅰", "a"),
        ("٣", "3"),
        ("\ud800", "\ufffd"),
    ],
)
def test_folds(char, read):
    assert folded(char) == [ord(part) for part in read]
