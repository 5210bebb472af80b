"""What several rooms' tests build on."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import settings

from lianfang.guides.library import Library

if TYPE_CHECKING:
    from pathlib import Path

# a loop is compiled or loaded at its first example, which says nothing of the others
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")

GUIDE_ID = "loan-scam"


def words(text: str) -> dict[str, str]:
    return {"zh": text, "en": text}


INFERRED = {"sure": "inferred"}

FEATURES: list[dict[str, Any]] = [
    {
        "id": "names-loan",
        "label": words("提到贷款"),
        "why": words("提到黑户贷款一类说法"),
        "source": {"sure": "sourced", "ref": "S01"},
        "when": "@loan",
        "strength": "medium",
        "hit": ["黑户贷款"],
        "clean": ["今天下雨"],
    },
    {
        "id": "offers-loan",
        "label": words("招揽贷款"),
        "why": words("贷款与联系方式同现"),
        "source": {"sure": "law", "ref": "some-law#1"},
        "when": {"all": ["@loan", "@reach"]},
        "unit": "text",
        "unless": ["negated"],
        "strength": "strong",
        "stance": "offer",
        "hit": ["黑户贷款加微信"],
        "clean": ["不办黑户贷款,不加微信"],
    },
]
SHARED: dict[str, Any] = {
    "features": [
        {
            "id": "promise",
            "label": words("承诺"),
            "why": words("承诺结果"),
            "source": INFERRED,
            "when": "@promise",
            "strength": "weak",
            "stance": "offer",
            "hit": ["百分百下款"],
            "clean": ["不能保证"],
        }
    ],
    "contexts": [
        {
            "id": "negated",
            "label": words("被否定"),
            "why": words("紧接否定词"),
            "cue": "@negation",
            "stands": "before",
            "scope": "clause",
            "within": 3,
        }
    ],
}
SETS: list[dict[str, Any]] = [
    {
        "id": "loan",
        "label": words("贷款"),
        "terms": ["黑户贷款", "秒下款"],
        "variants": {"黑户dai款": "黑户贷款"},
        "except": ["黑户贷款讲座"],
    },
    {"id": "reach", "label": words("联系"), "terms": ["加微信", "私信我"]},
    {"id": "promise", "label": words("承诺"), "terms": ["百分百", "包过"]},
    {"id": "negation", "label": words("否定"), "terms": ["不", "别"]},
]
STAGES = ("attract", "win", "sign", "carry-out", "harvest")
STEP: dict[str, Any] = {
    "id": "keep",
    "role": "合规岗",
    "do": words("固定证据"),
    "due": "P1D",
    "evidence": ["截图"],
    "law": ["some-law#1"],
    "must_not": words("不得影响投诉处理"),
}
STATEMENT: dict[str, Any] = {**words("保留聊天记录"), "source": INFERRED}
GUIDE: dict[str, Any] = {
    "id": GUIDE_ID,
    "version": "1.0.0",
    "date": "2026-11-23",
    "name": words("贷款骗局"),
    "definition": words("假称能贷款而收费"),
    "border": [words("持牌机构的广告")],
    "chain": [{"stage": stage, "what": words(f"第{stage}步")} for stage in STAGES],
    "shared": ["promise"],
    "features": FEATURES,
    "slang": [{"term": "撸口子", "means": words("到处借"), "source": INFERRED}],
    "evidence": [STATEMENT],
    "playbook": [STEP],
    "law": ["some-law#1"],
    "report_to": [{"to": words("公安"), "how": words("拨打110"), "source": INFERRED}],
    "advice": [STATEMENT],
    "sources": ["S01"],
}
LAW: dict[str, Any] = {
    "id": "some-law",
    "title": words("某法"),
    "issuer": words("某机关"),
    "text_as_of": "2025-04-19",
    "in_force": "yes",
    "basis": "statute",
    "source": None,
    "articles": [{"article": "1", "says": words("不得诈骗")}],
}
SOURCES: dict[str, Any] = {"sources": [{"id": "S01", "what": words("通告"), "sure": "sourced"}]}
HITS = [
    {"text": f"第{n}单:黑户贷款,百分百下款,加微信", "stance": "offer", "activities": [GUIDE_ID]}
    for n in range(60)
]
CLEAN = [{"text": f"第{n}天,天气不错", "stance": "other", "activities": []} for n in range(120)]


class LibraryBuilder:
    """Writes a small right library of one guide (`loan-scam`), with what a test wants changed.

        def test_it(make_library, tmp_path):
            library = make_library(
                tmp_path,
                guide={"version": "two", "law": ...},    # change a key; ... takes it out
                lexicon=[{"id": "loan", ...}],           # replace a set of that id, or add it
                shared={"contexts": []},                 # change a key of shared/shared.yaml
            )

    Also `law` (changes keys of the one statute, some-law), `sources` (keys of sources.yaml),
    `hits` and `clean` (lists of labelled texts, instead of 60 and 120 made-up ones), `taught`
    (more files of such lists by path: `{"corpus/a1.jsonl": [...]}`). Text instead of a dict or
    list is written as it stands: so files can be broken.

    `feature(...)`, `step(...)` and `entry(...)` give the first feature, the playbook's step
    and the set @loan with some keys changed. Unchanged, no check finds anything wrong, the
    feature's examples do what they should, and hits are suspect while clean texts aren't.
    """

    guide_id = GUIDE_ID

    def __call__(
        self,
        root: Path,
        *,
        guide: dict[str, Any] | str | None = None,
        lexicon: list[dict[str, Any]] | str | None = None,
        shared: dict[str, Any] | str | None = None,
        law: dict[str, Any] | str | None = None,
        sources: dict[str, Any] | str | None = None,
        hits: list[Any] | str | None = None,
        clean: list[Any] | str | None = None,
        taught: dict[str, list[Any] | str] | None = None,
    ) -> Library:
        sets = lexicon if isinstance(lexicon, str) else {"sets": _merged(lexicon or [])}
        _write(root / GUIDE_ID / "guide.yaml", _changed(GUIDE, guide))
        _write(root / "lexicon" / "lexicon.yaml", sets)
        _write(root / "shared" / "shared.yaml", _changed(SHARED, shared))
        _write(root / "shared" / "sources.yaml", _changed(SOURCES, sources))
        _write(root / "law" / "some-law.yaml", _changed(LAW, law))
        _write(root / GUIDE_ID / "hits.jsonl", _lines(HITS if hits is None else hits))
        _write(root / GUIDE_ID / "clean.jsonl", _lines(CLEAN if clean is None else clean))
        for name, lines in (taught or {}).items():
            _write(root / name, _lines(lines))
        return Library(root)

    @staticmethod
    def feature(**changes: Any) -> dict[str, Any]:
        return _changed(FEATURES[0], changes)

    @staticmethod
    def step(**changes: Any) -> dict[str, Any]:
        return _changed(STEP, changes)

    @staticmethod
    def entry(**changes: Any) -> dict[str, Any]:
        return _changed(SETS[0], changes)


def _changed(value: dict[str, Any], changes: dict[str, Any] | str | None) -> Any:
    if isinstance(changes, str):
        return changes
    merged = deepcopy(value) | (changes or {})
    return {key: part for key, part in merged.items() if part is not ...}


def _merged(sets: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The usual sets, those of the same id replaced; a second of one id stays beside it."""
    named = {entry.get("id") for entry in sets}
    return [*(entry for entry in SETS if entry["id"] not in named), *sets]


def _lines(lines: list[Any] | str) -> str:
    if isinstance(lines, str):
        return lines
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def _write(path: Path, value: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not isinstance(value, str):
        value = yaml.dump(value, Dumper=_Plain, allow_unicode=True, sort_keys=False)
    path.write_text(value, encoding="utf-8")


class _Plain(yaml.SafeDumper):
    """Repeats a value instead of referring to it, so that every part has its own line."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


@pytest.fixture
def make_library() -> LibraryBuilder:
    """Write a small library; see `LibraryBuilder`."""
    return LibraryBuilder()
