from __future__ import annotations

import json
import re

import pytest

from lianfang.errors import GuideError
from lianfang.guides import checks
from lianfang.guides.checks import CHECKS, check
from lianfang.guides.checks.material import Material
from lianfang.guides.library import Library

RULES = {type(rule).__name__: rule for rule in CHECKS}
GUIDE, LEXICON, SHARED = "loan-scam/guide.yaml", "lexicon/lexicon.yaml", "shared/shared.yaml"
SOURCES, LAW = "shared/sources.yaml", "law/some-law.yaml"
HITS, CLEAN = "loan-scam/hits.jsonl", "loan-scam/clean.jsonl"
ONE, TWO, ORDINARY = "corpus/a1.jsonl", "corpus/a2.jsonl", "ordinary.jsonl"
LONG = "今天社区食堂的红烧狮子头又大又香,排队的人站到了马路边"
WORDS = {"zh": "词", "en": "word"}
CONTEXT = {
    "id": "negated",
    "label": WORDS,
    "why": {"zh": "否定", "en": "denied"},
    "cue": "@negation",
    "stands": "before",
}


def source(sure, ref=""):
    return {"sure": sure, "ref": ref}


def line(text="正常聊天", stance="other", activities=()):
    return {"text": text, "stance": stance, "activities": list(activities)}


def grouped(text, group):
    return {**line(text), "group": group}


def hit(text="加微信办黑户贷款", stance="offer"):
    return line(text, stance, ["loan-scam"])


