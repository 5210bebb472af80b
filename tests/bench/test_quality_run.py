"""The command from end to end, on twenty lines."""

from __future__ import annotations

import json

import pytest
from bench.quality.__main__ import main
from bench.quality.data import Item, read_lines
from bench.quality.disguise import HOW

OFFER = {"stance": "offer", "activities": ["credit-repair"]}
WARN = {"stance": "warn", "activities": ["credit-repair"]}
PLAIN = {"stance": "other", "activities": []}


def write(path, rows):
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


@pytest.fixture
def data(tmp_path):
    offers = [{"text": f"专业征信修复{i}号店,不成功不收费", **OFFER} for i in range(5)]
    warnings = [{"text": f"第{i}期提示:声称征信修复的都是骗局", **WARN} for i in range(4)]
    ordinary = [{"text": f"晚上{i}点去跑步吗", **PLAIN} for i in range(9)]
    pair = {
        "group": "p",
        "activities": ["credit-repair"],
        "offending": "我们专做征信修复",
        "innocent": "我们不做征信修复",
        "offending_stance": "offer",
        "innocent_stance": "other",
    }
    write(tmp_path / "heldout.jsonl", offers + warnings)
    write(tmp_path / "ordinary.jsonl", ordinary)
    write(tmp_path / "pairs.jsonl", [pair])
    (tmp_path / "cautions.txt").write_text("谨防受骗。\n请走正规渠道。\n")
    return tmp_path


def run(data, *more):
    arguments = ("--data", data, "--out", data / "out", "--date", "2026-01-02", *more)
    assert main([str(argument) for argument in arguments]) == 0


def test_the_command_writes_both_files_and_the_same_again(data, capsys):
    run(data)
    report, results = ((data / "out" / n).read_text() for n in ("report.md", "results.json"))
    assert capsys.readouterr().out == report
    run(data, "--json")
    assert capsys.readouterr().out == results == (data / "out" / "results.json").read_text()
    assert "2026-01-02" in report
    assert "## Disguises" in report
    check(json.loads(results))


def check(results):
    assert results["sizes"]["heldout"]["kept"] + results["sizes"]["heldout"]["dropped"] == 9
    assert results["guides"].keys() >= {"credit-repair"}
    floor = results["methods"]["floor"]
    assert floor["activities"]["all"]["recall"]["hits"] == 5
    assert floor["activities"]["all"]["hard_false_alarms"]["hits"] == 4
    assert floor["pairs"]["both"]["hits"] == 0
    assert results["methods"]["screener"]["activities"]["all"]["ordinary_false_alarms"]["hits"] == 0
    check_disguises(floor["disguises"])


def check_disguises(ways):
    assert tuple(ways) == HOW
    homophones = ways["homophones"]
    assert homophones["offending"]["texts"] == homophones["offending"]["disguised"]["texts"] == 5
    assert homophones["offending"]["suspect_before"]["hits"] == 5
    assert homophones["innocent"]["disguised"]["texts"] == 4
    assert homophones["innocent"]["suspect_after"]["hits"] == 0
    assert homophones["ordinary"]["disguised"]["texts"] == 0
    assert homophones["ordinary"]["change"] is None


def test_no_text_of_the_corpus_is_told(data, capsys):
    run(data)
    told = capsys.readouterr().out + (data / "out" / "results.json").read_text()
    for line in (data / "heldout.jsonl").read_text().splitlines():
        assert json.loads(line)["text"] not in told


def test_an_ordinary_message_may_not_offend(data):
    write(data / "ordinary.jsonl", [{"text": "全退找我", **OFFER}])
    with pytest.raises(ValueError, match="a line that offends"):
        run(data)


def test_a_bad_line_is_told_with_its_place(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_text('{"text": "好"}\n\n{"text": "坏", "stance": "sell"}\n')
    with pytest.raises(ValueError, match="sell") as caught:
        read_lines(path, Item)
    assert caught.value.__notes__ == [f"{path}:3"]
