from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "panah.imports"
    label = "imports"
