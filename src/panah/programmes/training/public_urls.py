"""Addresses of this room that need no sign-in: short and neutral, since they are printed and read out."""

from django.urls import path

from panah.programmes.training.views.public import certificate, knowledge

urlpatterns = [
    path("k/<str:token>/", knowledge, name="knowledge"),
    path("c/<str:token>/", certificate, name="certificate"),
]
