from __future__ import annotations

import pytest

from documents import Pdf, bare
from elements import read_html
from lianfang.errors import InputError
from lianfang.handbook import write_guide, write_handbook
from lianfang.handbook.book import book
from lianfang.handbook.pages import INDEX


@pytest.fixture
def library(make_library, tmp_path):
    return make_library(tmp_path / "guides")


def test_a_guide_as_a_page(library, tmp_path):
    for name, lang in (("a.html", "zh"), ("new/b.HTM", "en")):
        path = tmp_path / name
        write_guide(path, library, library.guide("loan-scam"), lang)
        page = read_html(path.read_text(encoding="utf-8"))
        assert page.one("h1").text == "贷款骗局"
        assert page.one("html").attrs["lang"].startswith(lang)


@pytest.mark.slow
def test_a_guide_as_a_document(library, tmp_path):
    path = tmp_path / "a.pdf"
    write_guide(path, library, library.guide("loan-scam"))
    assert "假称能贷款而收费" in Pdf(path.read_bytes()).text


@pytest.mark.parametrize("name", ["a.doc", "a", "pdf", "a.html.gz"])
def test_another_name_is_refused_before_anything_is_done(library, tmp_path, name):
    with pytest.raises(InputError, match=r"end its name in \.html or \.pdf"):
        write_guide(tmp_path / name, library, library.guide("loan-scam"))
    assert not (tmp_path / name).exists()


def test_another_language_is_refused(library, tmp_path):
    with pytest.raises(InputError, match="zh, en"):
        write_guide(tmp_path / "a.html", library, library.guide("loan-scam"), "fr")


def test_a_place_that_cannot_be_written_is_told(library, tmp_path):
    (tmp_path / "file").write_text("kept")
    with pytest.raises(InputError, match=r"can't be written.*choose another place"):
        write_guide(tmp_path / "file" / "a.html", library, library.guide("loan-scam"))
    assert (tmp_path / "file").read_text() == "kept"


@pytest.mark.slow
def test_the_whole_handbook(shipped, tmp_path):
    first = write_handbook(tmp_path, shipped)
    assert [path.relative_to(tmp_path).as_posix() for path in first] == [
        "handbook.zh.pdf", "zh/index.html", "handbook.en.pdf", "en/index.html",
    ]  # fmt: skip
    pages = {f"{lang}/{name}.html" for lang in ("zh", "en") for name in (*shipped.guides, *INDEX)}
    written = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()}
    assert written == pages | {"handbook.zh.pdf", "handbook.en.pdf"}
    for lang in ("zh", "en"):
        read = Pdf((tmp_path / f"handbook.{lang}.pdf").read_bytes())
        made = book(shipped, lang)
        assert 80 < len(read.reader.pages) < 140
        expected = [
            title
            for guide in made.guides
            for title in (guide.name, *(section.title for section in guide.sections))
        ]
        marks = read.bookmarks
        start = marks.index(expected[0])
        assert marks[start : start + len(expected)] == expected
        assert [one.name for one in made.law] == marks[-len(made.law) - 1 : -1]
        cover = bare(read.reader.pages[0].extract_text())
        assert all(bare(guide.name) in cover for guide in made.guides)
        assert bare(made.date) in cover
