"""Purposes, answers and ways of consent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class ConsentPurpose(models.TextChoices):
    TALK = "talk", _("Talking with us")
    NOTE = "note", _("Written notes")
    CALL_BACK = "call_back", _("Being called back")
    ASSISTANCE = "assistance", _("Help from us")
    PARTNER = "partner", _("Telling a partner here")
    CROSS_BORDER = "cross_border", _("Telling a society or partner in another country")
    KNOWN_THERE = "known_there", _("Asking a society whether it knows the person")
    STATISTICS = "statistics", _("Being counted, without a name")
    RESEARCH = "research", _("Research, asked again for each study")


# What a no means, said truly: what stops and what goes on.
AFTER_NO = {
    ConsentPurpose.TALK: _("At any time the person may stop."),
    ConsentPurpose.NOTE: _("Without a note the help goes on; it may have to be told anew."),
    ConsentPurpose.CALL_BACK: _("Without a yes nobody rings. The person can ring us at any time."),
    ConsentPurpose.ASSISTANCE: _("Notes are kept so that help does not begin anew each time."),
    ConsentPurpose.PARTNER: _("Only the one chosen, only what is chosen. Without a yes nothing leaves."),
    ConsentPurpose.CROSS_BORDER: _("Help at home or on the way. Without a yes nothing leaves."),
    ConsentPurpose.KNOWN_THERE: _("Without a yes nobody is asked. The help is the same."),
    ConsentPurpose.STATISTICS: _(
        "Numbers that cannot be traced to anyone. A no changes nothing in the help."
    ),
    ConsentPurpose.RESEARCH: _("Never without asking again. A no changes nothing in the help."),
}


class ConsentAnswer(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")
    LATER = "later", _("Not now")


class ConsentMethod(models.TextChoices):
    SPOKEN_PHONE = "spoken_phone", _("spoken, by phone")
    SPOKEN_FACE = "spoken_face", _("spoken, face to face")
    WRITTEN_MESSAGE = "written_message", _("in a message")
    SIGN_LANGUAGE = "sign_language", _("in sign language")
    SIGNED = "signed", _("signed on paper")


class InterpreterUsed(models.TextChoices):
    NONE = "none", _("none needed")
    STAFF = "staff", _("a colleague")
    VETTED = "vetted", _("a vetted interpreter")
    OTHER = "other", _("someone else")


class GuardianRole(models.TextChoices):
    NOT_NEEDED = "not_needed", _("not needed, an adult")
    AGREES = "agrees", _("a parent or legal representative agrees")
    REPRESENTATIVE = "representative", _("an appointed representative agrees, without the family")
    MAY_BE_INVOLVED = "may_be_involved", _("a parent or guardian may be involved: not asked, not told")
    NONE_FOUND = "none_found", _("nobody yet")


# The seven answers of HTCDS 2.0 (con_), asked behind one text that is read aloud.
SEVEN = {
    "interview": _("The person agrees to talk and to notes being kept"),
    "purpose_told": _("Was told what the notes are for"),
    "uses_told": _("Was told who may use them now and later"),
    "research_told": _("Was told that numbers without a name may be used"),
    "own_data_told": _("Was told that own data can be asked for at any time"),
    "storage_told": _("Was told how long it is kept"),
    "withdrawal_told": _("Was told how to change one's mind"),
}


class SharedField(models.TextChoices):
    """What a person may choose to have told. Story, exploiter, status and health stay unless chosen."""

    CALLED = "called", _("what to call the person")
    NAMES = "names", _("name as written")
    PHONE = "phone", _("safe phone and hours")
    LANGUAGE = "language", _("language to speak")
    AGE = "age", _("age band")
    SEX = "sex", _("sex")
    NEEDS = "needs", _("what is needed now")
    FAMILY = "family", _("who comes along")
    PLACE = "place", _("region where the person is")
    DOCUMENTS = "documents", _("papers that exist")
    HEALTH = "health", _("health needs")
    SAFETY = "safety", _("what is dangerous, whom to keep away")
    CITIZENSHIP = "citizenship", _("citizenship")
    STATUS = "status", _("legal status")
    STORY = "story", _("what has happened")
    EXPLOITER = "exploiter", _("names of those who did it")


# What is said to the person before anything goes to an authority.
AUTHORITY_RISKS = {
    "consulate": _(
        "“An embassy or consulate belongs to your state. They learn where you are and that you asked for help. If you"
        " fear that state, or want to ask for protection in another country, it can be dangerous for you and for"
        " your family at home. You can speak with a lawyer before you decide.”"
    ),
    "police": _(
        "“Police, border and migration services may know those who exploited you. They may detain you or send you"
        " back, and may treat what you were forced to do as an offence. You can speak with a lawyer before you"
        " decide.”"
    ),
}


class AskedWith(models.TextChoices):
    """With what a society is asked whether it knows the person: nothing else may go along."""

    NAMES = "names", _("name as written")
    BIRTH_YEAR = "birth_year", _("year of birth")
    PHONE_TAIL = "phone_tail", _("last four digits of a phone")


def fields_of(purpose: str) -> list[tuple[str, StrOrPromise]]:
    """Return what a person can choose to have told for a purpose, as (value, words)."""
    return list(AskedWith.choices if purpose == ConsentPurpose.KNOWN_THERE else SharedField.choices)


def field_words(name: str) -> StrOrPromise:
    """Return a field in words; what is not known here stands as it is."""
    return (dict(AskedWith.choices) | dict(SharedField.choices)).get(name, name)


# These stay by default: each has to be chosen by itself.
STAY_BY_DEFAULT = frozenset(
    {
        SharedField.STORY,
        SharedField.EXPLOITER,
        SharedField.STATUS,
        SharedField.HEALTH,
        SharedField.CITIZENSHIP,
        SharedField.SEX,
    }
)

# What may be told without consent where a life is at risk: what saves it, and nothing of what has happened.
FOR_A_LIFE = frozenset(SharedField) - {
    SharedField.STORY,
    SharedField.EXPLOITER,
    SharedField.STATUS,
    SharedField.CITIZENSHIP,
    SharedField.DOCUMENTS,
}

UNTIL = [("1", _("one month")), ("3", _("three months")), ("6", _("six months")), ("12", _("one year"))]

# Why nothing may leave, by the code of the verdict: see ``rules.Why``.
WHY_NOT: dict[str, object] = {
    "not_asked": _("The person was not asked about this receiver yet."),
    "refused": _("The person said no. Nothing leaves, and help goes on."),
    "not_now": _("The person said not now."),
    "withdrawn": _("The consent was withdrawn."),
    "expired": _("The consent has ended."),
    "not_told": _("Not everything was told before the yes."),
    "not_as_written": _(
        "What the person answered was changed where it is stored. Nothing leaves. Call your focal "
        "point at once."
    ),
    "asked_before_restore": _(
        "This case came back from a backup, and later answers are lost. Ask the person again."
    ),
    "needs_guardian": _("A child, or perhaps a child: someone must agree too."),
    "guardian_may_be_involved": _(
        "A guardian who may be involved cannot agree: an appointed representative can."
    ),
}
