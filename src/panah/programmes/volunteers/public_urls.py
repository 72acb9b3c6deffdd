"""The one address of this room that needs no sign-in: short, since it is printed and typed."""

from django.urls import path

from panah.programmes.volunteers.views.joining import join

urlpatterns = [path("<str:token>/", join, name="join")]
