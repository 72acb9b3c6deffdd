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
urlpatterns.append(path("r/", include("panah.people.referrals.public_urls")))
urlpatterns.append(path("", include("panah.programmes.training.public_urls")))
urlpatterns.append(path("", include("panah.programmes.evidence.public_urls")))
# The public door: neutral addresses, since they stay in the history of a borrowed telephone.
urlpatterns.append(path("info/", include("panah.people.public.urls")))
urlpatterns.append(path("public-door/", include("panah.people.public.staff_urls")))
urlpatterns.append(path("j/", include("panah.programmes.volunteers.public_urls")))
urlpatterns.append(path("v/", include("panah.programmes.volunteers.own_page_urls")))

handler400 = "panah.ground.kit.error_pages.bad"
handler403 = "panah.ground.kit.error_pages.forbidden"
handler404 = "panah.ground.kit.error_pages.not_found"
handler500 = "panah.ground.kit.error_pages.broken"
