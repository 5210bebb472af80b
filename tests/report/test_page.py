from __future__ import annotations

from datetime import UTC, datetime

import pytest

from lianfang import Screener
from lianfang.errors import InputError
from lianfang.model import ActivityScore, Rewriting, Span, Stance, Weight
from lianfang.report import write_report

MADE_AT = datetime(2025, 11, 23, tzinfo=UTC)

EVIL = '<script>alert("1")</script>\u202e<img src=x onerror=alert(1)>&amp;{{ 7*7 }}'


def cards(page):
    return [part for part in page.one("ol", id="cards").inside if not isinstance(part, str)]


def test_the_head_says_what_when_and_with_which_guides(page, suspect):
    made = page([(suspect(), "黑户贷款加微信")], title="十一月识别报告")
    head = made.one("header", "masthead")
    assert head.one("h1").text == "十一月识别报告"
    assert made.one("title").text == "十一月识别报告"
    assert head.one("time").attrs["datetime"] == "2025-11-23T22:30:00+08:00"
    assert "贷款骗局 1.0.0" in " ".join(head.one("div", "versions").text.split())
    assert "不认定任何人" in made.one("aside", "hint").text


def test_another_version_of_a_guide_is_told(page, suspect):
    made = page([(suspect(guides={"loan-scam": "0.9.0"}), "黑户贷款")])
    assert "结果出自 0.9.0" in made.one("div", "versions").text


def test_the_tiles_count_every_verdict_once(page, verdict, suspect):
    loan = (ActivityScore("loan-scam", 0.9),)
    pairs = [(suspect(), "")] * 3 + [(verdict(suspect=None), "")] * 2
    pairs += [(verdict(activities=loan), "")] + [(verdict(), "")] * 4
    made = page(pairs)
    tiles = [tile.one("b").text for tile in made.all("div", "tile")]
    assert tiles == ["3", "2", "1", "4"]
    assert "占 30.0%" in made.all("div", "tile")[0].text
    assert len(cards(made)) == 10


def test_a_card_shows_the_verdict_with_its_reasons(page, suspect, hit):
    text = "黑户dai款,加微信 dk8899。今天不错。"
    made = page([(
        suspect(
            id="a-7",
            features=(hit(text, (0, 6), (7, 10)),
                      hit(text, (7, 10), id="shared/reach", activity=None, label="导流",
                          strength="weak")),
            rewritings=(Rewriting(0, 6, text[:6], "黑户贷款", "variant"),),
            decided_by=Span(0, 18, text[:18]),
        ),
        text,
    )])  # fmt: skip
    [card] = cards(made)
    assert card.one("div", "text").text == text.replace("8899", "•••9")
    assert [mark.text for mark in card.all("mark")] == ["黑户dai款", "加微信"]
    assert card.all("mark")[1].attrs["title"] == "招揽贷款；导流"
    assert "#a-7" in card.one("h3").text
    assert "需处置" in card.one("span", "badge").text
    assert "招揽" in card.one("p", "stance").text
    assert "offer" in card.one("p", "stance").text
    assert "0.98" in card.one("p", "score").text
    assert card.one("del").text == "黑户dai款"
    assert card.one("ins").text == "黑户贷款"
    labels = [label.one("b").text for label in card.all("p", "label")]
    assert labels == ["招揽贷款", "导流"]
    assert [dots.attrs["aria-label"] for dots in card.all("span", "dots")] == [
        "强度: 强", "强度: 弱",
    ]  # fmt: skip
    assert "贷款与联系方式同现" in card.all("p", "because")[0].text
    assert [q.text for q in card.all("p", "because")[0].all("q")] == ["黑户dai款", "加微信"]
    assert "黑户dai款,加微信 dk•••9。" in card.one("dl", "facts").text


