"""Generate `src/lianfang/text/fold.tsv` and `classes.tsv` from Unicode data and OpenCC.

Run with `python scripts/make_tables.py`; `--check` fails where the files differ from what
would be written. A fold maps one code point to the string that is read in its place; every
output character is its own fold, so that folding twice changes nothing.
"""

from __future__ import annotations

import sys
import unicodedata
from functools import cache
from itertools import groupby
from pathlib import Path

from opencc import OpenCC

ROOM = Path(__file__).resolve().parents[1] / "src" / "lianfang" / "text"
LAST = 0x110000
SURROGATES = range(0xD800, 0xE000)
HANGUL = range(0xAC00, 0xD7A4)
NEWLINES = "\n\r\x85\u2028\u2029"
# Letters and digits that Unicode calls symbols, so NFKC leaves them as they are.
DECORATED = {
    **{0x1F150 + i: chr(97 + i) for i in range(26)},
    **{0x1F170 + i: chr(97 + i) for i in range(26)},
    **{0x1F1E6 + i: chr(97 + i) for i in range(26)},
    **{0x2776 + i: str(i + 1) for i in range(10)},
    **{0x2780 + i: str(i + 1) for i in range(10)},
    **{0x278A + i: str(i + 1) for i in range(10)},
    **{0x24F5 + i: str(i + 1) for i in range(10)},
    **{0x24EB + i: str(i + 11) for i in range(10)},
    0x24FF: "0",
    0x2795: "+",
    0x2757: "!",
    0x2755: "!",
    0x2753: "?",
    0x2754: "?",
    0x203C: "!",
    0x2044: "/",
    0x2026: "…",  # as common as any letter: three points for it would cost every batch
}
OPEN_QUOTES, CLOSE_QUOTES, BOTH_QUOTES = "“‘「『«", "”’」』»", '"'
SENTENCE_ENDS = "。!?;｡"
CLAUSE_ENDS = ",、:—–―()[]{}<>【】《》〈〉〔〕〖〗"
WEAK = " *#_/\\-.·•‧∙|~^`&='′…"

to_simplified = OpenCC("t2s")


@cache
def fold(char: str) -> str:
    """The string read in place of one character: fixed under folding itself."""
    seen = char
    for _ in range(6):
        folded = "".join(_step(c) for c in seen)
        if folded == seen:
            return folded
        seen = folded
    raise ValueError(f"U+{ord(char):04X} has no stable fold")


def _step(char: str) -> str:
    code = ord(char)
    if char in NEWLINES:
        return "\n"
    if code in SURROGATES:
        return "\ufffd"
    if code in DECORATED:
        return DECORATED[code]
    if char in "\t\x0b\x0c":
        return " "
    if unicodedata.category(char) == "Nd":
        return str(unicodedata.digit(char))
    wide = _without_marks(unicodedata.normalize("NFKC", char)).casefold()
    return to_simplified.convert(wide) if _is_han(wide) else wide


def _without_marks(text: str) -> str:
    if len(text) == 1 and unicodedata.category(text)[0] != "L":
        return text
    if any(ord(c) in HANGUL for c in text):
        return text
    parts = unicodedata.normalize("NFD", text)
    return "".join(c for c in parts if unicodedata.category(c) not in ("Mn", "Me")) or text


def _is_han(text: str) -> bool:
    return len(text) == 1 and unicodedata.name(text, "").startswith("CJK UNIFIED")


def char_class(char: str) -> str:
    """The class of a folded character, a name of `lianfang.text.tables.Class`."""
    for name, members in (
        ("newline", "\n"),
        ("quote-open", OPEN_QUOTES),
        ("quote-close", CLOSE_QUOTES),
        ("quote-both", BOTH_QUOTES),
        ("sentence", SENTENCE_ENDS),
        ("clause", CLAUSE_ENDS),
        ("weak", WEAK),
    ):
        if char in members:
            return name
    return _class_by_category(char, unicodedata.category(char))


def _class_by_category(char: str, category: str) -> str:
    if category in ("Mn", "Me", "Cf", "Cc"):
        return "drop"
    if category in ("So", "Sk", "Co", "Cn", "Cs") or (category == "Sm" and not char.isascii()):
        return "decor"
    if category in ("Lo", "Lm", "Mc"):
        return "han"
    return "alnum" if category[0] in "LN" else "other"


def fold_table() -> str:
    rows = ((code, fold(chr(code))) for code in range(LAST))
    changed = (
        f"{code:X}\t{' '.join(f'{ord(c):X}' for c in new)}"
        for code, new in rows
        if new != chr(code)
    )
    return "".join(f"{row}\n" for row in changed)


def class_table() -> str:
    classes = ((code, char_class(chr(code))) for code in range(LAST))
    rows = []
    for name, run in groupby(classes, key=lambda pair: pair[1]):
        codes = [code for code, _ in run]
        if name != "other":
            rows.append(f"{codes[0]:X}\t{codes[-1]:X}\t{name}\n")
    return "".join(rows)


def main() -> int:
    stale = 0
    for name, made in (("fold.tsv", fold_table()), ("classes.tsv", class_table())):
        path = ROOM / name
        if "--check" not in sys.argv:
            path.write_text(made, encoding="utf-8")
        elif path.read_text(encoding="utf-8") != made:
            stale = 1
            print(f"{path.name}: differs from its source: run scripts/make_tables.py")
    return stale


if __name__ == "__main__":
    sys.exit(main())
