from __future__ import annotations

import pytest

from lianfang.files.decoding import Mixed

FOUR_BYTES = "𠮷㐂"


@pytest.mark.parametrize("text", ["转账", FOUR_BYTES, "€ 和 ·", "a"])
@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_either_encoding(text, codec):
    assert Mixed(in_gb18030=False)(text.encode(codec)) == text


def test_four_byte_characters_are_four_bytes():
    assert len("𠮷".encode("gb18030")) == 4


def test_encodings_may_change_from_line_to_line():
    decode = Mixed(in_gb18030=False)
    texts = ["代理退保", "征信修复", "你好", "反催收", "你好"]
    codecs = ["utf-8", "gb18030", "utf-8", "gb18030", "utf-8"]
    assert [decode(t.encode(c)) for t, c in zip(texts, codecs, strict=True)] == texts


def test_bytes_of_neither():
    assert Mixed(in_gb18030=False)(b"\xff\xff") is None


def test_a_doubtful_line_goes_with_the_last_clear_one():
    thanks = "谢谢".encode("gb18030")
    decode = Mixed(in_gb18030=False)
    assert decode(thanks) == "лл"
    decode("我要退保".encode("gb18030"))
    assert decode(thanks) == "谢谢"
    assert decode(b"ok") == "ok"
    assert decode(thanks) == "谢谢"
    decode("我要退保".encode())
    assert decode("лл".encode()) == "лл"


def test_the_first_clear_line_speaks_for_those_before_it():
    thanks = "谢谢".encode("gb18030")
    in_gb18030 = thanks + b"\n" + "我要退保".encode("gb18030") + b"\n"
    assert Mixed(in_gb18030=False, sample=in_gb18030)(thanks) == "谢谢"
    in_utf8 = "лл\n我要退保\n".encode() + in_gb18030
    assert Mixed(in_gb18030=False, sample=in_utf8)(thanks) == "лл"


def test_a_line_cut_short_in_the_sample_says_nothing():
    sample = "b\n我".encode()[:-1]
    assert not Mixed(in_gb18030=False, sample=sample).in_gb18030
