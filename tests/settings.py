"""The settings of the tests: the real ones, with a cheap passphrase derivation and a folder of their own."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_HOME = tempfile.mkdtemp(prefix="panah-test-")
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
os.environ["PANAH_HOME"] = _HOME
os.environ.pop("PANAH_STATIC", None)
os.environ.setdefault("PANAH_SHRED_URL", str(Path(_HOME) / "shred.sqlite3"))
# The test's own hand makes rows for both societies; requests and jobs stand behind the wall, see tests/postgres.
os.environ["PANAH_DATABASE_AS"] = "owner"

from panah.config.settings import *  # noqa: E402, F403  the tests' settings are these, changed

PANAH_ARGON2 = {"passes": 1, "memory_kib": 64}
PANAH_PRACTICE = True
PANAH_HOST_SENDS_MAIL = True
# Stand-ins for gateways listen on this machine.
PANAH_GATEWAYS = ["localhost", "127.0.0.1"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}

# Files, not memory: a memory that threads share locks whole tables, and a browser asks for several things at once.
for _name, _database in DATABASES.items():  # noqa: F405
    if _database["ENGINE"].endswith("sqlite"):
        # Nobody cuts the power of a test, and waiting for the disk is most of what it would do.
        _database["OPTIONS"]["init_command"] += ";PRAGMA synchronous=NORMAL"
        _database["TEST"] = {"NAME": str(Path(_HOME) / f"test-{_name}.sqlite3")}
    else:
        # A connection that outlives its request would keep the test database from going.
        _database["CONN_MAX_AGE"] = 0
        if _name == "default":
            _database["ENGINE"] = "tests.postgres"
