from __future__ import annotations

import pytest
from psycopg.conninfo import conninfo_to_dict

from lianfang.errors import InputError
from lianfang.web.deployment import Deployment
from lianfang.web.places import PASSWORD_FILE, URL, administrator, place_of


@pytest.fixture
def deployment(tmp_path, monkeypatch):
    monkeypatch.delenv(URL, raising=False)
    monkeypatch.delenv(PASSWORD_FILE, raising=False)
    return Deployment(tmp_path, create=True)


def who(deployment):
    told = conninfo_to_dict(administrator(deployment, "db:5433/x"))
    assert (told["host"], told["port"], told["dbname"]) == ("db", "5433", "postgres")
    return told["user"], told["password"]


def test_the_administrator_is_whom_url_or_file_or_secrets_tell(deployment, monkeypatch, tmp_path):
    assert who(deployment) == ("postgres", deployment.secrets.superuser)
    (tmp_path / "password").write_text("of a file\n")
    monkeypatch.setenv(PASSWORD_FILE, str(tmp_path / "password"))
    monkeypatch.setenv(URL, "postgresql://db:5433/x")
    assert who(deployment) == ("postgres", "of a file")
    monkeypatch.setenv(URL, "postgresql://boss:p%40ss%2Fword@db:5433/x")
    assert who(deployment) == ("boss", "p@ss/word")


def test_a_file_that_is_not_there_is_told(deployment, monkeypatch):
    monkeypatch.setenv(PASSWORD_FILE, "/no/such/file")
    with pytest.raises(InputError, match="/no/such/file: No such file"):
        administrator(deployment, "db:5433/x")


def test_a_url_names_host_and_database():
    assert place_of("postgresql://db/x") == "db:5432/x"
    for url in ("postgresql:///x", "postgresql://db:5432", "db"):
        with pytest.raises(InputError, match="no host or no name"):
            place_of(url)
