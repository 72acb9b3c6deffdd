from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    name = "panah.exchange"
    label = "exchange"
    verbose_name = _("Paired societies")

    def ready(self) -> None:
        from panah.exchange.actions import ARRIVES, announcing, pairing
        from panah.exchange.words import Kind
        from panah.vault.actions import SIGNS_TOO

        for then in (pairing.sign_anew, announcing.announce_signing):
            if then not in SIGNS_TOO:
                SIGNS_TOO.append(then)
        ARRIVES.setdefault(Kind.KEY, announcing.take_key)
        ARRIVES.setdefault(Kind.HEAD, announcing.take_head)
