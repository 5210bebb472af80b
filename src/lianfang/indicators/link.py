"""URLs and bare domains, also defanged ones and such in Chinese.

Canonical: the scheme restored (hxxp is http), the host in small ASCII letters (IDNA 2003,
RFC 3490: what the standard library has), the rest as it stands. A Chinese domain without a
scheme has no edge that could be seen ("打开例子.中国"): verbs that lead to a site are taken off.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lianfang.anchored import matches
from lianfang.indicators.reading import Found

if TYPE_CHECKING:
    from collections.abc import Iterator

TOP = (
    r"com|cn|net|top|xyz|cc|vip|club|shop|site|online|info|org|icu|work|live|app|pro|ltd|tk|me|"
    r"link|life|fun|asia|biz|wang|ink|buzz|cyou|example|test"
)
"""Top-level domains that a bare domain is known by."""

_CHINESE_TOP = "中国|公司|网络|网址|商城|网店|在线|中文网|我爱你|集团|移动|信息|手机"
_LETTER = r"a-z0-9\u00df-\u058f"
_HAN = r"\u4e00-\u9fff"
_SURE_DOT = r"(?:\.|[\[({<【](?:\.|dot|点)[\])}>】])"
_DOT = rf"(?:{_SURE_DOT}|[。点](?=(?:com|cn|net|top|xyz|cc|vip)(?![a-z0-9])))"
_TOP_NAME = rf"(?:xn--[a-z0-9-]{{1,59}}|{_CHINESE_TOP}|[a-z]{{2,24}}(?![{_LETTER}-]))"
_IPV4 = rf"\d{{1,3}}(?:{_DOT}\d{{1,3}}){{3}}(?!\d)"
_PORT = r"(?P<port>:\d{1,5}(?!\d))?"
_PATH = rf"(?P<path>[/?#][^\s{_HAN},;<>\"。、“”‘’【】《》「」]{{0,2048}})?"
_SCHEME = r"(?<![a-z0-9])(?P<scheme>h(?:tt|xx|\*\*)ps?)[\[(]?:[\])]?//"
_LABEL = rf"(?:[{_LETTER}_-]{{1,63}}|[{_HAN}][{_HAN}{_LETTER}-]{{0,62}})"
_URL_FIRST = re.compile("h")
_URL = re.compile(
    rf"{_SCHEME}(?P<host>{_IPV4}|(?:{_LABEL}{_DOT}){{1,6}}{_TOP_NAME}){_PORT}{_PATH}", re.ASCII
)
_BARE = re.compile(
    rf"(?<![{_LETTER}@._-])(?P<host>(?:[{_LETTER}](?:[{_LETTER}-]{{0,61}}[{_LETTER}])?{_DOT}){{1,4}}"
    rf"(?:{TOP})|www{_DOT}(?:[{_LETTER}-]{{1,63}}{_DOT}){{1,3}}[a-z]{{2,24}})"
    rf"(?![{_LETTER}@-]|{_DOT}[{_LETTER}]){_PORT}{_PATH}",
    re.ASCII,
)
_CHINESE = re.compile(
    rf"(?P<host>{_SURE_DOT}(?:(?:{_CHINESE_TOP})(?![{_HAN}])|(?<=[{_HAN}]\.)(?:{TOP})))"
    rf"(?![{_LETTER}@-]|{_DOT}[{_LETTER}]){_PORT}{_PATH}",
    re.ASCII,
)
_LONGEST_LABEL = 63
_LABELS = re.compile(rf"[{_HAN}{_LETTER}][{_HAN}{_LETTER}.-]*\Z")
_LEADS = re.compile(
    ".*(?:打开|访问|登录|登陆|点击|点开|搜索|进入|浏览|网址|官网|网站|域名|请看|见|是|为|到|上)"
)
_DOTS = re.compile(_DOT)
_MARKS = ".!?:;'*~…"


def find(text: str) -> Iterator[Found]:
    small = text.lower()
    for match in matches(_URL_FIRST, _URL, small):
        scheme = "https://" if match["scheme"].endswith("s") else "http://"
        yield _found(text, match, scheme, match["host"], match.start())
    for match in _BARE.finditer(small):
        yield _found(text, match, "", match["host"], match.start())
    for match in _CHINESE.finditer(small):
        if labels := _labels_before(small, match.start()):
            host, start = labels + match["host"], match.start() - len(labels)
            yield _found(text, match, "", host, start)


def _labels_before(small: str, end: int) -> str:
    """The labels of a domain whose last dot stands at a place; "" where there are none."""
    match = _LABELS.search(small[max(end - _LONGEST_LABEL, 0) : end])
    labels = match.group() if match else ""
    lead = _LEADS.match(labels)
    return labels[lead.end() :].lstrip(".-") if lead else labels


def _found(text: str, match: re.Match[str], scheme: str, host: str, start: int) -> Found:
    end = match.end("port") if match["port"] else match.end("host")
    path = ""
    if match["path"]:
        path = _without_marks(text[slice(*match.span("path"))])
        end = match.start("path") + len(path)
    return Found(start, end, f"{scheme}{_ascii(host)}{match['port'] or ''}{path}")


def _without_marks(path: str) -> str:
    """Without the marks of the sentence that it stands in."""
    path = path.rstrip(_MARKS)
    for opening, closing in ("()", "[]"):
        if path.endswith(closing) and opening not in path:
            path = path[:-1].rstrip(_MARKS)
    return path


def _ascii(host: str) -> str:
    """A host as the domain name system knows it; as it stands where it can't be there."""
    host = _DOTS.sub(".", host)
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host