def test_a_card_shows_what_its_score_is_made_of(page, suspect, hit):
    text = "黑户贷款加微信13812340000"
    features = (hit(text, (0, 4)), hit(text, id="shared/whole", label="全文"))
    weights = (
        Weight(features[0].id, 1.25),
        Weight("信13", -0.5),
        Weight("加微", 0.25),
        Weight("shared/whole", 0.125),
    )
    [card] = cards(page([(suspect(features=features, weights=weights), text)]))
    made_of = card.one("details", "made-of")
    assert "open" in made_of.attrs
    rows = made_of.one("ol", "bars").all("li")
    assert [row.all(cls="what")[0].text for row in rows] == ["招揽贷款", "信13", "加微", "全文"]
    assert [row.one("b").text for row in rows] == ["+1.25", "−0.50", "+0.25", "+0.12"]
    assert ["指向不可疑" in row.text for row in rows] == [False, True, False, False]
    assert [row.one("span", "balance").attrs["style"] for row in rows] == [
        "--share:100.0%", "--share:40.0%", "--share:20.0%", "--share:10.0%",
    ]  # fmt: skip
    assert [button.attrs["data-reason"] for button in made_of.all("button")] == ["0", "3", "4"]
    marked = {by for part in card.all() for by in (part.attrs.get("data-by") or "").split()}
    assert {"0", "3", "4"} <= marked


def test_weaker_weights_are_counted(page, suspect):
    weights = tuple(Weight(chr(0x4E00 + n), 1 / (n + 1)) for n in range(11))
    [card] = cards(page([(suspect(weights=weights), "黑户贷款")]))
    made_of = card.one("details", "made-of")
    assert len(made_of.all("li")) == 8
    assert "另有 3 项较弱" in made_of.text


def test_a_verdict_without_weights_has_no_bars(page, verdict):
    assert not page([(verdict(), "今天不错")]).all(cls="made-of")


def shared_rows(made):
    table = made.one("div", "shared").one("tbody")
    return [" ".join(row.text.split()) for row in table.all("tr")]


def test_shared_indicators_are_listed_with_links_to_their_cards(page, suspect, verdict):
    texts = ["贷款加微信abc12345", "贷款加薇:abc12345,网址 evil.com/x", "下款点evil.com/x"]
    pairs = [(suspect(id=f"t{n}", score=0.9 - n / 10), text) for n, text in enumerate(texts)]
    pairs.append((verdict(id="seek", stance=Stance.SEEK, activities=(ActivityScore("x", 0.9),)),
                  "有人叫我加微信abc12345,是真的吗"))  # fmt: skip
    pairs.append((verdict(id="talk"), "我的微信abc12345"))
    made = page(pairs)
    assert shared_rows(made) == [
        "微信 ab•••••5 3 ▲需处置 2 ●涉及但不可疑 1 ▲#t0 ▲#t1 ●#seek",
        "链接 evil.com/x 2 ▲需处置 2 ▲#t1 ▲#t2",
    ]
    links = [link.attrs["href"] for link in made.one("div", "shared").all("a")]
    assert links == ["#card-1", "#card-2", "#card-4", "#card-2", "#card-3"]
    names = {card.attrs["id"]: card.one("span", "id").text for card in cards(made)}
    assert (names["card-4"], names["card-3"]) == ("#seek", "#t2")
    assert "ab•••••5" in cards(made)[0].one("ul", "signs").text
    assert "微信 abc12345 3" in shared_rows(page(pairs, masked=False))[0]


def test_what_is_shared_is_counted_among_the_listed_and_says_so(page, suspect):
    pairs = [(suspect(id=n), "贷款加微信abc12345") for n in range(12)]
    assert "只统计" not in page(pairs).one("div", "shared").text
    made = page(pairs, most=10)
    assert "只统计下面列出的 10 条文本" in made.one("div", "shared").text
    [row] = shared_rows(made)
    assert row.startswith("微信 ab•••••5 10 ▲需处置 10 ▲#0 ")
    assert row.endswith("等 2 条")


def test_many_shared_indicators_are_cut_and_counted(page, suspect):
    text = "贷款,".join(f"加微信abc{n:05}" for n in range(60))
    made = page([(suspect(id=n), text) for n in range(2)])
    assert len(shared_rows(made)) == 50
    assert "另有 10 项没有列出" in made.one("div", "shared").text


def test_no_shared_indicators_says_so(page, suspect, verdict):
    made = page([(suspect(), "贷款加微信abc12345"), (suspect(id=2), "贷款,客服95588")])
    assert "没有线索出现在两条以上文本里" in made.one("div", "shared").text
    assert not page([(verdict(), "x")]).all("div", "shared")


