from django.apps import AppConfig


class SignInConfig(AppConfig):
    name = "panah.ground.sign_in"
    label = "sign_in"

    def ready(self) -> None:
        import panah.ground.sign_in.hooks  # noqa: F401  apps are ready only now
