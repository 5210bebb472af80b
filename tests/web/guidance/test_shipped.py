from __future__ import annotations

import pytest
import yaml

from lianfang.errors import NotFoundError
from lianfang.guides.library import Library
from lianfang.web.guidance.folder import folder, texts
from lianfang.web.guidance.shipped import feature, features, library, text_with

NAME = "credit-repair/paid-erasure"


def test_every_feature_is_found_as_it_is_written():
    for name, one in features().items():
        assert yaml.safe_load(one.fragment.text)["id"] == name.partition("/")[2]
        assert one.fragment.text.startswith("id: ")


def test_putting_each_feature_back_changes_no_file():
    for path in {one.fragment.path for one in features().values()}:
        mine = [one.fragment for one in features().values() if one.fragment.path == path]
        assert text_with(path, {one: one.text for one in mine}) == path.read_text("utf-8")


def test_a_feature_that_nobody_wrote():
    with pytest.raises(NotFoundError, match="no such feature"):
        feature("credit-repair/none")


def test_a_folder_holds_what_changes_and_all_the_rest():
    text = feature(NAME).fragment.text.replace("strength: strong", "strength: weak")
    with folder(texts({NAME: text, "shared/t05-handle": ""})) as root:
        made = Library(root)
        assert made.guide("credit-repair").features[5].strength == "weak"
        assert "t05-handle" not in made.shared
        assert len(list(made.features())) == len(features()) - 1
        assert made.laws == library().laws
    assert not root.exists()


def test_a_guide_may_lose_every_feature():
    mine = {name: "" for name in features() if name.startswith("credit-repair/")}
    with folder(texts(mine)) as root:
        assert Library(root).guide("credit-repair").features == ()
