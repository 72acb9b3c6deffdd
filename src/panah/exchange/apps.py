from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "panah.exchange"
    label = "exchange"

    def ready(self) -> None:
        from panah.exchange.actions.pairing import sign_anew
        from panah.exchange.actions.tending import bodies_needed
        from panah.vault.actions import NEEDED, SIGNS_TOO

        if sign_anew not in SIGNS_TOO:
            SIGNS_TOO.append(sign_anew)
        NEEDED["sent"] = bodies_needed
