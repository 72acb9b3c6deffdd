"""Composition: what Panah is made of and where it keeps things. All of it can be set by environment.

PANAH_HOME            folder of databases and keys (default: ./data beside the project)
PANAH_DATABASE_URL    postgres://user:password@host:port/name, or the path of an SQLite file
PANAH_DATABASE_OWNER_URL, PANAH_DATABASE_BACKUP_URL
                      the same database for other roles: who owns the tables (init, restore), who may read all
PANAH_SHRED_URL       the same for the shred store, PANAH_SHRED_COPY_URL for its second copy
PANAH_HOST_FILE       pepper, node key, TOTP key: outside database and backups
PANAH_HOUSES          what this node is for: people, programmes, or both with a comma (default: both)
PANAH_HOSTS           names this node answers to, separated by commas
PANAH_DOOR_HOST       names on which the public door alone answers (an onion address too), separated by commas
PANAH_DOOR_ONLY_HOST  1 when the door answers on those names alone, and not on that of colleagues
PANAH_DOOR_ONLY       1 on a machine that serves nothing but the door: docs/operations/public-door.md
PANAH_ONION_ADDRESS, PANAH_ONION_COUNTRIES
                      the door's onion address, and the countries (KG,KZ) in which it may be said that there is one
PANAH_HTTPS           1 when people reach it by https (cookies are then marked secure)
PANAH_MAIL_HOST, PANAH_MAIL_PORT, PANAH_MAIL_TLS, PANAH_MAIL_USER, PANAH_MAIL_PASSWORD, PANAH_MAIL_FROM
                      the mail server of the host; TLS is starttls (usual), tls, or none (this machine itself)
PANAH_GATEWAYS        gateways and mail servers of societies on this machine or inside its network, by name, with commas
PANAH_PUSH_HOSTS      push services beside those of the usual browsers, separated by commas
PANAH_ADDRESS         how people reach it, for links in e-mails (default: the first of these names)
PANAH_AWAY            where "leave this page" of the public door leads (https://…)
PANAH_TWO_PEOPLE_WAIT_HOURS
                      how long what two people decide about keys waits and can be stopped: 24 or more
PANAH_RELEASE_EPSILON, PANAH_RELEASE_FLOOR
                      what is promised of a population and year over all rows made of it (4); people at least (1000)
"""

import json
import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from panah.config.composition import COMPOSITION, INSTALLED_HOUSES
from panah.ground.foundation.outgoing import LOOPBACK
from panah.ground.kit.languages import INTERFACE
from panah.ground.kit.middleware import STAFF_CSP

BASE = Path(__file__).parents[3]
HOME = Path(os.environ.get("PANAH_HOME", BASE / "data"))

PANAH_HOST_FILE = os.environ.get("PANAH_HOST_FILE", str(HOME / "host.json"))
PANAH_STORE_KEYS = {
    "shred": os.environ.get("PANAH_STORE_KEY", str(HOME / "store.key")),
    "shred_copy": os.environ.get("PANAH_STORE_COPY_KEY", str(HOME / "copy" / "store.key")),
}
PANAH_PRACTICE = os.environ.get("PANAH_PRACTICE", "") == "1"
# Where "leave this page" leads: a page that everybody opens.
PANAH_AWAY = os.environ.get("PANAH_AWAY", "https://www.wikipedia.org/")
# Whose code app stands for the practice cast's.
PANAH_PRACTICE_NAME = os.environ.get("PANAH_PRACTICE_NAME", "amina")
# Folders with sets of questions that a society wrote itself: docs/screening.md.
PANAH_SCREENING_PROFILES = [
    folder for folder in os.environ.get("PANAH_SCREENING_PROFILES", "").split(os.pathsep) if folder
]
PANAH_ARGON2 = {"passes": 3, "memory_kib": 128 * 1024}
PANAH_VAULT_IDLE_MINUTES = 20
# Making a focal point, a new key for one: so long those who were told can stop it. On a practice node nobody waits.
PANAH_TWO_PEOPLE_WAIT_HOURS = int(
    os.environ.get("PANAH_TWO_PEOPLE_WAIT_HOURS", "0" if PANAH_PRACTICE else "24")
)
if PANAH_TWO_PEOPLE_WAIT_HOURS < 24 and not PANAH_PRACTICE:
    raise ImproperlyConfigured(
        "PANAH_TWO_PEOPLE_WAIT_HOURS is 24 or more: a day in which somebody can say stop."
    )
