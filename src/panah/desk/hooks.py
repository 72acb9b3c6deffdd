"""What the first pages register with the frame of every page."""

from django.utils.translation import gettext_lazy as _

from panah.desk import queries
from panah.ground.accounts.permissions import is_staff_manager
from panah.ground.kit.nav import DESCRIPTIONS, FOOT, FRAME_PAGES, MENU, FramePage, MenuItem, Section

FRAME_PAGES.register("home", FramePage("desk:home"))
DESCRIPTIONS.register("roles and branch", queries.described)
MENU.register("day", MenuItem("desk:home", _("My day"), "day", count=queries.due_now, go="gd"), order=10)
MENU.register(
    "team",
    MenuItem(
        "desk:team", _("My team's day"), "people", visible=is_staff_manager, go="gt", section=Section.SOCIETY
    ),
    order=78,
)
MENU.register(
    "colleagues",
    MenuItem(
        "sign_in:colleagues",
        _("Colleagues"),
        "people",
        visible=is_staff_manager,
        count=queries.waiting_keys,
        section=Section.SOCIETY,
    ),
    order=80,
)
MENU.register(
    "duty", MenuItem("accounts:roster", _("Duty roster"), "clock", section=Section.SOCIETY), order=82
)
MENU.register(
    "journal",
    MenuItem(
        "desk:journal",
        _("Journal"),
        "book",
        visible=queries.reads_journal,
        section=Section.SOCIETY,
        daily=queries.watches_journal,
    ),
    order=84,
)
FOOT.register("settings", MenuItem("accounts:settings", _("My settings")), order=10)
FOOT.register("about-me", MenuItem("desk:about-me", _("What is written about me")), order=20)
FOOT.register("sign-out", MenuItem("sign_in:sign-out", _("Sign out")), order=90)
