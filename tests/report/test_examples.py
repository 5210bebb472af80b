"""`scripts/report.py` writes what it says, from any folder."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from lianfang.model import Verdict

SCRIPT = Path(__file__).parents[2] / "scripts" / "report.py"


@pytest.fixture
def script(tmp_path, monkeypatch):
    spec = importlib.util.spec_from_file_location("examples", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "OUT", tmp_path / "report")
    monkeypatch.chdir(tmp_path)
    return module


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "said"), [("zh", "概览"), ("en", "Overview")])
def test_it_writes_report_and_verdicts(script, lang, said):
    result = CliRunner().invoke(script.main, ["--lang", lang], catch_exceptions=False)
    assert result.exit_code == 0
    report, lines = script.OUT / "report.html", script.OUT / "verdicts.jsonl"
    assert report.as_uri() in result.output
    assert str(lines) in result.output
    assert said in report.read_text(encoding="utf-8")
    verdicts = [msgspec.json.decode(line, type=Verdict) for line in lines.read_bytes().splitlines()]
    assert len(verdicts) > len(list(script.everyday()))
    assert any(verdict.suspect for verdict in verdicts)


def test_the_order_is_mixed_and_never_changes(script, make_library, tmp_path):
    library = make_library(tmp_path / "guides")
    rows = script.mixed(library)
    assert rows == script.mixed(library)
    assert rows != [*script.examples(library), *script.everyday()]
    assert ("loan-scam/names-loan:hit-1", "黑户贷款") in rows
    assert len(dict(rows)) == len(rows)


def test_everyday_lines_are_there(script):
    lines = list(script.everyday())
    assert len(lines) == 120
    assert all(text.strip() for _, text in lines)
