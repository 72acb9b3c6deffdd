from django.urls import path

from panah.ground.network.views import rulesheets, societies

app_name = "network"
urlpatterns = [
    path("societies/", societies.societies, name="societies"),
    path("societies/<slug:slug>/", societies.society, name="society"),
    path("societies/<slug:slug>/change/", societies.edit_society, name="edit_society"),
    path("societies/<slug:slug>/branches/new/", societies.add_branch, name="add_branch"),
    path("societies/<slug:slug>/branches/<slug:branch>/", societies.branch, name="branch"),
    path(
        "societies/<slug:slug>/branches/<slug:branch>/confirm/",
        societies.confirm_branch,
        name="confirm_branch",
    ),
    path("societies/<slug:slug>/rules/", rulesheets.sheet, name="rules"),
    path("societies/<slug:slug>/rules/print/", rulesheets.paper, name="rules_paper"),
    path("societies/<slug:slug>/rules/<slug:key>/", rulesheets.rule, name="rule"),
]
