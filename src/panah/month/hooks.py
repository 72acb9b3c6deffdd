"""The month's place in the menu."""

from django.utils.translation import gettext_lazy as _

from panah.ground.kit.nav import MENU, MenuItem, Section
from panah.month import permissions

MENU.register(
    "month",
    MenuItem(
        "month:month",
        _("The month"),
        "chart",
        visible=permissions.may_read,
        section=Section.SOCIETY,
        # Of those who read it, focal points and coordinators have other work first.
        daily=lambda staff: not permissions.sees_caseload(staff),
    ),
    order=75,
)
