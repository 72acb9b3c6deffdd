from django.urls import path

from panah.volunteers.helping_urls import urlpatterns as helping
from panah.volunteers.views import figures, joining, register, steps

app_name = "volunteers"
urlpatterns = [
    *helping,
    path("", register.listed, name="list"),
    path("new/", register.add, name="add"),
    path("figures/", figures.figures, name="figures"),
    path("figures/table/", figures.table, name="table"),
    path("joining/", joining.links, name="links"),
    path("joining/<uuid:branch>/", joining.link, name="link"),
    path("joining/<uuid:branch>/sheet/", joining.sheet, name="sheet"),
    path("incidents/<uuid:pk>/", register.incident, name="incident"),
    path("<uuid:pk>/", register.volunteer, name="volunteer"),
    path("<uuid:pk>/protected/", register.sealed_notes, name="sealed_notes"),
    path("<uuid:pk>/own-data/<slug:how>/", register.own_data, name="own_data"),
    path("<uuid:pk>/<slug:name>/", steps.step, name="step"),
]
