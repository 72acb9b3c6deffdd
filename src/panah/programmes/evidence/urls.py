from django.urls import path

from panah.programmes.evidence.views import columns, facts, preparing, releases

app_name = "evidence"
urlpatterns = [
    path("", facts.own_facts, name="facts"),
    path("figures/", facts.enter, name="enter"),
    path("releases/withdrawn/", releases.withdrawn, name="withdrawn"),
    path("releases/", releases.listed, name="releases"),
    path("releases/begin/", releases.begin, name="begin"),
    path("releases/joint/", releases.begin_joint, name="begin_joint"),
    path("releases/<uuid:pk>/counts/", releases.counts, name="counts"),
    path("verify/", releases.verify, name="verify"),
    path("columns/", columns.listed, name="columns"),
    path("columns/brought/", columns.brought, name="columns_brought"),
    path("columns/<uuid:pk>/", columns.file, name="columns_file"),
    path("releases/<uuid:pk>/", releases.release, name="release"),
    path("releases/<uuid:pk>/rehearse/", preparing.rehearse, name="rehearse"),
    path("releases/<uuid:pk>/prepare/", preparing.prepare, name="prepare"),
    path("releases/<uuid:pk>/progress/", preparing.progress, name="progress"),
    path("releases/<uuid:pk>/change/", releases.change, name="change"),
    path("releases/<uuid:pk>/review/", releases.review, name="review"),
    path("releases/<uuid:pk>/file/", releases.file, name="file"),
    path("releases/<uuid:pk>/give-up/", releases.give_up, name="give_up"),
    path("releases/<uuid:pk>/withdraw/", releases.withdraw, name="withdraw"),
]