# What a society promises of one population and year, over all rows that are ever made of it; and of how many people
# rows are made at least.
PANAH_RELEASE_EPSILON = os.environ.get("PANAH_RELEASE_EPSILON", "4")
PANAH_RELEASE_FLOOR = int(os.environ.get("PANAH_RELEASE_FLOOR", "1000"))
if not 0.1 <= float(PANAH_RELEASE_EPSILON) <= 10 or PANAH_RELEASE_FLOOR < 1000:
    raise ImproperlyConfigured("PANAH_RELEASE_EPSILON is 0.1 to 10, PANAH_RELEASE_FLOOR is 1000 or more.")
PANAH_VAULT_COOKIE = os.environ.get("PANAH_COOKIE", "panah") + "_vault"
PANAH_DEVICE_COOKIE = os.environ.get("PANAH_COOKIE", "panah") + "_device"


def _secret_key() -> str:
    try:
        return str(json.loads(Path(PANAH_HOST_FILE).read_text())["django_secret"])
    except (OSError, ValueError, KeyError):
        # Before `init` there is nothing to protect yet; commands such as `words` need some key.
        return secrets.token_hex(32)


SECRET_KEY = _secret_key()
DEBUG = False
HTTPS = os.environ.get("PANAH_HTTPS", "") == "1"


def _names(variable: str) -> list[str]:
    """Return what a variable lists, separated by commas."""
    return [one.strip() for one in os.environ.get(variable, "").split(",") if one.strip()]


# The door for strangers: names of its own, and whether it answers there alone; a machine that serves nothing else.
PANAH_DOOR_HOSTS = [name.lower() for name in _names("PANAH_DOOR_HOST")]
PANAH_DOOR_ONLY = os.environ.get("PANAH_DOOR_ONLY", "") == "1"
PANAH_DOOR_ONLY_HOST = os.environ.get("PANAH_DOOR_ONLY_HOST", "") == "1" and bool(PANAH_DOOR_HOSTS)
PANAH_ONION_ADDRESS = os.environ.get("PANAH_ONION_ADDRESS", "")
PANAH_ONION_COUNTRIES = _names("PANAH_ONION_COUNTRIES")
ALLOWED_HOSTS = [*(_names("PANAH_HOSTS") or ["localhost"]), *PANAH_DOOR_HOSTS]
PANAH_ADDRESS = os.environ.get("PANAH_ADDRESS") or f"http{'s' * HTTPS}://{ALLOWED_HOSTS[0].lstrip('.')}"
PANAH_ADDRESS = PANAH_ADDRESS.rstrip("/")
ROOT_URLCONF = "panah.config.door_urls" if PANAH_DOOR_ONLY else "panah.config.urls"
WSGI_APPLICATION = "panah.config.wsgi.application"
USE_TZ = True
TIME_ZONE = "UTC"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The houses of this node: each says what a node does for it in its jobs.py.
PANAH_HOUSES = [house.name for house in INSTALLED_HOUSES]
if (PANAH_DOOR_ONLY or PANAH_DOOR_HOSTS) and "people" not in PANAH_HOUSES:
    raise ImproperlyConfigured("The public door belongs to the house people, which PANAH_HOUSES leaves out.")
