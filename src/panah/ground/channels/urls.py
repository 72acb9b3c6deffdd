"""Paging: channels, and the browsers in which a colleague is called."""

from django.urls import path

from panah.ground.channels import views

app_name = "channels"
urlpatterns = [
    path("", views.channels, name="channels"),
    path("new/<slug:kind>/", views.add, name="add"),
    path("host/test", views.test_host, name="test-host"),
    path("browser/", views.browser, name="browser"),
    path("browser/forget", views.forget_browsers, name="forget-browsers"),
    path("<uuid:pk>/", views.edit, name="edit"),
    path("<uuid:pk>/test", views.test, name="test"),
    path("<uuid:pk>/remove", views.remove, name="remove"),
]
