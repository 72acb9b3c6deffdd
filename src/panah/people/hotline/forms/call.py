"""The form of a call. Every field may stay empty: nothing typed can make *Finish* fail."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar, cast
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from panah.ground.kit.forms import (
    AnswerField,
    DatalistInput,
    DateTimeField,
    Form,
    line_ends,
    many_of,
    one_line,
    paragraph,
    picked,
    spoken_language,
    ticked,
)
from panah.ground.network import queries as network_queries
from panah.ground.work.words import Urgency
from panah.people.hotline import words
from panah.people.hotline.actions.drafts import CallDraft


def countries() -> list[tuple[str, str]]:
    return [("", "—"), *network_queries.countries()]


def none_or(choices: Iterable[tuple[str, object]]) -> list[tuple[str, object]]:
    return [("", "—"), *choices]


def codes_of(one: forms.ChoiceField) -> set[str]:
    """The codes that a choice may have."""
    return {str(code) for code, _label in cast("Iterable[tuple[object, object]]", one.choices)}


class ContactForm(Form):
    """A page of a contact: what it was made from (``based_on``), and a name for the page (``tab``)."""

    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    note_version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    tab = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    # The next line of a chat, and a name for it: sent twice, it is said once.
    reply = paragraph(_("Your next line"), rows=3)
    reply_once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    identity: tuple[str, ...] = ()
    aside = ("based_on", "note_version", "tab", "note", "forget_identity", "reply", "reply_once")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for one in self.fields.values():
            # Nobody counts characters in a call: whatever was typed is kept, whole.
            if isinstance(one, forms.CharField):
                one.max_length = None

    def answers(self) -> dict[str, Any]:
        """What was typed in the fields that were sent, as it was typed: a wrong time is kept too."""
        found = {}
        for name, one in self.fields.items():
            if name in self.aside or name in self.identity:
                continue
            widget = one.widget
            multiple = getattr(widget, "allow_multiple_selected", False)
            if widget.value_omitted_from_data(self.data, self.files, name) and not multiple:
                continue
            if self._is_none_of_the_choices(name, one, widget):
                # What was kept stands: "not safe" must not become "not asked" because a value got lost.
                continue
            found[name] = self._as_typed(name, one, widget)
        return found

    def _is_none_of_the_choices(self, name: str, one: forms.Field, widget: forms.Widget) -> bool:
        if not isinstance(one, forms.ChoiceField) or isinstance(one, forms.MultipleChoiceField):
            return False
        return str(widget.value_from_datadict(self.data, self.files, name) or "") not in codes_of(one)

    def _as_typed(self, name: str, one: forms.Field, widget: forms.Widget) -> object:
        value = widget.value_from_datadict(self.data, self.files, name)
        if isinstance(one, forms.MultipleChoiceField):
            allowed = codes_of(one)
            return [str(code) for code in value or [] if str(code) in allowed]
        if isinstance(one, forms.ChoiceField):
            return str(value or "")
        if isinstance(value, dict):
            return {part: str(typed) for part, typed in value.items()}
        return line_ends(str(value or "")) if isinstance(one, forms.CharField) else value

    def number_of(self, name: str) -> int:
        sent = str(self.data.get(name, ""))
        return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0

    @property
    def number_without_digits(self) -> bool:
        """Whether what was typed as the number to call back cannot be dialled: surely a slip, and kept all the same."""
        number = str(self.data.get("phone", "")).strip()
        return bool(number) and not any(one.isdigit() for one in number)

    def typed(self) -> CallDraft:
        note = line_ends(str(self.data["note"])) if "note" in self.data and "note" in self.fields else None
        return CallDraft(
            reply=line_ends(str(self.data["reply"])) if "reply" in self.data else None,
            reply_once=str(self.data.get("reply_once", ""))[:40],
            answers=self.answers(),
            note=note,
            identity={name: str(self.data.get(name, "")).strip() for name in self.identity},
            forget=self.identity if self.data.get("forget_identity") else (),
            based_on=self.number_of("based_on"),
            note_version=self.number_of("note_version"),
            tab=str(self.data.get("tab", ""))[:40],
        )


class CallForm(ContactForm):
    """First one line, then a free note, the rest after the call."""

    speak = AnswerField(label=_("Can the person speak freely?"), safe=True)
    danger = AnswerField(label=_("Hurt or threatened right now?"))
    alone = AnswerField(label=_("Is the person alone?"), safe=True)
    cut_off = AnswerField(label=_("If we are cut off, may we call back?"), safe=True)
    note = paragraph(
        _("Note"),
        hint=_(
            "In the person’s own words. Protected as you type; only those who answer this line can read it."
        ),
        rows=7,
    )

    c_talk = AnswerField(label=_("Is it all right to talk?"), safe=True)
    c_note = AnswerField(label=_("May I take notes? No sound is recorded."), safe=True)
    c_back = AnswerField(label=_("May we call back later?"), safe=True)
    c_count = AnswerField(
        label=_("May this call be counted, without a name?"),
        help_text=_("Only when there is calm to ask. A no changes nothing."),
        safe=True,
    )
    c_understood = one_line(_("What the person understood, in a few words"))

    caller = picked(_("Who is calling"), none_or(words.Caller.choices))
    language = spoken_language(_("Language"))
    interpreter = picked(_("Interpreter"), none_or(words.CallInterpreter.choices))
    interpreter_name = one_line(
        _("Who interprets"),
        hint=_("Vetted interpreters are suggested first. Any other name can be written too."),
        most=120,
        widget=DatalistInput,
    )
    sex = picked(_("Sex"), [("", _("not known")), *words.Sex.choices])
    age_band = picked(
        _("Age"),
        [("", _("not known")), *words.AgeBand.choices],
        hint=_("Never adult by default. In doubt a child."),
    )
    country = picked(_("Country, where the person is"), countries)
    where = one_line(_("Roughly where"), hint=_("A region or a large town is enough."))
    urgency = picked(_("How urgent"), none_or(Urgency.choices))
    topics = many_of(_("About"), words.Topic.choices, line=True)
    heard = picked(_("Where the number was found"), none_or(words.NumberSource.choices))

    called = one_line(_("What may we call the person?"), hint=_("No name is needed. Any word will do."))
    phone = one_line(_("Number to call back"), hint=_("Covered after it is saved."))
    forget_identity = ticked(_("Remove the word and the number that are kept"))
    safe_back = AnswerField(label=_("Is it safe to call back?"), safe=True)
    back_how = one_line(_("How"), hint=_("By voice, by message, through someone; what never."))
    back_hours = one_line(_("At what hours"))
    safe_word = one_line(
        _("Safe word"), hint=_("The person says it first. Without it we say the cover story and hang up.")
    )
    cover_story = one_line(_("What we say if someone else answers"))

    ends = many_of(_("What happens next?"), words.CallEnding.choices)
    given_said = one_line(_("What was given or said"), hint=_("Information, advice, a number."))
    back_when = picked(_("Call back"), none_or(words.BackWhen.choices))
    back_at = DateTimeField(label=_("or exactly at"), required=False, near=True)
    back_tries = picked(_("How many tries"), none_or([("1", "1"), ("2", "2"), ("3", "3"), ("5", "5")]))
    back_stop = one_line(
        _("When to stop trying"), hint=_("For example: after Sunday, or if someone else answers twice.")
    )

    identity = ("called", "phone")
    # What a phone folds away, by the number of its part on the page.
    folded: ClassVar[dict[int, tuple[str, ...]]] = {
        3: ("c_talk", "c_note", "c_back", "c_understood"),
        4: (
            *(
                "caller",
                "urgency",
                "language",
                "interpreter",
                "interpreter_name",
                "age_band",
                "sex",
                "country",
            ),
            *("topics", "safe_back", "back_how", "back_hours", "safe_word", "cover_story", "called", "heard"),
            "c_count",
        ),
        5: ("ends", "given_said", "back_when", "back_tries", "back_at", "back_stop"),
    }

    def is_begun(self, part: int) -> bool:
        """Say whether something stands in a part, or is wrong there: then it is not folded."""
        return any(_says_something(self[name].value()) or self[name].errors for name in self.folded[part])

    @property
    def exact_time(self) -> datetime | None:
        """The exact time of a call-back if it can be read, else None."""
        self.full_clean()
        return self.cleaned_data.get("back_at")


class EmergencyForm(ContactForm):
    """Danger now: what can be asked of someone who cannot speak."""

    e_talk = AnswerField(label=_("Can the person answer with yes and no?"), safe=True)
    danger = AnswerField(label=_("Hurt or threatened right now?"))
    alone = AnswerField(label=_("Is the person alone?"), safe=True)
    e_place = paragraph(
        _("The exact place"),
        hint=_(
            "Town, street, house, floor, door. If unknown: what can be seen, heard, the bus, the shop sign."
        ),
        rows=2,
    )
    e_drops = one_line(
        _("If the line drops"),
        hint=_("Call back, send help without calling, or wait for a sign. Agree on it first."),
    )
    e_who = one_line(_("Who is with the person"), hint=_("How many, do they hear us, are they armed."))
    e_injured = AnswerField(label=_("Is anyone injured?"))
    e_breathing = AnswerField(label=_("Awake and breathing well?"), safe=True)
    e_children = AnswerField(label=_("Are children there?"))
    e_locked = AnswerField(label=_("Is the person locked in?"))
    e_weapon = AnswerField(label=_("Is there a weapon?"))
    e_ambulance = AnswerField(label=_("Does the person want an ambulance?"))
    e_police = AnswerField(label=_("Does the person want the police?"))
    e_life = AnswerField(label=_("Is a life at risk, so that we call without a yes?"))
    e_reason = one_line(_("Why, if without a yes"))
    e_called = one_line(_("Whom we called, when"))
    country = picked(_("Country, where the person is"), countries)
    where = one_line(_("Roughly where"), hint=_("A region or a large town is enough."))
    phone = one_line(_("Number to call back"), hint=_("Covered after it is saved."))
    note = paragraph(_("Note"), rows=4)

    identity = ("phone",)


class RehearsalForm(Form):
    """The first questions of a call, to practise with. What stands in it is kept nowhere."""

    speak = AnswerField(label=_("Can the person speak freely?"), safe=True)
    danger = AnswerField(label=_("Hurt or threatened right now?"))
    alone = AnswerField(label=_("Is the person alone?"), safe=True)
    cut_off = AnswerField(label=_("If we are cut off, may we call back?"), safe=True)
    note = paragraph(_("Note"), rows=4)

    @property
    def four_answered(self) -> bool:
        """Whether each of the first four questions has an answer."""
        return all(
            self.data.get(name) in ("yes", "no", "unknown")
            for name in ("speak", "danger", "alone", "cut_off")
        )


def _says_something(value: object) -> bool:
    """An answer of four begins as *not asked*, a moment as empty parts."""
    return any(value.values()) if isinstance(value, dict) else bool(value) and value != "none"


def empty_tab() -> str:
    return uuid4().hex


def typed_from(fields: Iterable[Iterable[str]]) -> CallDraft:
    """What a browser kept while the line was down, as the form of the call reads it."""
    data = QueryDict(mutable=True)
    for pair in fields:
        name, value = [*pair, ""][:2]
        data.appendlist(str(name), str(value))
    kind = EmergencyForm if "e_place" in data else CallForm
    return kind(data).typed()


def initial_of(
    values: Mapping[str, object], *, version: int, note: str, note_version: int, reply: Mapping[str, str]
) -> dict[str, object]:
    return {
        **values,
        "based_on": version,
        "note": note,
        "note_version": note_version,
        "tab": empty_tab(),
        "reply": reply.get("text", ""),
        "reply_once": reply.get("once") or empty_tab(),
    }