INSTALLED_APPS = [
    *(app for house in INSTALLED_HOUSES for app in house.apps()),
    *(f"panah.{room}" for house in INSTALLED_HOUSES for _prefix, room in house.shown_by),
    *(f"panah.{room}" for room in COMPOSITION),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
MIDDLEWARE = [
    "panah.ground.foundation.middleware.NoTenantMiddleware",
    *(f"panah.{house.name}.{one}" for house in INSTALLED_HOUSES for one in house.middleware),
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "panah.ground.kit.middleware.StaffGZip",
    "panah.ground.kit.middleware.NoStore",
    "panah.ground.kit.middleware.MaxBodySize",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "panah.ground.sign_in.middleware.KeepsEndedCookie",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "panah.ground.sign_in.middleware.VaultMiddleware",
    "panah.node.gateway.bridge.SignedIn",
    "panah.ground.sign_in.middleware.GuestsDoors",
    "django.contrib.messages.middleware.MessageMiddleware",
    "panah.ground.kit.middleware.LocaleAndZone",
    "panah.ground.kit.middleware.RefusalPage",
    "panah.ground.network.middleware.ClosedCapabilities",
    "panah.ground.sign_in.form_replay.FormReplayMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "panah.ground.kit.jinja.Templates",
        "NAME": "panah",
        "APP_DIRS": True,
        "DIRS": [],
        "OPTIONS": {"context_processors": ["panah.ground.kit.pages.common"]},
    }
]

MESSAGE_STORAGE = "panah.ground.kit.pages.MessageCookie"
FORM_RENDERER = "panah.ground.kit.forms.Renderer"
AUTH_USER_MODEL = "accounts.Staff"
AUTHENTICATION_BACKENDS = ["panah.ground.accounts.backend.StaffBackend"]
LOGIN_URL = "sign_in:sign-in"
LOGIN_REDIRECT_URL = "/"
SESSION_ENGINE = "panah.ground.accounts.sessions"
SESSION_COOKIE_NAME = os.environ.get("PANAH_COOKIE", "panah") + "_session"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = os.environ.get("PANAH_COOKIE", "panah") + "_csrf"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# Not "no-referrer": browsers then send "Origin: null" and CSRF checks refuse every form.
# Our own addresses come into no log by it either; links that leave carry rel="noreferrer".
SECURE_REFERRER_POLICY = "strict-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "panah.ground.kit.error_pages.csrf"
SECURE_CSP = STAFF_CSP

MFA_ADAPTER = "panah.ground.sign_in.second_factor.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Panah"
MFA_TOTP_TOLERANCE = 1

LANGUAGE_CODE = "en"
LANGUAGES = INTERFACE
LANGUAGE_COOKIE_NAME = os.environ.get("PANAH_COOKIE", "panah") + "_language"
USE_I18N = True

