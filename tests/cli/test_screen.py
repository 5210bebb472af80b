from __future__ import annotations

import csv
import json
import shlex
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from lianfang.cli import main
from lianfang.model import Stance

LIANFANG = str(Path(sys.executable).with_name("lianfang"))
OFFER, PLAIN, REFUSAL = "黑户贷款,百分百下款,加微信", "今天天气不错", "我们不办黑户贷款,不加微信"
TEXTS = [OFFER, PLAIN, REFUSAL]
STANCES = {str(stance) for stance in Stance}


@pytest.fixture
def guides(make_library, tmp_path):
    folder = tmp_path / "guides"
    make_library(folder, hits="", clean="")
    return folder


@pytest.fixture
def screen(guides):
    """Return a function that runs `lianfang screen` with a small library."""

    def screen(*args, **more):
        command = ["screen", "--guides", str(guides), *map(str, args)]
        return CliRunner().invoke(main, command, catch_exceptions=False, **more)

    return screen


@pytest.fixture
def texts(tmp_path):
    """Return a path to three texts, one a line."""
    path = tmp_path / "texts.txt"
    path.write_text("".join(f"{text}\n" for text in TEXTS), encoding="utf-8")
    return path


def lines(output):
    """Parsed lines: U+2028 and its like end none."""
    text = output.decode() if isinstance(output, bytes) else output
    return [json.loads(line) for line in text.split("\n") if line]


def suspects(result):
    return [line["suspect"] for line in lines(result.stdout)]


# -- JSON lines


def test_one_line_a_text_in_order(screen, texts):
    result = screen(texts)
    assert result.exit_code == 0
    found = lines(result.stdout)
    assert [line["id"] for line in found] == [1, 2, 3]
    assert [line["suspect"] for line in found] == [True, False, False]
    for line in found:
        assert {"id", "suspect", "activities", "stance", "score", "features"} <= line.keys()
        assert line["stance"] in STANCES
        assert 0 <= line["score"] <= 1
    assert [set(a) for a in found[0]["activities"]] == [{"id", "score"}]
    assert found[0]["activities"][0]["id"] == "loan-scam"
    assert found[1]["activities"] == []
    spans = [span for hit in found[0]["features"] for span in hit["spans"]]
    assert "黑户贷款" in [span["text"] for span in spans]
    assert all(OFFER[span["start"] : span["end"]] == span["text"] for span in spans)
    assert "3 texts screened" in result.stderr


def test_chinese_stands_as_it_is(screen, texts):
    assert "黑户贷款" in screen(texts).stdout


def test_quiet(screen, texts):
    result = screen("--quiet", texts)
    assert (len(lines(result.stdout)), result.stderr) == (3, "")


def test_output_to_a_file(screen, texts, tmp_path):
    output = tmp_path / "verdicts.jsonl"
    result = screen(texts, "--output", output)
    assert (result.exit_code, result.stdout) == (0, "")
    assert output.read_bytes() == screen(texts).stdout_bytes


def test_several_files_in_order(screen, texts, tmp_path):
    more = tmp_path / "more.jsonl"
    more.write_text(f'{{"id": "x", "text": "{OFFER}"}}\n', encoding="utf-8")
    assert [line["id"] for line in lines(screen(more, texts, more).stdout)] == ["x", 1, 2, 3, "x"]


def test_ids_are_kept(screen, tmp_path):
    path = tmp_path / "a.jsonl"
    rows = [{"id": "甲-1", "text": OFFER}, {"id": 7, "text": PLAIN}, {"text": PLAIN}]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert [line["id"] for line in lines(screen(path).stdout)] == ["甲-1", 7, 3]


@pytest.mark.parametrize("name", ["\ud800", 10**30, -(10**30), 2**63, "", "\u2028\x00"])
def test_no_id_stops_the_run(screen, tmp_path, name):
    path = tmp_path / "a.jsonl"
    rows = [{"id": name, "text": OFFER}, {"id": "last", "text": PLAIN}]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    result = screen(path)
    assert result.exit_code == 0
    assert lines(result.stdout)[-1]["id"] == "last"
    assert len(lines(result.stdout)) + result.stderr.count("row 1") == 2


def test_no_text_stops_the_run(screen, tmp_path):
    path = tmp_path / "a.jsonl"
    odd = ["", "\ud800", "\x00", "\u202e", "a\nb", f"黑户❤贷\ud800款,{OFFER}"]
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in odd), encoding="utf-8")
    result = screen(path)
    assert result.exit_code == 0
    assert suspects(result) == [False] * 5 + [True]


# -- other forms of input


def test_a_gb18030_csv_with_a_named_column(screen, tmp_path):
    path = tmp_path / "投诉.csv"
    rows = ["编号,来源,内容", *(f'A{number},热线,"{text}"' for number, text in enumerate(TEXTS))]
    path.write_bytes("\r\n".join(rows).encode("gb18030"))
    result = screen(path, "--text-column", "内容")
    assert result.exit_code == 0
    assert [line["id"] for line in lines(result.stdout)] == ["A0", "A1", "A2"]
    assert suspects(result) == [True, False, False]


