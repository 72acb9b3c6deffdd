"""What of a contact is told to whoever called: what she said, what was agreed, and what was done after it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from panah.ground.vault import queries as vault_queries
from panah.ground.work.told_parts import (
    COLLEAGUES,
    FOR_THE_TEAM,
    MARKS,
    Asking,
    HandedIn,
    Kept,
    PlainRow,
    ToldPart,
    answers,
    disclosed,
    inside,
    language,
    marks,
    own_words,
    when_asked,
    whole,
    withheld,
)
from panah.ground.work.words import AgeGroup, Urgency
from panah.people.cases.told import DETENTION
from panah.people.hotline.actions.case_transfer import COPIED, of_another, prefix_of
from panah.people.hotline.models import Contact
from panah.people.hotline.rules import current
from panah.people.hotline.views.labels import spoken
from panah.people.hotline.words import AttemptOutcome, Channel, NextStep
from panah.people.hotline.words.parts import (
    ANSWERS,
    BACK,
    BESIDE,
    CHAT,
    GIVEN,
    HANDED,
    HELD,
    IDENTITY,
    JOINED,
    KEPT,
    NEXT_STEP,
    NOTE,
    PAPER,
    REPLY,
    TRIED,
)

if TYPE_CHECKING:
    from panah.ground.vault.keyring import Keyring

ROW = "contact"


# Who else was there, and what colleagues did and gave: a colleague's words, in which other people stand.
BY_COLLEAGUES = frozenset({"e_who", "e_called", "e_reason", "given_said", "interpreter_name"})


def answered_on_line(value: Kept) -> Iterator[tuple[str, str]]:
    return _said(value, lambda name: name not in BY_COLLEAGUES)


def written_on_line(value: Kept) -> Iterator[tuple[str, str]]:
    return _said(value, lambda name: name in BY_COLLEAGUES)


def _said(value: Kept, wanted: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    for label, text in spoken({name: one for name, one in current(value).items() if wanted(name)}):
        yield str(label), text


# What goes along where a contact becomes a case, by the name that it has in the contact.
ALONG: dict[str, ToldPart] = {
    ANSWERS: ToldPart(
        _("What you answered on the line"), {"fields": answers(answered_on_line, written_on_line)}
    ),
    NOTE: ToldPart(
        _("What was noted while you spoke"), {"text": when_asked(_("As written")), **marks("tab")}
    ),
    BESIDE: ToldPart(
        _("What two colleagues typed at the same time"),
        {"value": when_asked(_("As written")), **marks("field")},
    ),
    GIVEN: ToldPart(
        _("Services whose number you were given"),
        {
            "name": disclosed(_("Which one")),
            "organization": disclosed(_("Organisation")),
            "phones": disclosed(_("Number")),
            **marks("service"),
        },
    ),
    BACK: ToldPart(
        _("The call-back that was agreed"),
        {
            "asked": disclosed(_("When")),
            "tries": disclosed(_("How many tries")),
            "tried": disclosed(_("How often it was tried")),
            "stop": own_words(_("When to stop trying")),
        },
    ),
    TRIED: ToldPart(
        _("When we tried to call you back"),
        {"outcome": disclosed(_("How it went"), AttemptOutcome), "text": when_asked(_("As written"))},
    ),
    HANDED: whole(_("Words from one shift to the next"), FOR_THE_TEAM),
    NEXT_STEP: ToldPart(
        _("What was decided after you called"),
        {
            "step": disclosed(_("What happens next"), NextStep),
            "text": when_asked(_("As written")),
            "people": disclosed(_("For how many people")),
            "to": withheld(_("Who goes on with it"), COLLEAGUES),
        },
    ),
    PAPER: ToldPart(
        _("The paper from which this was typed in"), {"author": withheld(_("Who wrote it"), COLLEAGUES)}
    ),
    HELD: DETENTION,
    CHAT: ToldPart(
        _("The chat"),
        {
            "lines": inside(
                {
                    "at": disclosed(_("When")),
                    "text": own_words(_("As written")),
                    "ours": disclosed(_("Written by us")),
                }
            ),
            "ended_by_person": disclosed(_("Ended by you")),
            "may_go_along": disclosed(_("You let it go along into a case")),
        },
    ),
}
CONTACT: dict[str, ToldPart] = {
    ROW: ToldPart(
        _("That you called"),
        {
            "channel": disclosed(_("How you came"), Channel),
            "started": disclosed(_("When")),
            "ended": disclosed(_("Until")),
            "language": disclosed(_("Language"), language),
            "age": disclosed(_("Age"), AgeGroup),
            "urgency": disclosed(_("How urgent"), Urgency),
            "erase_on": disclosed(_("Erased on")),
        },
        handed_in=True,
    ),
    IDENTITY: ToldPart(
        _("What we may call you, and your number"),
        {"called": own_words(_("Called")), "phone": own_words(_("Number"))},
    ),
    **ALONG,
    KEPT: ToldPart(
        _("Why this is kept longer"), {"reason": when_asked(_("Reason")), "until": disclosed(_("Until"))}
    ),
    JOINED: whole(_("That two calls are one person’s"), MARKS),
    REPLY: whole(_("The line of a chat that is being written"), FOR_THE_TEAM),
}
CALLS: dict[str, ToldPart] = {
    f"call.{part}": ToldPart(one.title, one.fields, one.whole, one.rows, handed_in=True)
    for part, one in ALONG.items()
}


def handed_in(asking: Asking, keys: Keyring | None) -> Iterator[HandedIn]:
    """The row of a contact, or the calls that became a case."""
    if asking.about == "contact":
        for row in Contact.objects.filter(pk=asking.pk):
            yield HandedIn(f"contact:{ROW}", [_plain(row)])
            kept = vault_queries.read_all(keys=keys, file=asking.file, part=ANSWERS)
            yield HandedIn(of_another=of_another(kept, calls=[row]))
    if asking.about != "case":
        return
    calls = list(Contact.objects.filter(became_case=asking.pk).order_by("started_at"))
    # The first one's parts have no number before their names; which one that was is written nowhere.
    prefixes = [prefix_of(calls[0], calls[0]), *(prefix_of(call, None) for call in calls)] if calls else []
    names = [f"{prefix}{part}" for prefix in prefixes for part in COPIED]
    parts = vault_queries.read_parts(keys=keys, file=asking.file, names=names)
    for prefix in prefixes:
        another = of_another(parts.get(f"{prefix}{ANSWERS}", []), calls=calls)
        for part in COPIED:
            yield HandedIn(f"case:call.{part}", parts.get(f"{prefix}{part}", []), of_another=another)


def _plain(row: Contact) -> PlainRow:
    value = {
        "channel": row.channel,
        "started": row.started_at.isoformat(),
        "ended": row.ended_at.isoformat() if row.ended_at else "",
        "language": row.language,
        "age": row.age_group,
        "urgency": row.urgency,
        "erase_on": row.erase_on.isoformat() if row.erase_on else "",
    }
    return PlainRow(value, row.started_at)
