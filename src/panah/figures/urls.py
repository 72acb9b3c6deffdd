from django.urls import path

app_name = "figures"
urlpatterns: list[object] = []
