"""Two workers at once on two files of one purpose that tell the same, each in its own order."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from lianfang.guides.library import Library
from lianfang.privacy.tokens import personal
from web.intake.deployed import deployed

PURPOSE = "governance"
TOKEN = re.compile(r"⟦[a-z-]+:\d+⟧")
ENDS = ("先办后付", "包成功", "私信我，不成功不收费")


def lines():
    """Offers that all say something else, without a value for which two would wait in turn."""
    features = Library().features()
    said = dict.fromkeys(hit for _, feature, _, _ in features for hit in feature.hit)
    bare = [one for one in said if not personal(one)][:400]
    return [f"{one}，办理征信修复，{end}" for end in ENDS for one in bare]


def shared(said):
    """With one of forty numbers each, so that both files bring the same new values."""
    return [f"{one}，加微信13{n % 40:09d}" for n, one in enumerate(said)]


def _file(said):
    return "\n".join(["平台;正文", *(f'甲;"{one}"' for one in said)]).encode()


@pytest.mark.slow
@pytest.mark.parametrize("said", [lines(), shared(lines())[::3]], ids=["alerts", "values"])
def test_neither_disturbs_the_other(said):
    with deployed() as made:
        files = [_file(some) for some in (said, said[::-1])]
        made.send(*((f"源{n}", "post", PURPOSE, "t.csv", one) for n, one in enumerate(files)))
        with ThreadPoolExecutor() as pool:
            list(pool.map(lambda _: made.work(), range(2)))
        deliveries = made.rows("SELECT state, problem, added FROM intake_delivery")
        values = made.rows("SELECT kind FROM vault_personalvalue")
        items = made.rows("SELECT text FROM intake_item ORDER BY source_id, text")
        alerts = made.rows("SELECT count FROM alerts_alert")
    half = len(said)
    assert deliveries == [{"state": "done", "problem": "", "added": half}] * 2
    assert items[:half] == items[half:]
    assert len(values) == len({token for row in items for token in TOKEN.findall(row["text"])})
    assert len(alerts) > half / 4
    assert sum(row["count"] for row in alerts) > half
