"""Taking down, leaving word, naming the second reader, gathering what is kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from panah.ground.foundation.ids import read_number
from panah.ground.kit.concerning_form import ConcerningForm
from panah.ground.kit.forms import (
    AnswerField,
    ChoiceLabel,
    Form,
    by_name,
    many_of,
    one_line,
    one_of,
    paragraph,
    picked,
    spoken_language,
    ticked,
)
from panah.people.complaints import words
from panah.people.complaints.permissions import is_officer

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


class Taking(ConcerningForm):
    """What both forms share. ``once`` makes sure that what is sent twice is one matter."""

    reads = _("would read it")
    called = one_line(_("What to call the person"), hint=_("May stay empty. It need not be a real name."))
    reach = one_line(
        _("How we can reach the person safely"), hint=_("Empty: the person asks again with the code.")
    )
    safe_word = one_line(_("A word by which we know the person again"), hint=_("The person chooses it."))
    language = spoken_language(_("Language to speak"))
    concerns = many_of(
        _("Who must not read it"),
        hint=_("Tick everybody it is about. Those who are ticked never learn that it exists."),
    )
    concerns_who = one_line(
        _("Somebody else it is about"),
        hint=_("A volunteer, a driver, an interpreter, as the person describes them."),
    )


class ComplaintForm(Taking):
    what = paragraph(
        _("What happened, in the person’s own words"),
        hint=_("When, where, who was there. Nothing needs to be proven."),
        required=True,
        rows=6,
    )
    speaker = one_of(_("Who complains"), words.Speaker.choices, initial=words.Speaker.PERSON)
    about = many_of(_("What it is about"), words.ComplaintAbout.choices)
    danger = AnswerField(label=_("Is anyone in danger because of it, or does it go on?"))
    wants = paragraph(_("What the person wants to happen"), rows=2)
    may_tell = AnswerField(
        label=_("May the one it is about learn who complains?"), help_text=_("Without a clear yes: no.")
    )
    field_order = (
        "what",
        "about",
        "danger",
        "concerns",
        "concerns_who",
        "speaker",
        "wants",
        "may_tell",
        "called",
        "reach",
        "safe_word",
        "language",
        "once",
    )


class OwnDataForm(Taking):
    wishes = many_of(_("What the person wants"), words.Wish.choices, required=True)
    what = paragraph(_("More about it"), hint=_("Which notes, what is wrong, since when."), rows=4)
    asker = one_of(
        _("Who asks"),
        [
            (words.Requester.PERSON, words.Requester.PERSON.label),
            (
                words.Requester.APPOINTED,
                ChoiceLabel(
                    words.Requester.APPOINTED.label,
                    _("Only with a paper that the person confirms when asked alone."),
                ),
            ),
            (
                words.Requester.GUARDIAN,
                ChoiceLabel(
                    words.Requester.GUARDIAN.label,
                    _("Only if not involved in what has happened, and best for the child."),
                ),
            ),
            (words.Requester.FAMILY, words.Requester.FAMILY.label),
            (words.Requester.OFFICIAL, words.Requester.OFFICIAL.label),
        ],
    )
    proof = one_of(
        _("How we know that it is the person"),
        words.Proof.choices,
        hint=_("It can stay open now. Nothing is told before it is known."),
        initial=words.Proof.NONE,
    )
    case = one_line(_("Number of the case, if the person has it"))
    field_order = (
        "wishes",
        "what",
        "asker",
        "proof",
        "case",
        "called",
        "reach",
        "safe_word",
        "language",
        "concerns",
        "concerns_who",
        "once",
    )

    def clean_asker(self) -> str:
        asker = str(self.cleaned_data["asker"])
        if asker == words.Requester.FAMILY:
            raise ValidationError(
                _(
                    "A relative is not the person, and learns nothing about whether anyone is known. "
                    "Take a request to restore family links instead."
                )
            )
        if asker == words.Requester.OFFICIAL:
            raise ValidationError(
                _(
                    "An office is not the person, and learns nothing about whether anyone is known. "
                    "Write down the request of an authority instead."
                )
            )
        return asker


class LeaveForm(Form):
    """Somebody asks with a code. What is typed goes to the readers; nothing comes back."""

    code = one_line(_("The code"), hint=_("Seven letters and digits, for example 4TQ‑7MX‑R."), required=True)
    word = one_line(_("The word that the person says"))
    message = paragraph(
        _("What the person says, and how to answer"),
        hint=_("When and how it is safe."),
        required=True,
        rows=4,
    )

    def clean_code(self) -> str:
        number = read_number(self.cleaned_data["code"])
        if number is None:
            raise ValidationError(_("This cannot be a code. Have it read again, letter by letter."))
        return number


class NameForm(Form):
    staff = picked(
        _("The second reader"),
        required=True,
        hint=_(
            "Somebody whom people trust, best outside the chain of command: "
            "whose own work and whose staff are least likely to be complained about."
        ),
    )

    def __init__(self, *args: object, people: Iterable[Staff], by: Staff, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        fit = [person for person in people if person.pk != by.pk and not is_officer(person)]
        self.offer("staff", by_name(fit))


class GatherForm(Form):
    knows = one_of(
        _("Do you know that it is the person who asks?"),
        [
            (words.Proof.SAFE_WORD, words.Proof.SAFE_WORD.label),
            (words.Proof.KNOWN, _("I know the person by voice or face")),
            (words.Proof.CALLED_BACK, words.Proof.CALLED_BACK.label),
            (words.Proof.PAPER, _("I compared a document with the case")),
            ("no", _("no, or not sure")),
        ],
    )
    how = one_of(
        _("How is it told?"),
        [
            (
                "aloud",
                ChoiceLabel(_("Read aloud from the screen"), _("Best: no paper that others can find.")),
            ),
            (
                "paper",
                ChoiceLabel(
                    _("Printed"),
                    _("Only if the person wants it and has a safe place for it. It can be found."),
                ),
            ),
        ],
        initial="aloud",
    )
    more = ticked(
        _("Also what is told only when asked for"),
        _("The person asked for it. Read it yourself first: leave out what names other people."),
    )
