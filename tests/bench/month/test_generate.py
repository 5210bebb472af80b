from __future__ import annotations

import csv
import json
import re
import tracemalloc
from collections import Counter
from datetime import date, datetime
from itertools import groupby, islice
from random import Random

import pytest
from bench.month.__main__ import main
from bench.month.generate import FILES, write
from bench.month.grammar import Grammar, grammar
from bench.month.model import Month, Personal
from bench.month.people import MAKERS, fill, identity_check, luhn_digit
from bench.month.shares import apportion, shares
from bench.month.streams import calls, letters, messages, posts
from bench.month.waves import LEAST, MOST

from lianfang import Screener
from lianfang.errors import InputError
from lianfang.files import open_source
from lianfang.guides.library import shipped
from lianfang.indicators.bank_card import luhn
from lianfang.indicators.id_card import is_valid

MONTH = Month(date(2026, 10, 1), 31)
SEED, ITEMS = 7, 3000
STREAMS = {"posts": posts, "messages": messages, "calls": calls, "letters": letters}
TEXTS = {"posts.csv": "utf-8-sig", "messages.csv": "gb18030", "calls.jsonl": "utf-8"}
TEXTS["letters.jsonl"] = "utf-8"


def rng(seed):
    return Random(seed)  # noqa: S311 (nothing secret is drawn)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("month")
    write(path, SEED, MONTH, ITEMS)
    return path


@pytest.fixture(scope="module")
def items():
    counts = apportion(ITEMS)
    return {name: list(stream(SEED, counts[name], MONTH)) for name, stream in STREAMS.items()}


@pytest.fixture(scope="module")
def everything(items):
    return [item for some in items.values() for item in some]


def told(folder, name):
    return json.loads((folder / name).read_text(encoding="utf-8"))


def records(folder, name):
    content = (folder / name).read_bytes().decode(TEXTS[name])
    if name.endswith(".jsonl"):
        return [json.loads(line) for line in content.splitlines()]
    return list(csv.DictReader(content.splitlines(keepends=True)))


def test_the_same_arguments_give_the_same_bytes_and_another_seed_others(tmp_path):
    for name, seed in (("a", 3), ("b", 3), ("c", 4)):
        write(tmp_path / name, seed, MONTH, 400)
    for name in FILES:
        first, again, other = ((tmp_path / run / name).read_bytes() for run in "abc")
        assert first == again
        assert first != other


def test_the_command_writes_what_the_function_writes(folder, tmp_path):
    asked = ["--seed", "7", "--start", "2026-10-01", "--days", "31", "--items", "3000"]
    assert main([*asked, "--out", str(tmp_path)]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(FILES)
    assert all((tmp_path / name).read_bytes() == (folder / name).read_bytes() for name in FILES)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (["--items", "0"], "no whole number"),
        (["--days", "x"], "no whole number"),
        (["--start", "2026-02-30"], "is no day"),
        (["--days", "9999999"], "beyond the year 9999"),
    ],
)
def test_a_wrong_argument_is_told(wrong, said, tmp_path, capsys):
    with pytest.raises(SystemExit):
        main([*wrong, "--out", str(tmp_path / "new")])
    assert said in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


def test_a_folder_that_cannot_be_made_is_told(tmp_path, capsys):
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert main(["--items", "5", "--out", str(tmp_path / "file")]) == 1
    assert "choose another folder" in capsys.readouterr().err


def test_the_files_are_encoded_as_people_send_them(folder):
    raw = (folder / "posts.csv").read_bytes()
    assert raw.startswith("\ufeff平台,账号,链接,发布时间,正文\r\n".encode())
    raw = (folder / "messages.csv").read_bytes()
    assert raw.startswith("时间,号码,内容\r\n".encode("gb18030"))
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")
    assert {*records(folder, "calls.jsonl")[0]} == {"time", "call_id", "agent", "text"}
    wanted = {"received", "channel", "name", "phone", "account", "text"}
    assert {*records(folder, "letters.jsonl")[0]} == wanted


