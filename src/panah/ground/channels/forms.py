"""Setting up a channel: one form for each kind. Secrets that are kept are never shown again."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.ground.channels import rules
from panah.ground.channels.words import ChannelKind
from panah.ground.kit.forms import Form, one_line, one_of, paragraph, six_words

KEPT = gettext_lazy(
    "Leave it empty to keep what was written before. With another address it has to be written again."
)


class ChannelForm(Form):
    """What all kinds have: a name for the list. ``given()`` is what is sealed."""

    secrets: tuple[str, ...] = ()
    name = one_line(gettext_lazy("Name in the list"), required=True, most=60)
    passphrase = six_words()

    def __init__(self, *args: object, kept: dict[str, object], **kwargs: object) -> None:
        shown = {name: value for name, value in kept.items() if name not in self.secrets}
        super().__init__(*args, initial=self.shown(shown), **kwargs)
        self.order_fields([*(name for name in self.fields if name != "passphrase"), "passphrase"])
        if kept:
            for secret in self.secrets:
                self.fields[secret].help_text = KEPT

    def shown(self, kept: dict[str, object]) -> dict[str, object]:
        return kept

    def given(self) -> dict[str, object]:
        return {
            name: value for name, value in self.cleaned_data.items() if name not in ("name", "passphrase")
        }


class EmailForm(ChannelForm):
    secrets = ("password",)
    host = one_line(gettext_lazy("Mail server"), required=True, most=200)
    port = forms.IntegerField(label=gettext_lazy("Port"), min_value=1, max_value=65535, initial=587)
    tls = one_of(
        gettext_lazy("Encryption"),
        [
            ("starttls", gettext_lazy("STARTTLS (mostly port 587)")),
            ("tls", gettext_lazy("TLS from the start (mostly port 465)")),
            ("none", gettext_lazy("none: only a mail server on this machine itself")),
        ],
    )
    user = one_line(gettext_lazy("Login"), most=200)
    password = one_line(gettext_lazy("Password"), most=200)
    sender = forms.EmailField(label=gettext_lazy("Sender’s address"), max_length=254)

    def clean_port(self) -> int:
        return int(self.cleaned_data["port"])


class SmsForm(ChannelForm):
    secrets = ("secret",)
    address = one_line(
        gettext_lazy("Address of the modem’s or provider’s interface"),
        required=True,
        hint=gettext_lazy(
            "It begins with https://. A modem on this machine itself may use http://localhost."
        ),
    )
    form = one_of(
        gettext_lazy("How it takes a message"),
        [("json", "JSON"), ("form", gettext_lazy("as a form (application/x-www-form-urlencoded)"))],
        line=True,
    )
    number_field = one_line(gettext_lazy("Its name for the number"), required=True, most=60, initial="to")
    text_field = one_line(gettext_lazy("Its name for the text"), required=True, most=60, initial="text")
    fields_more = paragraph(
        gettext_lazy("Other fields, one on each line: name=value"),
        hint=gettext_lazy("Such as from=Panah. No secret here: that stands below."),
        rows=2,
        most=1000,
    )
    header = one_line(gettext_lazy("Header with the secret"), most=60, initial="Authorization")
    secret = one_line(
        gettext_lazy("The secret"),
        most=500,
        hint=gettext_lazy("The whole value, such as “Bearer …” or “Basic …”."),
    )

    def shown(self, kept: dict[str, Any]) -> dict[str, object]:
        more = kept.get("fields") or {}
        return kept | {"fields_more": "\n".join(f"{name}={value}" for name, value in more.items())}

    def clean_fields_more(self) -> dict[str, str]:
        lines = [one.strip() for one in self.cleaned_data["fields_more"].splitlines() if one.strip()]
        if any("=" not in line for line in lines):
            raise forms.ValidationError(_("Write each field as name=value on a line of its own."))
        return dict(line.split("=", 1) for line in lines)

    def clean_header(self) -> str:
        name = self.cleaned_data["header"].strip() or "Authorization"
        if not rules.may_be_header(name):
            raise forms.ValidationError(_("This header steers the message itself: name another one."))
        return str(name)

    def given(self) -> dict[str, object]:
        given = super().given()
        given["fields"] = given.pop("fields_more")
        return given


class WebhookForm(ChannelForm):
    address = one_line(gettext_lazy("Address"), required=True, hint=gettext_lazy("It begins with https://."))

    def given(self) -> dict[str, object]:
        return {**super().given(), "secret": ""}


class PushForm(ChannelForm):
    email = forms.EmailField(
        label=gettext_lazy("Whom a push service may write to"),
        max_length=254,
        help_text=gettext_lazy("An address of your society. The services of the browsers ask for one."),
    )

    def shown(self, kept: dict[str, object]) -> dict[str, object]:
        return kept | {"email": str(kept.get("subject", "")).removeprefix("mailto:")}

    def given(self) -> dict[str, object]:
        return {"subject": f"mailto:{self.cleaned_data['email']}"}


FORMS: dict[str, type[ChannelForm]] = {
    ChannelKind.EMAIL: EmailForm,
    ChannelKind.SMS: SmsForm,
    ChannelKind.WEBHOOK: WebhookForm,
    ChannelKind.PUSH: PushForm,
}


class RemoveForm(Form):
    passphrase = six_words()


class SubscriptionForm(Form):
    """What a browser says of itself when it wants to be called."""

    endpoint = forms.CharField(max_length=1000, widget=forms.HiddenInput)
    p256dh = forms.CharField(max_length=200, widget=forms.HiddenInput)
    auth = forms.CharField(max_length=60, widget=forms.HiddenInput)
    passphrase = six_words()
