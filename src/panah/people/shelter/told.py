"""What of a stay is told to whoever slept there: the sheet, each step, and what the house's book says of her.

The way there is about the house: never told from here, whoever asks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from panah.ground.vault import queries as vault_queries
from panah.ground.work.sheets import fields_of
from panah.ground.work.told_parts import (
    COLLEAGUES,
    FOR_THE_TEAM,
    Asking,
    HandedIn,
    PlainRow,
    ToldPart,
    disclosed,
    marks,
    when_asked,
    withheld,
)
from panah.people.shelter.forms import AskForm
from panah.people.shelter.models import Stay
from panah.people.shelter.queries.cases import stays_of_file
from panah.people.shelter.queries.timeline import what_happened
from panah.people.shelter.words import (
    BedDeclineReason,
    IncidentKind,
    LeftHow,
    LeftTo,
    StayPart,
    StayState,
    YesNo,
)

if TYPE_CHECKING:
    from uuid import UUID

    from panah.ground.vault.keyring import Keyring


def happened(value: object) -> str:
    return what_happened(str(value))


RESIDENTS = _("It may speak of others who live there: whoever runs the house reads it first.")
IN_THE_BOOK = _("Of what kind it was stands in the book of the house: whoever runs the house tells it.")
ROW = "stay"

SHEETS: dict[str, ToldPart] = {
    ROW: ToldPart(
        _("Where you could sleep"),
        {
            "place": disclosed(_("Safe place")),
            "state": disclosed(_("Progress"), StayState),
            "from": disclosed(_("From")),
            "until": disclosed(_("Until")),
            "held_until": disclosed(_("The bed is held until")),
        },
        handed_in=True,
    ),
    StayPart.SHEET: ToldPart(
        _("What the house knows of you"),
        {
            **fields_of(AskForm),
            "asked_by": withheld(_("Who asked"), COLLEAGUES),
            "high_risk": disclosed(_("The danger to you was high when the bed was asked for"), YesNo),
            **marks("case"),
        },
        handed_in=True,
    ),
    StayPart.STEP: ToldPart(
        _("What was done about the bed"),
        {
            "what": disclosed(_("What happened"), happened),
            "bed": disclosed(_("Bed")),
            "until": disclosed(_("Until")),
            "reason": disclosed(_("Why there was no bed"), BedDeclineReason),
            "seen": when_asked(_("Seen or heard last"), why=RESIDENTS),
            "danger": disclosed(_("Could you be in danger?")),
            "to": disclosed(_("Where to"), LeftTo),
            "how": disclosed(_("How it ended"), LeftHow),
            "safety": disclosed(_("Was the way on talked through?")),
            "note": when_asked(_("What else was written"), why=RESIDENTS),
            "why": when_asked(_("Why you were asked to leave"), why=RESIDENTS),
            "onward": when_asked(_("The way on that was offered to you"), why=RESIDENTS),
            "second": when_asked(_("What a second colleague decided about it"), why=RESIDENTS),
            "heard_by": when_asked(_("Who saw or heard you"), why=RESIDENTS),
            "heard_when": when_asked(_("When and how you were seen or heard"), why=RESIDENTS),
            "colleague": withheld(_("Who follows from now on"), COLLEAGUES),
        },
        handed_in=True,
    ),
    StayPart.TOLD: ToldPart(
        _("What the book of the house says of you"),
        {
            "kind": disclosed(_("What kind"), IncidentKind),
            "at": disclosed(_("When")),
            "text": when_asked(_("What happened"), why=RESIDENTS),
            "told": withheld(_("Who was told"), FOR_THE_TEAM),
        },
        handed_in=True,
    ),
}
# Of the files of a house: nobody's own.
OF_THE_HOUSE = (StayPart.WAY, StayPart.INCIDENT, StayPart.NEED)
PARTS = (StayPart.SHEET, StayPart.STEP, StayPart.TOLD)


def handed_in(asking: Asking, keys: Keyring | None) -> Iterator[HandedIn]:
    """The stays of a case that open for whoever asks, or the one stay that is asked about."""
    if asking.about == "case":
        rows = stays_of_file(keys=keys, file=asking.file)
    elif asking.about == "stay":
        rows = list(Stay.objects.filter(pk=asking.pk).select_related("place"))
    else:
        rows = []
    for row in rows:
        parts = vault_queries.read_parts(keys=keys, file=row.file_id, names=[str(part) for part in PARTS])
        steps = parts.get(StayPart.STEP, [])
        if not parts:
            yield HandedIn(f"{asking.about}:{ROW}", [], [str(_("The sheet of a stay does not open here."))])
            continue
        plain = {
            "place": row.place.name,
            "state": row.state,
            "from": row.from_day.isoformat(),
            "until": row.to_day.isoformat(),
            "held_until": row.held_until.isoformat() if row.held_until else "",
        }
        yield HandedIn(
            f"{asking.about}:{ROW}", [PlainRow(plain, steps[0].at if steps else parts[StayPart.SHEET][0].at)]
        )
        incidents = parts.get(StayPart.TOLD, [])
        in_the_book = _in_the_book(keys, row, [incident.ref for incident in incidents])
        yield HandedIn(f"{asking.about}:{StayPart.SHEET}", parts.get(StayPart.SHEET, []))
        yield HandedIn(f"{asking.about}:{StayPart.STEP}", steps)
        yield HandedIn(
            f"{asking.about}:{StayPart.TOLD}",
            [
                PlainRow({**in_the_book.get(incident.ref, {}), **incident.value}, incident.at)
                for incident in incidents
            ],
            [str(IN_THE_BOOK)] if len(in_the_book) < len(incidents) else [],
        )


def _in_the_book(keys: Keyring | None, row: Stay, refs: list[UUID]) -> Mapping[UUID, Mapping[str, object]]:
    """Kind and day of what happened, where the book opens for whoever asks."""
    wanted = [(row.place.book_id, ref) for ref in refs]
    incidents = vault_queries.read_refs(keys=keys, wanted=wanted, part=StayPart.INCIDENT)
    return {
        ref: {name: incident.value.get(name, "") for name in ("kind", "at")}
        for ref, incident in incidents.items()
    }
