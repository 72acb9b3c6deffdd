"""Closed lists that live inside sealed parts only: assistance, risk, stages, deadlines, follow-ups, means, reasons."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


def say(kind: type[models.TextChoices], value: object) -> str:
    """The reader's words for a value that was sealed; the value itself where the list does not know it any more."""
    return str(kind(value).label) if value in kind.values else str(value or "")


class Assistance(models.TextChoices):
    """After IOM's kinds of direct assistance, in the order in which a night goes."""

    SHELTER = "shelter", _("a safe bed")
    FOOD_CLOTHES = "food_clothes", _("food, clothes and things")
    MEDICAL = "medical", _("medical care")
    PSYCHOSOCIAL = "psychosocial", _("psychological and social support")
    INTERPRETATION = "interpretation", _("interpretation")
    SAFETY = "safety", _("protection and accompaniment")
    DOCUMENTS = "documents", _("documents")
    LEGAL = "legal", _("legal aid")
    CASH = "cash", _("money")
    CHILDCARE = "childcare", _("childcare")
    CHILD_PROTECTION = "child_protection", _("child protection")
    FAMILY_TRACING = "family_tracing", _("restoring family links")
    RETURN_TRANSPORT = "return_transport", _("the way home or onward")
    RECEPTION = "reception", _("meeting on arrival")
    FAMILY_REUNION = "family_reunion", _("mediation and reunion with the family")
    HOUSING = "housing", _("a place to live")
    EDUCATION = "education", _("education and training")
    JOB_PLACEMENT = "job_placement", _("help to find work")
    LIVELIHOOD = "livelihood", _("a small business, tools or a grant")
    COMPENSATION = "compensation", _("wages and compensation")
    FOLLOW_UP = "follow_up", _("follow-up")
    OTHER = "other", _("something else")


# Which kinds of the service directory answer a need.
IN_DIRECTORY = {
    "shelter": "shelter",
    "food_clothes": "food_clothes",
    "medical": "medical",
    "psychosocial": "psychological",
    "interpretation": "interpretation",
    "documents": "documents",
    "legal": "legal",
    "cash": "money",
    "childcare": "childcare",
    "child_protection": "child_protection",
    "family_tracing": "family_tracing",
    "return_transport": "transport",
    "education": "training",
    "job_placement": "work",
    "livelihood": "work",
    "compensation": "legal",
    "housing": "shelter",
    "reception": "transport",
}


class Horizon(models.TextChoices):
    NOW = "now", _("now")
    LONG = "long", _("in the long run")


class NeedState(models.TextChoices):
    OPEN = "open", _("open")
    PLANNED = "planned", _("planned")
    MET = "met", pgettext_lazy("a need", "met")
    NOT_WANTED = "not_wanted", _("the person does not want it now")
    NOT_POSSIBLE = "not_possible", _("not possible here")


class ServiceOutcome(models.TextChoices):
    GIVEN = "given", _("given")
    ONGOING = "ongoing", _("goes on")
    WAITING = "waiting", _("on a waiting list")
    DECLINED = "declined", _("the person declined")
    REFUSED = "refused", _("the provider refused")
    UNAVAILABLE = "unavailable", _("not available")


class Risk(models.TextChoices):
    """The level sets when it is looked at again, and how urgent the case is in the lists."""

    EXTREME = "extreme", _("extreme: life in danger now")
    HIGH = "high", _("high")
    MEDIUM = "medium", _("medium")
    LOW = "low", _("low")


REVIEW_AFTER = {
    Risk.EXTREME: timedelta(hours=24),
    Risk.HIGH: timedelta(hours=24),
    Risk.MEDIUM: timedelta(days=7),
    Risk.LOW: timedelta(days=30),
}
URGENCY_OF_RISK = {Risk.EXTREME: "now", Risk.HIGH: "today", Risk.MEDIUM: "week", Risk.LOW: "later"}


class Stage(models.TextChoices):
    OPEN = "open", _("not looked at yet")
    PRESUMED = "presumed", _("presumed")
    REFLECTION = "reflection", _("recovery and reflection")
    IDENTIFIED = "identified", _("formally identified")
    NOT_IDENTIFIED = "not_identified", _("not identified; help goes on")


class ClockKind(models.TextChoices):
    """What runs for a person. Hours in a label are a reminder; a professional is asked."""

    RAPE_72 = "rape_72", _("after rape: medicine against HIV, within 72 hours")
    RAPE_120 = "rape_120", _("after rape: emergency contraception, traces, within 120 hours")
    PREGNANCY = "pregnancy", _("pregnancy: next check, or the legal limit for a termination")
    TUBERCULOSIS = "tuberculosis", _("tuberculosis: test or next dose")
    WITHDRAWAL = "withdrawal", _("withdrawal from drugs or alcohol")
    MEDICATION = "medication", _("medicine runs out")
    DISABILITY = "disability", _("disability: aid or paper")
    DOCUMENT = "document", _("a document stops being valid")
    EXIT_BAN = "exit_ban", _("ban on leaving or entering")
    DETENTION = "detention", _("detention: next decision")
    COURT = "court", _("court or hearing")
    LIMITATION = "limitation", _("limitation period")
    WAGES = "wages", _("wage claim")
    COMPENSATION = "compensation", _("compensation until it is paid")
    RESIDENCE = "residence", _("right to stay")
    APPEAL = "appeal", _("appeal")
    OTHER = "other", _("something else")


