from django.urls import path

from panah.figures.views import importing

app_name = "figures"
urlpatterns = [
    path("import/", importing.listed, name="imports"),
    path("import/new/", importing.bring, name="import_bring"),
    path("import/<uuid:pk>/", importing.table, name="import_table"),
    path("import/<uuid:pk>/columns/", importing.columns, name="import_columns"),
    path("import/<uuid:pk>/refuse/", importing.refuse, name="import_refuse"),
    path("import/<uuid:pk>/again/", importing.again, name="import_again"),
    path("import/<uuid:pk>/report/", importing.report, name="import_report"),
]
