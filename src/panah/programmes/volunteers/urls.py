from django.urls import path

from panah.programmes.volunteers.helping_urls import urlpatterns as helping
from panah.programmes.volunteers.steps import VOLUNTEER_STEPS
from panah.programmes.volunteers.views import doubles, figures, imports, joining, register

app_name = "volunteers"
urlpatterns = [
    *helping,
    path("", register.listed, name="list"),
    path("new/", register.add, name="add"),
    path("figures/", figures.figures, name="figures"),
    path("figures/table/", figures.table, name="table"),
    path("table/", imports.bring, name="import"),
    path("table/headings/", imports.choose, name="import_headings"),
    path("table/report/", imports.look, name="import_report"),
    path("table/let-in/", imports.begin, name="import_let_in"),
    path("table/stop/", imports.stop, name="import_stop"),
    path("table/to-mend/", imports.to_mend, name="import_to_mend"),
    path("doubles/", doubles.listed, name="doubles"),
    path("doubles/<uuid:pk>/", doubles.pair, name="double"),
    path("doubles/taken-back/<uuid:pk>/", doubles.take_back, name="double_taken_back"),
    path("joining/", joining.links, name="links"),
    path("joining/<uuid:branch>/", joining.link, name="link"),
    path("joining/<uuid:branch>/sheet/", joining.sheet, name="sheet"),
    path("incidents/<uuid:pk>/", register.incident, name="incident"),
    path("<uuid:pk>/", register.volunteer, name="volunteer"),
    path("<uuid:pk>/protected/", register.sealed_notes, name="sealed_notes"),
    path("<uuid:pk>/own-data/<slug:how>/", register.own_data, name="own_data"),
    *VOLUNTEER_STEPS.urls("<uuid:pk>/"),
]
