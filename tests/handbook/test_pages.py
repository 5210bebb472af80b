from __future__ import annotations

import re
from pathlib import Path

import pytest

from documents import bare, texts
from elements import read_html
from hostile import MARKUP, hostile_library
from lianfang.handbook.book import book
from lianfang.handbook.outlining import outline
from lianfang.handbook.pages import INDEX, TEMPLATES, guide_page, handbook_pages
from lianfang.report.words import LANGUAGES

STYLE = (TEMPLATES / "handbook.css").read_text(encoding="utf-8")
POLICY = {
    "default-src": "'none'",
    "style-src": "'unsafe-inline'",
    "img-src": "data:",
    "script-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'none'",
}
ONLY_IN_A_TERMINAL = frozenset({"cite"})


@pytest.fixture(scope="module")
def site(shipped):
    """Every page of the shipped handbook, read, by language and name."""
    return {
        (lang, name): read_html(page)
        for lang in LANGUAGES
        for name, page in handbook_pages(book(shipped, lang)).items()
    }


@pytest.fixture
def hostile(make_library, tmp_path):
    """Return the page and the outline of the hostile guide."""
    library = hostile_library(make_library, tmp_path)
    made = outline(library, library.guide("loan-scam"), "zh")
    return guide_page(made, "zh"), made


def levels(page):
    return [int(e.tag[1]) for e in page.all() if re.fullmatch(r"h[1-6]", e.tag)]


# -- what is there


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_says_all_that_its_guide_says(shipped, site, lang):
    for name, guide in shipped.guides.items():
        made = outline(shipped, guide, lang)
        said = bare(site[lang, name].text)
        assert [text for text in texts(made, ONLY_IN_A_TERMINAL) if bare(text) not in said] == []
        titles = [h2.text for h2 in site[lang, name].one("main").all("h2")]
        assert titles[:-1] == [section.title for section in made.sections]


def test_the_index_tells_what_each_guide_holds(shipped, site):
    for lang in LANGUAGES:
        index = site[lang, "index"]
        rows = index.one("table", "counts").one("tbody").all("tr")
        told = {
            row.one("a").attrs["href"]: [cell.text for cell in row.all("td")][:4] for row in rows
        }
        assert told == {
            f"{name}.html": [
                str(len(part))
                for part in (guide.features, guide.shared, guide.slang, guide.playbook)
            ]
            for name, guide in shipped.guides.items()
        }
        for row, guide in zip(
            index.one("table", "spans").one("tbody").all("tr"), shipped.guides.values(), strict=True
        ):
            assert sum(int(cell.text) for cell in row.all("td")) == len(guide.playbook)


def test_the_law_page_says_who_cites_an_article(shipped, site):
    page = site["zh", "law"]
    for statute in book(shipped, "zh").law:
        for article in statute.articles:
            place = page.one("div", id=article.anchor)
            assert article.says in place.text
            citing = {n for n, guide in shipped.guides.items() if repr(article.cite) in repr(guide)}
            assert {a.attrs["href"].partition(".")[0] for a in place.all("a")} == citing


def test_the_playbook_is_a_table_with_heads(site):
    for lang in LANGUAGES:
        table = site[lang, "credit-repair"].one("table", "playbook")
        assert [th.attrs["scope"] for th in table.one("thead").all("th")] == ["col"] * 6
        assert {th.attrs["scope"] for body in table.all("tbody") for th in body.all("th")} == {
            "row"
        }
        assert len(table.all("tbody")) == 12


# -- how it is built


def test_pages_are_named_in_their_language_and_their_heads_go_step_by_step(site):
    for (lang, _), page in site.items():
        assert page.one("html").attrs["lang"] == {"zh": "zh-CN", "en": "en"}[lang]
        found = levels(page)
        assert found.count(1) == 1
        steps = [after - before for before, after in zip([1, *found[1:]], found[1:], strict=False)]
        assert max(steps) <= 1


