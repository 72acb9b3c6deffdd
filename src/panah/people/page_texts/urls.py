"""Pages of this room."""

from django.urls import path

from panah.people.page_texts.views import lists, one

app_name = "page_texts"
urlpatterns = [
    path("", lists.start, name="start"),
    path("drafts/<uuid:pk>/", one.draft, name="draft"),
    path("drafts/<uuid:pk>/publish/", one.publish, name="publish"),
    path("drafts/<uuid:pk>/drop/", one.drop, name="drop"),
    path("published/<uuid:pk>/take-back/", one.take_back, name="take_back"),
    path("<slug:language>/", lists.texts, name="texts"),
    path("<slug:language>/<slug:mark>/", one.text, name="text"),
]
