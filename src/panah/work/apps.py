from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "panah.work"
    label = "work"
