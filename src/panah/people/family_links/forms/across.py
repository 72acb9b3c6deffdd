"""Asking another society about a relative, and answering one that asks."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.forms import (
    AnswerField,
    ChoiceLabel,
    DateField,
    Form,
    many_of,
    one_line,
    one_of,
    paragraph,
    picked,
    spoken_language,
    ticked,
)
from panah.ground.kit.languages import SPOKEN
from panah.people.consent.words import ConsentMethod
from panah.people.family_links import message_schema, words
from panah.people.family_links.forms.asked import AskedFields

# Where it goes by telephone or letter: to a society or an organisation without a Panah of its own.
BY_HAND = "other"


class AskForm(Form):
    """To whom, what exactly, and that the one who asks agrees to it. ``texts`` are the fields that can be chosen."""

    receiver = one_of(_("Which society is asked?"))
    receiver_name = one_line(
        _("Without Panah: who is asked"),
        hint=_("The Red Cross or Red Crescent there, or an organisation. By telephone or letter."),
        most=120,
    )
    doubt = one_of(_("Could the one who asks be the danger?"), words.SeekerDoubt.choices)
    sought = paragraph(
        _("Who is sought: names as written, year of birth"),
        hint=_("As little as is needed to know the person again."),
        required=True,
        rows=2,
    )
    relation = one_line(_("How they are related"), required=True, most=2000)
    fields_told = many_of(
        _("What the one who asks chose to have told besides"),
        words.SharedDetail.choices,
        hint=_("What is not chosen stays here."),
    )
    way = picked(_("How the one who asks agreed"), [("", _("Choose")), *ConsentMethod.choices], required=True)
    language = spoken_language(_("In which language"), required=True)
    until = DateField(label=_("Agreed until which day"), required=True, future=True)
    understood = ticked(
        _("The one who asks was told, and understood:"),
        _(
            "the person sought decides; it can be that nothing may be told, and why is never said; the "
            "request can be taken back at any time."
        ),
    )

    def __init__(self, *args: object, societies: list[tuple[str, str]], **kwargs: Any) -> None:
        initial = kwargs.setdefault("initial", {})
        initial.setdefault("until", timezone.localdate() + timedelta(days=182))
        super().__init__(*args, **kwargs)
        self.offer("receiver", [*societies, (BY_HAND, _("Another one, by telephone or letter"))])
        for one in words.SharedDetail:
            self.fields[f"tell_{one.value}"] = (
                spoken_language(capfirst(one.label))
                if one == words.SharedDetail.LANGUAGE
                else paragraph(capfirst(one.label), rows=2)
            )
            self.keep_quiet(self.fields[f"tell_{one.value}"].widget)
        self.order_fields(
            ["receiver", "receiver_name", "doubt", "sought", "relation", "fields_told"]
            + [f"tell_{one.value}" for one in words.SharedDetail]
        )

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if data.get("receiver") == BY_HAND and not data.get("receiver_name"):
            self.add_error("receiver_name", _("Write who is asked."))
        for name in data.get("fields_told", ()):
            if not data.get(f"tell_{name}"):
                self.add_error(
                    f"tell_{name}", _("This was chosen to be told: write it, or do not choose it.")
                )
        if not data.get("understood"):
            self.add_error("understood", _("Tell it first: without it a yes is no consent."))
        return data

    def typed(self, *, today: date) -> dict[str, object]:
        """What the draft keeps: nothing of a field that was not chosen."""
        data = self.cleaned_data
        chosen = list(data["fields_told"])
        return {
            "sought": data["sought"],
            "relation": data["relation"],
            "fields": chosen,
            "values": {name: data[f"tell_{name}"] for name in chosen},
            "doubt": data["doubt"],
            "consent": {
                "asked_on": today.isoformat(),
                "way": data["way"],
                "language": data["language"],
                "until": data["until"].isoformat(),
            },
        }

    def clean_language(self) -> str:
        found = str(self.cleaned_data["language"])
        return found if found in SPOKEN else ""


class ReadForm(Form):
    """Before a request leaves."""

    read = ticked(
        _("I read this to the one who asks, and the one who asks agrees to exactly this"),
        required=True,
        error_messages={"required": _("Read it first: exactly this will leave, and nothing else.")},
    )


class SentForm(ReadForm):
    """Without a Panah on the other side: how it was told."""

    sent_by = one_of(
        _("How does it get there?"),
        [("script", _("by telephone, read from a script")), ("letter", _("a letter, by a safe way"))],
    )


class MoreForm(Form):
    text = paragraph(
        _("What is added"),
        hint=_("Only what the one who asks agrees to have told. They read it as it stands here."),
        required=True,
    )


class AskBackForm(Form):
    """The one question that may go back, before anybody was found."""

    question = paragraph(
        _("The question"),
        hint=_("One question, once: what would help to find the person. Nothing of what you know."),
        required=True,
        most=message_schema.QUESTION,
    )


class SearchForm(AskedFields):
    """How the search stands, for the focal points alone."""

    doubt = one_of(_("Could the one who asks be the danger?"), words.SeekerDoubt.choices)
    reached = one_of(_("How does the search stand?"), words.SearchState.choices)
    wants = AnswerField(label=_("Does the person sought want contact?"), safe=True)
    agreed = paragraph(_("What exactly the person agreed to, in own words"))
    field_order = ("doubt", "reached", "asked_by", "how", "asked_on", "wants", "agreed")

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if data.get("wants") == "yes" and data.get("reached") != words.SearchState.ASKED:
            self.add_error("wants", _("A yes comes from the person alone: write that the person was asked."))
        return self.with_who_asked(data, "wants")


class AnswerForm(Form):
    """What the other society will read."""

    answer = one_of(
        _("What are they told?"),
        [
            (
                words.LinksAnswer.CONTACT.value,
                ChoiceLabel(
                    words.LinksAnswer.CONTACT.label,
                    _("Only with a clear yes, and exactly as the person agreed."),
                ),
            ),
            (
                words.LinksAnswer.LATER.value,
                ChoiceLabel(
                    words.LinksAnswer.LATER.label,
                    _("They read the day by which they hear again: in 30 days."),
                ),
            ),
            (
                words.LinksAnswer.NOTHING.value,
                ChoiceLabel(words.LinksAnswer.NOTHING.label, words.NOTHING_MEANS),
            ),
        ],
    )
    message = paragraph(_("What the person sought wishes to tell"), most=message_schema.MESSAGE)
    reach = paragraph(
        _("How to be reached"),
        hint=_("As agreed: a number, hours, or only through us. No place unless the person said so."),
        most=message_schema.REACH,
        rows=2,
    )

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if data.get("answer") == words.LinksAnswer.CONTACT and not (data.get("message") or data.get("reach")):
            self.add_error(
                "message", _("Write what the person wishes to tell, or how the person is reached.")
            )
        return data


class SendAnswerForm(Form):
    """Before an answer leaves; what a person said is read back to her first."""

    read = ticked(
        _("I read this back to the person sought, alone, and the person agrees to exactly this"),
        required=True,
        error_messages={"required": _("Read it back first: exactly this will leave.")},
    )

    def __init__(self, *args: object, contact: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if not contact:
            del self.fields["read"]


class TakeBackForm(Form):
    """Before what was told is taken back: it cannot be told again without asking anew."""

    sure = ticked(
        _("The person said so: they are told at once, and asked to erase all of it"),
        required=True,
        error_messages={"required": _("Tick it first: what is taken back once is not sent again.")},
    )


class EraseForm(Form):
    """Before what came is destroyed."""

    sure = ticked(
        _("Erase all of it, in every copy: nothing brings it back"),
        required=True,
        error_messages={"required": _("Tick it first: nothing brings it back.")},
    )


class NothingToFill(Form):
    """A step that is one button."""
