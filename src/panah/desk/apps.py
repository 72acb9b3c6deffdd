from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "panah.desk"
    label = "desk"

    def ready(self) -> None:
        from panah.accounts.permissions import is_staff_manager
        from panah.desk import queries
        from panah.kit import nav

        nav.register_home("desk:home")
        nav.register_description(queries.described)
        nav.register("day", "desk:home", "day", _("My day"), 10, count=queries.due_now, go="gd")
        nav.register("team", "desk:team", "people", _("My team's day"), 12, visible=is_staff_manager, go="gt")
        nav.register(
            "colleagues",
            "sign_in:colleagues",
            "people",
            _("Colleagues"),
            80,
            visible=is_staff_manager,
            count=queries.waiting_keys,
        )
        nav.register("duty", "accounts:roster", "clock", _("Duty roster"), 82)
        nav.register("journal", "desk:journal", "book", _("Journal"), 84, visible=queries.reads_journal)
        nav.register_foot("settings", "accounts:settings", _("My settings"), 10)
        nav.register_foot("about-me", "desk:about-me", _("What is written about me"), 20)
        nav.register_foot("sign-out", "sign_in:sign-out", _("Sign out"), 90)
