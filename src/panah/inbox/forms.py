"""The forms of the inbox: what the list shows, what an arrival becomes, why it is closed, what for it is shown."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from panah.accounts.words import SPOKEN, names_of_languages
from panah.inbox.rules import Person
from panah.inbox.words import Closing, State, kind_words
from panah.kit.forms import Choices, Explained, Form, one_line, paragraph
from panah.vault.words import Purpose
from panah.work.words import Urgency

STATES = [
    ("", _("all that waits")),
    (State.SEALED, _("nobody has opened it")),
    (State.OPENED, _("opened, not settled")),
    ("over", _("all that ended")),
    (State.SETTLED, _("settled")),
    (State.WITHDRAWN, _("withdrawn")),
    (State.EXPIRED, _("expired")),
]


class ListForm(Form):
    kind = forms.ChoiceField(label=_("What came"), required=False)
    urgency = forms.ChoiceField(
        label=_("How urgent it is"), choices=[("", _("all")), *Urgency.choices], required=False
    )
    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False)

    def __init__(self, *args: Any, kinds: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("kind", [("", _("all")), *((kind, kind_words(kind)) for kind in kinds)])


class TurnForm(Form):
    """What came stands in it already: it is read, put right where it is wrong, and sent."""

    called = one_line(_("Name"), most=200)
    phone = one_line(_("Telephone"), most=200)
    language = forms.ChoiceField(label=_("Language to speak"), required=False)
    age_group = forms.ChoiceField(
        label=_("Adult or child?"),
        choices=[
            ("unknown", Explained(_("Not known"), _("Nothing is assumed. In doubt a child."))),
            ("child", _("Child")),
            ("adult", _("Adult")),
        ],
        widget=Choices(line=True),
    )
    urgency = forms.ChoiceField(
        label=_("How urgent is it?"), choices=Urgency.choices, widget=Choices(line=True)
    )
    # It came from elsewhere, as long as it is: nobody has to shorten it before it may be kept.
    note = paragraph(_("What has happened"), rows=6, most=None)
    choice = forms.ChoiceField(label="")

    def __init__(self, *args: Any, turn: Any, choices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = names_of_languages(SPOKEN, get_language() or "en")
        self.offer(
            "language", [("", "–"), *sorted(zip(SPOKEN, names, strict=True), key=lambda pair: pair[1])]
        )
        self.fields["choice"].label = turn.ask
        self.fields["choice"].error_messages["required"] = _("“%(label)s” needs an answer.") % {
            "label": turn.ask
        }
        self.offer("choice", choices if len(choices) == 1 else [("", "–"), *choices])


def as_it_came(person: Person, *, urgency: str) -> dict[str, Any]:
    """Return what a TurnForm begins with."""
    return {
        "called": person.names[0] if person.names else "",
        "phone": person.phones[0] if person.phones else "",
        "language": person.language if person.language in SPOKEN else "",
        "age_group": person.age_group,
        "urgency": urgency,
        "note": person.story,
    }


class CloseForm(Form):
    closing = forms.ChoiceField(label=_("Why does it need nothing more?"), widget=Choices())

    def __init__(self, *args: Any, closings: Iterable[Closing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("closing", [(one.value, one.label) for one in closings])


class PurposeForm(Form):
    purpose = forms.ChoiceField(label=_("What for?"), choices=Purpose.choices, widget=Choices())
