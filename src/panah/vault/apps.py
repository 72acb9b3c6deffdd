from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "panah.vault"
    label = "vault"
