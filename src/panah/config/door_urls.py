"""The addresses of a machine that serves nothing but the public door: no page of colleagues is there to be found."""

from django.urls import include, path

urlpatterns = [
    path("info/", include("panah.people.public.urls")),
    path("", include("panah.people.public.health_urls")),
]
