"""What is told of questions whether a person is known elsewhere, and whether two cases are one person's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from panah.ground.vault import queries as vault_queries
from panah.ground.work.told_parts import (
    KEYS,
    OTHERS,
    Asking,
    HandedIn,
    PlainRow,
    ToldPart,
    disclosed,
    whole,
    withheld,
)
from panah.people.consent.words import AskedWith
from panah.people.finding.models import OutgoingInquiry
from panah.people.finding.words import DOUBLE, DOUBLE_OUTCOME, HERE, THERE, InquiryAnswer

if TYPE_CHECKING:
    from panah.ground.vault.keyring import Keyring

MAY_BE_ANOTHER = _("It asks about somebody who may be another person.")

SHEETS: dict[str, ToldPart] = {
    THERE: ToldPart(
        _("Which societies were asked whether they know you"),
        {
            "whom": disclosed(_("To whom")),
            "names": disclosed(_("Names")),
            "birth_year": disclosed(AskedWith.BIRTH_YEAR.label),
            "phone_tail": disclosed(AskedWith.PHONE_TAIL.label),
            "answer": disclosed(_("Answer"), InquiryAnswer),
            "call": withheld(_("Whom to call there"), OTHERS),
            "read_at": disclosed(_("Answered on")),
            "seed": withheld(_("The key to their answer"), KEYS),
        },
        handed_in=True,
    ),
    HERE: whole(_("Questions of other societies, whether somebody is known here"), MAY_BE_ANOTHER),
    DOUBLE: whole(_("Whether this and another case are one person’s"), OTHERS, waits=True),
    DOUBLE_OUTCOME: whole(_("What came of it, whether two cases are one person’s"), OTHERS, waits=True),
}


def handed_in(asking: Asking, keys: Keyring | None) -> Iterator[HandedIn]:
    """Whom we asked, beside what was asked."""
    if asking.about != "case":
        return
    parts = vault_queries.read_all(keys=keys, file=asking.file, part=THERE)
    rows = OutgoingInquiry.objects.select_related("theirs").in_bulk([part.ref for part in parts])
    whom = {pk: {"whom": str(row.theirs)} for pk, row in rows.items()}
    yield HandedIn(
        f"case:{THERE}", [PlainRow({**whom.get(part.ref, {}), **part.value}, part.at) for part in parts]
    )
