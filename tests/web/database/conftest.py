from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest

from lianfang.web.database.embedded import Embedded
from web.database.running import PASSWORD


@pytest.fixture(scope="module")
def template():
    """Make the data once: initdb takes far longer than a start."""
    folder = Path(tempfile.mkdtemp(prefix="lianfang-cluster-"))
    folder.chmod(0o711)
    with Embedded(folder, password=PASSWORD):
        pass
    yield folder / "postgres"
    shutil.rmtree(folder)


@pytest.fixture
def made(home, template):
    """Give a home that has data already."""
    shutil.copytree(template, home / "postgres")
    return home
