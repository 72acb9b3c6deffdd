"""The words of a safe place. What stands in plain columns comes first; the other lists live inside sealed parts."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# The name of this room in work lists and alarms.
ROOM = "shelter"
PLACE_ROOM = "shelter_place"


def say(kind: type[models.TextChoices], value: object) -> str:
    """The reader's words for a code; the code itself where the list does not know it any more."""
    return str(kind(value).label) if value in kind.values else str(value or "")


class PlaceKind(models.TextChoices):
    HOUSE = "house", _("house")
    FLAT = "flat", _("flat")
    ELSEWHERE = "elsewhere", _("room elsewhere, paid by the night")


class PlaceState(models.TextChoices):
    OPEN = "open", pgettext_lazy("a place", "open")
    PAUSED = "paused", _("takes nobody for now")
    ENDED = "ended", pgettext_lazy("a place", "ended")


class Group(models.TextChoices):
    """Who sleeps somewhere: finer than the directory's, because it decides who shares a room."""

    WOMEN = "women", _("women")
    MOTHERS = "mothers", _("women with children")
    MEN = "men", _("men")
    FATHERS = "fathers", _("men with children")
    GIRLS = "girls", _("girls")
    GIRL_MOTHERS = "girl_mothers", _("girls with a baby")
    TEEN_BOYS = "teen_boys", _("adolescent boys")
    CHILDREN = "children", _("children without a parent")
    FAMILIES = "families", _("families together")


class Who(models.TextChoices):
    """The same for one person: sealed."""

    WOMEN = "women", _("a woman")
    MOTHERS = "mothers", _("a woman with children")
    MEN = "men", _("a man")
    FATHERS = "fathers", _("a man with children")
    GIRLS = "girls", _("a girl")
    GIRL_MOTHERS = "girl_mothers", _("a girl with a baby")
    TEEN_BOYS = "teen_boys", _("an adolescent boy")
    CHILDREN = "children", _("a child, or several, without a parent")
    FAMILIES = "families", _("a family together")


# A child, or someone with a child: what is done at once when they do not come back.
WITH_A_CHILD = frozenset(
    {Who.MOTHERS, Who.FATHERS, Who.GIRLS, Who.GIRL_MOTHERS, Who.TEEN_BOYS, Who.CHILDREN, Who.FAMILIES}
)
# A girl of fifteen alone is a child without a parent too.
CHILD_ALONE = (Who.GIRLS, Who.TEEN_BOYS)
# In the order in which a bed is hardest to find, for whoever asks at night.
HARDEST_FIRST = (
    *(Group.GIRL_MOTHERS, Group.CHILDREN, Group.GIRLS, Group.TEEN_BOYS, Group.MOTHERS, Group.FAMILIES),
    *(Group.FATHERS, Group.WOMEN, Group.MEN),
)


class StayState(models.TextChoices):
    ASKED = "asked", _("asked for")
    HELD = "held", _("a bed is held")
    PLACED = "placed", _("a bed is given, not there yet")
    HERE = "here", _("staying")
    MISSING = "missing", _("did not come back")
    LEFT = "left", pgettext_lazy("a stay", "has left")
    DECLINED = "declined", _("no bed given")
    TAKEN_BACK = "taken_back", _("not needed any more")


WAITING = (StayState.ASKED, StayState.HELD)
IN_A_BED = (StayState.PLACED, StayState.HERE, StayState.MISSING)
NOT_ENDED = (*WAITING, *IN_A_BED)


# ---- inside sealed parts only ----------------------------------------------------------------


class StayPart(models.TextChoices):
    """The names of the sealed parts: of a place, of its book, of one stay."""

    WAY = "way", _("the way there")
    SHEET = "sheet", _("what the house knows")
    STEP = "step", _("step")
    INCIDENT = "incident", _("incident")
    TOLD = "told", _("what happened")
    NEED = "need_in_kind", _("need in kind")


# The steps about a second person: asked for, and what became of it; the newest counts.
LEAVING = ("leave_asked", "leave_refused", "left")


class BedDeclineReason(models.TextChoices):
    FULL = "full", _("no free bed")
    NOT_ADMITTED = "not_admitted", _("the house does not take this group")
    NOT_SAFE_HERE = "not_safe_here", _("not safe here for this person")
    NEEDS_MORE = "needs_more", _("needs more care than the house can give")
    ELSEWHERE = "elsewhere", _("another place fits better")
    OTHER = "other", _("another reason")


class LeftTo(models.TextChoices):
    OWN_HOME = "own_home", _("a home of the person’s own")
    FAMILY = "family", _("family")
    FRIENDS = "friends", _("friends or other people")
    OTHER_PLACE = "other_place", _("another safe place of ours")
    PARTNER = "partner", _("a safe place of a partner")
    HOSPITAL = "hospital", _("a hospital")
    STATE = "state", _("a facility of the state")
    COUNTRY = "country", _("home to the own country")
    ABROAD = "abroad", _("on to another country")
    NOT_TOLD = "not_told", _("the person does not say")
    UNKNOWN = "unknown", _("not known")


class LeftHow(models.TextChoices):
    PLANNED = "planned", _("as planned")
    OWN_WISH = "own_wish", _("earlier, by the person’s own wish")
    ASKED_TO = "asked_to", _("asked to leave")
    NOT_BACK = "not_back", _("did not come back")
    NEVER_CAME = "never_came", _("never arrived")
    TAKEN = "taken", _("was taken away by somebody")
    DIED = "died", _("died")


class IncidentKind(models.TextChoices):
    STRANGER = "stranger", _("a stranger watched, followed or asked")
    ADDRESS = "address", _("somebody learnt the address")
    THREAT = "threat", _("a threat")
    VIOLENCE = "violence", _("violence in the house")
    ILLNESS = "illness", _("illness or injury")
    SELF_HARM = "self_harm", _("somebody hurt or wanted to hurt themselves")
    AUTHORITY = "authority", _("police or another authority at the door")
    FIRE = "fire", _("fire, water, electricity")
    THINGS = "things", _("something is missing or broken")
    OTHER = "other", _("something else")


# After these nothing waits: the duty for danger is called in at once if nobody was told yet.
GRAVE = frozenset({IncidentKind.ADDRESS, IncidentKind.THREAT, IncidentKind.VIOLENCE, IncidentKind.SELF_HARM})


class ExplainedBefore(models.TextChoices):
    """What the person heard before saying yes. Never the address: it comes after the yes."""

    HOUSE = "house", _("what kind of house it is, who else lives there, who works there")
    RULES = "rules", _("the rules: going out, telephone, visitors, how long")
    FREE = "free", _("that the person may leave at any time, and help goes on")
    KNOWN = (
        "known",
        _("who will know: the house, this colleague, the focal points; and when others must be told"),
    )
    NO_ADDRESS = "no_address", _("that the address is told to nobody, also by the person")
    RISK = "risk", _("what could be dangerous there for this person")


class YesNo(models.TextChoices):
    YES = "yes", _("yes")
    NO = "no", _("no")
    LATER = "later", _("not now")


class Agrees(models.TextChoices):
    """Who agreed when it is a child: never somebody who may be involved."""

    SELF = "self", _("the person")
    CHILD_AND_GUARDIAN = "child_and_guardian", _("the child, and a legal guardian who is not involved")
    CHILD_AND_TWO = (
        "child_and_two",
        _("the child, and two of us: there is no guardian who could be asked tonight"),
    )


def groups(codes: list[object]) -> str:
    """The groups that a place or a room takes, in words."""
    return ", ".join(say(Group, code) for code in codes)
