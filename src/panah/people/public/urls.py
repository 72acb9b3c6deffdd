"""The public door. Addresses are neutral words: they stay in a browser's history."""

from django.urls import path

from panah.people.public.views import offer, papers, receipt, start, talk, tell

app_name = "public"
urlpatterns = [
    path("", start.first, name="first"),
    path("numbers", start.numbers, name="numbers"),
    path("check", offer.check, name="check"),
    path("check/card", offer.card, name="check-card"),
    path("check/picture.png", offer.picture, name="check-picture"),
    path("check/text", offer.aloud, name="check-text"),
    path("places", start.near, name="places"),
    path("papers", papers.papers, name="papers"),
    path("papers/<uuid:pk>", papers.paper, name="paper"),
    path("talk", talk.talk, name="talk"),
    path("about", start.about, name="about"),
    path("write", tell.write, name="write"),
    path("answer", receipt.returned, name="answer"),
]
