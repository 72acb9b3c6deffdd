"""The one address of this room that needs no sign-in: short and neutral, since it is read out."""

from django.urls import path

from panah.people.referrals.views.one_time_page import once

urlpatterns = [path("<str:token>/", once, name="once")]
