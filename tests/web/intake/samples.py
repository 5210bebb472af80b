"""Files as they are sent: the same rows in every format, and files that somebody spoilt."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

COLUMNS = ("平台", "账号", "链接", "发布时间", "姓名", "电话", "正文")
NAME, PHONE, ACCOUNT, LONG = "欧阳文静", "13712345678", "老王说征信", 622202123456789
SAID = f"专业征❤修复，先办后付，加薇 wkx58221，找{NAME}，138-1234-0000，{ACCOUNT}敬上"
OFFER = ("甲平台", ACCOUNT, "https://a.example/1", "2026-10-02 10:11", NAME, PHONE, SAID)
PARK = "今天天气真好，去公园走走"
CHAT = ("乙平台", "小李", "https://a.example/2", "2026-10-02 11:11", "", "", PARK)
ROWS = (OFFER, CHAT)
SPOILT = f"{NAME},{PHONE}"
MANY = [("论坛", f"用户{n}", "", "", "", "", f"第{n}天，{PARK}") for n in range(6)]
TWO = [
    ("信访", "", "", "2026-10-02", name, phone, PARK)
    for name, phone in (("欧阳文静", "13712345678"), ("司马长风", "13712345679"))
]
FAKE = "⟦phone:1⟧"
STRANGE = (
    {"text": f"专业征\0信修复，不成功不收费，加薇 wkx\0{PHONE}", "账号": "老\0王"},
    {"text": "专业征信\ud800修复，不成功不收费，加薇 wkx58221", "账号": "\udfff"},
    {"text": f"专业征信修复{FAKE}，加微信{PHONE}，不成功不收费", "账号": f"{FAKE}号"},
    {"text": f"\0\ud800{PHONE}", "平台": "\0", "链接": "https://a.example/\0", "时间": "\ud8ff"},
    {"text": "\0"},
    {"text": f"很长的账号：{PHONE}", "账号": "甲" * 198 + PHONE, "链接": f"{'a' * 990}{PHONE}"},
)


def as_csv(rows, encoding="utf-8-sig", header=COLUMNS):
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows] if header else rows)
    return out.getvalue().encode(encoding)


def as_jsonl(objects):
    return "".join(json.dumps(one) + "\n" for one in objects).encode()


def as_xlsx():
    book = openpyxl.Workbook()
    book.active.append(COLUMNS)
    moment = datetime(2026, 10, 2, 10, 11)  # noqa: DTZ001  a cell has no zone
    book.active.append((OFFER[0], LONG, OFFER[2], moment, NAME, int(PHONE), f"{SAID}{LONG}"))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_parquet(rows, **options):
    table = pa.table({name: [row[n] for row in rows] for n, name in enumerate(COLUMNS)})
    out = io.BytesIO()
    pq.write_table(table, out, **options)
    return out.getvalue()


def damaged_parquet():
    """Eight rows are read at a time; the texts of the last eight are spoilt."""
    filler = "长" * (700 << 10)
    rows = [("论坛", f"用户{n}", "", "", "", filler, f"第{n}次，{PARK}") for n in range(24)]
    whole = as_parquet(rows, row_group_size=8, compression="zstd", use_dictionary=False)
    told = pq.ParquetFile(io.BytesIO(whole)).metadata.row_group(2).column(COLUMNS.index("正文"))
    begin, size = told.data_page_offset, told.total_compressed_size
    return whole[:begin] + b"\xff" * size + whole[begin + size :]


def _objects(rows):
    names = ("platform", "account", "url", "time", "name", "phone", "text")
    return [dict(zip(names, row, strict=True)) for row in rows]


FILES = {
    "csv": ("rows.csv", as_csv(ROWS)),
    "gb18030": ("rows.csv", as_csv([*ROWS, ("", "", "", "", "", "", "𠮷")], "gb18030")),
    "jsonl": ("rows.jsonl", as_jsonl(_objects(ROWS))),
    "parquet": ("rows.parquet", as_parquet(ROWS)),
    "xlsx": ("rows.xlsx", as_xlsx()),
    "txt": ("rows.txt", f"{SAID}\n\n{PARK}\n".encode()),
    "strange": ("strange.jsonl", as_jsonl(STRANGE)),
    "empty": ("empty.csv", b""),
    "blank": ("blank.txt", b" \n\r\n\t\n"),
    "header": ("header.csv", as_csv([])),
    "refused": ("refused.csv", as_csv([]) + f"{SPOILT}\n{SPOILT},{SAID}\n".encode()),
    "some refused": ("some.csv", as_csv([]) + f"{SPOILT}\n".encode() + as_csv(ROWS, "utf-8", ())),
    "keys": (
        "keys.jsonl",
        # after the objects whose keys are the file's columns
        as_jsonl([{"text": f"第{n}天，{PARK}"} for n in range(20)])
        + f'{{"{PHONE}": 1}}\n{{"text": 5}}\n[]\n{{"text": "{PHONE}'.encode(),
    ),
    "no header": ("rows.csv", as_csv([OFFER[:6], CHAT[:6]], header=())),
    "one column": ("rows.csv", f"我叫{NAME}：{PHONE}\n{NAME},{PHONE}\n".encode()),
    "cut workbook": ("cut.xlsx", as_xlsx()[:2000]),
    "damaged": ("damaged.parquet", damaged_parquet()),
}
PARCELS = {
    **{name: (name, "post", "governance", *file) for name, file in FILES.items()},
    "csv again": ("csv", "post", "governance", "other name.csv", FILES["csv"][1]),
    "csv for others": ("csv", "post", "anti-telecom-fraud", *FILES["csv"]),
    "first": ("overlap", "post", "governance", "1.csv", as_csv(MANY[:4])),
    "second": ("overlap", "post", "governance", "2.csv", as_csv([*MANY[2:], *MANY[3:]])),
    "two people": ("two people", "letter", "complaints", "l.csv", as_csv(TWO)),
    "letter": ("letters", "letter", "complaints", "l.csv", as_csv(ROWS)),
    "call": ("calls", "call", "complaints", "c.csv", as_csv(ROWS)),
    "message": ("messages", "message", "governance", "m.csv", as_csv(ROWS)),
}
