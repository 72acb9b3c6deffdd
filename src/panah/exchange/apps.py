from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    name = "panah.exchange"
    label = "exchange"
    verbose_name = _("Paired societies")

    def ready(self) -> None:
        import panah.exchange.hooks  # noqa: F401  apps are ready only now
        from panah.exchange.actions import HANDLERS, directory_sync, key_announcements
        from panah.exchange.words import MessageKind
        from panah.kit import nav

        HANDLERS.setdefault(MessageKind.KEY, key_announcements.take_key)
        HANDLERS.setdefault(MessageKind.HEAD, key_announcements.take_head)
        HANDLERS.setdefault(MessageKind.DIRECTORY, directory_sync.take_entry)
        nav.register("exchange", "exchange:peers", "across", _("Paired societies"), 72)
