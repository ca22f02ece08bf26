"""For the test suite; the database is SQLite unless GONGKAI_DATABASE_URL names another.

Data goes to a folder that belongs to this run, never to GONGKAI_HOME: a test must not be able to
touch an installation. GONGKAI_TEST_HOME hands the folder of a test to the processes it starts.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from gongkai.site.settings import base, settings_of

globals().update(settings_of(base))

_CHILD = os.environ.get("GONGKAI_TEST_HOME", "")
# Under xdist the parent's number names the run, so that leftovers of killed runs can be told.
_RUN = os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()
_NAME = os.environ.get("GONGKAI_TEST_DB_NAME", f"test_gongkai_{os.uname().nodename}_{_RUN}".lower())
_FOLDER = Path(tempfile.gettempdir()) / _NAME / os.environ.get("PYTEST_XDIST_WORKER", "main")

SECRET_KEY = "only for tests " * 4
GONGKAI_HOME = Path(_CHILD) if _CHILD else _FOLDER
STATIC_ROOT = GONGKAI_HOME / "static"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

DATABASES = base.DATABASES
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, because WAL, a second process and a copy of the template need one.
    DATABASES["default"]["NAME"] = GONGKAI_HOME / "gongkai.sqlite3"
    DATABASES["default"]["TEST"] = {"NAME": str(GONGKAI_HOME / "test.sqlite3")}
else:
    DATABASES["default"]["TEST"] = {"NAME": _NAME.translate(str.maketrans("-.", "__"))}
