from django.urls import path

from panah.ground.kit import views

app_name = "kit"
urlpatterns = [
    path("gallery", views.gallery, name="gallery"),
    path("keys", views.keys, name="keys"),
    path("language", views.language, name="language"),
]
