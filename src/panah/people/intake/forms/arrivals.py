"""The forms of what arrived sealed: what the list shows, what it becomes, why it is closed, what for it is shown."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from panah.ground.kit.age_question import adult_or_child, could_be_a_child, settle_age
from panah.ground.kit.forms import Form, many_of, one_line, one_of, paragraph, picked
from panah.ground.kit.languages import spoken
from panah.ground.vault.words import RevealPurpose
from panah.ground.work.words import Urgency
from panah.people.inbox.words import ArrivalClosing, ArrivalState, kind_words

if TYPE_CHECKING:
    from panah.people.inbox.rules import ArrivalPerson
    from panah.people.intake.actions import Target

STATES = [
    ("", _("all that waits")),
    (ArrivalState.SEALED, _("nobody has opened it")),
    (ArrivalState.OPENED, _("opened, not settled")),
    ("over", _("all that ended")),
    (ArrivalState.SETTLED, _("settled")),
    (ArrivalState.WITHDRAWN, _("withdrawn")),
    (ArrivalState.EXPIRED, _("expired")),
]


class ListForm(Form):
    kind = picked(_("What came"))
    urgency = picked(_("How urgent it is"), [("", _("all")), *Urgency.choices])
    state = picked(_("State"), STATES)
    languages = picked(
        _("Languages"), [("", _("mine, what is urgent, and what nobody else here reads")), ("all", _("all"))]
    )

    def __init__(self, *args: object, kinds: Iterable[str] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("kind", [("", _("all")), *((kind, kind_words(kind)) for kind in kinds)])


class ConvertForm(Form):
    """What came stands in it already: it is read, put right where it is wrong, and sent."""

    called = one_line(_("Name"), most=200)
    phone = one_line(_("Telephone"), most=200)
    language = picked(_("Language to speak"), lambda: spoken("–"))
    age_group = adult_or_child()
    doubt = could_be_a_child()
    urgency = one_of(_("How urgent is it?"), Urgency.choices, line=True)
    # It came from elsewhere, as long as it is: nobody has to shorten it before it may be kept.
    note = paragraph(_("What has happened"), rows=6, most=None)
    choice = picked("", required=True)
    also = many_of(_("Joined reports that go along"))
    word = paragraph(
        _("What the reporter is told"),
        hint=_("May stay empty. The reporter learns only this, never what it became."),
        rows=3,
    )

    word_also = many_of(
        "", hint=_("Nobody else reads it unless you tick it. Neither reporter learns of the other.")
    )

    def __init__(
        self,
        *args: object,
        turn: "Target",
        choices: list[tuple[str, str]],
        tells: bool = False,
        joined: Sequence[tuple[str, object]] = (),
        told: Sequence[tuple[str, object]] = (),
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)
        if not tells:
            del self.fields["word"]
        if joined:
            self.offer("also", joined)
        else:
            del self.fields["also"]
        if tells and told:
            self.offer("word_also", told)
            self.fields["word_also"].label = _("Who reads it too: %(number)s joined") % {"number": len(told)}
        else:
            del self.fields["word_also"]
        self.fields["choice"].label = turn.ask
        self.fields["choice"].error_messages["required"] = _("“%(label)s” needs an answer.") % {
            "label": turn.ask
        }
        self.offer("choice", choices if len(choices) == 1 else [("", "–"), *choices])

    def clean(self) -> None:
        super().clean()
        settle_age(self)


def as_it_came(person: "ArrivalPerson", *, urgency: str) -> dict[str, object]:
    """Return what a TurnForm begins with."""
    return {
        "called": person.names[0] if person.names else "",
        "phone": person.phones[0] if person.phones else "",
        "language": person.language,
        "age_group": person.age_group,
        "urgency": urgency,
        "note": person.story,
    }


class CloseForm(Form):
    closing = one_of(_("Why does it need nothing more?"))

    def __init__(self, *args: object, closings: Iterable[ArrivalClosing], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("closing", [(one.value, one.label) for one in closings])


class PurposeForm(Form):
    purpose = one_of(_("What for?"), RevealPurpose.choices)