def test_texts_in_the_other_language_say_so(site):
    page = site["en", "credit-repair"]
    for part in page.all(cls="examples"):
        assert all(one.attrs["lang"] == "zh-CN" for one in part.all("dd"))


def test_reasons_are_in_the_language_of_the_page(site):
    for lang in ("zh", "en"):
        said = [part.text for part in site[lang, "credit-repair"].all(cls="because")]
        chinese = [sum("一" <= char <= "鿿" for char in text) > len(text) / 2 for text in said]
        assert said
        assert set(chinese) == {lang == "zh"}


def test_links_lead_to_places_that_are_there(site):
    places = {
        key: [e.attrs["id"] for e in page.all() if "id" in e.attrs] for key, page in site.items()
    }
    for key, found in places.items():
        assert len(found) == len(set(found)), key
    for (lang, name), page in site.items():
        for link in page.all("a"):
            href = link.attrs["href"]
            if href.startswith(("https://", "http://")):
                assert link.attrs["rel"] == "noopener noreferrer external"
                continue
            file, _, place = href.partition("#")
            if file.startswith("../handbook."):
                assert file == f"../handbook.{lang}.pdf"
                continue
            there = (lang, name)
            if file:
                parts = Path(file.removesuffix(".html")).parts
                there = (parts[1], parts[2]) if parts[0] == ".." else (lang, parts[0])
            assert there in site, href
            assert not place or place in places[there], (name, href)


def test_the_policy_lets_nothing_in_and_the_page_asks_for_nothing(site):
    for page in site.values():
        [policy] = [m.attrs["content"] for m in page.all("meta") if "http-equiv" in m.attrs]
        assert dict(part.split(" ", 1) for part in policy.split("; ")) == POLICY
        for element in page.all():
            assert element.tag not in {"script", "iframe", "object", "embed", "img", "base", "form"}
            assert not [name for name in element.attrs if name.startswith("on") or name == "src"]
    assert "url(" not in STYLE
    assert "@import" not in STYLE


def test_one_guide_alone_leads_nowhere_else(shipped):
    page = read_html(guide_page(outline(shipped, shipped.guide("credit-repair"), "zh"), "zh"))
    hrefs = [a.attrs["href"] for a in page.all("a")]
    assert all(href.startswith(("#", "http://", "https://")) for href in hrefs)
    assert page.all("nav", "site") == []


def test_there_is_a_page_for_each_guide_and_the_rest(shipped, site):
    assert {name for _, name in site} == {*shipped.guides, *INDEX}


# -- what must not happen


def test_no_text_of_a_guide_is_markup(hostile):
    html, made = hostile
    page = read_html(html)
    assert {e.tag for e in page.all()} & {"script", "img", "label"} == set()
    said = page.text
    assert said.count(MARKUP) > 30
    for text in texts(made, ONLY_IN_A_TERMINAL):
        assert " ".join(text.split()) in " ".join(said.split())


def test_no_text_is_markup_on_any_page_of_the_handbook(make_library, tmp_path):
    library = hostile_library(make_library, tmp_path)
    for lang in LANGUAGES:
        for name, html in handbook_pages(book(library, lang)).items():
            page = read_html(html)
            assert {e.tag for e in page.all()} & {"script", "img", "label"} == set()
            assert MARKUP in page.text, name


def test_no_address_of_a_guide_is_a_script(hostile):
    hrefs = [a.attrs["href"] for a in read_html(hostile[0]).all("a")]
    assert [href for href in hrefs if not href.startswith("#")] == ["https://a.example/ok"]


def test_places_with_hostile_names_are_found(hostile):
    page = read_html(hostile[0])
    ids = {e.attrs["id"] for e in page.all() if "id" in e.attrs}
    hrefs = {a.attrs["href"][1:] for a in page.all("a") if a.attrs["href"].startswith("#")}
    assert hrefs - ids == set()
