from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from lianfang.cli import main
from lianfang.screening.weights import SHIPPED

MESSAGES = Path(__file__).parents[2] / "examples" / "bank-messages.csv"


def run(*arguments, **more):
    return CliRunner().invoke(main, ["model", *map(str, arguments)], **more)


@pytest.fixture
def labels(tmp_path):
    """A model of labels."""
    path = tmp_path / "labels.npz"
    done = run("train", "--labels", MESSAGES, "--group", "批次", "-o", path)
    assert done.exit_code == 0, done.output
    return path


def lines(text):
    return [json.loads(line) for line in text.splitlines()]


def test_the_card_of_the_shipped_model():
    done = run("card")
    assert done.exit_code == 0
    assert "# Model card" in done.output
    for name in ("offer", "complain", "credit-repair", "counterfeit-site-app"):
        assert f"| {name} |" in done.output


def test_a_file_that_is_no_model(tmp_path):
    (tmp_path / "bad.npz").write_bytes(b"x")
    done = run("card", str(tmp_path / "bad.npz"))
    assert done.exit_code != 0
    assert "bad.npz" in done.output


def test_nothing_to_learn_from(make_library, tmp_path):
    make_library(tmp_path)
    done = run("train", "--guides", str(tmp_path))
    assert done.exit_code != 0
    assert "nothing to learn from" in done.output


def test_labels_are_trained_from_any_file(tmp_path):
    path = tmp_path / "labels.npz"
    options = ("--text", "内容", "--label", "标签", "--group-column", "批次")
    done = run("train", "--labels", MESSAGES, *options, "-o", path)
    assert done.exit_code == 0
    assert "46 texts read\n" in done.stderr
    assert "trying on lines held out, 4 of 4\n" in done.stderr
    assert "| texts | 46 in 5 groups | all given 动账 |" in done.stdout
    for name in ("动账", "营销", "验证码"):
        assert f"| {name} | " in done.stdout
    assert "| 验证码 | 0 | 0 | 15 | 0 |" in done.stdout
    assert run("card", path).stdout == done.stdout


def test_texts_are_labelled(labels, tmp_path):
    path, out, bad = tmp_path / "new.csv", tmp_path / "out.jsonl", tmp_path / "bad.csv"
    rows = "编号,说的话\na1,验证码110293请勿告诉他人\na2\na3,信用卡分期优惠活动回T退订\n"
    path.write_bytes(rows.encode("gb18030"))
    options = ("--text", "说的话", "-o", out, "--rejects", bad)
    done = run("apply", labels, path, *options)
    assert done.exit_code == 0
    assert done.stderr == f"2 texts labelled; 1 rows refused, in {bad}\n"
    told = lines(out.read_text(encoding="utf-8"))
    assert [(one["id"], one["labels"]) for one in told] == [("a1", ["验证码"]), ("a3", ["营销"])]
    assert all(set(one["probabilities"]) == {"动账", "营销", "验证码"} for one in told)
    assert told[0]["probabilities"]["验证码"] > 0.5
    [reject] = csv.DictReader(bad.read_text(encoding="utf-8-sig").splitlines())
    assert (reject["row"], reject["reason"]) == ("3", "1 field where the header has 2")


def test_texts_of_a_pipe_are_labelled(labels):
    told = lines(run("apply", labels, "-", "--quiet", input="验证码8827\n\n存款有礼").output)
    assert [(one["id"], one["labels"]) for one in told] == [(1, ["验证码"]), (3, ["营销"])]


def test_many_texts_come_in_order(labels, tmp_path):
    path = tmp_path / "many.txt"
    path.write_text("".join(f"验证码{n}\n" for n in range(9000)), encoding="utf-8")
    told = lines(run("apply", labels, path, "--quiet").output)
    assert [one["id"] for one in told] == list(range(1, 9001))


def test_rows_that_teach_nothing_are_told(tmp_path):
    path = tmp_path / "ours.csv"
    rows = MESSAGES.read_text(encoding="utf-8")
    path.write_text(f"{rows}没有标签,,江澜\n ,营销,江澜\n", encoding="utf-8")
    done = run("train", "--labels", path, "-o", tmp_path / "labels.npz")
    assert done.exit_code == 0
    assert f"{path}: row 48, column label: no label: write one" in done.stderr
    assert f"{path}: row 49, column text: an empty text" in done.stderr
    assert "46 texts read; 2 rows refused\n" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("train", "--labels", MESSAGES), 2, "--labels needs -o"),
        (("train", "--labels", MESSAGES, "-o", "x", "--also", "y"), 2, "neither --guides nor"),
        (("train", "--group", "批次"), 2, "go with --labels"),
        (("train", "--labels", MESSAGES, "-o", MESSAGES), 1, "is an input too"),
        (("train", "--labels", MESSAGES, "--label", "x", "-o", "y"), 1, 'column called "x"'),
        (("train", "--labels", MESSAGES, "--label", "内容", "-o", "y"), 1, "in two groups"),
        (("train", "--labels", "none.csv", "-o", "y"), 1, "none.csv: no such file"),
        (("apply", SHIPPED, MESSAGES), 1, "a judge's weights, no labels"),
        (("apply", MESSAGES, MESSAGES), 1, "no model can be read"),
    ],
)
def test_wrong_uses_say_what_to_do(arguments, code, said):
    done = run(*arguments)
    assert done.exit_code == code
    assert said in done.stderr


def test_labels_are_no_judge(labels):
    done = CliRunner().invoke(main, ["screen", str(MESSAGES), "--model", str(labels)])
    assert done.exit_code == 1
    assert "label texts with `lianfang model apply`" in done.stderr
