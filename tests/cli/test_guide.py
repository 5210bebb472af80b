from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
import yaml
from click.testing import CliRunner

from lianfang.cli import main
from lianfang.cli.scaffold import TEMPLATE
from lianfang.guides import model
from lianfang.guides.checks import check
from lianfang.guides.library import Library
from lianfang.guides.schema import FILES, schema


def run(*args):
    return CliRunner().invoke(main, ["guide", *map(str, args)], catch_exceptions=False)


@pytest.fixture
def guides(make_library, tmp_path):
    make_library(tmp_path)
    return tmp_path


# -- the group


def test_every_command_takes_a_folder_of_guides():
    for name, command in main.commands["guide"].commands.items():
        assert "--guides" in [flag for p in command.params for flag in p.opts], name


def test_version_and_help():
    assert CliRunner().invoke(main, ["--version"]).output.startswith("lianfang")
    assert "guide" in CliRunner().invoke(main, ["--help"]).output
    assert run("--help").exit_code == 0


@pytest.mark.parametrize("command", ["list", "check", "test", "show loan-scam"])
def test_a_folder_that_holds_no_guides(tmp_path, command):
    result = run(*command.split(), "--guides", tmp_path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.count("\n") == 1
    assert "no guides here" in result.stderr


# -- list, show, schema


def test_list(guides):
    result = run("list", "--guides", guides)
    assert result.exit_code == 0
    assert result.output.splitlines()[1].split() == [
        "loan-scam", "贷款骗局", "1.0.0", "2", "60", "120",
    ]  # fmt: skip
    assert "features" in run("list", "--guides", guides, "--lang", "en").output


def test_a_broken_guide_is_one_line_on_standard_error(make_library, tmp_path):
    make_library(tmp_path, guide="id: [")
    result = run("list", "--guides", tmp_path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "guide.yaml:2: not YAML" in result.stderr
    assert result.stderr.count("\n") == 1


def test_show_tells_everything(guides):
    result = run("show", "loan-scam", "--guides", guides)
    assert result.exit_code == 0
    for text in (
        "贷款骗局", "loan-scam 1.0.0 (2026-11-23)", "假称能贷款而收费", "持牌机构的广告",
        "引流：第attract步",
        "收割", "提到贷款 (names-loan; 中; 只说明主题)", "提到黑户贷款一类说法 [源:S01]",
        "招揽贷款 (offers-loan; 强; 招揽)", "[法:《某法》第1条]", "承诺结果 [推]",
        "撸口子：到处借 [推]", "保留聊天记录", "合规岗", "固定证据", "红线：不得影响投诉处理",
        "1 天内", "截图", "依据：《某法》第1条", "《某法》 文本截至 2025-04-19",
        "第1条 (some-law#1)", "不得诈骗", "公安：拨打110", "S01", "通告",
    ):  # fmt: skip
        assert text in result.output, text


def test_long_chinese_is_folded_and_never_cut(make_library, tmp_path):
    long = {"zh": "先核实再处理" * 40, "en": "check first " * 40}
    step = make_library.step(do=long, must_not=long, evidence=[long["zh"]])
    chain = [{"stage": "attract", "what": long}]
    make_library(tmp_path, guide={"playbook": [step], "chain": chain, "border": [long]})
    output = run("show", "loan-scam", "--guides", tmp_path).output
    assert "…" not in output
    assert sum(output.count(char) for char in "处理") >= 5 * 40 * 2


def test_show_in_english(guides):
    output = run("show", "loan-scam", "--guides", guides, "--lang", "en").output
    for text in ("Definition", "Playbook", "within 1", "text as of", "Red line", "[inferred]"):
        assert text in output, text


@pytest.mark.parametrize(
    ("law", "signs"),
    [
        ({"in_force": "superseded"}, ["[已被取代]"]),
        ({"in_force": "unknown", "basis": "secondary"}, ["[效力未核实]", "[据二手资料]"]),
        ({"basis": "unconfirmed"}, ["[未证实]"]),
        ({"note": {"zh": "另有解释", "en": "see also"}}, ["另有解释"]),
    ],
)
def test_show_marks_law_that_is_not_a_statute_in_force(make_library, tmp_path, law, signs):
    make_library(tmp_path, law=law)
    output = run("show", "loan-scam", "--guides", tmp_path).output
    assert all(sign in output for sign in signs)
    assert check(Library(tmp_path)) == []


def test_what_an_article_says_of_itself_goes_first(make_library, tmp_path):
    article = {"article": "1", "says": {"zh": "旧", "en": "old"}, "in_force": "superseded"}
    make_library(tmp_path, law={"articles": [article]})
    assert "[已被取代]" in run("show", "loan-scam", "--guides", tmp_path).output


def test_show_survives_names_that_lead_nowhere(make_library, tmp_path):
    changes = {"law": ["gone#1"], "shared": ["gone"], "sources": ["S99"]}
    make_library(tmp_path, guide=changes)
    (tmp_path / "shared" / "sources.yaml").unlink()
    result = run("show", "loan-scam", "--guides", tmp_path)
    assert result.exit_code == 0
    assert "gone#1" in result.output
    assert "条文库里没有这一条" in result.output
    assert run("show", "loan-scam", "--guides", tmp_path, "--format", "json").exit_code == 0


def test_show_as_json(guides):
    found = json.loads(run("show", "loan-scam", "--guides", guides, "--format", "json").output)
    assert found["features"][1]["unless"] == ["negated"]
    cited = found.pop("cited")
    assert cited["features"]["promise"]["why"]["zh"] == "承诺结果"
    assert cited["law"]["some-law#1"]["in_force"] == "yes"
    assert cited["sources"]["S01"]["what"]["zh"] == "通告"
    assert msgspec.convert(found, model.Guide) == Library(guides).guide("loan-scam")


def test_show_of_an_unknown_guide(guides):
    result = run("show", "gone", "--guides", guides)
    assert result.exit_code == 1
    assert result.stderr == "gone: no such guide: guides: loan-scam\n"


@pytest.mark.parametrize("name", FILES)
def test_schema(name):
    assert json.loads(run("schema", name).output)["$defs"].keys() == schema(name)["$defs"].keys()


def test_an_unknown_schema_is_a_wrong_use():
    result = run("schema", "nope")
    assert result.exit_code == 2
    assert "one of guide, shared, lexicon, law, sources" in result.stderr


# -- check


def test_check_of_a_right_library(guides):
    result = run("check", "--guides", guides)
    assert (result.exit_code, result.output) == (0, "0 errors, 0 warnings\n")


def test_check_prints_findings_and_counts_them(make_library, tmp_path):
    make_library(tmp_path, guide={"version": "x", "sources": []})
    result = run("check", tmp_path)
    assert result.exit_code == 1
    assert f"{tmp_path}/loan-scam/guide.yaml:2: 'x' is no version: " in result.output
    assert result.output.splitlines()[0].endswith("[error]")
    assert result.output.endswith("\n1 error, 1 warning\n")


def test_warnings_alone_are_no_failure(make_library, tmp_path):
    make_library(tmp_path, guide={"sources": []})
    result = run("check", tmp_path)
    assert (result.exit_code, result.output.splitlines()[-1]) == (0, "0 errors, 1 warning")


def test_check_of_a_part(make_library, tmp_path):
    make_library(tmp_path, guide={"version": "x"}, lexicon="sets: [")
    whole = run("check", tmp_path).output
    assert "lexicon.yaml" in whole
    for part in (tmp_path / "loan-scam", tmp_path / "loan-scam" / "guide.yaml"):
        output = run("check", part).output
        assert "is no version" in output
        assert "lexicon.yaml" not in output
    assert run("check", tmp_path / "law").exit_code == 0


def test_paths_are_told_from_here(make_library, tmp_path, monkeypatch):
    make_library(tmp_path, guide={"version": "x"})
    monkeypatch.chdir(tmp_path)
    for path in (".", "loan-scam"):
        assert run("check", path).output.startswith("loan-scam/guide.yaml:2: ")


def test_check_of_nothing(tmp_path):
    result = run("check", tmp_path / "gone")
    assert result.exit_code == 1
    assert "no such file or folder" in result.stderr


# -- test


def test_test_of_a_right_library(guides):
    result = run("test", "--guides", guides)
    assert result.exit_code == 0
    assert "0 examples fail" in result.output
    assert "100.0%" in result.output
    assert "94.0%-100.0%" in result.output
    assert "always together (60 texts)" in result.output


def test_test_fails_where_an_example_does(make_library, tmp_path):
    make_library(tmp_path, guide={"features": [make_library.feature(hit=["无关"])]})
    result = run("test", "loan-scam", "--guides", tmp_path)
    assert result.exit_code == 1
    assert "names-loan doesn't fire on its hit '无关'" in result.output
    assert run("test", "gone", "--guides", tmp_path).exit_code == 1


# -- new


def test_a_new_guide_is_a_list_of_things_to_do(guides):
    result = run("new", "debt-mill", "--into", guides)
    assert result.exit_code == 0
    checked = run("check", guides / "debt-mill")
    assert checked.exit_code == 1
    lines = [line for line in checked.output.splitlines() if "guide.yaml:" in line]
    numbers = [int(line.split("guide.yaml:")[1].split(":")[0]) for line in lines]
    assert numbers == sorted(numbers)
    assert "`date` is still empty" in lines[0]
    assert "`name.zh` is still empty" in lines[1]
    assert all("is still empty" in line or "must_not" in line for line in lines)
    assert "0 texts of at least 60" in checked.output


def test_the_scaffold_has_every_key_of_a_guide_with_a_hint():
    text = TEMPLATE.read_text(encoding="utf-8")
    value = yaml.safe_load(text)

    def keys(kind):
        return {field.encode_name for field in msgspec.structs.fields(kind)}

    assert set(value) == keys(model.Guide)
    assert {stage["stage"] for stage in value["chain"]} == {
        "attract", "win", "sign", "carry-out", "harvest",
    }  # fmt: skip
    for key, kind in (
        ("features", model.Feature), ("slang", model.Slang), ("evidence", model.Statement),
        ("playbook", model.Step), ("report_to", model.Channel), ("advice", model.Statement),
    ):  # fmt: skip
        assert set(value[key][0]) == keys(kind)
    bare = [line for line in text.splitlines() if line and line[0].isalpha() and "#" not in line]
    assert bare == []


def test_a_filled_scaffold_is_right(guides, make_library):
    """The scaffold's shape is a guide's: filling it in is all there is to do."""
    run("new", "debt-mill", "--into", guides)
    value = yaml.safe_load((guides / "debt-mill" / "guide.yaml").read_text(encoding="utf-8"))
    filled = _fill(value)
    filled["features"][0] |= {"id": "a", "when": "@loan", "hit": ["黑户贷款"], "clean": ["雨"]}
    filled["playbook"][0]["id"] = "a"
    filled["date"] = "2026-11-23"
    filled["law"], filled["sources"] = ["some-law#1"], ["S01"]
    path = guides / "debt-mill" / "guide.yaml"
    path.write_text(yaml.safe_dump(filled, allow_unicode=True), encoding="utf-8")
    assert [str(f) for f in check(Library(guides)) if f.path == str(path)] == []


def _fill(value):
    if isinstance(value, dict):
        return {k: v if k == "ref" else _fill(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_fill(v) for v in value]
    return "词" if value == "" else value


@pytest.mark.parametrize("name", ["Bad", "a_b", "a--b", "-a", "a/b", "..", "shared", "law", "贷"])
def test_bad_ids_are_refused(guides, name):
    result = run("new", "--into", guides, "--", name)
    assert result.exit_code == 2
    assert "can't be a guide's id" in result.stderr


def test_a_guide_is_never_written_over(guides):
    before = (guides / "loan-scam" / "guide.yaml").read_text(encoding="utf-8")
    result = run("new", "loan-scam", "--into", guides)
    assert result.exit_code == 1
    assert "is there already" in result.stderr
    assert (guides / "loan-scam" / "guide.yaml").read_text(encoding="utf-8") == before


def test_new_needs_a_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run("new", "debt-mill")
    assert result.exit_code == 1
    assert result.stderr == "guides: no such folder: name yours with --into\n"
    (tmp_path / "guides").mkdir()
    assert run("new", "debt-mill").exit_code == 0


# -- pages to keep


def test_show_writes_a_page_and_tells_where(guides, tmp_path):
    out = tmp_path / "out.html"
    result = run("show", "loan-scam", "--guides", guides, "-o", out, "--lang", "en")
    assert (result.exit_code, result.output) == (0, f"{out}\n")
    assert '<html lang="en">' in out.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (["-o", "out.doc"], 1, "out.doc: no format of a guide: end its name in .html or .pdf"),
        (["-o", "out.html", "--format", "json"], 2, "leave out one of the two"),
        (["-o", "."], 2, "is a directory"),
    ],
)
def test_show_refuses_what_is_no_page(guides, monkeypatch, args, code, told):
    monkeypatch.chdir(guides)
    result = run("show", "loan-scam", "--guides", guides, *args)
    assert (result.exit_code, result.stdout) == (code, "")
    assert told in result.stderr
    assert not (guides / args[1]).is_file()


@pytest.mark.slow
def test_book_writes_the_handbook_and_tells_what_to_open(guides, tmp_path):
    result = run("book", tmp_path / "book", "--guides", guides)
    assert result.exit_code == 0
    told = [Path(line) for line in result.output.splitlines()]
    assert all(path.is_file() for path in told)
    assert {path.name for path in told} == {"index.html", "handbook.zh.pdf", "handbook.en.pdf"}


# -- as a program


def test_the_program_itself(guides):
    code = "from lianfang.cli import main; main(prog_name='lianfang')"
    done = subprocess.run(
        [sys.executable, "-c", code, "guide", "show", "gone", "--guides", guides],
        capture_output=True, text=True, check=False,
        env={"PYTHONPATH": str(Path(__file__).parents[2] / "src")},
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "gone: no such guide: guides: loan-scam\n"
