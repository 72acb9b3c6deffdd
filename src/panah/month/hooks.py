"""The month's place in the menu."""

from django.utils.translation import gettext_lazy as _

from panah.kit.nav import MENU, MenuItem, Section
from panah.month import permissions

MENU.register(
    "month",
    MenuItem(
        "month:month",
        _("The month"),
        "chart",
        visible=permissions.may_read,
        section=Section.SOCIETY,
        # Of those who read it, a focal point has other work first.
        daily=lambda staff: not staff.is_focal_point,
    ),
    order=75,
)
