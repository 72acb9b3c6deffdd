"""The one address of a node that says nothing about people: whether it is alive."""

from django.urls import path

from panah.node import views

urlpatterns = [path("healthz", views.health, name="health")]
