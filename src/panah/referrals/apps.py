from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "panah.referrals"
    label = "referrals"

    def ready(self) -> None:
        import panah.referrals.hooks  # noqa: F401  apps are ready only now
