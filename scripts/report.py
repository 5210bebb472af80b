"""Screen what comes with the guides, and everyday lines between, and write the report.

Run with `python scripts/report.py`; `--lang en` writes it in English. Everything lands in
`build/report/`. The id of a text tells where it comes from: `credit-repair/fee:hit-1` is the
first text that must make the feature `fee` fire, `everyday:7` the seventh everyday line.
"""

from __future__ import annotations

import random
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec
from rich.console import Console
from rich.progress import track
from rich.table import Table

from lianfang import Screener, Stance, Verdict
from lianfang.lines import line
from lianfang.report import write_report
from lianfang.report.words import stance_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lianfang.guides.library import Library

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "build" / "report"
EVERYDAY = ROOT / "examples" / "everyday.txt"
SEED = 20230803

COLUMNS = {
    "zh": ("语态", "需处置", "待核", "不可疑", "合计"),
    "en": ("stance", "needs action", "to be looked at", "not suspect", "all"),
}
WORDS = {
    "zh": {
        "title": "联防报告：指南例句与日常文本",
        "screening": "识别",
        "all": "合计",
        "summary": "{n} 条文本，{g} 份指南，用时 {s:.2f} 秒",
        "verdicts": "结果",
        "report": "报告",
    },
    "en": {
        "title": "Lianfang report: the guides' examples and everyday lines",
        "screening": "Screening",
        "all": "all",
        "summary": "{n} texts, {g} guides, {s:.2f} s",
        "verdicts": "verdicts",
        "report": "report",
    },
}


@click.command()
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
def main(lang: str) -> None:
    """Write build/report/report.html and build/report/verdicts.jsonl."""
    words, console = WORDS[lang], Console()
    screener = Screener()
    library = screener.program.library
    rows = mixed(library)
    started = time.perf_counter()
    screening = screener.screen_rows(rows)
    verdicts = list(track(screening, words["screening"], len(rows), console=console))
    seconds = time.perf_counter() - started
    files = write(screener, verdicts, [text for _, text in rows], lang)
    console.print(counts(verdicts, lang))
    console.print(words["summary"].format(n=len(rows), g=len(library.guides), s=seconds))
    for name, path in files.items():
        console.print(f"{words[name]}: {path}", soft_wrap=True, highlight=False)
    console.print(files["report"].as_uri(), soft_wrap=True)


def mixed(library: Library) -> list[tuple[str, str]]:
    """Ids and texts of all examples and everyday lines, in an order that never changes."""
    rows = [*examples(library), *everyday()]
    random.Random(SEED).shuffle(rows)  # noqa: S311  an order, no secret
    return rows


def examples(library: Library) -> Iterator[tuple[str, str]]:
    """The texts that stand in the features: those that must make one fire, and near-misses."""
    for guide, feature, _, _ in library.features():
        for kind, texts in (("hit", feature.hit), ("clean", feature.clean)):
            for number, text in enumerate(texts, 1):
                yield f"{guide or 'shared'}/{feature.id}:{kind}-{number}", text


def everyday() -> Iterator[tuple[str, str]]:
    """Lines that nobody need look at."""
    lines = EVERYDAY.read_text(encoding="utf-8").splitlines()
    yield from ((f"everyday:{number}", line) for number, line in enumerate(lines, 1) if line)


def write(
    screener: Screener, verdicts: Sequence[Verdict], texts: Sequence[str], lang: str
) -> dict[str, Path]:
    """Write both files; return their paths."""
    OUT.mkdir(parents=True, exist_ok=True)
    files = {"verdicts": OUT / "verdicts.jsonl", "report": OUT / "report.html"}
    told = zip(verdicts, texts, strict=True)
    lines = [line(verdict, text, reveal=False) for verdict, text in told]
    files["verdicts"].write_bytes(msgspec.json.Encoder().encode_lines(lines))
    write_report(
        files["report"],
        zip(verdicts, texts, strict=True),
        screener.program.library,
        title=WORDS[lang]["title"],
        made_at=datetime.now().astimezone(),
        lang=lang,
        thresholds=screener.thresholds,
    )
    return files


def counts(verdicts: Sequence[Verdict], lang: str) -> Table:
    """How many texts of each stance are suspect, open or not suspect."""
    table = Table(*COLUMNS[lang])
    for column in table.columns[1:]:
        column.justify = "right"
    for stance in Stance:
        of_stance = [verdict for verdict in verdicts if verdict.stance is stance]
        table.add_row(stance_name(stance, lang), *_numbers(of_stance))
    table.add_section()
    table.add_row(WORDS[lang]["all"], *_numbers(verdicts))
    return table


def _numbers(verdicts: Sequence[Verdict]) -> list[str]:
    found = [verdict.suspect for verdict in verdicts]
    return [str(found.count(suspect)) for suspect in (True, None, False)] + [str(len(found))]


if __name__ == "__main__":
    main()