# fmt: off
# One row a way to break a rule: the rule, the file that the finding points at, what it says,
# and the changes that break it. `b` gives parts of the right library with keys changed.
BROKEN = [
    ("Readable", GUIDE, "not YAML", lambda b: {"guide": "id: [a"}),
    ("Readable", LEXICON, "given twice", lambda b: {"lexicon": "sets: []\nsets: []"}),
    ("Readable", SOURCES, "not YAML", lambda b: {"sources": "sources: @x"}),
    ("FitsSchema", GUIDE, "`version` 7 is not of type", lambda b: {"guide": {"version": 7}}),
    ("FitsSchema", GUIDE, '"border" is a required property', lambda b: {"guide": {"border": ...}}),
    ("FitsSchema", GUIDE, "`name.en` is still empty",
     lambda b: {"guide": {"name": {"zh": "名", "en": ""}}}),
    ("FitsSchema", GUIDE, '"en" is a required property',
     lambda b: {"guide": {"features": [b.feature(label={"zh": "名"})]}}),
    ("FitsSchema", SHARED, "'extra' was unexpected", lambda b: {"shared": {"extra": 1}}),
    ("FitsSchema", LEXICON, "is not of type", lambda b: {"lexicon": [b.entry(terms="词")]}),
    ("FitsSchema", LAW, "is not one of", lambda b: {"law": {"in_force": "maybe"}}),
    ("FitsSchema", SOURCES, "is not of type", lambda b: {"sources": {"sources": {}}}),
    ("FitsSchema", GUIDE, "null is not of type", lambda b: {"guide": ""}),
    ("IdIsPath", GUIDE, "id other in the folder loan-scam", lambda b: {"guide": {"id": "other"}}),
    ("IdIsPath", LAW, "id other in the file some-law", lambda b: {"law": {"id": "other"}}),
    ("VersionIsSemantic", GUIDE, "'1.0' is no version", lambda b: {"guide": {"version": "1.0"}}),
    ("VersionIsSemantic", GUIDE, "'01.0.0' is", lambda b: {"guide": {"version": "01.0.0"}}),
    ("DateIsADay", GUIDE, "2026-02-29 is no day", lambda b: {"guide": {"date": "2026-02-29"}}),
    ("FitsSchema", GUIDE, "`date`", lambda b: {"guide": {"date": "20260131"}}),
    ("NamesStandOnce", GUIDE, "feature names-loan stands twice",
     lambda b: {"guide": {"features": [b.feature(), b.feature()]}}),
    ("NamesStandOnce", SHARED, "feature names-loan stands twice",
     lambda b: {"shared": {"features": [b.feature(), b.feature()]}}),
    ("NamesStandOnce", SHARED, "context negated stands twice",
     lambda b: {"shared": {"contexts": [CONTEXT, CONTEXT]}}),
    ("NamesStandOnce", LEXICON, "set loan stands twice",
     lambda b: {"lexicon": [b.entry(), b.entry()]}),
    ("NamesStandOnce", SOURCES, "source S01 stands twice",
     lambda b: {"sources": {"sources": [{"id": "S01", "what": WORDS, "sure": "sourced"}] * 2}}),
    ("NamesStandOnce", LAW, "article 1 stands twice",
     lambda b: {"law": {"articles": [{"article": "1", "says": WORDS}] * 2}}),
    ("ConditionParses", GUIDE, "unknown operator `nearby`",
     lambda b: {"guide": {"features": [b.feature(when={"nearby": 1})]}}),
    ("ConditionParses", SHARED, "exactly one operator",
     lambda b: {"shared": {"features": [b.feature(when={"any": ["a"], "all": ["b"]})]}}),
    ("SetExists", GUIDE, "no set @nowhere",
     lambda b: {"guide": {"features": [b.feature(when={"not": "@nowhere"})]}}),
    ("SetExists", LEXICON, "no set @nowhere", lambda b: {"lexicon": [b.entry(terms=["@nowhere"])]}),
    ("SetExists", SHARED, "no set @negation", lambda b: {"lexicon": "sets: []"}),
    ("ContextExists", GUIDE, "no context negated", lambda b: {"shared": {"contexts": []}}),
    ("HasExamples", GUIDE, "names-loan has no `hit` example",
     lambda b: {"guide": {"features": [b.feature(hit=[])]}}),
    ("HasExamples", GUIDE, "names-loan has no `clean` example",
     lambda b: {"guide": {"features": [b.feature(clean=...)]}}),
    ("HasExamples", SHARED, "names-loan has no `hit` example",
     lambda b: {"shared": {"features": [b.feature(hit=[" "])]}}),
    ("SharedExists", GUIDE, "no shared feature gone", lambda b: {"guide": {"shared": ["gone"]}}),
    ("SharedIsCited", SHARED, "no guide cites promise", lambda b: {"guide": {"shared": []}}),
    ("SetEnds", LEXICON, "@loan takes in itself",
     lambda b: {"lexicon": [b.entry(terms=["@loan"])]}),
    ("SetEnds", LEXICON, "@a takes in itself",
     lambda b: {"lexicon": [b.entry(id="b", terms=["@a"]), b.entry(id="a", terms=["@b"])]}),
    ("SetIsUsed", LEXICON, "nobody uses @spare", lambda b: {"lexicon": [b.entry(id="spare")]}),
    ("TermStandsOnce", LEXICON, "贷款 stands twice in @loan",
     lambda b: {"lexicon": [b.entry(terms=["贷款", "贷款"])]}),
    ("TermStandsOnce", LEXICON, "貸款 stands twice",
     lambda b: {"lexicon": [b.entry(terms=["贷款", "貸款"])]}),
    ("TermStandsOnce", LEXICON, "讲座 stands twice",
     lambda b: {"lexicon": [b.entry(**{"except": ["讲座", "讲座"]})]}),
    ("TermIsRead", LEXICON, "nothing is left of the term '❤'",
     lambda b: {"lexicon": [b.entry(terms=["❤"])]}),
    ("TermIsRead", LEXICON, "nothing is left of the term '🔥'",
     lambda b: {"lexicon": [b.entry(variants={"🔥": "黑户贷款"})]}),
    ("TermIsRead", LEXICON, "nothing is left of the term '✅'",
     lambda b: {"lexicon": [b.entry(**{"except": ["✅"]})]}),
    ("TermIsRead", GUIDE, "nothing is left of the term '❤'",
     lambda b: {"guide": {"features": [b.feature(when={"any": ["❤", "贷"]})]}}),
    ("DisguisedIsTerm", LEXICON, "车贷 is no term of the lexicon",
     lambda b: {"lexicon": [b.entry(), b.entry(id="disguised", terms=["贷款", "车贷"])]}),
    ("DisguisedIsTerm", LEXICON, "贷 can't be looked for in disguise",
     lambda b: {"lexicon": [b.entry(), b.entry(id="disguised", terms=["贷"], variants={})]}),
    ("VariantIsNoWord", LEXICON, "秒下款 is read as the word 秒下款 of @loan",
     lambda b: {"lexicon": [b.entry(variants={"秒下款": "黑户贷款"})]}),
    ("VariantIsNoWord", LEXICON, "黑戶貸款 is read as the word 黑户贷款 of @loan",
     lambda b: {"lexicon": [b.entry(variants={"黑戶貸款": "黑户贷款"})]}),
    ("VariantIsNoWord", LEXICON, "加微信 of @reach",
     lambda b: {"lexicon": [b.entry(variants={"加微信": "黑户贷款"})]}),
    ("VariantIsNoWord", LEXICON, "黑户贷款讲座 of @loan",
     lambda b: {"lexicon": [b.entry(variants={"黑户贷款讲座": "黑户贷款"})]}),
    ("VariantIsNoWord", LEXICON, "借钱 of names-loan",
     lambda b: {"guide": {"features": [b.feature(when={"any": ["@loan", "借钱"]})]},
                "lexicon": [b.entry(variants={"借钱": "黑户贷款"})]}),
    ("VariantIsLong", LEXICON, "贷 is a single character",
     lambda b: {"lexicon": [b.entry(variants={"贷": "黑户贷款"})]}),
    ("VariantIsLong", LEXICON, "❤代 is a single character",
     lambda b: {"lexicon": [b.entry(variants={"❤代": "黑户贷款"})]}),
    ("VariantHasTerm", LEXICON, "hhd stands for 黑户车贷, which is no term",
     lambda b: {"lexicon": [b.entry(variants={"hhd": "黑户车贷"})]}),
    ("VariantSparesOrdinaryText", LEXICON, "天气 stands in ordinary text",
     lambda b: {"lexicon": [b.entry(variants={"天气": "黑户贷款"})]}),
    ("SourceIsNamed", GUIDE, "`law` without a source",
     lambda b: {"guide": {"features": [b.feature(source=source("law"))]}}),
    ("SourceIsNamed", SHARED, "`sourced` without a source",
     lambda b: {"shared": {"features": [b.feature(source=source("sourced"))]}}),
    ("SourceIsNamed", GUIDE, "`sourced` without a source",
     lambda b: {"guide": {"advice": [{**WORDS, "source": source("sourced")}]}}),
    *(("SourceExists", GUIDE, "no source S99", lambda b, key=key, part=part:
       {"guide": {key: [{**part, "source": source("sourced", "S99")}]}})
      for key, part in {
          "slang": {"term": "撸", "means": WORDS},
          "evidence": WORDS,
          "report_to": {"to": WORDS, "how": WORDS},
          "advice": WORDS,
      }.items()),
    ("SourceExists", GUIDE, "no source S99",
     lambda b: {"guide": {"features": [b.feature(source=source("sourced", "S99"))]}}),
    ("SourceExists", GUIDE, "no source S98", lambda b: {"guide": {"sources": ["S01", "S98"]}}),
    ("SourcesAreListed", GUIDE, "`sources` lacks S01", lambda b: {"guide": {"sources": []}}),
    ("LawExists", GUIDE, "no statute gone", lambda b: {"guide": {"law": ["gone#1"]}}),
    ("LawExists", GUIDE, "no article 2 in some-law", lambda b: {"guide": {"law": ["some-law#2"]}}),
    ("LawExists", GUIDE, "no article 3",
     lambda b: {"guide": {"playbook": [b.step(law=["some-law#3"])]}}),
    ("LawExists", GUIDE, "no article 4",
     lambda b: {"guide": {"features": [b.feature(source=source("law", "some-law#4"))]}}),
    *(("SectionsAreFilled", GUIDE, f"`{key}` is empty", lambda b, key=key: {"guide": {key: []}})
      for key in ("border", "features", "evidence", "playbook", "law", "report_to", "advice")),
    ("ChainIsWhole", GUIDE, "the chain lacks win, sign, carry-out, harvest",
     lambda b: {"guide": {"chain": [{"stage": "attract", "what": WORDS}]}}),
    ("ChainIsWhole", GUIDE, "a stage of the chain stands twice",
     lambda b: {"guide": {"chain": [{"stage": stage, "what": WORDS} for stage in
                                    ("attract", "win", "sign", "carry-out", "harvest", "win")]}}),
    ("StepsStandOnce", GUIDE, "step keep stands twice",
     lambda b: {"guide": {"playbook": [b.step(), b.step()]}}),
    ("StepLeavesEvidence", GUIDE, "step keep leaves no evidence",
     lambda b: {"guide": {"playbook": [b.step(evidence=[])]}}),
    *(("StepIsDue", GUIDE, f"'{due}' is no duration",
       lambda b, due=due: {"guide": {"playbook": [b.step(due=due)]}})
      for due in ("P", "PT", "1 day", "P1H", "PT1D", "P1DT", "P1W2D")),
    ("PlaybookSetsLimits", GUIDE, "no step says what must not be done",
     lambda b: {"guide": {"playbook": [b.step(must_not=...)]}}),
    ("CorpusIsReadable", HITS, "JSON is malformed", lambda b: {"hits": "{oops}\n"}),
    ("CorpusIsReadable", HITS, "missing required field `stance`",
     lambda b: {"hits": [{"text": "a", "activities": []}]}),
    ("CorpusIsReadable", CLEAN, "Invalid enum value 'sell'",
     lambda b: {"clean": [line(stance="sell")]}),
    ("CorpusIsReadable", CLEAN, "an empty text", lambda b: {"clean": [line(" ")]}),
    ("CorpusIsLarge", HITS, "59 texts of at least 60",
     lambda b: {"hits": [hit(f"第{n}单") for n in range(59)]}),
    ("CorpusIsLarge", CLEAN, "119 texts of at least 120",
     lambda b: {"clean": [line(f"第{n}天") for n in range(119)]}),
    ("StanceFitsCorpus", HITS, "stance warn in hits.jsonl",
     lambda b: {"hits": [hit(stance="warn")]}),
    ("StanceFitsCorpus", CLEAN, "stance instruct in clean.jsonl",
     lambda b: {"clean": [line(stance="instruct")]}),
    ("HitNamesGuide", HITS, "a hit of another activity",
     lambda b: {"hits": [line(stance="offer", activities=["other"])]}),
    ("TextStandsOnce", CLEAN, "the same text as",
     lambda b: {"clean": [line("天气 不错"), line("天氣不错")]}),
    ("TextStandsOnce", CLEAN, "the same text as",
     lambda b: {"hits": [hit("同一句话")], "clean": [line("同一句话")]}),
    ("TextStandsOnce", TWO, "the same text as corpus/a1.jsonl:1",
     lambda b: {"taught": {ONE: [line("沙发")], TWO: [line("好!"), line("沙 发")]}}),
    ("TextStandsOnce", ORDINARY, "the same text as loan-scam/hits.jsonl:1",
     lambda b: {"hits": [hit("同一句话")], "taught": {ORDINARY: [line("同一句话")]}}),
    ("CorpusIsReadable", ONE, "JSON is malformed", lambda b: {"taught": {ONE: "{oops}\n"}}),
    ("CorpusIsReadable", ONE, "Invalid enum value 'sell'",
     lambda b: {"taught": {ONE: [line(stance="sell")]}}),
    ("CorpusIsReadable", ORDINARY, "an empty text",
     lambda b: {"taught": {ORDINARY: [line("\u200b ")]}}),
    ("LineNamesGuides", ONE, "no guide gone",
     lambda b: {"taught": {ONE: [line(), line("贷款", activities=["loan-scam", "gone"])]}}),
    ("GroupIsOneAuthors", TWO, "group g1 stands in a1.jsonl:1 too",
     lambda b: {"taught": {ONE: [grouped("甲", "g1")], TWO: [line(), grouped("乙", "g1")]}}),
    ("AuthorsDiffer", TWO, "a1.jsonl:1 ~ a2.jsonl:2 are nearly the same text",
     lambda b: {"taught": {ONE: [line(LONG)], TWO: [line("别的"), line(f"{LONG}呀")]}}),
    ("AuthorsDiffer", ORDINARY, "a1.jsonl:1 ~ ordinary.jsonl:1 are nearly",
     lambda b: {"taught": {ONE: [line(LONG)], ORDINARY: [line(LONG[2:])]}}),
]
# fmt: on


