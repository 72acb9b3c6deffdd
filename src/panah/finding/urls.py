from django.urls import path

from panah.finding import views

app_name = "finding"
urlpatterns = [path("", views.find, name="find"), path("<uuid:question>/", views.question, name="question")]
