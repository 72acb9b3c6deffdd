"""The words of a case that may stand in plain columns. Everything else is sealed: see ``codes`` and ``terms``."""

from datetime import UTC, datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from panah.ground.work.words import AgeGroup, Urgency

# A case with nothing due sorts after every case that has something.
NOTHING_DUE = datetime(9999, 12, 31, tzinfo=UTC)


class CaseState(models.TextChoices):
    """HTCDS cas_Status: Active, FollowUp, Closed, ClosedReferred."""

    ACTIVE = "active", _("active")
    FOLLOW_UP = "follow_up", _("follow-up")
    CLOSED = "closed", pgettext_lazy("a case", "closed")
    CLOSED_REFERRED = "closed_referred", _("closed, handed on")


CLOSED_STATES = (CaseState.CLOSED, CaseState.CLOSED_REFERRED)
HTCDS_STATUS = {
    CaseState.ACTIVE: "Active",
    CaseState.FOLLOW_UP: "FollowUp",
    CaseState.CLOSED: "Closed",
    CaseState.CLOSED_REFERRED: "ClosedReferred",
}
# What a note is about that holds what an imported table said beyond a case's own places.
FROM_A_TABLE = "table"


class PlanState(models.TextChoices):
    NONE = "none", _("no plan yet")
    DRAFT = "draft", _("being written")
    WAITING = "waiting", _("waits for approval")
    APPROVED = "approved", _("approved")


class CasePart(models.TextChoices):
    """The names of the sealed parts of a case's file. A keyed label in the table: the database shows none of them."""

    IDENTITY = "identity", _("who this is")
    CODES = "codes", _("codes")
    EPISODE = "episode", _("episode")
    NEED = "need", _("need")
    SERVICE = "service", _("service")
    PLAN = "plan", _("plan")
    RISK = "risk", _("risk")
    HEARD = "heard", _("heard on the call")
    SAFETY = "safety", _("safety plan")
    STAGE = "stage", _("identification")
    CHILD = "child", _("child")
    NOTE = "note", _("note")
    MEANS = "means", _("means")
    CLOCK = "clock", _("deadline")
    CONFERENCE = "conference", _("conference")
    SUPERVISION = "supervision", _("supervision")
    FOLLOW_UP = "followup", _("follow-up")
    REINTEGRATION = "reintegration", _("reintegration")
    LINK = "link", _("link")
    CLOSING = "closing", _("closing")
    MEMBER = "member", _("member")
    ABOUT = "about", _("about")
    DOCUMENT = "document", _("photo or document")
    DETENTION = "detention", _("detention")
    ON_PAPER = "onpaper", _("the paper it was taken from")
    WORKING_LABEL = "worklabel", _("working label")
    ASKED_AFTER = "asked_after", _("a request that names the person")


class AskedKind(models.TextChoices):
    """Who asked after the person of a case."""

    AUTHORITY = "authority", _("an authority")
    FAMILY = "family", _("somebody who seeks a relative")


class Hears(models.TextChoices):
    """Whether a person hears of a request that names her."""

    TOLD = "told", _("The person hears of it")
    WITHHELD = "withheld", _("It is not told")
