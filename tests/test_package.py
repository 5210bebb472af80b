"""The wheel is whole: it screens without the source tree."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
pytestmark = pytest.mark.slow


def run(*command, **more):
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False, **more)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Return the path of a wheel built from this tree."""
    folder = tmp_path_factory.mktemp("wheel")
    run(
        sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT,
        cwd=folder,
    )  # fmt: skip
    [path] = folder.glob("lianfang-*.whl")
    return path


@pytest.fixture(scope="module")
def names(wheel):
    """Return the names of the files in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def unpacked(wheel, tmp_path_factory):
    """Return a folder with what the wheel installs, and nothing else."""
    folder = tmp_path_factory.mktemp("site")
    run(sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
        "--no-deps", "--no-index", "--target", folder, wheel)  # fmt: skip
    return folder


def files(folder):
    found = (path.relative_to(ROOT / folder) for path in (ROOT / folder).rglob("*"))
    return {
        path.as_posix()
        for path in found
        if (ROOT / folder / path).is_file() and "__pycache__" not in path.parts
    }


def test_all_of_the_source_is_in_it(names):
    source = files("src/lianfang")
    assert {"text/fold.tsv", "text/classes.tsv", "py.typed"} <= source
    assert {f"lianfang/{name}" for name in source} - names == set()


def test_all_guides_are_in_it(names):
    guides = files("guides")
    for part in ("credit-repair/guide.yaml", "shared/contexts.yaml", "lexicon/credit.yaml"):
        assert part in guides
    assert any(name.startswith("law/") for name in guides)
    assert {f"lianfang/_guides/{name}" for name in guides} - names == set()


def test_nothing_else_is_in_it(names):
    known = {f"lianfang/{name}" for name in files("src/lianfang")} | {
        f"lianfang/_guides/{name}" for name in files("guides")
    }
    rest = {name for name in names - known if ".dist-info/" not in name}
    assert rest == set()
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)


def test_it_screens_without_the_source_tree(unpacked, tmp_path):
    code = (
        "import json, lianfang\n"
        "from lianfang.guides.library import Library\n"
        "[verdict] = lianfang.Screener().screen(['专业征❤修复,不成功不收费,加薇 abc12345'])\n"
        "print(json.dumps([lianfang.__file__, str(Library().root), verdict.suspect,"
        " verdict.activities[0].id, lianfang.__doc__]))"
    )
    environment = {**os.environ, "PYTHONPATH": str(unpacked)}
    output = run(sys.executable, "-W", "error", "-c", code, cwd=tmp_path, env=environment)
    module, guides, suspect, activity, _ = json.loads(output)
    assert Path(module).parent == unpacked / "lianfang"
    assert Path(guides) == unpacked / "lianfang" / "_guides"
    assert (suspect, activity) == (True, "credit-repair")


def test_its_command_works_without_the_source_tree(unpacked, tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(unpacked)}
    command = unpacked / "bin" / "lianfang"
    output = run(
        sys.executable, command, "screen", "-", cwd=tmp_path, env=environment,
        input="专业征❤修复,不成功不收费,加薇 abc12345\n",
    )  # fmt: skip
    assert json.loads(output)["suspect"] is True
    assert "credit-repair" in run(
        sys.executable, command, "guide", "list", cwd=tmp_path, env=environment
    )
    report = tmp_path / "report.html"
    run(
        sys.executable, command, "screen", "-", "--format", "html", "--output", report,
        cwd=tmp_path, env=environment, input="今天天气不错\n",
    )  # fmt: skip
    assert report.stat().st_size > 1000
    for name in ("guide.html", "guide.pdf"):
        run(
            sys.executable, command, "guide", "show", "credit-repair", "-o", tmp_path / name,
            cwd=tmp_path, env=environment,
        )  # fmt: skip
        assert (tmp_path / name).stat().st_size > 10_000


def test_its_guides_pass_their_checks(unpacked, tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(unpacked)}
    command = unpacked / "bin" / "lianfang"
    run(sys.executable, command, "guide", "check", cwd=tmp_path, env=environment)
