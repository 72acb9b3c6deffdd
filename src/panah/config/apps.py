from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "panah.config"
    label = "config"