def test_an_id_column(screen, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f'text,单号\n"{OFFER}",D9\n', encoding="utf-8")
    assert lines(screen(path, "--id-column", "单号").stdout)[0]["id"] == "D9"


def test_a_column_that_isnt_there(screen, texts, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f'a,b\n"{OFFER}",2\n', encoding="utf-8")
    result = screen(path, texts, "--text-column", "正文")
    assert result.exit_code == 1
    assert "正文" in result.stderr
    assert suspects(result) == [True, False, False]


def test_xlsx(screen, tmp_path):
    path = tmp_path / "a.xlsx"
    book = Workbook()
    for row in (["id", "text"], [11, OFFER], [12, PLAIN], [13, REFUSAL]):
        book.active.append(row)
    book.save(path)
    result = screen(path)
    assert [line["id"] for line in lines(result.stdout)] == [11, 12, 13]
    assert suspects(result) == [True, False, False]


def test_parquet(screen, tmp_path):
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"id": ["a", "b", "c"], "正文": TEXTS}), path)
    result = screen(path, "--text-column", "正文")
    assert [line["id"] for line in lines(result.stdout)] == ["a", "b", "c"]
    assert suspects(result) == [True, False, False]


def test_an_input_format(screen, tmp_path):
    path = tmp_path / "data.dat"
    path.write_text(f'{{"text": "{OFFER}"}}\n', encoding="utf-8")
    assert suspects(screen(path, "--input-format", "jsonl")) == [True]


# -- what can't be read


@pytest.fixture
def mixed(tmp_path):
    """Return a path to rows of which every other can't be read."""
    path = tmp_path / "mixed.jsonl"
    rows = [part for text in TEXTS * 3 for part in (json.dumps({"text": text}), '{"text": 1}')]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_bad_rows_are_told_and_the_rest_goes_on(screen, mixed):
    result = screen(mixed)
    assert result.exit_code == 0
    assert suspects(result) == [True, False, False] * 3
    assert "mixed.jsonl: row 2, column text:" in result.stderr
    assert "row 10" in result.stderr
    assert "row 12" not in result.stderr  # five are told one by one
    assert "9 texts screened; 9 rows refused" in result.stderr
    assert "--rejects" in result.stderr


def test_rejects_go_to_a_file(screen, mixed, tmp_path):
    path = tmp_path / "rejects.csv"
    result = screen(mixed, "--rejects", path)
    assert result.exit_code == 0
    assert suspects(result) == [True, False, False] * 3
    assert "row 2" not in result.stderr
    assert f"9 rows refused, in {path}" in result.stderr
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["row"] for row in rows] == [str(number) for number in range(2, 19, 2)]
    for row in rows:
        assert row["source"].endswith("mixed.jsonl")
        assert (row["column"], row["raw"]) == ("text", '{"text": 1}')
        assert row["reason"]
        assert row["what_to_do"]


def test_no_rejects_leave_an_empty_list(screen, texts, tmp_path):
    path = tmp_path / "rejects.csv"
    screen(texts, "--rejects", path)
    assert len(path.read_text(encoding="utf-8-sig").splitlines()) == 1


def test_other_files_go_on_after_a_folder_and_a_missing_file(screen, texts, tmp_path):
    missing = tmp_path / "nowhere.txt"
    result = screen(tmp_path, missing, texts)
    assert result.exit_code == 1
    assert suspects(result) == [True, False, False]
    told = result.stderr.splitlines()
    assert told[0].startswith(f"{tmp_path}: a folder, not a file:")
    assert told[1].startswith(f"{missing}: no such file:")
    assert told[2].startswith("3 texts screened")
    assert len(told) == 3


def test_a_damaged_file_among_others(screen, texts, tmp_path):
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    result = screen(texts, broken, texts)
    assert result.exit_code == 1
    assert suspects(result) == [True, False, False] * 2
    assert "broken.xlsx" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("name", ["empty.txt", "empty.csv", "empty.jsonl"])
def test_an_empty_file_holds_no_texts(screen, texts, tmp_path, name):
    empty = tmp_path / name
    empty.touch()
    result = screen(empty)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "0 texts screened" in result.stderr
    assert suspects(screen(empty, texts)) == [True, False, False]


def test_no_file_at_all(screen):
    result = screen()
    assert (result.exit_code, result.stdout) == (2, "")
    assert "FILE" in result.stderr


@pytest.mark.parametrize("option", ["--output", "--rejects"])
def test_a_place_that_cant_be_written(screen, texts, tmp_path, option):
    result = screen(texts, option, tmp_path / "none" / "x")
    assert (result.exit_code, result.stdout) == (1, "")
    assert str(tmp_path / "none" / "x") in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("option", ["--output", "--rejects"])
def test_an_input_is_never_written_over(screen, texts, option):
    before = texts.read_bytes()
    result = screen(texts, option, texts)
    assert texts.read_bytes() == before
    assert result.exit_code == 1