STATIC_URL = "/static/"
# `serve` collects the files under lasting names and hands the folder on; without it they are found where they lie.
STATIC_ROOT = os.environ.get("PANAH_STATIC") or None
STORAGES = {
    "staticfiles": {
        "BACKEND": "panah.ground.kit.static_build.HashedStorage"
        if STATIC_ROOT
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
}
WHITENOISE_USE_FINDERS = STATIC_ROOT is None
WHITENOISE_AUTOREFRESH = False
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# A page of twenty texts, each as long as may be, in letters that take twelve bytes on the way.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# Uploads stay in memory: nothing about a person touches the disk in plain.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
# 25 MB of content and a little for the form around it; what announces more is refused unread (kit.middleware).
FILE_UPLOAD_MAX_MEMORY_SIZE = 26 * 1024 * 1024

DEFAULT_FROM_EMAIL = os.environ.get("PANAH_MAIL_FROM", "panah@localhost")
_MAIL_HOST = os.environ.get("PANAH_MAIL_HOST", "")
_MAIL_TLS = os.environ.get("PANAH_MAIL_TLS", "none" if _MAIL_HOST in LOOPBACK else "starttls")
if _MAIL_TLS not in ("starttls", "tls", "none"):
    raise ImproperlyConfigured("PANAH_MAIL_TLS is starttls, tls or none.")
if _MAIL_HOST and _MAIL_TLS == "none" and _MAIL_HOST not in LOOPBACK:
    raise ImproperlyConfigured("PANAH_MAIL_TLS=none is for a mail server on this machine itself.")
# A society without e-mail of its own is served by that of the host. On a practice node every mail is thrown away.
PANAH_HOST_SENDS_MAIL = bool(_MAIL_HOST) or PANAH_PRACTICE
# Whom a focal point may name though they are on this machine or inside its network: names of hosts.
PANAH_GATEWAYS = _names("PANAH_GATEWAYS")
# Push services beside those of the usual browsers: names of hosts.
PANAH_PUSH_HOSTS = _names("PANAH_PUSH_HOSTS")
MAILERS = {
    "default": (
        # Whoever presses danger now does not wait for a mail server that is silent.
        {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {
                "host": _MAIL_HOST,
                "port": int(
                    os.environ.get("PANAH_MAIL_PORT", {"tls": 465, "starttls": 587}.get(_MAIL_TLS, 25))
                ),
                "use_tls": _MAIL_TLS == "starttls",
                "use_ssl": _MAIL_TLS == "tls",
                "username": os.environ.get("PANAH_MAIL_USER", ""),
                "password": os.environ.get("PANAH_MAIL_PASSWORD", ""),
                "timeout": 5,
            },
        }
        if _MAIL_HOST
        else {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    )
}


def _database(address: str, *, of_people: bool) -> dict[str, Any]:
    """Return Django's settings of one database: PostgreSQL by address, SQLite by path."""
    if address.startswith(("postgres://", "postgresql://")):
        parts = urlsplit(address)
        return {
            # Only what people work with has walls: the shred store is ciphertext under keys of its own.
            "ENGINE": "panah.ground.foundation.postgres" if of_people else "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            # A cursor of the server does not say whose work it does, and would find nothing.
            "DISABLE_SERVER_SIDE_CURSORS": of_people,
        }
    pragmas = [
        "PRAGMA journal_mode=WAL",
        # What was said to be saved is on the disk: branch offices have no power for hours, and a half of a key that
        # was lost with the last seconds would lose its file.
        "PRAGMA synchronous=FULL",
        "PRAGMA secure_delete=ON",
        "PRAGMA foreign_keys=ON",
        "PRAGMA busy_timeout=20000",
    ]
    if of_people:
        pragmas.append("PRAGMA mmap_size=268435456")
    return {
        "ENGINE": "panah.ground.foundation.sqlite",
        "NAME": address,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": ";".join(pragmas), "timeout": 20},
    }


def _role(address: str) -> str:
    return unquote(urlsplit(address).username or "") if address.startswith("postgres") else ""


_SERVING = os.environ.get("PANAH_DATABASE_URL", str(HOME / "panah.sqlite3"))
_OWNER = os.environ.get("PANAH_DATABASE_OWNER_URL", _SERVING)
# Which of the addresses this process uses: `python -m panah` says it for the commands that need another role.
_ADDRESS = {"owner": _OWNER, "backup": os.environ.get("PANAH_DATABASE_BACKUP_URL", _OWNER)}.get(
    os.environ.get("PANAH_DATABASE_AS", ""), _SERVING
)
# The role that serves pages, which `init` lets into the tables; "" when it owns them itself.
PANAH_DATABASE_ROLE = "" if _role(_SERVING) == _role(_OWNER) else _role(_SERVING)

DATABASES = {
    "default": _database(_ADDRESS, of_people=True),
    "shred": _database(os.environ.get("PANAH_SHRED_URL", str(HOME / "shred.sqlite3")), of_people=False),
    "shred_copy": _database(
        os.environ.get("PANAH_SHRED_COPY_URL", str(HOME / "copy" / "shred.sqlite3")), of_people=False
    ),
}
DATABASE_ROUTERS = ["panah.ground.vault.models.ShredRouter"]

# No log line carries what people typed or who they are: only levels, codes and addresses without queries.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"codes": {"class": "panah.node.logs.RedactingHandler"}},
    "root": {"handlers": ["codes"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["codes"], "level": "WARNING", "propagate": False},
        "django.request": {"handlers": ["codes"], "level": "ERROR", "propagate": False},
        "django.security": {"handlers": ["codes"], "level": "ERROR", "propagate": False},
    },
}
