from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
from openpyxl.chartsheet import Chartsheet

from lianfang.errors import InputError
from lianfang.files import Reject, Row, Wanted
from lianfang.files.xlsx import as_text


def workbook(rows, *, title="Sheet", more=()) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    for name, cells in more:
        sheet = book.create_sheet(name)
        for row in cells:
            sheet.append(row)
    return saved(book)


def saved(book) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_rows_are_numbered_as_in_excel(read):
    content = workbook(
        [[], ["编号", "内容"], [7, "一"], [], ["b", "三\n四"], [None, "五"], [0, "六"]]
    )
    assert read("a.xlsx", content) == [
        Row(3, 7, "一"),
        Row(5, "b", "三\n四"),
        Row(6, 6, "五"),
        Row(7, 0, "六"),
    ]


def test_a_table_may_stand_anywhere(read):
    book = openpyxl.Workbook()
    book.active["C4"], book.active["C5"] = "text", "好"
    assert read("a.XLSX", saved(book)) == [Row(5, 5, "好")]


def test_cells_as_text(read, texts):
    cells = [
        (13800138000, "13800138000"),
        (110101199001011234, "110101199001011200"),
        (1.5, "1.5"),
        (0.1 + 0.2, "0.3"),
        (1e20, "100000000000000000000"),
        (-3.0, "-3"),
        ("0123456789012345678", "0123456789012345678"),
        (True, "TRUE"),
        (dt.date(2024, 1, 2), "2024-01-02"),
        (dt.datetime(2024, 1, 2, 3, 4, 5), "2024-01-02T03:04:05"),  # noqa: DTZ001 (Excel has no zones)
        (dt.time(3, 4, 5), "03:04:05"),
        ("  a\u2028 ", "  a\u2028 "),
    ]
    items = texts(read("a.xlsx", workbook([["text"], *[[value] for value, _ in cells]])))
    expected = [text for _, text in cells]
    assert items[1].startswith("1101011990010112")
    assert len(items[1]) == 18
    assert items[:1] + items[2:] == expected[:1] + expected[2:]


def test_as_text_keeps_whole_numbers_whole():
    assert [as_text(value) for value in (2.0, 1e15, 12345678.25, "")] == [
        "2",
        "1000000000000000",
        "12345678.25",
        "",
    ]


def test_an_empty_cell_is_no_empty_text(read):
    bad, blank, error, good = read(
        "a.xlsx", workbook([["id", "text"], [1, None], [2, "  "], [3, "#N/A"], [4, "d"]])
    )
    assert good == Row(5, 4, "d")
    for item, row in ((bad, 2), (blank, 3), (error, 4)):
        assert isinstance(item, Reject)
        assert (item.row, item.column) == (row, "text")
        assert "unknown, not empty" in item.reason
        assert item.what_to_do
    assert bad.raw == "1, "


def test_sheets(read, texts):
    content = workbook([["text"], ["a"]], more=[("二", [["text"], ["b"]])])
    assert texts(read("a.xlsx", content)) == ["a"]
    assert texts(read("a.xlsx", content, sheet="二")) == ["b"]
    with pytest.raises(InputError) as caught:
        read("a.xlsx", content, sheet="三")
    assert caught.value.what == 'no sheet "三"'
    assert caught.value.do == 'use one of "Sheet", "二"'


def test_hidden_sheets_and_charts_are_passed_over(read, texts):
    book = openpyxl.Workbook()
    book.active.append(["secret"])
    book.active.sheet_state = "hidden"
    book._sheets.insert(0, Chartsheet(parent=book, title="chart"))
    sheet = book.create_sheet("seen")
    sheet.append(["text"])
    sheet.append(["a"])
    book.active = 2
    assert texts(read("a.xlsx", saved(book))) == ["a"]


def test_empty_sheets_yield_nothing(read):
    assert read("a.xlsx", workbook([])) == []
    assert read("b.xlsx", workbook([["text"]])) == []
    assert read("c.xlsx", b"") == []


def test_missing_columns_and_named_ones(read):
    content = workbook([["a", "b"], ["x", 5]])
    with pytest.raises(InputError, match='the columns are "a", "b"'):
        read("a.xlsx", content)
    assert read("a.xlsx", content, text_column="A", id_column="b") == [Row(2, 5, "x")]


@pytest.mark.parametrize("keep", [4, 30, 200, 0.5, 0.9, -10])
def test_a_workbook_cut_short_is_an_error(read, keep):
    content = workbook([["text"], ["a" * 500]])
    end = int(len(content) * keep) if isinstance(keep, float) else keep
    with pytest.raises(InputError) as caught:
        read("a.xlsx", content[:end])
    assert caught.value.where.endswith("a.xlsx")
    assert caught.value.do


def test_a_damaged_workbook_is_an_error_or_read(read):
    content = workbook([["text"], *[[f"文本{n}"] for n in range(50)]])
    errors = 0
    for place in range(0, len(content), 37):
        damaged = content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :]
        try:
            read("a.xlsx", damaged, format="xlsx")
        except InputError:
            errors += 1
    assert errors > 50


DAY = 46297 + 10 / 24 + 11 / 24 / 60


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (dt.datetime(2026, 10, 2, 10, 11), "2026-10-02T10:11:00"),  # noqa: DTZ001
        (dt.date(2026, 10, 2), "2026-10-02"),
        (DAY, "2026-10-02T10:11:00"),
        (46297, "2026-10-02T00:00:00"),
        (1_790_900_000, "1790900000"),
        ("2026年10月2日", "2026年10月2日"),
    ],
)
def test_a_moment_may_be_a_count_of_days(read, cell, said):
    moment = Wanted("published", ("时间",), needed=False, moment=True)
    content = workbook([["时间", "内容"], [cell, "一"]])
    assert read("a.xlsx", content, others=(moment,)) == [Row(2, 2, "一", (said,))]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("0012345", "0012345"),
        ("110101199001011234", "110101199001011234"),
        (13800138000, "13800138000"),
        (622202123456789, "622202123456789"),
        (6222021234567891, "6222021234567891"),
        (1.5, "1.5"),
    ],
)
def test_numbers_beside_the_text_are_kept_right(read, cell, said):
    account = Wanted("account", ("账号",), needed=False)
    content = workbook([["账号", "内容"], [cell, "一"]])
    assert read("a.xlsx", content, others=(account,)) == [Row(2, 2, "一", (said,))]


@pytest.mark.parametrize("cell", [110101199001011234, 6222021234567890, -1.5e18])
def test_a_number_that_lost_its_last_digits_is_nobodys(read, cell):
    account = Wanted("account", ("账号",), needed=False)
    content = workbook([["账号", "内容"], [cell, "一"], ["a", "二"]])
    lost, good = read("a.xlsx", content, others=(account,))
    assert "more than 15 digits" in lost.reason
    assert good == Row(3, 3, "二", ("a",))
