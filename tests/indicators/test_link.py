from __future__ import annotations

import pytest

KIND = "link"


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("https://Evil.example.com/Path?q=A#b", "https://evil.example.com/Path?q=A#b"),
        ("hxxp://evil[.]com", "http://evil.com"),
        ("hXXps[:]//evil(.)com:8080/x", "https://evil.com:8080/x"),
        ("h**p://evil[dot]com", "http://evil.com"),
        ("http://192.0.2.1/a", "http://192.0.2.1/a"),
        ("evil.com", "evil.com"),
        ("EVIL．COM", "evil.com"),
        ("evil。com", "evil.com"),
        ("evil点com", "evil.com"),
        ("evil【.】com", "evil.com"),
        ("ev❤il.com", "evil.com"),
        ("www.evil.foo", "www.evil.foo"),
        ("evil.com.cn/a", "evil.com.cn/a"),
        ("例子.中国", "xn--fsqu00a.xn--fiqs8s"),
        ("例子.com", "xn--fsqu00a.com"),
        ("http://例子.中国/a", "http://xn--fsqu00a.xn--fiqs8s/a"),
        ("www.例子.公司", "www.xn--fsqu00a.xn--55qx5d"),
        ("xn--fsqu00a.com", "xn--fsqu00a.com"),
        ("раураl.com", "xn--l-7sba6dbr.com"),
    ],
)
def test_urls_and_domains(found, text, canonical):
    assert found(KIND, text) == [(text, canonical)]
    assert found(KIND, f"({text}),好") == [(text, canonical)]


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("请打开例子.中国", "例子.中国"),
        ("打开evil.com办理", "evil.com"),
        ("见http://evil.com/a。请", "http://evil.com/a"),
        ("(http://evil.com/a)", "http://evil.com/a"),
        ("http://evil.com/a(b)!", "http://evil.com/a(b)"),
        ("http://evil.com打开", "http://evil.com"),
        ("evil.com?", "evil.com"),
        ("evil.com.", "evil.com"),
        ("evil.com❤快", "evil.com"),
        ("登录例子.com", "例子.com"),
    ],
)
def test_where_it_ends(found, text, link):
    assert [value for value, _ in found(KIND, text)] == [link]


@pytest.mark.parametrize(
    "text",
    ["文件.txt", "v1.2.3", "第3.5章", "http://", "http://a", "a@evil.com", "我爱你。中国很大",
     "9点半", "你好。app下载", "evil.com.zzz", "1.2.3.4", ".中国", "www.", "3.cnn"],
)  # fmt: skip
def test_what_is_none(found, text):
    assert found(KIND, text) == []


def test_a_host_that_idna_refuses_stays(found):
    [(_, canonical)] = found(KIND, f"http://{'例' * 60}.com")
    assert canonical == f"http://{'例' * 60}.com"
