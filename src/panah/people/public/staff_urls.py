"""The one page of the door that colleagues read."""

from django.urls import path

from panah.people.public.views import overview

app_name = "door"
urlpatterns = [path("", overview.overview, name="overview")]
