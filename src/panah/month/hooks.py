"""The month's place in the menu."""

from django.utils.translation import gettext_lazy as _

from panah.kit.nav import MENU, MenuItem
from panah.month import permissions

MENU.register(
    "month", MenuItem("month:month", _("The month"), "chart", visible=permissions.may_read), order=75
)
