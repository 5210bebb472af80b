"""A guide whose every text tries to be more than text: for a browser, for Typst, for a terminal."""

from __future__ import annotations

MARKUP = (
    "<script>alert(1)</script> <img src=x onerror=alert(1)> </style> &amp; {{ 7*7 }} {% raw %} "
    '#panic("x") #{1+1} $x^2$ *b* _i_ `r` @ref <label> \\u{41} [bold]b[/] // c '
    "/* d */ = e 'q' \"s\""
)
NAME = MARKUP.replace("#", "")
"""For names of sources: with a # they would name an article."""

ARTICLE = f"1{MARKUP}"
CITE = f"some-law#{ARTICLE}"
WORDS = {"zh": MARKUP, "en": MARKUP}
SOURCE = {"sure": "sourced", "ref": NAME}
STATEMENT = {**WORDS, "source": {"sure": "law", "ref": CITE}}

GUIDE = {
    "version": MARKUP,
    "name": WORDS,
    "definition": WORDS,
    "border": [WORDS],
    "chain": [{"stage": "attract", "what": WORDS}],
    "slang": [{"term": MARKUP, "means": WORDS, "source": SOURCE}],
    "evidence": [STATEMENT],
    "law": [CITE, f"gone#{ARTICLE}"],
    "report_to": [{"to": WORDS, "how": WORDS, "source": SOURCE}],
    "advice": [STATEMENT],
    "sources": [NAME, f"{NAME} gone"],
}
LAW = {
    "title": WORDS,
    "issuer": WORDS,
    "text_as_of": MARKUP,
    "note": WORDS,
    "source": NAME,
    "articles": [{"article": ARTICLE, "says": WORDS, "note": WORDS, "in_force": "superseded"}],
}
URLS = [
    "javascript:alert(1)",
    f"https://a.example/{MARKUP}",
    "data:text/html,<b>",
    "https://a.example/ok",
]
SOURCES = {"sources": [{"id": NAME, "what": WORDS, "sure": "sourced", "url": URLS}]}


def hostile_library(make_library, root):
    """Write the library; one feature and one step, every text of them hostile."""
    feature = make_library.feature(
        label=WORDS, why=WORDS, source=SOURCE, hit=[MARKUP], clean=[MARKUP], stance="warn"
    )
    step = make_library.step(
        role=MARKUP, do=WORDS, must_not=WORDS, due=MARKUP, evidence=[MARKUP], law=[CITE]
    )
    return make_library(
        root,
        guide=GUIDE | {"features": [feature], "playbook": [step], "shared": ["promise"]},
        shared={"features": [feature | {"id": "promise"}]},
        law=LAW,
        sources=SOURCES,
    )