def test_a_folder_without_guides(texts, tmp_path):
    result = CliRunner().invoke(main, ["screen", "--guides", str(tmp_path), str(texts)])
    assert (result.exit_code, result.stdout) == (1, "")
    assert "no guides here" in result.stderr
    assert result.stderr.count("\n") == 1


# -- table and HTML


def test_table(screen, texts):
    result = screen(texts, "--format", "table")
    assert result.exit_code == 0
    head, *rows = result.stdout.splitlines()
    assert head.split() == ["判断", "语态", "得分", "活动", "编号", "文本"]
    assert [row.split()[0] for row in rows] == ["可疑", "未见可疑", "未见可疑"]
    assert rows[0].split()[1:2] + rows[0].split()[3:] == ["招揽", "loan-scam", "1", OFFER]
    assert rows[1].split()[1:] == ["其他", "0.00", "-", "2", PLAIN]


def test_a_row_of_the_table_is_one_line(screen, tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": "甲\n乙\r丙\u2028丁" + "哈" * 500}), encoding="utf-8")
    result = screen(path, "--format", "table")
    assert len(result.stdout.splitlines()) == 2
    assert "甲 乙 丙 丁哈" in result.stdout


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "title"), [("zh", "联防"), ("en", "Lianfang")])
def test_html(screen, texts, tmp_path, lang, title):
    path = tmp_path / "report.html"
    result = screen(texts, "--format", "html", "--output", path, "--lang", lang)
    assert result.exit_code == 0
    assert result.stdout == f"{path}\n"
    page = path.read_text(encoding="utf-8")
    assert f'<html lang="{lang}' in page
    assert title in page
    assert "黑户贷款" in page
    assert "3 texts screened" in result.stderr


@pytest.mark.slow
def test_html_has_a_place_of_its_own(screen, texts, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = screen(texts, "--format", "html")
    assert result.stdout == f"{tmp_path / 'lianfang-report.html'}\n"
    assert (tmp_path / "lianfang-report.html").stat().st_size > 1000


@pytest.mark.slow
def test_html_in_a_folder_that_isnt_there(screen, texts, tmp_path):
    result = screen(texts, "--format", "html", "--output", tmp_path / "none" / "x.html")
    assert (result.exit_code, result.stdout) == (1, "")
    assert str(tmp_path / "none" / "x.html") in result.stderr


# -- as a process


def process(guides, *args, **more):
    command = [LIANFANG, "screen", "--guides", str(guides), *map(str, args)]
    return subprocess.run(command, capture_output=True, check=False, **more)


@pytest.fixture
def many(tmp_path):
    """Return a path to more texts than go into several chunks."""
    path = tmp_path / "many.jsonl"
    rows = (json.dumps({"id": n, "text": f"{n}:{TEXTS[n % 3]}"}) for n in range(20_000))
    path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.slow
def test_standard_input(guides):
    text = "".join(f"{text}\n" for text in TEXTS)
    done = process(guides, "-", input=text.encode())
    assert done.returncode == 0
    assert [line["suspect"] for line in lines(done.stdout)] == [True, False, False]
    assert b"3 texts screened" in done.stderr
    done = process(guides, "-", input=json.dumps({"id": "x", "text": OFFER}).encode())
    assert [(line["id"], line["suspect"]) for line in lines(done.stdout)] == [("x", True)]
    done = process(guides, "-", "--quiet", input=b"")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


@pytest.mark.slow
def test_two_workers_say_what_one_says(guides, many):
    one, two = (process(guides, many, "--workers", count) for count in (1, 2))
    assert one.returncode == two.returncode == 0
    assert one.stdout == two.stdout
    assert one.stdout.count(b"\n") == 20_000
    assert one.stderr == two.stderr


@pytest.mark.slow
def test_two_workers_make_the_same_table(guides, texts):
    one, two = (process(guides, texts, "--format", "table", "--workers", n) for n in (1, 2))
    assert one.stdout == two.stdout
    assert one.stdout.count(b"\n") == 4


@pytest.mark.slow
def test_two_workers_refuse_the_same_rows(guides, mixed, tmp_path):
    kept = []
    for workers in (1, 2):
        path = tmp_path / f"rejects-{workers}.csv"
        done = process(guides, mixed, "--workers", workers, "--rejects", path, "--quiet")
        kept.append((done.stdout, path.read_bytes()))
    assert kept[0] == kept[1]


@pytest.mark.slow
@pytest.mark.parametrize(
    "more", ["", "--format table", "--workers 2"], ids=["jsonl", "table", "workers"]
)
def test_a_pipe_that_is_closed_early(guides, many, more):
    command = shlex.join([LIANFANG, "screen", "--guides", str(guides), "--quiet", str(many)])
    script = f"{command} {more} | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", script], capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 1


@pytest.mark.slow
def test_the_shipped_guides(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("专业征❤修复,不成功不收费,加薇 abc12345\n今天天气不错\n", encoding="utf-8")
    done = subprocess.run([LIANFANG, "screen", path], capture_output=True, check=True)
    first, second = lines(done.stdout)
    assert (first["suspect"], first["activities"][0]["id"]) == (True, "credit-repair")
    assert (second["suspect"], second["stance"]) == (False, "other")
