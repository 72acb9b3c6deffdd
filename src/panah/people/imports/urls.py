from django.urls import path

from panah.people.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.bring, name="bring"),
    path("headings/", views.headings, name="headings"),
    path("check/", views.look, name="look"),
    path("go-on/", views.go_on, name="go_on"),
    path("stop/", views.stop, name="stop"),
    path("export/", views.export, name="export"),
    path("export/<uuid:pk>/", views.asked, name="asked"),
]