def findings(rule, library):
    return list(RULES[rule].findings(Material(library)))


@pytest.mark.parametrize(("rule", "file", "what", "changes"), BROKEN)
def test_a_broken_rule_is_found_where_it_is(  # noqa: PLR0917
    make_library, tmp_path, rule, file, what, changes
):
    library = make_library(tmp_path, **changes(make_library))
    found = [f for f in findings(rule, library) if what in f.what]
    assert found, [str(f) for f in findings(rule, library)]
    assert found[0].path == str(tmp_path / file)
    assert found[0].line <= len((tmp_path / file).read_text().splitlines()) + 1
    assert found[0].severity == RULES[rule].severity
    assert found[0].do
    assert set(found) <= set(check(library))


def test_a_right_library_breaks_no_rule(make_library, tmp_path):
    assert [str(finding) for finding in check(make_library(tmp_path))] == []


def test_every_rule_is_broken_by_a_test():
    elsewhere = {"GuideStands", "OperatorHasUsers"}
    assert {row[0] for row in BROKEN} | elsewhere == set(RULES)


def test_every_rule_says_what_it_asks_for():
    assert [name for name, rule in RULES.items() if not type(rule).__doc__] == []
    assert {rule.severity for rule in CHECKS} == {"error", "warning"}


def test_a_folder_without_a_guide(make_library, tmp_path):
    library = make_library(tmp_path)
    for name in ("debt-mill", ".git", "__pycache__"):
        (tmp_path / name).mkdir()
    [found] = findings("GuideStands", library)
    assert found.path.endswith("debt-mill/guide.yaml")
    assert "lianfang guide new debt-mill" in found.do


