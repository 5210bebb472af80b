from __future__ import annotations

import msgspec
import numpy as np
import pytest

from lianfang.errors import InputError
from lianfang.screening.weights import SHIPPED, load, save
from lianfang.text.arrays import load_arrays, save_arrays
from lianfang.text.runs import ARRAYS


def test_what_is_saved_is_loaded(tmp_path):
    weights = load()
    save(weights, tmp_path / "again.npz")
    again = load(tmp_path / "again.npz")
    assert (again.columns, again.rules, again.trained) == (
        weights.columns,
        weights.rules,
        weights.trained,
    )
    for name in ARRAYS:
        assert (getattr(again.runs, name) == getattr(weights.runs, name)).all()
    assert (again.features == weights.features).all()
    assert again.suspect_from == weights.suspect_from


def test_the_same_weights_are_the_same_bytes(tmp_path):
    save(load(), tmp_path / "again.npz")
    assert (tmp_path / "again.npz").read_bytes() == SHIPPED.read_bytes()


def test_no_file_says_what_to_do(tmp_path):
    with pytest.raises(InputError, match="model train"):
        load(tmp_path / "none.npz")


def test_a_file_that_is_none_says_so(tmp_path):
    (tmp_path / "bad.npz").write_bytes(b"no model")
    with pytest.raises(InputError, match=r"bad\.npz"):
        load(tmp_path / "bad.npz")


def test_a_file_cut_short_says_so(tmp_path):
    (tmp_path / "cut.npz").write_bytes(SHIPPED.read_bytes()[:5000])
    with pytest.raises(InputError, match=r"cut\.npz"):
        load(tmp_path / "cut.npz")


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("table", lambda a: a[:, :-1]),
        ("table", lambda a: a.astype(np.int16)),
        ("marks", lambda a: a[1:]),
        ("buckets", lambda a: a + np.uint32(1 << 20)),
        ("scale", lambda a: a[1:]),
    ],
)
def test_arrays_of_another_shape_are_another_version(tmp_path, name, change):
    told, arrays = load_arrays(SHIPPED)
    save_arrays(tmp_path / "odd.npz", told, arrays | {name: change(arrays[name])})
    with pytest.raises(InputError, match="another version"):
        load(tmp_path / "odd.npz")


def test_a_place_that_takes_no_file_says_so(tmp_path):
    with pytest.raises(InputError, match="can't be written"):
        save(load(), tmp_path / "none" / "model.npz")


def test_the_name_is_kept_as_it_is_given(tmp_path):
    save(load(), tmp_path / "weights.bin")
    assert [path.name for path in tmp_path.iterdir()] == ["weights.bin"]


def test_a_pickle_is_refused(tmp_path):
    np.savez(tmp_path / "bad.npz", told=np.array([{"columns": []}], dtype=object))
    with pytest.raises(InputError, match=r"bad\.npz"):
        load(tmp_path / "bad.npz")


def test_the_card_is_plain_data():
    assert msgspec.json.decode(msgspec.json.encode(load().trained)) == load().trained
