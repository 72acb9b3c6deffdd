"""The public door. Addresses are neutral words: they stay in a browser's history."""

from django.urls import path

from panah.public.views import papers, start

app_name = "public"
urlpatterns = [
    path("", start.first, name="first"),
    path("numbers", start.numbers, name="numbers"),
    path("places", start.near, name="places"),
    path("papers", papers.papers, name="papers"),
    path("papers/<uuid:pk>", papers.paper, name="paper"),
    path("about", start.about, name="about"),
]
