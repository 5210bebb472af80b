from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import typst

from documents import Pdf, bare, texts
from hostile import MARKUP, hostile_library
from lianfang.errors import InputError
from lianfang.handbook import pdf
from lianfang.handbook.book import book
from lianfang.handbook.outlining import outline
from lianfang.handbook.pdf import guide_pdf, handbook_pdf
from lianfang.report.words import LANGUAGES

pytestmark = pytest.mark.slow

BIN = Path(sys.executable).parent
ONLY_IN_A_TERMINAL = frozenset({"cite"})
EMBEDDED = ("/FontFile", "/FontFile2", "/FontFile3")


@pytest.fixture
def small(make_library, tmp_path):
    """Make the PDF of a small guide, with what a test wants changed; returns its bytes."""

    def small(lang="zh", **changes):
        library = make_library(tmp_path, **changes)
        return guide_pdf(outline(library, library.guide("loan-scam"), lang), lang)

    return small


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["credit-repair", "telecom-fraud"])
def test_a_document_says_all_that_its_guide_says(shipped, name, lang):
    made = outline(shipped, shipped.guide(name), lang)
    read = Pdf(guide_pdf(made, lang))
    said = read.text
    assert [text for text in texts(made, ONLY_IN_A_TERMINAL) if bare(text) not in said] == []
    assert [one.title for one in made.sections] == [t for t in read.bookmarks if t in _titles(made)]
    assert "⟨" not in said
    assert 10 < len(read.reader.pages) < 30
    first, last = (read.reader.pages[i].extract_text() for i in (0, -1))
    count = len(read.reader.pages)
    assert made.name in first
    assert {"zh": f"第 {count} 页，共 {count} 页", "en": f"Page {count} of {count}"}[lang] in last


def _titles(made):
    return {section.title for section in made.sections}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_documents_are_tagged_dated_and_hold_their_fonts(small, lang):
    read = Pdf(small(lang))
    assert read.root["/Lang"] == {"zh": "zh-CN", "en": "en-GB"}[lang]
    assert read.root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in read.root
    assert b"pdfuaid:part>1<" in read.root["/Metadata"].get_data()
    assert read.reader.metadata.title == "贷款骗局"
    assert read.reader.metadata["/CreationDate"] == "D:20261123000000Z"
    assert any("CJK" in name for name in read.fonts)
    for font in read.fonts.values():
        [inner] = font["/DescendantFonts"]
        assert any(key in inner.get_object()["/FontDescriptor"] for key in EMBEDDED)
        assert "/ToUnicode" in font


def test_every_sign_that_the_guides_use_is_in_a_font(shipped, small):
    """One guide of all their signs, since reading every document takes minutes."""
    signs = {
        sign
        for guide in shipped.guides.values()
        for lang in LANGUAGES
        for text in texts(outline(shipped, guide, lang))
        for sign in text
    }
    every = {"zh": "".join(sorted(signs)), "en": "x"}
    inferred = {"sure": "inferred"}
    plain, bold = [every], [{"to": every, "how": every, "source": inferred}]
    assert len(signs) > 1400
    assert "⟨" not in Pdf(small(guide={"border": plain, "report_to": bold})).text


@pytest.mark.parametrize(
    ("signs", "told"),
    [
        ("\u0378", "⟨U+0378⟩"),
        ("\U00031350和\u0379", "⟨U+31350⟩和⟨U+0379⟩"),
        ("❤\ufe0f", "❤"),
    ],
)
def test_a_sign_that_no_font_has_is_told_by_its_number(small, signs, told):
    read = Pdf(small(guide={"definition": {"zh": f"有{signs}了", "en": "x"}}))
    assert f"有{told}" in read.text


def test_an_error_of_typst_is_no_reason_to_go_on(small, monkeypatch, tmp_path):
    (tmp_path / "guide.typ").write_text('#panic("broken")')
    monkeypatch.setattr(pdf, "TYPESET", tmp_path)
    with pytest.raises(typst.TypstError, match="broken"):
        small()


def test_no_text_of_a_guide_is_read_by_typst(make_library, tmp_path):
    library = hostile_library(make_library, tmp_path)
    for lang in LANGUAGES:
        made = outline(library, library.guide("loan-scam"), lang)
        read = Pdf(guide_pdf(made, lang))
        said = read.text
        assert said.count(bare(MARKUP)) > 30
        assert [text for text in texts(made, ONLY_IN_A_TERMINAL) if bare(text) not in said] == []
        assert read.reader.metadata.title == made.name
    [address] = {
        note.get_object()["/A"]["/URI"]
        for page in read.reader.pages
        for note in page.get("/Annots", ())
        if "/URI" in note.get_object().get("/A", {})
    }
    assert address == "https://a.example/ok"


def test_a_hostile_guide_in_the_handbook(make_library, tmp_path):
    library = hostile_library(make_library, tmp_path)
    read = Pdf(handbook_pdf(book(library, "zh")))
    assert read.text.count(bare(MARKUP)) > 30


def test_the_same_guide_gives_the_same_bytes_anywhere(small, tmp_path):
    once = small()
    assert once == small()
    out = tmp_path / "elsewhere" / "guide.pdf"
    subprocess.run(
        [BIN / "lianfang", "guide", "show", "loan-scam", "--guides", tmp_path, "-o", out],
        check=True,
        capture_output=True,
        cwd="/",
        env=os.environ | {"TZ": "Asia/Shanghai", "LC_ALL": "C"},
    )
    assert out.read_bytes() == once


def test_another_date_gives_another_document(small):
    assert small() != small(guide={"date": "2026-11-24"})


@pytest.mark.parametrize("day", ["2026-02-31", "0000-00-00"])
def test_a_day_that_is_none_dates_nothing(small, day):
    read = Pdf(small(guide={"date": day}))
    assert "/CreationDate" not in read.reader.metadata
    assert day in read.reader.pages[0].extract_text()


def test_without_a_chinese_font_the_package_is_named(small, monkeypatch):
    bare_machine = typst.Fonts(include_system_fonts=False)
    monkeypatch.setattr(pdf, "_known", lambda: bare_machine)
    with pytest.raises(InputError, match="apt-get install fonts-noto-cjk"):
        small()


def test_guides_that_say_little(small):
    names = (
        "border", "chain", "shared", "features", "slang", "evidence", "playbook", "law",
        "report_to", "advice", "sources",
    )  # fmt: skip
    nothing: dict[str, list[str]] = {name: [] for name in names}
    assert len(Pdf(small(guide=nothing)).reader.pages) >= 1


def test_a_handbook_of_no_guides(make_library, tmp_path):
    library = make_library(tmp_path)
    library.guides.clear()
    assert len(Pdf(handbook_pdf(book(library, "zh"))).reader.pages) >= 1
