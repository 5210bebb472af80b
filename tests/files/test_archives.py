"""ZIP archives: what is in them, and what is refused."""

from __future__ import annotations

import io
import stat
import struct
import zipfile

import openpyxl
import pytest

from lianfang.errors import InputError
from lianfang.files.archives import Bounds, harmless, is_archive, open_archive

TEXT = "正文\n今天天气真好\n".encode()


def packed(files, **options):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def found(content, **bounds):
    with open_archive("a.zip", io.BytesIO(content), Bounds(**bounds)) as archive:
        return [(one.name, one.problem and one.problem[0]) for one in archive.members]


def unpacked(content):
    with open_archive("a.zip", io.BytesIO(content), Bounds()) as archive:
        made = []
        for one in archive.members:
            with archive.open(one) as file:
                made.append(file.read())
        return made


def test_members_in_their_order():
    content = packed({"b/": b"", "b/一.csv": TEXT, "a.txt": b"x"})
    assert found(content) == [("b/一.csv", None), ("a.txt", None)]
    assert unpacked(content) == [TEXT, b"x"]


def test_names_of_windows_are_gbk():
    raw = "征信".encode("gb18030")
    content = packed({"abcd.csv": TEXT}).replace(b"abcd", raw)
    assert found(content) == [("征信.csv", None)]
    assert unpacked(content) == [TEXT]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.csv", "etc/passwd.csv"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\Windows\\a.csv", "Windows/a.csv"),
        ("..\\..\\a.csv", "a.csv"),
        ("a/./b\0\n.csv", "a/b.csv"),
        ("\u202egpj.csv", "gpj.csv"),
        ("....//x", "x"),
        ("..", "?"),
        ("", "?"),
    ],
)
def test_a_name_leads_nowhere(name, shown):
    assert harmless(name) == shown


def test_an_encrypted_archive_is_refused_as_a_whole():
    content = bytearray(packed({"a.csv": TEXT, "b.csv": TEXT}))
    at = content.rfind(b"PK\x01\x02")
    content[at + 8] |= 1
    with pytest.raises(InputError, match=r"encrypted: unpack it with its password"):
        found(bytes(content))


def test_links_and_archives_within_are_refused_alone():
    link = zipfile.ZipInfo("link.csv")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    files = {link: "/etc/passwd", "in.zip": packed({"a.csv": TEXT}), "p.exe": b"MZ", "a.csv": TEXT}
    problems = [problem for _, problem in found(packed(files))]
    assert problems == [
        "a link, not a file",
        "an archive within the archive",
        "not a kind of file that is read (.exe)",
        None,
    ]


def test_what_systems_leave_behind_is_passed_over():
    files = {"__MACOSX/._a.csv": b"x", ".DS_Store": b"x", "b/Thumbs.db": b"x", "b/a.csv": TEXT}
    assert found(packed(files)) == [("b/a.csv", None)]


def test_bombs_are_refused_before_they_are_unpacked():
    content = packed({"a.csv": b"0" * (8 << 20), "b.csv": TEXT})
    assert found(content) == [("a.csv", "packed more than 250 times"), ("b.csv", None)]
    with pytest.raises(InputError, match="unpacked it has more than 1,000 bytes"):
        found(content, bytes=1000)
    assert found(content, member_bytes=10)[1][1] == "more than 10 bytes"


def test_too_many_members():
    with pytest.raises(InputError, match="more than 2 members"):
        found(packed({f"{n}.csv": TEXT for n in range(3)}), members=2)
    many = packed({f"{n:0200d}.csv": b"" for n in range(17_000)})
    with pytest.raises(InputError, match="too many members"):
        found(many)


def test_a_list_of_members_that_says_it_is_wide():
    content = packed({"a.csv": TEXT})
    at = content.rfind(b"PK\x05\x06")
    wide = content[:at] + b"PK\x06\x07" + b"\0" * 16 + content[at:]
    with pytest.raises(InputError, match="too many members"):
        found(wide)


def test_a_member_that_says_less_than_it_has():
    content = packed({"a.csv": b"0" * 100_000})
    told = struct.pack("<I", 100_000)
    assert content.count(told) == 2
    with pytest.raises(InputError, match="damaged"):
        unpacked(content.replace(told, struct.pack("<I", 10)))


def test_damage_is_told():
    content = bytearray(packed({"a.csv": bytes(range(256)) * 100}))
    content[60] ^= 0xFF
    with pytest.raises(InputError, match=r"a\.csv: damaged"):
        unpacked(bytes(content))
    with pytest.raises(InputError, match="not a ZIP archive that can be read"):
        found(bytes(content[:-30]))


def test_a_workbook_is_no_archive():
    made = io.BytesIO()
    openpyxl.Workbook().save(made)
    assert not is_archive("a.xlsx", made)
    assert not is_archive("cut.xlsx", io.BytesIO(made.getvalue()[:2000]))
    assert is_archive("a", io.BytesIO(packed({"a.csv": TEXT})))
    assert is_archive("empty.zip", io.BytesIO(packed({})))
    assert not is_archive("a.csv", io.BytesIO(TEXT))
