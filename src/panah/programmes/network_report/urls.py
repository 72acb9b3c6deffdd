from django.urls import path

from panah.programmes.network_report import views

app_name = "network_report"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("quarters/<slug:name>/", views.quarter, name="quarter"),
    path("quarters/<slug:name>/prepare/", views.prepare, name="prepare"),
    path("figures/<uuid:pk>/", views.contribution, name="contribution"),
    path("figures/<uuid:pk>/sign/", views.sign_off, name="sign_off"),
]
