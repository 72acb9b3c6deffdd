"""The real settings for a node that a test starts in a process of its own; only the passphrase derivation is cheap."""

import os
import sys

from panah.config.settings import *  # noqa: F403

PANAH_ARGON2 = {"passes": 1, "memory_kib": 64}
# Names of steps at which a test lets the process die; see panah.ground.vault.crash_points.
PANAH_MAY_DIE = True
ALLOWED_HOSTS = ["testserver", *ALLOWED_HOSTS]  # noqa: F405
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
for _database in DATABASES.values():  # noqa: F405
    if _database["ENGINE"].endswith("sqlite3"):
        # Tests kill processes and never cut the power: a process that is gone leaves what it wrote to the system.
        _database["OPTIONS"]["init_command"] += ";PRAGMA synchronous=NORMAL"
# In an act the test's own hand works, for both societies; a command of ./panah has its own roles, and a door's machine
# has nobody else's.
_engine = DATABASES["default"]["ENGINE"]  # noqa: F405
_ours = _engine == "panah.ground.foundation.postgres" and PANAH_DATABASE_ROLE  # noqa: F405
if "tests.node_acts" in sys.orig_argv and _ours:
    DATABASES["default"]["ENGINE"] = "tests.postgres"  # noqa: F405
assert os.environ["PANAH_HOME"]