def test_one_author_may_vary_a_text(make_library, tmp_path):
    lines = [grouped(LONG, "g1"), grouped(f"{LONG}呀", "g1")]
    assert check(make_library(tmp_path, taught={ONE: lines, TWO: [line(), line("好")]})) == []


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("客服永远在忙线", "客服永远在忙", 0),  # people write the same short comment
        ("屏幕共享等于把钱包打开给", "屏幕共享等于把钱包打开", 1),  # 12 and 11 Han characters
        ("屏幕共享等于把钱包打开", "屏幕共享等于把钱包打", 0),
        ("call 13812340000 now please", "call 13812340000 now pleas", 0),
        (" ".join(LONG), f"{LONG[:-1]}!!", 1),
        (LONG, LONG[:12] + "另外还有一碗紫菜蛋花汤和两个馒头可以外带回家", 0),
    ],
)
def test_authors_may_share_what_is_short_or_differs(make_library, tmp_path, one, other, found):
    library = make_library(tmp_path, taught={ONE: [line(one)], TWO: [line(other)]})
    assert len(findings("AuthorsDiffer", library)) == found


def test_a_text_that_stands_twice_is_told_once(make_library, tmp_path):
    library = make_library(tmp_path, taught={ONE: [line(LONG)], TWO: [line(f"{LONG} ")]})
    assert [f.what for f in check(library)] == ["the same text as corpus/a1.jsonl:1"]


