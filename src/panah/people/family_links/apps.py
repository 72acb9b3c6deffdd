from django.apps import AppConfig


class FamilyLinksConfig(AppConfig):
    name = "panah.people.family_links"
    label = "family_links"

    def ready(self) -> None:
        import panah.people.family_links.hooks  # noqa: F401  apps are ready only now