# While one of these runs, retention must not erase the proof that the person needs.
CLAIMS = (ClockKind.COURT, ClockKind.LIMITATION, ClockKind.WAGES, ClockKind.COMPENSATION, ClockKind.APPEAL)
# While one of these runs, closing would leave a body or a freedom without anyone who watches the hours.
MUST_NOT_CLOSE = (ClockKind.RAPE_72, ClockKind.RAPE_120, ClockKind.WITHDRAWAL, ClockKind.DETENTION)


class Passed(models.TextChoices):
    """What the time of a deadline means once it has come and nobody has ended it."""

    MISSED = "missed", _("missed: ask a professional what still helps, then write how it ended")
    RAN_OUT = "ran_out", _("it has run out: see to it today")
    GOES_ON = "goes_on", _("the time has come: look how it is now")


class ClockEnd(models.TextChoices):
    KEPT = "kept", _("kept in time")
    MISSED = "missed", _("missed")
    NOT_NEEDED = "not_needed", _("no longer needed")


class FollowUpTime(models.TextChoices):
    """The usual follow-ups; every date can be changed."""

    WEEK_1 = "1w", _("after 1 week")
    MONTH_1 = "1m", _("after 1 month")
    MONTH_3 = "3m", _("after 3 months")
    MONTH_6 = "6m", _("after 6 months")
    MONTH_12 = "12m", _("after 12 months")
    EXTRA = "extra", _("one more")


DAYS_AFTER = {
    FollowUpTime.WEEK_1: 7,
    FollowUpTime.MONTH_1: 30,
    FollowUpTime.MONTH_3: 91,
    FollowUpTime.MONTH_6: 182,
    FollowUpTime.MONTH_12: 365,
}


class FollowUpReached(models.TextChoices):
    REACHED = "reached", _("reached")
    NOT_REACHED = "not_reached", _("not reached")
    NOT_WANTED = "not_wanted", _("the person does not want to be asked any more")


class Area(models.TextChoices):
    """What life afterwards is made of. The person says how it is, by the person's own measure."""

    HOME = "home", _("a place to live")
    INCOME = "income", _("income and work")
    DEBT = "debt", _("debt")
    HEALTH = "health", _("body and health")
    MIND = "mind", _("sleep, fear, mood")
    FAMILY = "family", _("family")
    PEOPLE = "people", _("other people, how they talk")
    SAFETY = "safety", _("safety: the recruiter, threats")
    PAPERS = "papers", _("papers and rights")
    FUTURE = "future", _("what I want to do")


class OwnView(models.TextChoices):
    BETTER = "better", _("better")
    SAME = "same", _("as before")
    WORSE = "worse", _("worse")
    NONE = "none", _("not asked")


class MeansKind(models.TextChoices):
    MONEY = "money", _("money")
    GOODS = "goods", _("goods")
    TICKET = "ticket", _("ticket or transport")
    PHONE = "phone", _("telephone or card")
    OTHER = "other", _("something else")


class ClosingReason(models.TextChoices):
    """Why a case ends."""

    GOALS = "goals", _("the person reached what was planned")
    WISH = "wish", _("the person wishes it")
    MOVED = "moved", _("the person moved away")
    HANDED_ON = "handed_on", _("another organisation goes on")
    LOST = "lost", _("no contact in spite of several tries")
    OTHER_NEED = "other_need", _("another kind of help is needed and was found")
    DIED = "died", _("the person died")
    MISTAKE = "mistake", _("opened by mistake or twice")


class Relation(models.TextChoices):
    SAME = "same", _("the same person")
    CHILD = "child", _("the child of")
    PARENT = "parent", _("a parent of")
    SIBLING = "sibling", _("brother or sister of")
    PARTNER = "partner", _("husband, wife or partner of")
    RELATIVE = "relative", _("another relative of")
    TOGETHER = "together", _("was in the same place as")
    CAUTION = "caution", _("must not meet")


MIRROR = {Relation.CHILD: Relation.PARENT, Relation.PARENT: Relation.CHILD}


class AgeBasis(models.TextChoices):
    SAID = "said", _("the person says so")
    PAPER = "paper", _("a document")
    FAMILY = "family", _("relatives say so")
    IMPRESSION = "impression", _("an impression only")
    ASSESSED = "assessed", _("assessed by professionals, as the last resort")


class PhoneSafe(models.TextChoices):
    YES = "yes", _("calls and messages are safe")
    CALLS = "calls", _("calls only, no messages")
    NO = "no", _("not safe: do not use")
    UNKNOWN = "unknown", _("not known")


class NameKind(models.TextChoices):
    CALLED = "called", _("wishes to be called")
    FULL = "full", _("full name")
    PAPERS = "papers", _("as in the papers")
    OTHER = "other", _("another spelling or name")


class PaperKind(models.TextChoices):
    PASSPORT = "passport", _("passport")
    ID_CARD = "id_card", _("identity card")
    BIRTH = "birth", _("birth certificate")
    RETURN = "return", _("return certificate")
    PERMIT = "permit", _("residence or work permit")
    OTHER = "other", _("another paper")
