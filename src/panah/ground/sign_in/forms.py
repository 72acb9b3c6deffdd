"""The forms about access: sign in, open the vault, read back what is on paper, colleagues."""

from collections.abc import Iterable
from typing import ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.ground.accounts.words import WHAT_A_ROLE_DOES, Role
from panah.ground.kit.forms import (
    CheckboxChoices,
    ChoiceLabel,
    DatalistInput,
    DateField,
    Form,
    RadioChoices,
    many_of,
    one_line,
    one_of,
    six_words,
)
from panah.ground.kit.languages import INTERFACE
from panah.ground.network.capabilities import CAPABILITIES
from panah.ground.vault.passphrases import tidy

YES_NO = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]


def _typed(kind: str, **attrs: str) -> forms.PasswordInput:
    return forms.PasswordInput(
        attrs={"autocomplete": kind, "autocapitalize": "none", "spellcheck": "false", **attrs}
    )


def _digits() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Six digits from your code app"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


def _code() -> forms.CharField:
    """Digits of the code app or of a recovery code; somebody with a passkey leaves it empty."""
    return forms.CharField(
        label=gettext_lazy("Six digits from your code app"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("Or a recovery code of eight digits. If you use a passkey, leave it empty."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


NOT_SIGNED_IN = gettext_lazy("We couldn’t sign you in")


class SignInForm(Form):
    error_heading = NOT_SIGNED_IN
    name = forms.CharField(
        label=gettext_lazy("Sign-in name"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    passphrase = forms.CharField(
        label=gettext_lazy("Your six words"), max_length=200, widget=_typed("current-password")
    )
    digits = _code()
    next = forms.CharField(required=False, widget=forms.HiddenInput)
    # What was typed when the sign-in had ended, locked; it goes on after the sign-in.
    typed = forms.CharField(required=False, widget=forms.HiddenInput)


class SecondStep(Form):
    """After the right words of somebody who has a passkey: the passkey's answer, or a code."""

    error_heading = NOT_SIGNED_IN
    digits = forms.CharField(
        label=gettext_lazy("Six digits from your code app, or a recovery code"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
    answer = forms.CharField(required=False, widget=forms.HiddenInput)
    next = forms.CharField(required=False, widget=forms.HiddenInput)
    typed = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, object]:
        given: dict[str, object] = super().clean() or self.cleaned_data
        if not given.get("digits") and not given.get("answer"):
            self.add_error("digits", _("Use your passkey, or type a code."))
        return given


class ByPrintedCode(Form):
    """The way in for someone who forgot her six words."""

    error_heading = NOT_SIGNED_IN
    name = forms.CharField(
        label=gettext_lazy("Sign-in name"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    code = forms.CharField(
        label=gettext_lazy("Your printed personal code"),
        max_length=60,
        help_text=gettext_lazy("Eight groups of four characters. Dashes and spaces do not matter."),
        widget=_typed("off"),
    )
    digits = _code()


class Unlock(Form):
    passphrase = forms.CharField(
        label=gettext_lazy("Your six words"), max_length=200, widget=_typed("current-password")
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)


class TypeBack(Form):
    """The six words, typed back from paper."""

    words = forms.CharField(
        label=gettext_lazy("The six words, with spaces between them"),
        max_length=200,
        widget=_typed("new-password"),
    )

    def __init__(self, *args: object, passphrase: str, **kwargs: object) -> None:
        self.passphrase = passphrase
        super().__init__(*args, **kwargs)

    def clean_words(self) -> str:
        if tidy(self.cleaned_data["words"]) != self.passphrase:
            raise forms.ValidationError(_("These are not the six words. Look at them once more."))
        return self.passphrase


class LastGroup(Form):
    """The last four characters of the printed code: proof that it is on paper."""

    last = forms.CharField(
        label=gettext_lazy("The last four characters on the paper"),
        max_length=8,
        widget=forms.TextInput(attrs={"autocapitalize": "none"}),
    )

    def __init__(self, *args: object, code: str, **kwargs: object) -> None:
        self.code = code
        super().__init__(*args, **kwargs)

    def clean_last(self) -> str:
        last = str(self.cleaned_data["last"]).strip().lower()
        if last != self.code[-4:]:
            raise forms.ValidationError(_("These are not the last four characters. Look at the paper."))
        return last


class CodeApp(Form):
    digits = _digits()


class PassphraseForm(Form):
    """Her six words once more, before something about her ways in is changed."""

    passphrase = forms.CharField(
        label=gettext_lazy("Your six words"), max_length=200, widget=_typed("current-password")
    )


class OnceMore(PassphraseForm):
    """Her six words, for what would let somebody in for good who found her screen open."""

    passphrase = six_words()


class Passkey(PassphraseForm):
    name = forms.CharField(
        label=gettext_lazy("A name for this passkey"),
        max_length=40,
        help_text=gettext_lazy(
            "So that you know it again: work telephone, key on the ring. No names of people."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("name", "passphrase")


class Approve(OnceMore):
    """A vote on what two people decide: compared by telephone, and her own six words."""

    compared = forms.BooleanField(
        label=gettext_lazy("I telephoned on a number that I know, and what stands above is right")
    )
    field_order = ("compared", "passphrase")


class PassphraseAndApp(Form):
    passphrase = forms.CharField(
        label=gettext_lazy("Your six words"), max_length=200, widget=_typed("current-password")
    )
    digits = _digits()


class HandOver(Form):
    """Who takes everything; beside each name stands how much she has already."""

    to = forms.ChoiceField(label=gettext_lazy("Who takes it"), widget=RadioChoices)

    def __init__(self, *args: object, people: Iterable[tuple[str, object]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("to", people)


class Confirm(Form):
    """Her own six words, for what a whole society's keys depend on."""

    passphrase = forms.CharField(
        label=gettext_lazy("Your six words"),
        max_length=200,
        help_text=gettext_lazy("Once more, because this gives away every key of the society."),
        widget=_typed("current-password"),
    )


class WordsByTelephone(Form):
    """The six words of the society's signing key, as a focal point reads them."""

    words = forms.CharField(
        label=gettext_lazy("The six words that the focal point reads to you"),
        max_length=200,
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}
        ),
    )


class SecondFocalPoint(Form):
    """The other focal point signs in beside the first: she is present."""

    name = forms.CharField(
        label=gettext_lazy("Sign-in name of the second focal point"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocapitalize": "none"}),
    )
    passphrase = forms.CharField(
        label=gettext_lazy("Six words of the second focal point"), max_length=200, widget=_typed("off")
    )
    digits = forms.CharField(
        label=gettext_lazy("Six digits from the second focal point’s code app"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    # Of the three who take a share. Neither is chosen beforehand, and who they are is asked and kept nowhere.
    apart = one_of(
        gettext_lazy("Do the three holders stand outside one chain of command?"), YES_NO, line=True
    )
    abroad = one_of(gettext_lazy("Does one of them live outside the country?"), YES_NO, line=True)

    def clean_apart(self) -> str:
        if self.cleaned_data["apart"] != "yes":
            raise forms.ValidationError(
                _(
                    "Choose other holders first: two shares open everything, and whoever commands two people has two "
                    "shares."
                )
            )
        return "yes"

    def holders(self) -> dict[str, str]:
        """What is kept of the holders, from valid data."""
        return {name: self.cleaned_data[name] for name in ("apart", "abroad")}


class TwoWords(Form):
    first = forms.CharField(max_length=20, widget=forms.TextInput(attrs={"autocapitalize": "none"}))
    second = forms.CharField(max_length=20, widget=forms.TextInput(attrs={"autocapitalize": "none"}))

    def __init__(self, *args: object, asked: tuple[int, int], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name, place in zip(("first", "second"), asked, strict=True):
            self.fields[name].label = _("Word %(number)s on the paper") % {"number": place}


def _roles(without: Iterable[Role] = ()) -> list[tuple[str, ChoiceLabel]]:
    left_out = set(without)
    return [
        (role.value, ChoiceLabel(role.label, WHAT_A_ROLE_DOES[role])) for role in Role if role not in left_out
    ]


class Roles(Form):
    """What a colleague does here, and in which branch. Who is a focal point is decided on a page of its own."""

    branch = forms.ChoiceField(label=gettext_lazy("Branch"), required=False)
    roles = forms.MultipleChoiceField(label=gettext_lazy("What this colleague does"), widget=CheckboxChoices)
    left_out: ClassVar[tuple[Role, ...]] = (Role.FOCAL_POINT,)

    def __init__(
        self,
        *args: object,
        branches: list[tuple[str, str]],
        needed: bool = True,
        left_out: Iterable[Role] = (),
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("branch", [("", _("The whole society")), *branches])
        self.offer("roles", _roles({*self.left_out, *left_out}))
        # A focal point need not do anything beside.
        self.fields["roles"].required = needed


class Invite(Roles):
    left_out = ()
    name = forms.CharField(
        label=gettext_lazy("Name that others see"),
        max_length=60,
        help_text=gettext_lazy("A pseudonym is better: it protects the colleague."),
    )
    username = forms.CharField(
        label=gettext_lazy("Sign-in name"),
        max_length=32,
        help_text=gettext_lazy("Small Latin letters and digits, such as amina or amina2."),
        widget=forms.TextInput(attrs={"autocapitalize": "none"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the pages"),
        choices=INTERFACE,
        widget=RadioChoices(line=True),
        initial="en",
    )
    field_order = ("name", "username", "language", "branch", "roles")


class WorkingModeForm(Form):
    """How the society works from a day on."""

    mode = one_of(
        gettext_lazy("How the society works"),
        [
            ("light", gettext_lazy("Light mode: inform, refer, hear back")),
            ("full", gettext_lazy("All of the work: cases, safe places, screening")),
            ("some", gettext_lazy("Some of it: what is ticked below is left to others")),
        ],
    )
    leaves = many_of(gettext_lazy("What is left to others, where it is some of it"))
    from_day = DateField(label=gettext_lazy("From which day"))
    receiver = one_line(
        gettext_lazy("Who takes on new cases of children"),
        hint=gettext_lazy(
            "Where work on cases closes. An organisation, or a paired society, that has said yes."
        ),
        widget=DatalistInput,
    )
    accepted_by = one_line(gettext_lazy("Who there accepted it"), most=120)
    accepted_on = DateField(label=gettext_lazy("Accepted on"), past=True, required=False)

    def __init__(self, *args: object, receivers: Iterable[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer("leaves", [(name, one.label) for name, one in CAPABILITIES.items()])
        self.suggest("receiver", [(name, "") for name in receivers])
