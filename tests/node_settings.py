"""The real settings for a node that a test starts in a process of its own; only the passphrase derivation is cheap."""

import os

from panah.config.settings import *  # noqa: F403

PANAH_ARGON2 = {"passes": 1, "memory_kib": 64}
# Names of steps at which a test lets the process die; see panah.vault.steps.
PANAH_MAY_DIE = True
ALLOWED_HOSTS = ["testserver", "localhost"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
assert os.environ["PANAH_HOME"]