def test_a_suspect_card_says_what_to_do(page, suspect):
    [card] = cards(page([(suspect(), "黑户贷款加微信")]))
    todo = card.one("details", "todo").text
    for said in ("怎么办", "合规岗", "1 天内", "固定证据", "不得影响投诉处理", "保留聊天记录",
                 "《某法》第1条", "现行有效", "据法律原文"):  # fmt: skip
        assert said in todo
    assert card.one("p", "onward").one("a").attrs["href"] == "#guide-loan-scam"


@pytest.mark.parametrize("stance", [Stance.SEEK, Stance.REPORT])
def test_people_in_need_are_answered_not_handled(page, verdict, stance):
    loan = (ActivityScore("loan-scam", 0.9),)
    [card] = cards(page([(verdict(stance=stance, activities=loan), "我是不是被骗了")]))
    assert "保留聊天记录" in card.one("details", "todo").text
    assert "固定证据" not in card.text


def test_a_complaint_is_protected(page, verdict):
    made = page([(verdict(suspect=None, stance=Stance.COMPLAIN, score=0.5), "我要投诉")])
    [card] = cards(made)
    assert "照常受理" in card.one("p", "note").text
    assert not card.all("details", "todo")


def test_a_guide_that_the_library_lacks_shows_its_id(page, suspect):
    made = page(
        [(suspect(activities=(ActivityScore("gone", 0.8),), guides={"gone": "1.0.0"}), "x")]
    )
    assert "gone" in cards(made)[0].one("ul", "chips").text
    assert not made.all("details", "todo")


def test_the_most_urgent_come_first_and_the_rest_is_counted(page, verdict, suspect):
    pairs = [(verdict(id=f"clear-{n}"), "") for n in range(30)]
    pairs += [(suspect(id="low", score=0.7), ""), (suspect(id="high", score=0.9), "")]
    pairs += [(verdict(id="look", suspect=None, score=0.5), "")]
    made = page(pairs, most=5)
    ids = [card.one("span", "id").text for card in cards(made)]
    assert ids == ["#high", "#low", "#look", "#clear-0", "#clear-1"]
    assert [tile.one("b").text for tile in made.all("div", "tile")] == ["2", "1", "0", "30"]
    note = made.one("p", "left-out").text
    assert "5 条" in note
    assert "28 条没有列出" in note
    assert "33 条" in note


def test_all_shown_means_no_note(page, verdict):
    assert not page([(verdict(), "x")], most=1).all("p", "left-out")


class Held(str):
    """A text that counts how many of its kind are alive."""

    __slots__ = ()
    alive = most_alive = 0

    def __new__(cls, text):
        cls.alive += 1
        cls.most_alive = max(cls.most_alive, cls.alive)
        return super().__new__(cls, text)

    def __del__(self):
        type(self).alive -= 1


def test_memory_stays_flat(write, verdict):
    one = verdict()
    html = write(((one, Held("今天不错")) for _ in range(3000)), most=20)
    assert "3,000" in html
    assert Held.most_alive < 40


def test_everything_is_escaped(write, read, suspect, hit):
    html = write(
        [(
            suspect(
                id=EVIL,
                activities=(ActivityScore(EVIL, 0.9),),
                features=(hit(EVIL, (0, 8), label=EVIL, why=EVIL, id=EVIL),),
                rewritings=(Rewriting(0, 8, EVIL[:8], EVIL, EVIL),),
                decided_by=Span(8, 30, EVIL[8:30]),
                guides={EVIL: EVIL},
                weights=(Weight(EVIL, 1.0), Weight("<sc", 0.5), Weight('"\u202e', -0.5)),
            ),
            EVIL,
        )],
        title=EVIL,
    )  # fmt: skip
    made = read(html)
    assert len(made.all("script")) == 1
    assert not made.all("img")
    assert "\u202e" not in html
    assert "{{ 7*7 }}" in html
    assert made.one("div", "text").text == EVIL.replace("\u202e", "RLO")
    assert made.one("h1").text == EVIL.replace("\u202e", "RLO")


def test_lone_surrogates_are_shown_as_unreadable(page, verdict):
    [card] = cards(page([(verdict(id="\ud800"), "好\udfff的")], title="\ud800题"))
    assert card.one("div", "text").text == "好\ufffd的"


def test_long_texts_are_folded(page, suspect, hit):
    text = "今天天气不错。" * 700 + "黑户贷款加微信"
    [card] = cards(page([(suspect(features=(hit(text, (4900, 4904)),)), text)]))
    excerpt, whole = card.all("div", "text")
    assert "略 4,872 字" in excerpt.text
    assert len(excerpt.text) < 100
    assert whole.text == text
    assert "全文 4,907 字" in card.one("details", "fold").one("summary").text