def test_the_readers_give_back_every_text(folder, items):
    for name in TEXTS:
        with open_source(folder / name) as source:
            texts = [row.text for row in source]
        assert texts == [item.text for item in items[name.partition(".")[0]]]


def test_the_counts_are_right(folder, everything):
    expected = told(folder, "expected.json")
    for name in TEXTS:
        file = expected["files"][name.partition(".")[0]]
        assert len(records(folder, name)) == file["count"] == sum(file["kinds"].values())
    assert sum(file["count"] for file in expected["files"].values()) == ITEMS
    meant = Counter(item.meaning.intention for item in everything)
    assert expected["intentions"] == meant
    values = Counter(value["kind"] for value in told(folder, "personal.json"))
    assert expected["personal"] == values


@pytest.mark.parametrize("count", [0, 1, 7, 199, 200, 2001])
def test_any_number_of_items_is_shared_out_whole(count):
    counts = apportion(count)
    assert sum(counts.values()) == count
    for name, stream in STREAMS.items():
        assert sum(1 for _ in stream(1, counts[name], MONTH)) == counts[name]


def test_proportions_have_reasons_and_conflicting_figures_both_stand(folder):
    proportions = told(folder, "expected.json")["proportions"]
    for parts in (proportions["files"], proportions["activities"], *proportions["kinds"].values()):
        assert sum(part["share"] for part in parts.values()) == pytest.approx(1)
        assert all(part["why"] for part in parts.values())
    assert all(len(conflict["figures"]) > 1 for conflict in proportions["conflicts"])
    assert "Synthetic" in told(folder, "expected.json")["note"]


def test_every_personal_value_stands_in_a_text_and_every_number_is_recorded(folder):
    content = "".join((folder / name).read_bytes().decode(code) for name, code in TEXTS.items())
    values = told(folder, "personal.json")
    assert all(value["value"] in content for value in values)
    assert {value["kind"] for value in values} == {maker(rng(0)).kind for maker in MAKERS.values()}
    numbers = re.compile(r"(?<![\da-z+])(?:1[3-9]\d{9}|6299\d{12,15}|\d{17}[\dX])(?![\da-z])")
    recorded = {value["value"] for value in values}
    found = [number for number in numbers.findall(content) if not number.startswith("10")]
    assert len(found) > 500
    assert {*found} <= recorded


def test_check_digits_are_right(folder):
    values = told(folder, "personal.json")
    cards = {value["plain"] for value in values if value["kind"] == "card"}
    identities = {value["plain"] for value in values if value["kind"] == "id_card"}
    assert len(cards) > 30
    assert len(identities) > 60
    assert all(map(luhn, cards))
    assert all(map(is_valid, identities))


def test_check_digits_agree_with_published_examples():
    assert luhn_digit("7992739871") == "3"
    assert identity_check("11010519491231002") == "X"


def test_a_mark_keeps_its_value_and_a_second_person_has_another():
    known: dict[str, Personal] = {}
    text = fill("<name>,<name>,<name2>", rng(5), known)
    first, again, other = text.split(",")
    assert first == again != other
    assert {*known} == {"name", "name2"}


def test_nothing_is_left_open(everything):
    assert not any(re.search("[{}<>]", item.text) for item in everything)


def test_few_texts_are_the_same_but_for_reposts(everything):
    texts = [item.text for item in everything if item.meaning.wave is None]
    assert len({*texts}) > 0.85 * len(texts)


def test_waves_repost_one_advert_by_several_accounts_with_other_contacts(items):
    sizes = Counter(p.meaning.wave for p in items["posts"] if p.meaning.wave is not None)
    assert len(sizes) >= 3
    assert all(LEAST <= size <= MOST for size in sizes.values())
    for wave in sizes:
        copies = [post for post in items["posts"] if post.meaning.wave == wave]
        assert len({post.account for post in copies}) > 2
        assert len({post.text for post in copies}) > 2
        assert len({without_contacts(post)[:10] for post in copies}) == 1


