"""A text is corrected by one person, published by a second, and put back by any of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.approvals.second_person import must_be_second
from panah.ground.audit import actions as audit
from panah.ground.foundation import dialled_numbers
from panah.ground.foundation.errors import Refusal
from panah.ground.kit.optimistic_lock import refuse_if_changed
from panah.ground.work import actions as work
from panah.ground.work.words import DueKind, DueType, Urgency
from panah.people.page_texts import events, permissions, rules
from panah.people.page_texts.models import Correction
from panah.people.page_texts.queries import LANGUAGES, hands_of, no_earlier_than
from panah.people.page_texts.sentences import Sentence, sentence_of
from panah.people.page_texts.words import ANOTHER_OF_THE_NODE, LOOK, ROOM, TextState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

LOOKED_AT_WITHIN = timedelta(days=14)

LOOK_AT = DueType(ROOM, LOOK, DueKind.DECIDE, within=LOOKED_AT_WITHIN, urgency=Urgency.LATER)


def must_correct(by: Staff) -> None:
    if not permissions.corrects(by):
        raise Refusal(
            _("Focal points correct the texts of the public door."),
            next_step=_("Tell one of them what is wrong."),
            code="corrects-no-texts",
        )


def must_be_good(texts: Sequence[str], *, sentence: Sentence, delivered: Sequence[str]) -> None:
    """Refuse a text that loses a placeholder, brings a number or an address, or is no plain sentence."""
    for place, text in enumerate(texts):
        before = delivered[min(place, len(delivered) - 1)]
        wrong = rules.problem(text, english=sentence.wanted, delivered=before)
        if wrong:
            raise _wrong(wrong, sentence.wanted, before)


def _wrong(code: str, english: str, before: str) -> Refusal:
    signs = ", ".join(rules.PLACE.findall(english)) or "–"
    said = {
        "empty": (_("The text is empty."), _("Write it, or put it back as it was delivered.")),
        "long": (
            _("The text is much longer than the one that it replaces: it has room for %(num)s characters.")
            % {"num": rules.room_for([english, before])},
            _("Say it in fewer words."),
        ),
        "placeholders": (
            _("These signs must stand in the text as they stand in the original: %(signs)s.")
            % {"signs": signs},
            _("Panah writes a number or a word in their place. They may stand elsewhere in the sentence."),
        ),
        "markup": (
            _("The text holds a sign that does not belong into a sentence, such as < > & { }."),
            _("Leave it out. Quotation marks are written “ ” or « »."),
        ),
        "unseen": (
            _("The text holds something that is not seen and changes how it is read."),
            _("Type the text anew instead of copying it."),
        ),
        "number": (
            _("The text holds a number that the original does not have."),
            _("Numbers to call are kept in the directory, under Numbers."),
        ),
        "address": (
            _("The text holds something like an address on the internet that the original does not have."),
            _("Leave it out. After a full stop stands a space."),
        ),
    }[code]
    return Refusal(said[0], next_step=said[1], code=f"text-{code}")


@transaction.atomic
def correct(
    *,
    sentence: Sentence,
    language: str,
    texts: Sequence[str],
    seen: str | None = None,
    by: Staff,
    at: datetime,
) -> Correction:
    """Write how a sentence should be said; a second person publishes it. There is one draft of a sentence at a time."""
    must_correct(by)
    if language not in LANGUAGES:
        raise ValueError(language)
    tidy = [rules.tidied(text) for text in texts]
    delivered = list(sentence.delivered(language))
    must_be_good(tidy, sentence=sentence, delivered=delivered)
    first = {
        "key": sentence.key,
        "texts": tidy,
        "delivered": delivered,
        "society_id": by.society_id,
        "hands": [str(by.pk)],
        "written_by": by.name,
        "edited_at": at,
    }
    row, made = Correction.objects.select_for_update().get_or_create(
        language=language, mark=sentence.mark, state=TextState.DRAFT, defaults=first
    )
    if not made:
        if row.texts == tidy:
            return row
        refuse_if_changed(row, seen=seen)
        row.texts, row.delivered, row.written_by, row.edited_at = tidy, delivered, by.name, at
        row.society_id = by.society_id
        row.hands = sorted({*row.hands, str(by.pk)})
        row.save()
    _ask_to_look(row, at)
    audit.record(event=events.WRITTEN, by=by, at=at, about=row.pk, facts={"language": language})
    return row


def _ask_to_look(row: Correction, at: datetime) -> None:
    work.due_for_focal_points(LOOK_AT, row, not_to={*map(UUID, row.hands)}, at=at)


def _locked(correction: Correction, state: TextState) -> Correction:
    row = Correction.objects.select_for_update().filter(pk=correction.pk, state=state).first()
    if row is None:
        raise Refusal(
            _("A colleague has published, replaced or thrown away this text meanwhile."),
            next_step=_("Look at it again."),
            code="text-is-gone",
        )
    return row


@transaction.atomic
def publish(*, correction: Correction, seen: str | None = None, by: Staff, at: datetime) -> Correction:
    """Say it so at the door, in place of what was said before. Nobody who wrote in it does so."""
    must_correct(by)
    row = _locked(correction, TextState.DRAFT)
    refuse_if_changed(row, seen=seen)
    must_be_second(
        row.pk, by=by, may=permissions.corrects, hands=hands_of(row), elsewhere=str(ANOTHER_OF_THE_NODE)
    )
    sentence = sentence_of(row.key)
    must_be_good(row.texts, sentence=sentence, delivered=sentence.delivered(row.language))
    today, changed = timezone.localtime(at).date(), no_earlier_than(at, language=row.language)
    before = Correction.objects.filter(language=row.language, mark=row.mark)
    _end(list(before.filter(state=TextState.SHOWN)), TextState.REPLACED, today, changed)
    row.number = (before.aggregate(last=Max("number"))["last"] or 0) + 1
    row.state, row.published_by, row.published_on, row.edited_at = TextState.SHOWN, by.name, today, changed
    row.save()
    dialled_numbers.keep([row])
    # It may stand on the lists of a society other than that of whoever publishes it.
    work.cancel_for(subject=row.pk, purpose=LOOK, at=at)
    audit.record(event=events.PUBLISHED, by=by, at=at, about=row.pk, facts={"language": row.language})
    return row


def _end(rows: list[Correction], state: TextState, today: date, changed: datetime) -> None:
    for one in rows:
        one.state, one.ended_on, one.edited_at = state, today, changed
        one.save(update_fields=["state", "ended_on", "edited_at"])
    dialled_numbers.keep(rows)


@transaction.atomic
def take_back(*, correction: Correction, by: Staff, at: datetime) -> None:
    """Say the sentence as it was delivered again: one focal point alone, since what is wrong must go quickly."""
    must_correct(by)
    row = _locked(correction, TextState.SHOWN)
    changed = no_earlier_than(at, language=row.language)
    _end([row], TextState.TAKEN_BACK, timezone.localtime(at).date(), changed)
    audit.record(event=events.TAKEN_BACK, by=by, at=at, about=row.pk, facts={"language": row.language})


@transaction.atomic
def drop(*, correction: Correction, by: Staff, at: datetime) -> None:
    """Throw a draft away; what is said at the door stays."""
    must_correct(by)
    row = _locked(correction, TextState.DRAFT)
    work.cancel_for(subject=row.pk, purpose=LOOK, at=at)
    audit.record(event=events.DROPPED, by=by, at=at, about=row.pk, facts={"language": row.language})
    row.delete()
