"""The words of a family links request that crosses a border. Plain are direction and state; the rest is sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import Promise

# What stands on work lists and in the inbox, and the sealed part of a request's file, one for each conversation.
ROOM, PART = "family_links", "across"
# Purposes of due items. They stand in plain, so none of them tells what was found.
SEARCH, ANSWER, WAIT, TELL, UNTIL = "links", "links_answer", "links_wait", "links_tell", "links_until"
ERASE, ERASED, QUESTION = "links_erase", "links_erased", "links_question"


class LinksDirection(models.TextChoices):
    OUT = "out", _("asked by us")
    IN = "in", _("came from another society")


class LinksAcrossState(models.TextChoices):
    """Plain: where it stands. *Answered* is the same whatever the answer is."""

    DRAFT = "draft", _("is being prepared")
    ASKED = "asked", _("waits for an answer")
    ANSWERED = "answered", _("answered")
    WITHDRAWN = "withdrawn", pgettext_lazy("a request", "taken back")


class SharedDetail(models.TextChoices):
    """What the one who asks can choose to have told, beside who is sought and how they are related."""

    SEEKER = "seeker", _("who asks")
    PROOF = "proof", _("how we know that they are related")
    NEWS = "news", _("the last news")
    WHY = "why", _("why they look now")
    MESSAGE = "message", _("a message to the person sought")
    LANGUAGE = "language", _("the language of the one who asks")


class SeekerDoubt(models.TextChoices):
    """Whether the one who asks may be the danger."""

    NONE = "none", _("Nothing that was seen or heard points to it")
    UNSURE = "unsure", _("I am not sure")
    DANGER = "danger", _("It may be so")


class LinksAnswer(models.TextChoices):
    """What the other society is told. The third is one and the same answer in three situations."""

    CONTACT = "contact", _("The person sought wants contact")
    LATER = "later", _("There is no answer yet")
    NOTHING = "nothing", _("There is nothing that can be told")


class SearchState(models.TextChoices):
    """How the search stands, for the focal points alone."""

    NOT_FOUND = "not_found", _("nobody was found so far")
    ASKED = "asked", _("the person was asked")
    NOT_ASKED = "not_asked", _("the person was found, and asking is not safe")


# What would make one doubt: read before it is asked, and before it is answered.
DOUBTS: tuple[Promise, ...] = (
    _("The one who asks cannot tell what a relative would know, or knows only papers and photographs."),
    _("The one who asks speaks of money, of a debt, or of work that must be finished."),
    _("Somebody else speaks for the one who asks, listens in, or presses for a place or a number."),
    _("The person sought left because of somebody at home, or was sent away by a relative."),
    _("The same person is sought by others too, or the story changes."),
)

# The same words on both sides, for whichever of the three situations it is.
NOTHING_MEANS = _(
    "This answer is the same whether nobody was found, somebody was found and does not want it, or it is not safe."
)


class LinksState(models.TextChoices):
    """Plain: a restoring family links request, without saying what was found."""

    OPEN = "open", pgettext_lazy("a request", "open")
    ANSWERED = "answered", _("answered")
    CLOSED = "closed", pgettext_lazy("a request", "closed")


REQUEST, NOTED = "request", "noted"
