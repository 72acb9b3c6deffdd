"""The facts card of a contact: only with a yes to being counted that counts; codes, month and country, nothing else."""

from datetime import datetime
from zoneinfo import ZoneInfo

from panah.ground.vault import queries as vault_queries
from panah.ground.vault.actions import cards
from panah.ground.vault.keyring import Keyring, current_key
from panah.ground.vault.words import KeyKind
from panah.ground.work.words import AgeGroup
from panah.people.hotline.models import Contact
from panah.people.hotline.queries.contacts import answers_of

# What counts of a call: closed lists alone. Never a place below the country, a number, a day or an exact age.
COUNTED = ("caller", "sex", "topics", "heard", "ends", "country")


def count(*, keys: Keyring, contact: Contact, at: datetime) -> None:
    """Write, change or take away the facts card, as the answer to *may this call be counted* stands now.

    Nothing but a clear yes counts. Without the society's facts key nothing is written: *Finish* never waits for it.
    """
    answers = answers_of(keys=keys, contact=contact)
    kept = vault_queries.value_of(keys=keys, file=contact.file_id, part=cards.PART).get(cards.FACTS, [])
    # A child's yes does not count before somebody who may agree for the child did: on a line nobody is asked.
    if answers.get("c_count") != "yes" or contact.age_group == AgeGroup.CHILD:
        if kept:
            cards.drop_card(keys=keys, file=contact.file_id, kind=cards.FACTS, at=at)
        return
    value = _card(contact, answers)
    if kept and kept[0]["value"] == value:
        return
    if current_key(contact.society_id, KeyKind.FACTS) is not None:
        cards.put_card(keys=keys, file=contact.file_id, kind=cards.FACTS, value=value, at=at)


def _card(contact: Contact, answers: dict[str, object]) -> dict[str, object]:
    here = contact.started_at.astimezone(ZoneInfo(contact.society.time_zone))
    codes = {name: answers[name] for name in COUNTED if answers.get(name) not in (None, "", [], "none")}
    return {
        "of": "contact",
        "month": f"{here:%Y-%m}",
        "age": contact.age_group,
        "channel": contact.channel,
        "codes": codes,
    }
