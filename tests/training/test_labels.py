from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from lianfang.errors import InputError
from lianfang.files import open_source
from lianfang.screening.weights import SHIPPED
from lianfang.screening.weights import load as load_judge
from lianfang.text.labeller import given, load, save
from lianfang.training.labelled_file import LabelledTexts, labels_of, read_labelled, wanted
from lianfang.training.labels import MOST_LABELS, folds_of, train_labels
from lianfang.training.regression import FOLDS, calibration

MESSAGES = Path(__file__).parents[2] / "examples" / "bank-messages.csv"


def messages(*, grouped):
    columns = wanted("标签", "批次" if grouped else None)
    with open_source(MESSAGES, others=columns) as source:
        return read_labelled(source, pytest.fail)


def learn(lines):
    return train_labels(lines, lambda *_: None)


@pytest.fixture(scope="module")
def labeller():
    return learn(messages(grouped=True))


def test_labels_are_learned_and_tried_on_groups_held_out(labeller):
    card = labeller.card
    assert labeller.labels == ("动账", "营销", "验证码")
    assert labeller.single
    assert (card["lines"], card["groups"], card["grouped_by"]) == (46, 5, "column")
    assert card["macro_f1"] > 0.85
    assert card["floor"]["label"] == "动账"
    assert card["floor"]["macro_f1"] < 0.2


def test_the_card_adds_up(labeller):
    card = labeller.card
    table = np.array(card["confusion"])
    assert table.sum() == card["lines"]
    right = table.diagonal()
    for number, rates in enumerate(card["labels"].values()):
        own, its = table[number].sum(), table[:, number].sum()
        assert rates["recall"][0] == pytest.approx(right[number] / own, abs=1e-4)
        assert rates["precision"][0] == pytest.approx(right[number] / its, abs=1e-4)
        assert rates["f1"][0] == pytest.approx(2 * right[number] / (own + its), abs=1e-4)
        for share, low, high, _ in (rates["recall"], rates["precision"], rates["f1"]):
            assert 0 <= low <= share <= high <= 1
            assert low < high
    assert card["right"][0] == pytest.approx(right.sum() / 46, abs=1e-4)
    assert card["macro_f1"] == pytest.approx(
        np.mean([rates["f1"][0] for rates in card["labels"].values()]), abs=1e-3
    )


def test_new_texts_are_labelled(labeller, tmp_path):
    save(labeller, tmp_path / "labels.npz")
    read = load(tmp_path / "labels.npz")
    likely = read.probabilities(["验证码334411,请勿告诉他人", "开业大促,存款有礼,回T退订", ""])
    assert given(likely, single=True).argmax(axis=1)[:2].tolist() == [2, 1]
    assert ((likely > 0) & (likely < 1)).all()
    assert (likely == labeller.probabilities(["验证码334411,请勿告诉他人",
                                              "开业大促,存款有礼,回T退订", ""])).all()  # fmt: skip


def copies(*, groups):
    """Each message in four wordings, with a label that nothing in it tells."""
    rng = random.Random(3)  # noqa: S311
    read = LabelledTexts("copies")
    for number, text in enumerate(messages(grouped=False).texts):
        label = rng.choice("甲乙丙")
        for copy in (text, f"转:{text}", f"{text}(2)", f"{text}。谢谢"):
            read.texts.append(copy)
            read.labels.append((label,))
            read.groups.extend(groups(number, copy))
    return read


def test_nothing_is_learned_of_a_text_from_its_copies():
    leaking = learn(copies(groups=lambda _, copy: [copy])).card
    assert leaking["macro_f1"] > 0.9  # else this test couldn't fail
    assert learn(copies(groups=lambda number, _: [str(number)])).card["macro_f1"] < 0.55
    alone = learn(copies(groups=lambda *_: [])).card
    assert alone["macro_f1"] < 0.55
    assert (alone["groups"], alone["grouped_by"]) == (46, "near-duplicates")


def test_folds_keep_groups_whole_and_labels_spread():
    rng = np.random.default_rng(5)
    groups = np.sort(rng.integers(0, 60, 400)).tolist()
    truth = rng.random((400, 3)) < (0.5, 0.3, 0.05)
    folds = folds_of(groups, truth, "x")
    for (group, fold), (other, its) in pairwise(zip(groups, folds.tolist(), strict=True)):
        assert group != other or fold == its
    for column in truth.T:
        counts = np.bincount(folds[column], minlength=FOLDS)
        assert counts.max() <= 2 * counts.min() + 2


