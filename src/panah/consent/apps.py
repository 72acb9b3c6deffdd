from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "panah.consent"
    label = "consent"
