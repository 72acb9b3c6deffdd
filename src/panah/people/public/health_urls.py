"""Whether the door is alive, on a machine that serves nothing else."""

from django.urls import path

from panah.people.public.views.health import health

urlpatterns = [path("healthz", health, name="health")]
