from __future__ import annotations

import pytest

from lianfang.handbook.outline import Entry
from lianfang.handbook.outlining import KINDS, outline
from lianfang.report.words import LANGUAGES

GUIDES = [
    "account-theft", "anti-collection-alliance", "counterfeit-site-app", "credit-repair",
    "illegal-loan-broker", "illegal-policy-surrender", "illegal-rights-agency",
    "malicious-complaint", "organised-debt-evasion", "telecom-fraud",
]  # fmt: skip


@pytest.fixture
def made(make_library, tmp_path):
    """Make the outline of a small guide, with what a test wants changed."""

    def made(lang="zh", **changes):
        library = make_library(tmp_path, **changes)
        return outline(library, library.guide("loan-scam"), lang)

    return made


def test_these_are_all_the_guides(shipped):
    assert list(shipped.guides) == GUIDES


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", GUIDES)
def test_every_section_of_every_guide_holds_all_that_the_guide_says(shipped, name, lang):
    guide = shipped.guide(name)
    out = outline(shipped, guide, lang)
    assert [section.name for section in out.sections] == list(KINDS)
    assert (out.version, out.date) == (guide.version, guide.date)
    counts = {section.name: len(section.rows) for section in out.sections}
    for key in (
        "border", "chain", "features", "shared", "slang", "evidence", "playbook", "report_to",
        "advice",
    ):  # fmt: skip
        assert counts[key] == len(getattr(guide, key)), key
    assert counts["sources"] >= len(guide.sources)
    cited = {article.cite for statute in out.rows("law") for article in statute.articles}
    assert cited >= {*guide.law, *(cite for step in guide.playbook for cite in step.law)}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", GUIDES)
def test_every_reference_leads_somewhere_and_no_place_stands_twice(shipped, name, lang):
    out = outline(shipped, shipped.guide(name), lang)
    places, targets = [], set()
    for row in walk(out):
        places += [place] if (place := getattr(row, "anchor", "")) else []
        targets |= {target} if (target := getattr(row, "target", "")) else set()
    assert len(places) == len(set(places))
    assert targets <= set(places)
    evidence = [kept for step in out.rows("playbook") for kept in step.evidence]
    assert all(kept.target for kept in evidence)


@pytest.mark.parametrize("name", GUIDES)
def test_evidence_has_an_english_name_in_english(shipped, name):
    out = outline(shipped, shipped.guide(name), "en")
    assert all(kept.text.isascii() for step in out.rows("playbook") for kept in step.evidence)


def walk(part):
    yield part
    if hasattr(part, "__dataclass_fields__"):
        for name in part.__dataclass_fields__:
            yield from walk(getattr(part, name))
    elif isinstance(part, tuple):
        for one in part:
            yield from walk(one)


def test_a_section_without_rows_is_left_out(made):
    out = made(guide={"slang": [], "shared": []})
    assert {"slang", "shared"}.isdisjoint(section.name for section in out.sections)
    assert out.rows("slang") == ()


def test_a_feature_with_all_that_is_known_of_it(made):
    topic, offer = made().rows("features")
    assert (topic.label, topic.strong, topic.side, topic.does) == (
        "提到贷款", "中", "topic", "只说明主题",
    )  # fmt: skip
    assert (topic.mark.word, topic.mark.ref, topic.mark.target) == ("源", "S01", "source-S01")
    assert (offer.side, offer.does, offer.hit, offer.clean) == (
        "offends", "招揽", ("黑户贷款加微信",), ("不办黑户贷款,不加微信",),
    )  # fmt: skip
    assert (offer.mark.word, offer.mark.ref, offer.mark.target) == (
        "法", "《某法》第1条", "law-some-law.1",
    )  # fmt: skip


def test_our_words_have_full_width_signs_and_examples_stay_as_they_are(made, make_library):
    label = {"zh": "收费(口径)", "en": "fee"}
    feature = make_library.feature(
        why={"zh": "先收钱,后办事", "en": "pay first"}, label=label, hit=["给钱,办事"]
    )
    [row] = made(guide={"features": [feature]}).rows("features")
    assert (row.label, row.why, row.hit) == ("收费（口径）", "先收钱，后办事", ("给钱,办事",))


