"""How far a request is."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    WAITING = "waiting", _("waits")
    DONE = "done", _("done")
    STOPPED = "stopped", _("stopped")
    EXPIRED = "expired", _("expired")


class Standing(models.TextChoices):
    """What a request that waits still needs."""

    APPROVAL = "approval", _("A second approval is needed.")
    TIME = "time", _("The waiting time runs.")
    READY = "ready", _("It can be carried out.")
