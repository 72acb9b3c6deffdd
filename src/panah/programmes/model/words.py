"""The operational model in words: its elements, the four levels, how an assessment stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _

# On the work lists: to give one's levels; an action of the plan; to assess again next year.
LEVELS, PLAN, AGAIN = "model_levels", "model_plan", "model_again"


# The parts of the work in which a society looks at itself, in their order. What each means stands in a version of the
# texts (``texts.py``), which always has all of them.
ELEMENTS = (
    *("prevention", "identification", "protection", "shelter", "hotline", "peer_education", "partnerships"),
    *("reintegration", "advocacy", "data_protection", "staff_care"),
)


class Level(models.IntegerChoices):
    NOT_YET = 1, _("Not yet")
    BEGUN = 2, _("Begun")
    WORKS = 3, _("Works")
    STRONG = 4, _("Strong: others can learn from it")


CANNOT_SAY = 0


class AssessmentState(models.TextChoices):
    ALONE = "alone", _("each gives levels alone")
    TOGETHER = "together", _("side by side, talked through")
    AGREED = "agreed", _("agreed")


class ActionState(models.TextChoices):
    OPEN = "open", _("open")
    DONE = "done", _("done")
    DROPPED = "dropped", _("not needed any more")


class EditionState(models.TextChoices):
    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
