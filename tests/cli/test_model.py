from __future__ import annotations

from click.testing import CliRunner

from lianfang.cli import main


def run(*arguments):
    return CliRunner().invoke(main, ["model", *arguments])


def test_the_card_of_the_shipped_model():
    done = run("card")
    assert done.exit_code == 0
    assert "# Model card" in done.output
    for name in ("offer", "complain", "credit-repair", "counterfeit-site-app"):
        assert f"| {name} |" in done.output


def test_a_file_that_is_no_model(tmp_path):
    (tmp_path / "bad.npz").write_bytes(b"x")
    done = run("card", str(tmp_path / "bad.npz"))
    assert done.exit_code != 0
    assert "bad.npz" in done.output


def test_nothing_to_learn_from(make_library, tmp_path):
    make_library(tmp_path)
    done = run("train", "--guides", str(tmp_path))
    assert done.exit_code != 0
    assert "nothing to learn from" in done.output
