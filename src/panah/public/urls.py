"""The public door. Addresses are neutral words: they stay in a browser's history."""

from django.urls import path

from panah.public.views import receipt, start, tell

app_name = "public"
urlpatterns = [
    path("", start.first, name="first"),
    path("numbers", start.numbers, name="numbers"),
    path("places", start.near, name="places"),
    path("about", start.about, name="about"),
    path("write", tell.write, name="write"),
    path("answer", receipt.returned, name="answer"),
]
