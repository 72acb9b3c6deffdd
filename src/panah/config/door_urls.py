"""The addresses of a machine that serves nothing but the public door: no page of colleagues is there to be found."""

from django.urls import include, path

from panah.public.views import health

urlpatterns = [path("info/", include("panah.public.urls")), path("healthz", health.health, name="health")]
