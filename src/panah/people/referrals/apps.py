from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "panah.people.referrals"
    label = "referrals"

    def ready(self) -> None:
        import panah.people.referrals.hooks  # noqa: F401  apps are ready only now
