"""What is counted of a month, in the order in which a reader meets it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Measure(models.TextChoices):
    CALLS = "calls", _("Calls")
    OTHER_CONTACTS = "other_contacts", _("Contacts in other ways")
    AID = "aid", _("Help without a file")
    CASES_OPENED = "cases_opened", _("Cases opened")
    CASES_CLOSED = "cases_closed", _("Cases closed")
    REFERRALS_SENT = "referrals_sent", _("Referrals sent")
    REFERRALS_RECEIVED = "referrals_received", _("Referrals received")
    REFERRALS_MET = "referrals_met", _("Referrals: met")
    STAYS = "stays", _("Stays begun in safe places")


# A number that is not shown, on the page and in the table that is taken out.
HIDDEN = _("hidden")
