from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest

from lianfang.errors import InputError
from lianfang.evidence import SealError
from lianfang.evidence.sealing import seal_value, unseal_value
from lianfang.web.deployment import Deployment
from lianfang.web.secret_file import SecretFile, new_key

PURPOSE = "governance"


@pytest.fixture
def file(tmp_path):
    made = SecretFile(tmp_path / "secrets.json")
    made.make()
    return made


def with_master(now, name):
    masters = now.masters | {name: new_key()}
    return msgspec.structs.replace(now, masters=masters, master=name)


def test_a_change_by_another_is_noticed(file):
    other = SecretFile(file.path)
    before = other.read()
    file.change(lambda now: with_master(now, "2"))
    assert other.read().master == "2"
    assert other.read().masters["1"] == before.masters["1"]


def test_changes_at_once_are_made_one_after_the_other(file):
    def add(number):
        SecretFile(file.path).change(lambda now: with_master(now, str(number)))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(2, 30)))
    assert set(file.read().masters) == {str(number) for number in range(1, 30)}
    assert file.path.stat().st_mode & 0o777 == 0o600


def test_the_list_tells_keys_apart_and_holds_none(tmp_path):
    deployment = Deployment(tmp_path, create=True)
    deployment.add_purpose_keys((PURPOSE,))
    deployment.change_secrets(lambda now: with_master(now, "2"))
    listed = deployment.secrets.listed()
    assert [key[:3] for key in listed] == [
        ("master", 1, False),
        ("master", 2, True),
        ("index governance", 1, True),
        ("rows governance", 1, True),
    ]
    assert len({key.fingerprint for key in listed}) == 4
    assert not any(key in str(listed) for key in deployment.secrets.masters.values())


def test_rows_of_an_older_deployment_are_known_by_the_key_that_they_were(tmp_path):
    deployment = Deployment(tmp_path, create=True)
    deployment.add_purpose_keys((PURPOSE,))
    first = deployment.index_keys(PURPOSE)[1]
    deployment.change_secrets(lambda now: msgspec.structs.replace(now, rows={}))
    with pytest.raises(InputError, match="run lianfang migrate"):
        deployment.row_key(PURPOSE)
    deployment.add_purpose_keys((PURPOSE,))
    assert deployment.row_key(PURPOSE) == first


def test_keys_that_were_taken_open_what_is_sealed_under_a_later_one(tmp_path):
    deployment, other = Deployment(tmp_path, create=True), Deployment(tmp_path)
    before = deployment.keys
    other.change_secrets(lambda now: with_master(now, "2"))
    sealed = seal_value(b"x", keys=other.keys, context=b"c")
    assert unseal_value(sealed, keys=before, context=b"c") == b"x"


def test_a_retired_key_stays_known_to_who_has_met_it_alone(tmp_path):
    deployment = Deployment(tmp_path, create=True)
    sealed = seal_value(b"x", keys=deployment.keys, context=b"c")
    deployment.change_secrets(lambda now: with_master(now, "2"))
    deployment.change_secrets(
        lambda now: msgspec.structs.replace(now, masters={"2": now.masters["2"]})
    )
    assert unseal_value(sealed, keys=deployment.keys, context=b"c") == b"x"
    with pytest.raises(SealError, match="unknown master key"):
        unseal_value(sealed, keys=Deployment(tmp_path).keys, context=b"c")
