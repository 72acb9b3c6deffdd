"""Volunteers: how they stand, what they do, what they may do."""

from django.db import models
from django.utils.translation import gettext_lazy as _

ROOM = "volunteers"
# What only a focal point decides stands on the work lists by itself.
VETTING = "volunteers_vetting"
# What concerns the volunteers of a branch together: its subject is the branch.
BRANCH = "volunteers_branch"
# What a branch told of: its subject is the report, not the volunteer.
INCIDENTS = "volunteers_incident"
# Parts of a volunteer's file, which opens for the focal points alone.
VETTED, INCIDENT = "vetted", "incident"


class VolunteerState(models.TextChoices):
    ASKED = "asked", _("asked to join")
    ACTIVE = "active", _("takes part")
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


class Skill(models.TextChoices):
    FIRST_AID = "first_aid", _("first aid")
    LISTENING = "listening", _("psychosocial support")
    TEACHING = "teaching", _("teaching")
    DRIVING = "driving", _("driving")
    COMPUTER = "computer", _("work with a computer")
    MEDIA = "media", _("photographs, texts, networks")
    CRAFT = "craft", _("cooking, sewing, repairs")


class Availability(models.TextChoices):
    WEEKDAYS = "weekdays", _("weekdays")
    EVENINGS = "evenings", _("evenings")
    NIGHTS = "nights", _("nights")
    WEEKENDS = "weekends", _("weekends")


class Happened(models.TextChoices):
    """Lines of a volunteer's history, which lies sealed with the contact data."""

    ASKED = "asked", _("asked to join")
    JOINED = "joined", _("became a volunteer")
    REFUSED = "refused", _("was not taken on")
    PAUSED = "paused", _("paused")
    RETURNED = "returned", _("came back")
    LEFT = "left", _("left")
    MOVE_ASKED = "move_asked", _("move to another branch asked for")
    MOVED = "moved", _("moved to another branch")
    MOVE_REFUSED = "move_refused", _("the other branch did not take over")


class LinkKind(models.TextChoices):
    BRANCH = "branch", _("the branch’s link")
    INVITATION = "invitation", _("invitation for one person")


class Missing(models.TextChoices):
    """What keeps a volunteer from doing something."""

    NOT_ACTIVE = "not_active", _("is not active now")
    CODE = "code", _("the code of conduct is not signed")
    AGE = "age", _("under 18")
    YEAR = "year", _("the year of birth is not known")
    GUARDIAN = "guardian", _("a parent or legal guardian has not agreed")
    VETTING = "vetting", _("not vetted")
    VETTING_OVER = "vetting_over", _("the vetting has run out")
    SAFEGUARDING = "safeguarding", _("not instructed in safeguarding")
    SAFEGUARDING_OVER = "safeguarding_over", _("the instruction in safeguarding has run out")
    SAFE_RESPONSE = "safe_response", _("no training: safe response when somebody tells")
    HOTLINE = "hotline", _("no training: answering a line")
    CHILDREN = "children", _("no training: children and safeguarding")
    FIELD = "field", _("no training: work in the field")
    SESSIONS = "sessions", _("no training: leading sessions")


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