def without_contacts(post):
    text = post.text
    for value in post.personal:
        text = text.replace(value.value, "")
    return text


def test_every_activity_has_offers(items):
    offered = {p.meaning.activity for p in items["posts"] if p.meaning.intention == "offer"}
    assert offered == {path.parent.name for path in shipped().glob("*/guide.yaml")}


def test_the_grammar_is_rich_enough():
    counts = Counter[bool]()
    for place, templates in grammar().templates.items():
        counts["/offer/" in place] += len(templates)
        assert len({*templates}) == len(templates)
    assert counts[True] >= 60
    assert counts[False] >= 80
    assert {*shares().activities} == {path.parent.name for path in shipped().glob("*/guide.yaml")}


def test_times_are_in_order_within_the_month_and_follow_the_week(items):
    for some in items.values():
        times = [item.time for item in some]
        assert times == sorted(times)
        assert datetime(2026, 10, 1) <= times[0] <= times[-1] < datetime(2026, 11, 1)  # noqa: DTZ001
    assert all(8 <= call.time.hour < 22 for call in items["calls"])
    weekdays = Counter(call.time.weekday() for call in items["calls"])
    assert weekdays[6] < min(weekdays[day] for day in range(5))
    hours = Counter(post.time.hour for post in items["posts"])
    assert hours[21] > 3 * hours[4]


def test_a_mill_sends_its_letters_in_batches(items):
    heads = [letter.text[:3] for letter in items["letters"] if letter.meaning.kind == "mill"]
    assert [head for head, _ in groupby(heads)] == ["投诉人", "尊敬的", "关于云", "投诉书"]


def test_what_a_letter_says_of_its_sender_is_so(items):
    for letter in items["letters"]:
        identity = {value.kind: value.value for value in letter.personal}
        assert (letter.name, letter.phone) == (identity["name"], identity["mobile"])
        assert letter.account == identity["account"]


def test_a_call_is_told_turn_by_turn(items):
    for call in items["calls"]:
        assert all(re.match("(客服|客户)：.", line) for line in call.text.split("\n"))
        said = re.findall(r"(?:工号|客服)(\d{4})", call.text)
        assert all(f"A{number}" == call.agent for number in said)


def test_a_stream_keeps_nothing():
    next(posts(SEED, 10, MONTH))
    tracemalloc.start()
    sum(1 for _ in islice(posts(SEED, 1_000_000, MONTH), 5000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 << 20


@pytest.mark.slow  # the engine may have to be compiled first
def test_the_screener_mostly_sees_what_was_meant(everything):
    screener = Screener()
    suspects = {}
    for intention in ("offer", "ordinary"):
        texts = [item.text for item in everything if item.meaning.intention == intention]
        sample = rng(SEED).sample(texts, 300)
        suspects[intention] = sum(v.suspect is True for v in screener.screen(sample))
    assert suspects["offer"] > 210
    assert suspects["ordinary"] < 9


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("words: {a: ['{b}'], b: ['{a}']}", "back to themselves"),
        ("words: {a: ['{gone}']}", "has no words"),
        ("words: {a: ['{9-3}']}", "has no words"),
        ("words: [a]", "keep to the shape"),
    ],
)
def test_a_wrong_grammar_is_told(words, said, tmp_path):
    file = tmp_path / "words.yaml"
    file.write_text(f"{words}\nparts: {{}}\ntemplates: {{}}\n", encoding="utf-8")
    with pytest.raises(InputError, match=said) as told_error:
        Grammar(file)
    assert str(file) in str(told_error.value)


def test_ranges_step(tmp_path):
    file = tmp_path / "words.yaml"
    content = "words: {}\nparts: {}\ntemplates: {x: ['{100-300/100}元']}\n"
    file.write_text(content, encoding="utf-8")
    own, source = Grammar(file), rng(0)
    assert {own.draw("x", source) for _ in range(60)} == {"100元", "200元", "300元"}
