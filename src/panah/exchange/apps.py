from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    name = "panah.exchange"
    label = "exchange"
    verbose_name = _("Paired societies")

    def ready(self) -> None:
        from panah.exchange.actions import ARRIVES, announcing, pairing, sharing
        from panah.exchange.actions.tending import bodies_needed
        from panah.exchange.words import Kind
        from panah.kit import nav
        from panah.vault.actions import NEEDED, SIGNS_TOO

        for then in (pairing.sign_anew, announcing.announce_signing):
            if then not in SIGNS_TOO:
                SIGNS_TOO.append(then)
        NEEDED["sent"] = bodies_needed
        ARRIVES.setdefault(Kind.KEY, announcing.take_key)
        ARRIVES.setdefault(Kind.HEAD, announcing.take_head)
        ARRIVES.setdefault(Kind.DIRECTORY, sharing.take_entry)
        nav.register("exchange", "exchange:peers", "across", _("Paired societies"), 72)
