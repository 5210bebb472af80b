"""Words that `guide show` says of its own, in both languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lianfang.guides.model import Words

if TYPE_CHECKING:
    from lianfang.guides.model import Source

HEADS = {
    "definition": Words("定义", "Definition"),
    "border": Words("边界(不属于)", "Border (what it isn't)"),
    "chain": Words("链条", "Operating chain"),
    "features": Words("特征", "Features"),
    "shared": Words("引用的共有特征", "Shared features cited"),
    "slang": Words("黑话", "Slang"),
    "evidence": Words("证据", "Evidence"),
    "playbook": Words("应对措施", "Playbook"),
    "law": Words("法律依据", "Law"),
    "report_to": Words("报告与举报渠道", "Where to report"),
    "advice": Words("劝诫与提示", "Advice to consumers"),
    "sources": Words("来源", "Sources"),
    "number": Words("步", "no."),
    "role": Words("岗位", "role"),
    "do": Words("做什么", "what to do"),
    "due": Words("时限", "due"),
    "kept": Words("留存", "evidence"),
    "rests-on": Words("依据", "law"),
    "must-not": Words("不得", "must not"),
    "as-of": Words("文本截至", "text as of"),
}
STAGES = {
    "attract": Words("引流", "attract"),
    "win": Words("获客", "win"),
    "sign": Words("签约", "sign"),
    "carry-out": Words("实施", "carry out"),
    "harvest": Words("收割", "harvest"),
}
STRENGTHS = {
    "weak": Words("弱", "weak"),
    "medium": Words("中", "medium"),
    "strong": Words("强", "strong"),
}
ROLES = {
    "analyst": Words("分析岗", "analyst"),
    "complaint-handler": Words("投诉处理岗", "complaint handler"),
    "compliance-officer": Words("合规岗", "compliance officer"),
    "customer-service": Words("客服岗", "customer service"),
    "reviewer": Words("复核岗", "reviewer"),
    "security": Words("安全岗", "security"),
}
"""Posts that playbooks name; any other is shown as it is written."""

TOPIC_ONLY = Words("只说明主题", "topic only")
MARKS = {
    "law": "法",
    "sourced": "源",
    "inferred": "推",
    "design": "设",
    "unconfirmed": "未证实",
}
UNITS = {
    "Y": ("年", "year"),
    "M": ("个月", "month"),
    "W": ("周", "week"),
    "D": ("天", "day"),
    "h": ("小时", "hour"),
    "m": ("分钟", "minute"),
    "s": ("秒", "second"),
}


def mark(source: Source) -> str:
    """How sure a statement is, as the field guide writes it: `[源:S36]`, `[推]`."""
    ref = f":{source.ref}" if source.ref else ""
    return f"[{MARKS[source.sure]}{ref}]"


def duration(iso: str, lang: str) -> str:
    """An ISO 8601 duration in words; as it stands where it is none."""
    date, _, time = iso.removeprefix("P").partition("T")
    parts = re.findall(r"(\d+)([YMWDhms])", date + time.lower())
    if not parts:
        return iso
    if not any(int(number) for number, _ in parts):
        return "立即" if lang == "zh" else "at once"
    if lang == "zh":
        return "".join(f"{number}{UNITS[unit][0]}" for number, unit in parts)
    return " ".join(
        f"{number} {UNITS[unit][1]}{'' if number == '1' else 's'}" for number, unit in parts
    )
