from django.apps import AppConfig


class PracticeConfig(AppConfig):
    name = "panah.practice"
    label = "practice"
