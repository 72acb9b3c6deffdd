"""Pages of this room."""

from django.urls import path

from panah.people.materials.views import drafts, versions

app_name = "materials"
urlpatterns = [
    path("", drafts.listed, name="list"),
    path("new/", drafts.add, name="add"),
    path("drafts/<uuid:pk>/", drafts.draft, name="draft"),
    path("drafts/<uuid:pk>/change/", drafts.change, name="change"),
    path("drafts/<uuid:pk>/file/", drafts.file, name="draft_file"),
    path("drafts/<uuid:pk>/drop/", drafts.drop, name="drop"),
    path("drafts/<uuid:pk>/publish/", drafts.publish, name="publish"),
    path("<uuid:pk>/", versions.version, name="version"),
    path("<uuid:pk>/file/", versions.file, name="file"),
    path("<uuid:pk>/next/", versions.next_version, name="next"),
    path("<uuid:pk>/withdraw/", versions.withdraw, name="withdraw"),
]
