"""The words of sign-in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OpeningReason(models.TextChoices):
    """Why a focal point opens a name that waits. Each opening is journalled with one of these."""

    CALLED = "called", _("The colleague telephoned, and I know the voice")
    HERE = "here", _("The colleague is here with me")
    STRANGERS = "strangers", _("Strangers are typing this name")
