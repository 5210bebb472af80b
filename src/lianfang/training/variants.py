"""Offending lines with a caution added, as the trade does it: they offend all the same."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

from lianfang.model import Stance
from lianfang.training.lines import Labelled

if TYPE_CHECKING:
    from collections.abc import Iterator

CAUTIONS = (
    "谨防诈骗,请认准本人",
    "请勿相信其他同行",
    "理性消费,按时还款",
    "本人不收取任何前期费用",
    "温馨提示:注意保护个人信息",
    "非法勿扰",
    "请勿用于违法用途",
    "小心骗子,我们公司正规",
    "警惕假冒,唯一联系方式",
    "投资有风险,入市需谨慎",
    "国家反诈中心提醒您注意防骗",
    "不要向陌生人转账",
    "如遇收费请举报",
    "打击黑产,人人有责",
    "防骗提醒:凡是先收钱的都是骗子",
    "内容仅供参考,不构成建议",
    "合法合规,拒绝造假",
    "珍惜信用,远离逾期",
    "切勿轻信陌生来电",
    "央行提示:任何机构不得收费修复征信",
    "银保监提醒:退保需谨慎",
    "任何以放款前收费的都是诈骗,我们不收",
    "本店不做违法的事",
    "骗子太多,大家擦亮眼睛",
    "警方提示:谨防电信诈骗",
    "我们从不冒充银行",
    "请通过正规渠道办理",
    "借款需谨慎,请根据能力借贷",
    "已备案,欢迎监督举报",
    "虚假宣传必究",
    "勿信小广告",
    "请理性维权",
)
"""Written for training; the bench tries others."""

LISTED, WARNED = 0.08, 0.18
"""Shares of the offending lines that get a caution of the list beside them; that get one of the
sentences in which their own author warns."""
SEED = 20251125
_SENTENCE = re.compile(r"[^。!?;\n]+[。!?;]?")
FEWEST, MOST = 6, 45
"""Characters of a sentence that is taken."""


def with_cautions(lines: Labelled) -> Labelled:
    """The lines, and behind them some of those that offend with cautions set beside them."""
    more = list(_made(lines))
    return Labelled(
        [*lines.texts, *(text for text, _ in more)],
        [*lines.stances, *(lines.stances[row] for _, row in more)],
        [*lines.activities, *(lines.activities[row] for _, row in more)],
        [*lines.authors, *(lines.authors[row] for _, row in more)],
    )


def _made(lines: Labelled) -> Iterator[tuple[str, int]]:
    rng = random.Random(SEED)  # noqa: S311  a sample, no secret
    warnings = _warnings(lines)
    for row, stance in enumerate(lines.stances):
        if stance.offends:
            for share, cautions in ((LISTED, CAUTIONS), (WARNED, warnings[lines.authors[row]])):
                if len(cautions) > 1 and rng.random() < share:
                    caution = "。".join(rng.sample(cautions, rng.choice((1, 1, 2))))
                    yield _beside(lines.texts[row], caution, stance, rng), row


def _beside(text: str, caution: str, stance: Stance, rng: random.Random) -> str:
    join = rng.choice(("。", ",", "\n", " ", "!"))
    front = rng.random() < 0.5 and stance is not Stance.ACT  # noqa: PLR2004
    return f"{caution}{join}{text}" if front else f"{text}{join}{caution}"


def _warnings(lines: Labelled) -> dict[str, list[str]]:
    """The sentences in which each author warns; held out with the author's other lines."""
    found: dict[str, list[str]] = {author: [] for author in lines.authors}
    for text, stance, author in zip(lines.texts, lines.stances, lines.authors, strict=True):
        if stance is Stance.WARN:
            sentences = (sentence.strip() for sentence in _SENTENCE.findall(text))
            found[author] += [s for s in sentences if FEWEST <= len(s) <= MOST]
    return found
