"""All addresses: each room brings its own."""

from importlib.util import find_spec

from django.apps import apps
from django.urls import include, path

from panah.config.health import health

MOUNTED = [
    ("", "desk"),
    ("vault/", "vault"),
    ("kit/", "kit"),
    ("network/", "network"),
    ("work/", "work"),
    ("paging/", "channels"),
    ("calls/", "hotline"),
    ("inbox/", "inbox"),
    ("exchange/", "exchange"),
    ("cases/", "screening"),
    ("cases/", "consent"),
    ("cases/", "referrals"),
    ("cases/", "cases"),
    ("find/", "finding"),
    ("shelter/", "shelter"),
    ("complaints/", "complaints"),
    ("safety/", "safety"),
    ("imports/", "imports"),
    ("me/", "accounts"),
]

urlpatterns = [path("healthz", health, name="health")] + [
    path(prefix, include(f"panah.{room}.urls"))
    for prefix, room in MOUNTED
    if apps.is_installed(f"panah.{room}")
    and find_spec(f"panah.{room}.urls")
    and find_spec(f"panah.{room}.views")
]
# A short neutral address: it is read out, and stays in the history of a stranger's browser.
urlpatterns.append(path("r/", include("panah.referrals.public_urls")))

handler400 = "panah.kit.error_pages.bad"
handler403 = "panah.kit.error_pages.forbidden"
handler404 = "panah.kit.error_pages.not_found"
handler500 = "panah.kit.error_pages.broken"
