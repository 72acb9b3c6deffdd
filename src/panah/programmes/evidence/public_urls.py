"""Addresses of this room that need no sign-in: short, since they are printed and read out."""

from django.urls import path

from panah.programmes.evidence.views.public import verify_public

urlpatterns = [path("f/", verify_public, name="verify_public")]