def test_the_same_file_gives_the_same_bytes(labeller, tmp_path):
    save(labeller, tmp_path / "one.npz")
    save(learn(messages(grouped=True)), tmp_path / "two.npz")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_several_labels():
    read = messages(grouped=True)
    several = [
        (*those, "官方用语") if "【" in text else those
        for text, those in zip(read.texts, read.labels, strict=True)
    ]
    several[0] = ()
    made = learn(LabelledTexts("x", read.texts, several, read.groups))
    assert not made.single
    assert made.card["labels"]["官方用语"]["recall"][0] > 0.7
    likely = made.probabilities(
        ["【江澜银行】验证码998811,请勿泄露", "送您打车优惠券,本周日前快去用吧,回N退订"]
    )
    [first, second] = given(likely, single=False).tolist()
    assert [name for name, its in zip(made.labels, first, strict=True) if its] == [
        "官方用语", "验证码",
    ]  # fmt: skip
    told = {name for name, its in zip(made.labels, second, strict=True) if its}
    assert "营销" in told
    assert "验证码" not in told


def test_one_label_and_none_can_be_told_apart():
    read = messages(grouped=False)
    codes = [those if those == ("验证码",) else () for those in read.labels]
    made = learn(LabelledTexts("x", read.texts, codes, []))
    assert made.labels == ("验证码",)
    assert made.card["macro_f1"] > 0.9


@pytest.mark.parametrize(
    ("cell", "labels"),
    [
        ("营销", ("营销",)),
        (" 营销 ; 动账；营销;", ("营销", "动账")),
        ('["营销", "a;b", 3]', ("营销", "a;b", "3")),
        ("[营销]", ("[营销]",)),
        ("[]", ()),
        (" ;；", ()),
        ("a\ud800", ("a\ufffd",)),
    ],
)
def test_cells(cell, labels):
    assert labels_of(cell) == labels


def lines(texts, labels, groups=()):
    return LabelledTexts("f.csv", list(texts), [(label,) for label in labels], list(groups))


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lines("甲乙丙丁", "aaaa"), 'f.csv: every text has the label "a"'),
        (LabelledTexts("f.csv", ["甲"], [()]), "f.csv: no text has a label"),
        (lines("甲乙丙丁", "abab", "1122"), "f.csv: 2 groups of texts where 4 are needed"),
        (lines(["今天的天气真的很不错啊"] * 9, "ababababa"), "f.csv: 1 groups of texts"),
        (
            lines(map(str, range(300)), map(str, range(300))),
            f"f.csv: 300 different labels: .*at most {MOST_LABELS}",
        ),
    ],
)
def test_what_cannot_be_learned_says_why(made, said):
    with pytest.raises(InputError, match=said):
        learn(made)


def test_a_label_of_one_group_is_told():
    read = messages(grouped=True)
    labels = [
        ("山海",) if g == "山海" else t for t, g in zip(read.labels, read.groups, strict=True)
    ]
    card = learn(LabelledTexts("x", read.texts, labels, read.groups)).card
    assert card["labels"]["山海"]["groups"] == 1
    assert card["labels"]["山海"]["recall"][0] == 0


def test_odds_that_say_nothing_make_nobody_sure():
    truth = np.arange(40) % 4 == 0
    assert calibration(-truth.astype(float), truth) == (0.0, pytest.approx(np.log(11 / 31)))
    slope, shift = calibration(np.where(truth, 9.0, -9.0), truth)
    assert 1 / (1 + np.exp(-9 * slope - shift)) == pytest.approx(11 / 12, abs=1e-3)
    assert 1 / (1 + np.exp(9 * slope - shift)) == pytest.approx(1 / 32, abs=1e-3)


def test_the_two_kinds_of_models_are_not_mixed_up(labeller, tmp_path):
    save(labeller, tmp_path / "labels.npz")
    with pytest.raises(InputError, match="model apply"):
        load_judge(tmp_path / "labels.npz")
    with pytest.raises(InputError, match="model train --labels"):
        load(SHIPPED)
    (tmp_path / "bad.npz").write_bytes(b"x")
    with pytest.raises(InputError, match="no model can be read"):
        load(tmp_path / "bad.npz")
