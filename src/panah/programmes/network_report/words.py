"""What a contribution counts, and how far it is."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from panah.ground.network.goals import GlobalAgenda
from panah.programmes.prevention.words import Band, Counted

ROOM = "network_report"
# The purpose of what is due after the end of a quarter.
QUARTER = "quarter"


class Measure(models.TextChoices):
    SESSIONS = "sessions", _("Sessions held")
    PEOPLE = "people", _("People in sessions")
    COURSES = "courses", _("Courses held")
    TRAINED = "trained", _("People in courses")
    CAMPAIGNS = "campaigns", _("Campaigns")


class OtherGoal(models.TextChoices):
    """A society's own goals have no meaning elsewhere: they are counted together."""

    OTHER = "other", _("goals of the society’s own")
    NONE = "none", _("no goal named")


GOALS = (*GlobalAgenda.values, *OtherGoal.values)
# Of these a number from one to four is never told.
OF_PEOPLE = frozenset({Measure.PEOPLE, Measure.TRAINED})
# What divides the sum of a measure: (measure, division) -> its parts.
DIVISIONS: dict[tuple[str, str], tuple[str, ...]] = {
    **{(one, "goal"): GOALS for one in Measure.values if one != Measure.CAMPAIGNS},
    (Measure.PEOPLE.value, "sex"): tuple(Counted.values),
    (Measure.PEOPLE.value, "age"): tuple(Band.values),
}


def key_of(measure: str, division: str = "", part: str = "") -> str:
    """Return the name of a number: a sum, or one part of it (``people:goal:dignity``)."""
    return f"{measure}:{division}:{part}" if division else measure


KEYS = frozenset(
    {*Measure.values, *(key_of(*whole, part) for whole, parts in DIVISIONS.items() for part in parts)}
)


class ContributionState(models.TextChoices):
    PREPARED = "prepared", pgettext_lazy("a contribution", "prepared")
    SIGNED = "signed", pgettext_lazy("a contribution", "signed off")
    SUPERSEDED = "superseded", pgettext_lazy("a contribution", "replaced by a newer one")


class Progress(models.TextChoices):
    """How far a society is with a quarter, as pages say it."""

    NOT_STARTED = "not_started", pgettext_lazy("a contribution", "not started")
    LATE = "late", pgettext_lazy("a contribution", "late")
    PREPARED = "prepared", pgettext_lazy("a contribution", "prepared")
    SIGNED = "signed", pgettext_lazy("a contribution", "signed off")
    SENT = "sent", pgettext_lazy("a contribution", "sent")
    EXPECTED = "expected", pgettext_lazy("a contribution", "not here yet")
    NOT_EXPECTED = "not_expected", _("not expected")
    RECEIVED = "received", pgettext_lazy("a contribution", "received")


TONES = {Progress.LATE: "urgent", Progress.SENT: "good", Progress.RECEIVED: "good", Progress.SIGNED: "soon"}
