"""All addresses: each room brings its own."""

from django.urls import include, path

MOUNTED = [
    ("", "desk"),
    ("", "node"),
    ("vault/", "sign_in"),
    ("kit/", "kit"),
    ("network/", "directory"),
    ("network/", "network"),
    ("paging/", "channels"),
    ("calls/", "family_links"),
    ("calls/", "hotline"),
    ("inbox/", "intake"),
    ("exchange/", "exchange"),
    ("cases/", "screening"),
    ("cases/", "consent"),
    ("cases/", "referrals"),
    ("cases/", "cases"),
    ("find/", "finding"),
    ("shelter/", "shelter"),
    ("complaints/", "complaints"),
    ("safety/", "safety"),
    ("volunteers/", "volunteers"),
    ("training/", "training"),
    ("prevention/", "prevention"),
    ("model/", "model"),
    ("materials/", "materials"),
    ("page-texts/", "page_texts"),
    ("commitments/", "diplomacy"),
    ("library/", "library"),
    ("figures/", "figures"),
    ("network-report/", "network_report"),
    ("together/", "cooperation"),
    ("imports/", "imports"),
    ("evidence/", "evidence"),
    ("month/", "month"),
    ("me/", "accounts"),
]

urlpatterns = [path(prefix, include(f"panah.{room}.urls")) for prefix, room in MOUNTED]
# A short neutral address: it is read out, and stays in the history of a stranger's browser.
urlpatterns.append(path("r/", include("panah.referrals.public_urls")))
urlpatterns.append(path("", include("panah.training.public_urls")))
urlpatterns.append(path("", include("panah.evidence.public_urls")))
# The public door: neutral addresses, since they stay in the history of a borrowed telephone.
urlpatterns.append(path("info/", include("panah.public.urls")))
urlpatterns.append(path("public-door/", include("panah.public.staff_urls")))
urlpatterns.append(path("j/", include("panah.volunteers.public_urls")))
urlpatterns.append(path("v/", include("panah.volunteers.own_page_urls")))

handler400 = "panah.kit.error_pages.bad"
handler403 = "panah.kit.error_pages.forbidden"
handler404 = "panah.kit.error_pages.not_found"
handler500 = "panah.kit.error_pages.broken"
