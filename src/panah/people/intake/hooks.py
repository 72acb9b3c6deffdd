"""What intake registers with rooms below it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from panah.ground.audit.fact_words import FACT_WORDS, FactWords, by_codes
from panah.ground.kit.nav import MENU, MenuItem
from panah.ground.vault.actions.erasure import ON_ERASE
from panah.ground.vault.actions.maintenance import REFERENCED_BLOBS
from panah.ground.vault.actions.offboarding import OFFBOARDING, Offboarding
from panah.ground.work.item_rooms import ITEM_ROOMS, ItemRoom, by_subject
from panah.people.cases import queries as cases_queries
from panah.people.complaints import queries as complaints_queries
from panah.people.inbox import permissions
from panah.people.inbox import queries as inbox_queries
from panah.people.inbox.arrival_rooms import ARRIVAL_ROOMS, BECAME_HERS, PAST_INTAKE_READERS, ArrivalRoom
from panah.people.inbox.words import CODES, PAST_INTAKE, ROOM
from panah.people.intake import actions as intake
from panah.people.intake import permissions as intake_permissions
from panah.people.intake import queries as intake_queries
from panah.people.intake import words
from panah.people.reporters.going_on import ANSWERS_TOO, WORDS_GO_TO, WordsGoTo

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def _told_apart(_subject: UUID, *, staff: Staff, may_open: bool) -> str:
    return gettext("A message that came sealed.")


ARRIVED = ItemRoom(
    address=by_subject("intake:arrival"),
    ends_on=dict.fromkeys(("open", "remind", "go-on", "lost"), by_subject("intake:arrival")),
    asks_first=frozenset({"asked"}),
    of_people=frozenset({"open", "go-on", "asked"}),
    says={
        "open": _("A sealed message: open it"),
        "remind": _("A sealed message that nobody has opened: see to it"),
        "go-on": _("A message was opened: decide what becomes of it"),
        "lost": _("A message was taken back or ran out: read what is known"),
        "asked": _("Something was asked back and nothing came: look at it again"),
    },
)
ITEM_ROOMS.register(
    ROOM, replace(ARRIVED, focal_points_only=True, may_open=inbox_queries.is_visible, told_apart=_told_apart)
)
# What goes past the intake is on nobody's list but its readers'.
ITEM_ROOMS.register(PAST_INTAKE, replace(ARRIVED, owners_only=True, readers_only=True))
_LOOK = {words.LOOK: _("A marked picture: two of you look at it, and write what came of it")}
ITEM_ROOMS.register(
    words.PICTURES,
    ItemRoom(
        address=by_subject("intake:marked"),
        ends_on={words.LOOK: by_subject("intake:marked")},
        focal_points_only=True,
        says=_LOOK,
    ),
)
# Past the intake: on nobody's list but its readers'.
ITEM_ROOMS.register(
    words.PICTURES_PAST,
    ItemRoom(
        address=by_subject("intake:marked"),
        ends_on={words.LOOK: by_subject("intake:marked")},
        owners_only=True,
        readers_only=True,
        says=_LOOK,
    ),
)
FACT_WORDS.register("what came of a picture", FactWords("came_of_it", by_codes(words.CameOfIt)))
MENU.register(
    "inbox",
    MenuItem(
        "intake:arrivals",
        _("Sealed inbox"),
        "inbox",
        visible=permissions.finds_inbox,
        count=inbox_queries.waiting_in_menu,
        go="gi",
    ),
    order=25,
)


def _words_go_to(arrival: UUID) -> WordsGoTo | None:
    to = intake_queries.goes_on_to(arrival)
    if to is None:
        return None
    return WordsGoTo(
        room=words.REPORTS, subject=to.place, owner=to.owner, public=to.public, number=to.number, file=to.file
    )


def _answers_too(staff: Staff, arrival: UUID) -> bool:
    return intake_queries.holds_what_became(staff, arrival)


PAST_INTAKE_READERS.register("complaints", intake_permissions.readers_of_what_is_about_staff)
ARRIVAL_ROOMS.register(
    PAST_INTAKE,
    ArrivalRoom(
        subjects=intake_permissions.complaints_open_to,
        key=intake_permissions.nothing_opens_what_became_a_complaint,
    ),
)
BECAME_HERS.register("what a report became", intake_queries.subjects)
cases_queries.STRIP.register("reports", intake_queries.report_behind, order=30)
complaints_queries.REPORT_BEHIND.register("reports", intake_queries.report_of_complaint)
ARRIVAL_ROOMS.register(words.REPORTS, ArrivalRoom(subjects=intake_queries.subjects, key=intake.key_for))
REFERENCED_BLOBS.register(words.PICTURE_KEY, intake_queries.picture_keys_needed)
WORDS_GO_TO.register("what a report became", _words_go_to)
ANSWERS_TOO.register("what a report became", _answers_too)
# After contacts have said which case they became, before anything of the file goes.
ON_ERASE.register("where words of reporters go", intake.follow_or_forget, order=35)
OFFBOARDING.register(PAST_INTAKE, Offboarding(pass_on=intake.pass_to_new_readers), order=45)
for _field, _labels in words.CODES_OF_REPORTS.items():
    CODES.register(_field, _labels)
