from django.apps import AppConfig


class PageTextsConfig(AppConfig):
    name = "panah.page_texts"
    label = "page_texts"

    def ready(self) -> None:
        import panah.page_texts.hooks  # noqa: F401  apps are ready only now
