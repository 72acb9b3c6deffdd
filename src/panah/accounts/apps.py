from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "panah.accounts"
    label = "accounts"

    def ready(self) -> None:
        import panah.accounts.hooks  # noqa: F401  apps are ready only now
