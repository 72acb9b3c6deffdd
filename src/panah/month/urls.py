"""The numbers of a month, and what each colleague has in hand."""

from django.urls import path

from panah.month import views

app_name = "month"
urlpatterns = [
    path("", views.month, name="month"),
    path("print/", views.paper, name="paper"),
    path("table/", views.table, name="table"),
    path("caseload/", views.caseload, name="caseload"),
]
