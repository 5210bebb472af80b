"""The settings as mypy's plugin reads them: those of a deployment that is made for it."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from lianfang.web.deployment import Deployment

_home = Path(tempfile.mkdtemp(prefix="lianfang-types-"))
atexit.register(shutil.rmtree, _home)
Deployment(_home, create=True)
os.environ["LIANFANG_HOME"] = str(_home)

from lianfang.web.settings import *  # noqa: E402, F403  once the home is there
