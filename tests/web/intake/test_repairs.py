"""Columns are said, archives unpacked, refused rows mended: what comes of it, worker by worker."""

from __future__ import annotations

import base64
import csv
import io
import zipfile

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lianfang.files.mending import MISSING
from web.intake.deployed import deployed
from web.intake.samples import NAME, PARK, PHONE, as_csv, as_jsonl

pytestmark = pytest.mark.slow

SOURCE = ("甲源", "post", "governance")
OFFER = "专业征信修复，不成功不收费，加微信wkx58221"
HEADER = ("渠道名", "博主", "说了什么", "几时", "联系人")
FIELDS = ["platform", "account", "text", "published", "name"]


def told(n):
    return [(f"论坛{n}", f"用户{n}", f"第{n}条，{NAME}说{PARK}", "2026-10-02", NAME)]


def workbook(rows):
    book, made = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(made)
    return made.getvalue()


def parquet(texts):
    made = io.BytesIO()
    pq.write_table(pa.table({"平台": ["甲"] * len(texts), "正文": texts}), made)
    return made.getvalue()


def archive(files):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return made.getvalue()


BAD = f"平台,账号,正文\n甲,乙\n甲,=乙,{OFFER},0012\n丙,丁,{PARK}一\n"
LINES = as_jsonl([{"text": f"{PARK}二"}]) + f'{{"text": "{OFFER}！"\n{{"text": 7}}\n'.encode()
FILES = {
    "asked": ("a.csv", as_csv(told(1), "gb18030", HEADER)),
    "withdrawn": ("w.csv", as_csv(told(9), header=("甲", "乙", "丙", "丁", "戊"))),
    "csv": ("b.csv", BAD.encode()),
    "xlsx": ("c.xlsx", workbook([("平台", "正文"), ("甲", None), ("乙", f"{PARK}三")])),
    "parquet": ("d.parquet", parquet([None, f"{PARK}四"])),
    "jsonl": ("e.jsonl", LINES),
    "txt": ("f.txt", f"{PARK}五\n".encode() + b"\xff\xff\n"),
    "zip": (
        "all.zip",
        archive({
            "../../一.csv": as_csv([("甲", f"{PARK}六")], header=("平台", "正文")),
            "b/二.csv": as_csv(told(2), "gb18030", HEADER),
            "same.txt": f"{PARK}五\n".encode() + b"\xff\xff\n",
            "in.zip": archive({"x.txt": b"x"}),
        }),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def made():
    """A deployment after a worker was through; `numbers` of the deliveries by their names."""
    with deployed() as there:
        sent = there.send(*((*SOURCE, *file) for file in FILES.values()))
        there.numbers = dict(zip(FILES, (one["delivery"] for one in sent), strict=True))
        there.work()
        yield there


@pytest.fixture(scope="module")
def exported(made):
    """The refused rows of each file, as staff download them."""
    names = ["csv", "xlsx", "parquet", "jsonl", "txt"]
    deeds = [{"do": "export", "delivery": made.numbers[name]} for name in names]
    return {
        name: list(csv.reader(io.StringIO(base64.b64decode(content).decode("utf-8-sig"))))
        for name, content in zip(names, made.staff(*deeds), strict=True)
    }


@pytest.fixture(scope="module")
def mended(made, exported):
    """Deliveries of mended rows by the names of what they repair, once a worker was through."""
    sent = {
        "csv": [*exported["csv"][:1], *_with(exported["csv"][1:], {0: (6, f"{OFFER}?")})],
        "xlsx": [exported["xlsx"][0], [*exported["xlsx"][1][:5], "写好了的文本"]],
        "parquet": exported["parquet"],
        "jsonl": [
            *exported["jsonl"][:1],
            *_with(exported["jsonl"][1:], {0: (4, f'{{"text": "{OFFER}！"}}')}),
        ],
    }
    deeds = [_mend(made, name, rows) for name, rows in sent.items()]
    columns = {"do": "columns", "delivery": made.numbers["asked"], "fields": FIELDS}
    withdraw = {"do": "withdraw", "delivery": made.numbers["withdrawn"]}
    *repairs, profile, _ = made.staff(*deeds, columns, withdraw)
    made.profile = profile
    later = (*SOURCE, "later.csv", as_csv(told(3), header=HEADER))
    made.numbers["later"] = made.send(later)[0]["delivery"]
    made.work()
    return dict(zip(sent, (one["delivery"] for one in repairs), strict=True))


def _with(rows, changes):
    made = [list(row) for row in rows]
    for place, (column, text) in changes.items():
        made[place][column] = text
    return made


def _mend(made, name, rows):
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    # as Excel in China saves it
    content = base64.b64encode(out.getvalue().encode("gb18030")).decode()
    number = made.numbers[name]
    return {"do": "mend", "delivery": number, "name": "改.csv", "content": content}


def state(made, name):
    row = made.delivery(made.numbers[name])
    return row["state"], row["added"], row["repeated"], row["refused"]


def test_unknown_columns_wait_for_somebody(made):
    assert state(made, "asked") == ("mapping", 0, 0, 0)
    [found] = made.staff({"do": "look", "delivery": made.numbers["asked"]})
    assert found == {"names": list(HEADER), "fields": [""] * 5, "rows": [list(*told(1))]}


def test_columns_that_make_no_sense_are_refused(made):
    deeds = [
        {"do": "columns", "delivery": made.numbers["asked"], "fields": fields}
        for fields in (["text"] * 5, [""] * 5, ["text"], ["text", "name", "name", "", ""],
                       ["text", "secret", "", "", ""])
    ]  # fmt: skip
    answers = made.staff(*deeds)
    assert [answer["error"] for answer in answers] == [
        "no text", "no text", "not this file's columns", "two columns of one meaning",
        "not this file's columns",
    ]  # fmt: skip


def test_refused_rows_come_with_their_cells(exported):
    header, short, long = exported["csv"]
    assert header[4:] == ["平台", "账号", "正文", "〈多出〉"]
    assert short[4:] == ["甲", "乙", MISSING]
    assert long[4:] == ["甲", "'=乙", OFFER, "'0012"]
    assert (short[0], long[0]) == ("'2", "'3")
    assert exported["xlsx"][1][4:] == ["甲", MISSING]
    assert exported["parquet"][1][4:] == ["甲", MISSING]
    assert exported["jsonl"][1][4] == f'\'{{"text": "{OFFER}！"'
    assert len(exported["txt"]) == 2


def test_that_rows_were_exported_is_on_record(made, exported):
    events = made.rows("SELECT object FROM core_event WHERE what = 'refused.export'")
    assert str(made.numbers["csv"]) in {row["object"] for row in events}


def test_mended_rows_are_added_and_others_refused_again(made, mended):
    found = {name: made.delivery(number) for name, number in mended.items()}
    counts = {name: (one["state"], one["added"], one["refused"]) for name, one in found.items()}
    assert counts == {
        "csv": ("done", 1, 1), "xlsx": ("done", 1, 0), "parquet": ("done", 0, 1),
        "jsonl": ("done", 1, 1),
    }  # fmt: skip
    assert {one["repairs_id"] for one in found.values()} == {made.numbers[n] for n in mended}
    assert [item["row"] for item in made.items(mended["csv"])] == [2]
    assert [row["row"] for row in made.refused(mended["csv"])] == [3]
    [item] = made.items(mended["jsonl"])
    assert item["text"].startswith("专业征信修复")


def test_what_was_mended_once_adds_nothing_twice(made, exported, mended):
    again = made.staff({"do": "export", "delivery": mended["csv"]})[0]
    rows = list(csv.reader(io.StringIO(base64.b64decode(again).decode("utf-8-sig"))))
    assert rows[1][4:] == exported["csv"][2][4:]
    good = [*rows[0]], [*rows[1][:7], ""]
    twice = [good[0], [*rows[1][:4], "甲", "乙", f"{OFFER}?", ""], good[1]]
    made.numbers["mended csv"] = mended["csv"]
    [sent] = made.staff(_mend(made, "mended csv", twice))
    made.work()
    row = made.delivery(sent["delivery"])
    assert (row["added"], row["repeated"], row["refused"]) == (1, 1, 0)


def test_a_profile_is_used_by_itself(made, mended):
    for name in ("asked", "later"):
        assert state(made, name) == ("done", 1, 0, 0)
        [item] = made.items(made.numbers[name])
        assert item["platform"].startswith("论坛")
        assert NAME not in item["text"]
        used = made.rows(
            "SELECT profile_id FROM intake_mapping WHERE delivery_id = %s", made.numbers[name]
        )
        assert [row["profile_id"] for row in used] == [made.profile]


def test_no_name_of_a_column_is_kept(made, mended):
    said = str(made.rows("SELECT p::text AS row FROM intake_profile p"))
    assert not [name for name in HEADER if name in said]


def test_a_withdrawn_file_stays_unread_until_it_is_sent_again(made, mended):
    assert state(made, "withdrawn")[0] == "withdrawn"
    done = {"do": "withdraw", "delivery": made.numbers["asked"]}
    assert made.staff(done) == [{"error": "a worker has begun with it"}]
    assert made.staff({"do": "retry", "delivery": made.numbers["asked"]}) == [
        {"error": "neither failed nor withdrawn"}
    ]
    [again] = made.send((*SOURCE, *FILES["withdrawn"]))
    assert again == {"delivery": made.numbers["withdrawn"], "new": False}
    assert state(made, "withdrawn")[0] == "waiting"


def test_members_of_an_archive_are_deliveries_of_their_own(made):
    assert state(made, "zip") == ("done", 2, 1, 1)
    members = made.rows(
        "SELECT o.name, o.who, d.state FROM intake_delivery d JOIN vault_original o"
        " ON o.id = original_id WHERE archive_id = %s ORDER BY d.id",
        made.numbers["zip"],
    )
    assert [row["name"] for row in members] == ["一.csv", "b/二.csv"]
    assert {row["who"] for row in members} == {"sender"}
    assert members[0]["state"] == "done"
    [refused] = made.refused(made.numbers["zip"])
    assert (refused["row"], refused["column"]) == (4, "in.zip")
    assert refused["reason"] == "an archive within the archive"


def test_a_closed_source_takes_nothing(made, mended):
    delivery = made.numbers["csv"]
    made.staff({"do": "close", "delivery": delivery, "closed": True})
    sent = {"do": "mend", "delivery": delivery, "name": "x.csv", "content": ""}
    assert made.staff(sent) == [{"error": "the source is closed"}]
    made.staff({"do": "close", "delivery": delivery, "closed": False})


def test_nothing_personal_is_in_a_table(made, mended):
    for table in ("intake_refusedrow", "intake_mapping", "intake_profile", "core_event"):
        said = str(made.rows(f"SELECT t::text AS row FROM {table} t"))  # noqa: S608
        assert NAME not in said
        assert PHONE not in said