def test_missing_files_are_findings(make_library, tmp_path):
    library = make_library(tmp_path)
    for path in (SOURCES, HITS):
        (tmp_path / path).unlink()
    told = [f"{f.path.removeprefix(str(tmp_path) + '/')}: {f.what}" for f in check(library)]
    assert told == [
        f"{HITS}: can't be read (No such file or directory)",
        f"{SOURCES}: no sources file",
    ]


def test_operators_need_users_only_in_the_shipped_library(make_library, tmp_path, monkeypatch):
    library = make_library(tmp_path)
    assert findings("OperatorHasUsers", library) == []
    monkeypatch.setattr(checks.material, "shipped", lambda: tmp_path)
    told = {f.what for f in findings("OperatorHasUsers", library)}
    assert "operator `obfuscation` has 0 users" in told
    assert "operator `all` has 1 users" in told


def test_stance_features_need_no_guide(make_library, tmp_path):
    library = make_library(tmp_path)
    feature = make_library.feature(id="warns", when="@loan")
    path = tmp_path / "shared" / "stance.yaml"
    path.write_text(json.dumps({"features": [feature]}))
    assert [str(f) for f in check(library)] == []


def test_a_set_may_be_reached_through_another(make_library, tmp_path):
    inner = make_library.entry(id="inner", terms=["无抵押"], variants={})
    outer = make_library.entry(terms=["黑户贷款", "@inner"])
    assert check(make_library(tmp_path, lexicon=[inner, outer])) == []


def test_an_unused_set_uses_nothing(make_library, tmp_path):
    inner = make_library.entry(id="inner", terms=["无抵押"], variants={})
    outer = make_library.entry(id="outer", terms=["@inner"], variants={})
    library = make_library(tmp_path, lexicon=[inner, outer])
    assert len(findings("SetIsUsed", library)) == 2


