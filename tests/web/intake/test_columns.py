"""Which columns are known by their names."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("kind", "names", "fields"),
    [
        ("post", ["平台", "账号", "链接", "发布时间", "正文"],
         ["platform", "account", "url", "published", "text"]),
        ("message", ["时间", "号码", "内容"], ["published", "phone", "text"]),
        ("call", ["agent", "call_id", "text", "time"], ["", "", "text", "published"]),
        ("letter", ["链接", " Text ", "编号"], ["", "text", ""]),
        ("post", ["说了什么"], ["text"]),
    ],
)  # fmt: skip
def test_all_are_known(place, kind, names, fields):
    from lianfang.web.intake.columns import recognised

    assert recognised(kind, names) == (fields, True)


@pytest.mark.parametrize(
    ("names", "fields"),
    [
        (["平台", "说了什么"], ["platform", ""]),
        (["正文", "备注"], ["text", ""]),
        (["text", "正文"], ["text", ""]),
        (["13812345678", "我叫欧阳文静"], ["", ""]),
    ],
)
def test_somebody_must_say(place, names, fields):
    from lianfang.web.intake.columns import recognised

    assert recognised("post", names) == (fields, False)


def test_two_of_one_meaning_are_the_first(place):
    from lianfang.web.intake.columns import recognised

    assert recognised("post", ["电话", "手机号", "正文"])[0] == ["phone", "", "text"]


def test_what_is_wanted_is_named_as_the_file_does(place):
    from lianfang.web.intake.columns import wanted

    asked = wanted("call", ["甲", "乙", "丙"], ["published", "text", "name"])
    assert {one.kind: one.names for one in asked if one.names} == {
        "published": ("甲",), "name": ("丙",)
    }  # fmt: skip
