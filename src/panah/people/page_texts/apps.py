from django.apps import AppConfig


class PageTextsConfig(AppConfig):
    name = "panah.people.page_texts"
    label = "page_texts"

    def ready(self) -> None:
        import panah.people.page_texts.hooks  # noqa: F401  apps are ready only now
