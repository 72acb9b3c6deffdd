from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "panah.ground.accounts"
    label = "accounts"

    def ready(self) -> None:
        import panah.ground.accounts.hooks  # noqa: F401  apps are ready only now
