from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "panah.vault"
    label = "vault"

    def ready(self) -> None:
        import panah.vault.hooks  # noqa: F401  apps are ready only now
