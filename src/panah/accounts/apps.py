from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "panah.accounts"
    label = "accounts"