def test_very_long_texts_are_cut_and_say_so(page, verdict):
    [card] = cards(page([(verdict(), "长" * 12_345)]))
    assert "2,345" in card.one("p", "left-out").text
    assert len(card.all("div", "text")[1].text) == 10_000


def test_an_empty_report_says_what_to_do(page):
    made = page([])
    assert "还没有识别任何文本" in made.one("section", "empty-state").text
    assert "lianfang screen" in made.one("code").text
    assert not made.all("div", "tile")
    assert not made.all(id="cards")


def test_an_empty_text_is_named(page, verdict):
    [card] = cards(page([(verdict(), "")]))
    assert card.one("p", "text").text == "（空文本）"


def test_charts_have_tables(page, suspect):
    made = page([(suspect(), "x")] * 2)
    activities, stances = made.all("figure")
    row = activities.one("tbody").all("tr")[0]
    assert [cell.text for cell in (row.one("th"), *row.all("td"))] == ["贷款骗局", "2", "0", "0"]
    assert len(stances.one("tbody").all("tr")) == len(Stance)
    assert all(svg.attrs["aria-hidden"] == "true" for svg in made.all("svg"))


def test_chinese_is_the_language_by_default(page, suspect):
    made = page([(suspect(), "x")])
    assert made.one("html").attrs["lang"] == "zh-CN"
    assert made.one("a", "skip").text == "跳到识别结果"


def test_english(page, suspect, hit):
    text = "黑户贷款加微信"
    features = (hit(text, (0, 4)),)
    made = page([(suspect(features=features), text)], title="November", lang="en")
    assert made.one("html").attrs["lang"] == "en"
    assert "They find nobody guilty" in made.one("aside", "hint").text
    [card] = cards(made)
    assert "Needs action" in card.one("span", "badge").text
    assert card.one("p", "stance").one("b").text == "offers"
    assert "within 1 day" in card.one("details", "todo").text
    assert card.one("div", "text").attrs["lang"] == "zh"
    heads = [head.text for head in made.all("h2")]
    assert heads == [
        "A hint, not a finding",
        "Overview",
        "Indicators that texts share",
        "Verdicts",
        "Guides and playbooks",
    ]


def test_ids_are_unique_and_every_link_lands(page, suspect):
    made = page([(suspect(id=n), "黑户贷款加微信") for n in range(3)])
    ids = [element.attrs["id"] for element in made.all() if "id" in element.attrs]
    assert len(ids) == len(set(ids))
    links = [a.attrs["href"] for a in made.all("a")]
    assert all(link.removeprefix("#") in ids for link in links)
    labels = [e.attrs["aria-labelledby"] for e in made.all() if "aria-labelledby" in e.attrs]
    assert all(label in ids for label in labels)


def test_numbers_are_hidden_unless_asked_for(write, suspect):
    pairs = [(suspect(id=n), "黑户贷款加微信13812340000,或微信abc12345") for n in range(2)]
    html = write(pairs)
    for value in ("13812340000", "abc12345"):
        assert value not in html
        assert value in write(pairs, masked=False)
    assert "ab•••••5" in html
    assert "未遮盖" in write(pairs, masked=False)


def test_an_unknown_language_is_refused_before_any_work(write):
    with pytest.raises(InputError, match="no report in this language"):
        write((1 / 0 for _ in [1]), lang="fr")


def test_a_place_that_cannot_be_written_is_told(make_library, tmp_path):
    library = make_library(tmp_path)
    path, ends = tmp_path / "no" / "r.html", (0.4, 0.65)
    with pytest.raises(InputError, match="choose another place"):
        write_report(path, [], library, title="", made_at=MADE_AT, thresholds=ends)


def test_what_the_screener_says_of_real_texts(make_library, tmp_path, page):
    library = make_library(tmp_path)
    texts = ["黑户dai款,百分百下款,加微信", "今天天气不错", "不办黑户贷款,别加微信"]
    verdicts = Screener(library.root).screen(texts)
    made = page(zip(verdicts, texts, strict=True), library=library)
    assert {card.all("div", "text")[0].text for card in cards(made)} == set(texts)
    assert cards(made)[0].attrs["data-kind"] == "suspect"
