from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "panah.ground.vault"
    label = "vault"

    def ready(self) -> None:
        import panah.ground.vault.hooks  # noqa: F401  apps are ready only now