def test_a_step(made, make_library):
    statement = {"zh": "截图：整页。", "en": "Screenshot of the whole page.",
                 "source": {"sure": "inferred"}}  # fmt: skip
    step = make_library.step(role="security", evidence=["截图", "别的"])
    guide = {"playbook": [step], "evidence": [statement]}
    [row] = made(guide=guide).rows("playbook")
    assert (row.number, row.role, row.due, row.must_not) == (
        1, "安全岗", "1 天内", "不得影响投诉处理",
    )  # fmt: skip
    assert [(kept.text, kept.target) for kept in row.evidence] == [
        ("截图", "evidence-1"), ("别的", ""),
    ]  # fmt: skip
    [basis] = row.law
    assert basis.statute == "《某法》"
    assert [(one.text, one.target) for one in basis.articles] == [("第1条", "law-some-law.1")]
    [row] = made("en", guide=guide).rows("playbook")
    assert [kept.text for kept in row.evidence] == ["Screenshot of the whole page", "别的"]


def test_what_evidence_is_about_stands_before_it(made):
    said = {"zh": "截图：整页。", "en": "Screenshot: the whole page.", "source": {"sure": "design"}}
    plain = {"zh": "没有冒号", "en": "no colon", "source": {"sure": "design"}}
    first, second = made(guide={"evidence": [said, plain]}).rows("evidence")
    assert (first.lead, first.text, second.lead) == ("截图", "整页。", "")
    first, _ = made("en", guide={"evidence": [said, plain]}).rows("evidence")
    assert (first.lead, first.text) == ("Screenshot", "The whole page.")


def test_law_by_statute_in_the_order_of_the_statute(made):
    words = {"zh": "某", "en": "some"}
    articles = [{"article": n, "says": words} for n in ("1", "2", "3")]
    articles[1] |= {"in_force": "superseded", "note": {"zh": "已改", "en": "changed"}}
    [statute] = made(
        law={"articles": articles, "source": "S01"},
        guide={"law": ["some-law#3", "some-law#2", "some-law#1"]},
    ).rows("law")
    assert (statute.name, statute.issuer, statute.as_of) == ("《某法》", "某机关", "2025-04-19")
    assert [sign.text for sign in statute.signs] == ["现行有效", "据法律原文"]
    assert statute.mark.target == "source-S01"
    assert [article.name for article in statute.articles] == ["第1条", "第2条", "第3条"]
    assert [[sign.text for sign in one.signs if not sign.firm] for one in statute.articles] == [
        [], ["已被取代"], [],
    ]  # fmt: skip
    assert statute.articles[1].note == "已改"


def test_law_that_is_missing_is_told_and_not_left_out(made):
    rows = made(guide={"law": ["gone#1", "some-law#7"]}).rows("law")
    told = {one.cite: one for statute in rows for one in statute.articles}
    for cite in ("gone#1", "some-law#7"):
        assert told[cite].says == "条文库里没有这一条"
        assert [sign.firm for sign in told[cite].signs] == [False, False]


def test_what_is_unconfirmed_stays_marked(made):
    channel = {"to": {"zh": "专线", "en": "line"}, "how": {"zh": "打", "en": "call"},
               "source": {"sure": "unconfirmed", "ref": "S01"}}  # fmt: skip
    [row] = made(guide={"report_to": [channel]}).rows("report_to")
    assert isinstance(row, Entry)
    assert (row.mark.sure, row.mark.word) == ("unconfirmed", "未证实")


def test_only_web_addresses_are_links(made):
    urls = ["https://a.example/x?y=1", "javascript:alert(1)", 'http://a.example/"><b>', "ftp://a"]
    source = {"id": "S01", "what": {"zh": "某", "en": "some"}, "sure": "sourced", "url": urls}
    [row] = made(sources={"sources": [source]}).rows("sources")
    assert row.links == ("https://a.example/x?y=1",)
    assert row.others == tuple(urls[1:])


def test_a_source_that_is_missing_keeps_its_id(made):
    row = made(guide={"sources": ["S99"]}).rows("sources")[-1]
    assert (row.id, row.what, row.links) == ("S99", "", ())


def test_hidden_characters_are_told(made):
    words = {"zh": "看\u202e不见\u200b", "en": "x"}
    [row] = made(guide={"definition": words}).rows("definition")
    assert row.text == "看⟨RLO⟩不见⟨ZWSP⟩"
