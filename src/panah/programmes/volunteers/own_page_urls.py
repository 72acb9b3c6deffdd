"""The address of a volunteer's own page, which needs no sign-in: short, since it is printed and typed."""

from django.urls import path

from panah.programmes.volunteers.views.own_page import own

urlpatterns = [path("<str:token>/", own, name="own")]
