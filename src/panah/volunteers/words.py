"""Volunteers: how they stand, what they do, what they may do."""

from django.db import models
from django.utils.translation import gettext_lazy as _

ROOM = "volunteers"


class VolunteerState(models.TextChoices):
    ASKED = "asked", _("asked to join")
    ACTIVE = "active", _("active")
    PAUSED = "paused", _("pauses")
    LEFT = "left", _("left")
    REFUSED = "refused", _("not taken on")


class Sex(models.TextChoices):
    FEMALE = "female", _("female")
    MALE = "male", _("male")
    OTHER = "other", _("other")


class VolunteerRole(models.TextChoices):
    """What a volunteer does in a branch; several at a time, in several branches."""

    MEMBER = "member", _("Volunteer")
    PEER_EDUCATOR = "peer_educator", _("Peer educator")
    TRAINER = "trainer", _("Trainer")
    LEADER = "leader", _("Team leader")


class MayDo(models.TextChoices):
    """What a volunteer may do: derived from training, vetting, code of conduct and age, never ticked by hand."""

    ANSWER = "answer", _("answer a line")
    CAPTURE = "capture", _("take down what people say in the field")
    MEET = "meet", _("meet a person who arrives")
    LEAD = "lead", _("lead a session")
    HELP = "help", _("help at a session")


class TrainedIn(models.TextChoices):
    """What a training that counts here teaches; the room of trainings says who holds which, and until when."""

    SAFE_RESPONSE = "safe_response", _("safe response when somebody tells")
    HOTLINE = "hotline", _("answering a line")
    CHILDREN = "children", _("children and safeguarding")
    FIELD = "field", _("work in the field")
    SESSIONS = "sessions", _("leading sessions")
