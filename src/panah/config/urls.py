"""All addresses: each house says which rooms bring them."""

from django.urls import include, path

from panah.config.composition import INSTALLED_HOUSES

MOUNTED = [
    ("", "panah.desk.urls"),
    ("", "panah.node.urls"),
    *(one for house in INSTALLED_HOUSES for one in house.mounted()),
]

urlpatterns = [path(prefix, include(addresses)) for prefix, addresses in MOUNTED]

handler400 = "panah.ground.kit.error_pages.bad"
handler403 = "panah.ground.kit.error_pages.forbidden"
handler404 = "panah.ground.kit.error_pages.not_found"
handler500 = "panah.ground.kit.error_pages.broken"
