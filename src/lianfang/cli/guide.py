"""`lianfang guide`: list, show, check, try and begin guides."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from lianfang.cli.tell import explain

# ruff: noqa: PLC0415  each command loads what it needs, so that `--help` and others start fast

FOLDER = click.Path(path_type=Path, file_okay=False)
guides_option = click.option(
    "--guides", type=FOLDER, help="Folder of the guides; the shipped ones by default."
)
lang_option = click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language."
)


@click.group()
def guide() -> None:
    """Guides: list, show, check, test, and begin new ones."""


@guide.command("list")
@guides_option
@lang_option
@explain()
def list_(guides: Path | None, lang: str) -> None:
    """List the guides of a folder."""
    from lianfang.cli.guide_list import print_list
    from lianfang.guides.library import Library

    print_list(Library(guides), lang)


@guide.command()
@click.argument("name", metavar="ID")
@guides_option
@lang_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Text for people, JSON for programs.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a page to keep instead: FILE.html, or FILE.pdf.",
)
@explain()
def show(name: str, guides: Path | None, lang: str, form: str, output: Path | None) -> None:
    """Show everything that the guide ID says, or write it as a page."""
    if output:
        if form == "json":
            raise click.BadParameter("a page is no JSON: leave out one of the two", param_hint="-o")
        _write(name, guides, lang, output)
        return
    from lianfang.cli.guide_json import guide_json
    from lianfang.cli.guide_show import print_guide
    from lianfang.guides.library import Library

    library = Library(guides)
    if form == "json":
        _print_json(guide_json(library, library.guide(name)))
    else:
        print_guide(library, library.guide(name), lang)


def _write(name: str, guides: Path | None, lang: str, output: Path) -> None:
    from lianfang.guides.library import Library
    from lianfang.handbook import write_guide

    library = Library(guides)
    write_guide(output, library, library.guide(name), lang)
    click.echo(str(output.resolve()))


@guide.command()
@click.argument("folder", type=FOLDER)
@guides_option
@explain()
def book(folder: Path, guides: Path | None) -> None:
    """Write the handbook of all guides into FOLDER.

    Pages under zh/ and en/, handbook.zh.pdf and handbook.en.pdf. Takes half a minute.
    """
    from lianfang.guides.library import Library
    from lianfang.handbook import write_handbook

    for path in write_handbook(folder, Library(guides)):
        click.echo(str(path.resolve()))


@guide.command()
@click.argument("path", type=click.Path(path_type=Path), required=False)
@guides_option
@explain()
def check(path: Path | None, guides: Path | None) -> None:
    """Check all guides, or only what lies under PATH; exit code 1 where an error is found.

    PATH may be a folder of guides, one guide's folder, or a file in it. Without it, weights that
    were learned from other guides or lines than these are told too.
    """
    from lianfang.cli.guide_check import print_findings, root_of, under
    from lianfang.cli.weights_check import weights_findings
    from lianfang.guides.checks import check as run
    from lianfang.guides.library import Library

    library = Library(guides or (root_of(path) if path else None))
    found = [*run(library), *weights_findings(library)]
    sys.exit(print_findings(under(found, path)))


@guide.command()
@click.argument("names", nargs=-1, metavar="[ID]...")
@guides_option
@explain()
def test(names: tuple[str, ...], guides: Path | None) -> None:
    """Try all guides, or those of each ID: their examples, and their labelled texts.

    Exit code 1 where an example doesn't do what it is there for.
    """
    from lianfang.cli.guide_trial import print_trial
    from lianfang.guides.library import Library
    from lianfang.screening.trial import trial

    sys.exit(print_trial(trial(Library(guides), names)))


@guide.command()
@click.argument("name", metavar="NAME")
@guides_option
@explain()
def schema(name: str, guides: Path | None) -> None:
    """Print the JSON Schema of a file: guide, shared, lexicon, law or sources."""
    from lianfang.guides.schema import FILES
    from lianfang.guides.schema import schema as make

    del guides  # every command of the group takes it
    if name not in FILES:
        raise click.BadParameter(f"one of {', '.join(FILES)}", param_hint="NAME")
    _print_json(make(name))


@guide.command()
@click.argument("name", metavar="ID")
@click.option("--into", type=FOLDER, help="Folder of the guides to put it in.  [default: guides]")
@guides_option
@explain()
def new(name: str, into: Path | None, guides: Path | None) -> None:
    """Begin the guide ID: a folder with a commented guide.yaml and two corpora."""
    from lianfang.cli.scaffold import is_guide_id, write_scaffold

    if not is_guide_id(name):
        do = "use small letters, digits and single hyphens, like loan-scam"
        raise click.BadParameter(f"{name!r} can't be a guide's id: {do}", param_hint="ID")
    folder = write_scaffold(into or guides or Path("guides"), name)
    click.echo(f"{folder} written; `lianfang guide check {folder}` tells what is still to do")


def _print_json(value: Any) -> None:  # noqa: ANN401
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
