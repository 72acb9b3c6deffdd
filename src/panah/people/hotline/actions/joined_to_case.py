"""What is joined with a contact goes along into the case: the person's call history, each with its own record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from panah.ground.kit.dates import moment
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.words import RevealPurpose
from panah.people.cases import actions as cases
from panah.people.cases.queries.detention import earlier_of
from panah.people.hotline import words
from panah.people.hotline.models import Contact, WaitingDraft
from panah.people.hotline.queries.case_transfer import ContactContents, contents_of
from panah.people.hotline.queries.joined import joined_with
from panah.people.hotline.rules import may_join_case
from panah.people.hotline.words.parts import HELD

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.people.cases.models import Case


# The identity of a case as its room takes it: names, phones, whom else to reach.
Identity = dict[str, Any]
# The parts of a contact lie in the case's file under their own names with this before them.
FROM_CALL = "call."
# Who rings for the person, and not the person: their word and number are not the person's.
THE_PERSON = ("", words.Caller.SELF)


def prefix_of(contact: Contact, main: Contact | None) -> str:
    """What stands before the names of the parts: of a joined contact its number too."""
    return FROM_CALL if main is not None and contact.pk == main.pk else f"{FROM_CALL}{contact.number}."


def joined_to_take(
    *, keys: Keyring, contact: Contact, by: Staff, at: datetime
) -> list[tuple[Contact, ContactContents]]:
    """Return what goes along, oldest first: what has ended, opens, waits for nothing, and was not to be noted down.

    What stays keeps its own record with the line, as long as the rule says.
    """
    taken = []
    for one in joined_with(keys=keys, contact=contact, to=by):
        row: Contact = Contact.objects.select_for_update(of=("self",)).select_related("line").get(
            pk=one.contact.pk
        )  # fmt: skip
        # A colleague may have made a case of it while its row was waited for.
        elsewhere = row.state in (words.ContactState.OPEN, words.ContactState.CASE)
        stays = elsewhere or WaitingDraft.objects.filter(contact=row).exists()
        if stays or not vault_queries.opens(keys=keys, file=row.file_id):
            continue
        if may_join_case(contents_of(keys=keys, contact=row, identity={}).answers):
            shown = vault.reveal(keys=keys, file=row.file_id, purpose=RevealPurpose.ASSIST, at=at)
            taken.append((row, contents_of(keys=keys, contact=row, identity=shown.value if shown else {})))
    return sorted(taken, key=lambda pair: pair[0].started_at)


def add_identity(value: Identity, contact: Contact, found: ContactContents, *, other: Identity) -> None:
    """Add how the person was called and rung on a joined call. Who rang about the person stands as whom to reach."""
    if found.answers.get("caller", "") in THE_PERSON:
        for kind, name in (("names", "text"), ("phones", "number")):
            known = {one[name] for one in value.get(kind, [])}
            value.setdefault(kind, []).extend(one for one in other.get(kind, []) if one[name] not in known)
            if not value[kind]:
                del value[kind]
        reach = other.get("contact", "")
    else:
        who = dict(words.Caller.choices).get(str(found.answers["caller"]), "")
        told = [found.identity.get(name, "") for name in ("called", "phone")]
        reach = _("Rang about this person on %(when)s (%(who)s): %(reach)s") % {
            "when": moment(contact.started_at),
            "who": who,
            "reach": "\n".join(
                [", ".join(one for one in told if one) or "–", other.get("contact", "")]
            ).strip(),
        }
    if reach:
        value["contact"] = "\n".join(one for one in (value.get("contact", ""), reach) if one)


def carry_held(
    told: Sequence[tuple[Contact, ContactContents]], *, keys: Keyring, case: Case, at: datetime
) -> None:
    """Where the person is held becomes the detention of the case, with its clocks: what was written last counts.

    What has ended goes along too, and stands there as earlier.
    """
    held_parts = [(one.at, {**one.value, **its.mark}) for _contact, its in told for one in its.all(HELD)]
    if not held_parts:
        return
    *others, last = [value for _at, value in sorted(held_parts, key=lambda one: one[0])]
    before = [over for value in others for over in earlier_of(value)]
    held = {**last, "earlier": [*before, *last.get("earlier", [])]}
    cases.write_detention(keys=keys, case=case, held=held, at=at)