def test_a_circle_is_told_once(make_library, tmp_path):
    sets = [make_library.entry(id=a, terms=[f"@{b}"]) for a, b in ("ab", "bc", "ca")]
    entry = make_library.entry(terms=["@a"])  # leads into the circle, but isn't part of it
    assert len(findings("SetEnds", make_library(tmp_path, lexicon=[*sets, entry]))) == 1


def test_an_exception_keeps_a_variant_from_ordinary_text(make_library, tmp_path):
    def told(**changes):
        entry = make_library.entry(variants={"天气": "黑户贷款"}, **changes)
        return findings("VariantSparesOrdinaryText", make_library(tmp_path, lexicon=[entry]))

    assert len(told()) == 1
    assert told(**{"except": ["天气不错"]}) == []
    assert len(told(**{"except": ["阴天气"]})) == 1


@pytest.mark.parametrize(
    ("text", "stance", "activities"),
    [("天气通报", "warn", []), ("天气贷款", "other", ["loan-scam"]), ("tianqis", "other", [])],
)
def test_variants_may_stand_in_other_texts(make_library, tmp_path, text, stance, activities):
    entry = make_library.entry(variants={"天气": "黑户贷款", "tianqi": "黑户贷款"})
    clean = [line(text, stance, activities)]
    library = make_library(tmp_path, lexicon=[entry], clean=clean)
    assert findings("VariantSparesOrdinaryText", library) == []


@pytest.mark.parametrize("due", ["P1D", "PT2H", "P2W", "P1Y2M10DT2H30M", "PT0S"])
def test_durations(make_library, tmp_path, due):
    library = make_library(tmp_path, guide={"playbook": [make_library.step(due=due)]})
    assert findings("StepIsDue", library) == []


def test_a_broken_file_is_one_finding_and_the_rest_is_checked(make_library, tmp_path):
    library = make_library(tmp_path, lexicon="sets: [", guide={"version": "x", "chain": 7})
    found = check(library)
    assert len([f for f in found if f.path.endswith("lexicon.yaml")]) == 1
    told = " ".join(f.what for f in found)
    assert "'x' is no version" in told
    assert "`chain` 7 is not of type" in told
    with pytest.raises(GuideError):
        _ = library.sets


def test_a_broken_part_leaves_the_others_checked(make_library, tmp_path):
    features = [make_library.feature(strength="huge"), make_library.feature(id="b", hit=[])]
    found = check(make_library(tmp_path, guide={"features": features}))
    assert [f.what for f in found if f.path.endswith("guide.yaml")] == [
        '`features.0.strength` "huge" is not one of "medium", "strong" or "weak"',
        "b has no `hit` example",
    ]


def test_a_condition_is_told_by_its_parser_alone(make_library, tmp_path):
    feature = make_library.feature(when={"nearby": ["a"]})
    found = check(make_library(tmp_path, guide={"features": [feature]}))
    assert len([f for f in found if "nearby" in f.what]) == 1


def test_findings_come_in_the_order_of_files_and_lines(make_library, tmp_path):
    guide = {"version": "x", "advice": [], "border": [], "sources": []}
    found = [
        f for f in check(make_library(tmp_path, guide=guide, hits=[])) if "loan-scam" in f.path
    ]
    assert [f.path.rpartition("/")[2] for f in found] == ["guide.yaml"] * 4 + ["hits.jsonl"]
    assert [f.line for f in found] == [*sorted(f.line for f in found[:-1]), 1]


def test_a_finding_is_one_line_with_its_place(make_library, tmp_path):
    library = make_library(tmp_path, guide="a: \x00\n")
    [found] = [f for f in check(library) if "guide.yaml" in f.path]
    assert re.fullmatch(rf"{tmp_path}/loan-scam/guide.yaml:1: not YAML: .+", str(found))
    assert "\n" not in str(found)


def test_the_place_of_a_finding_is_the_line_of_its_key(make_library, tmp_path):
    library = make_library(tmp_path, guide={"playbook": [make_library.step(due="soon")]})
    [found] = findings("StepIsDue", library)
    text = (tmp_path / GUIDE).read_text().splitlines()[found.line - 1]
    assert text.strip() == "due: soon"


def test_the_shipped_library_has_no_errors():
    errors = [str(finding) for finding in check(Library()) if finding.severity == "error"]
    told = "\n".join(errors)
    assert not errors, f"mend the guides, not this test:\n{told}"
