"""What the vault refuses in several places, and other rooms with it: said once."""

from django.utils.translation import gettext_lazy as _

from panah.ground.foundation.errors import Refusal


def not_openable() -> Refusal:
    """The answer to everyone who may not open a file, and for a file that is gone."""
    return Refusal(
        _("This cannot be opened with your keys."),
        next_step=_("Ask the focal point of your society."),
        code="not-openable",
    )


def no_society_keys() -> Refusal:
    return Refusal(
        _("The society has no keys yet."),
        next_step=_("A focal point holds the key ceremony first."),
        code="no-society-keys",
    )


def not_admitted() -> Refusal:
    """Nothing can be sealed to a colleague whose key nobody has admitted."""
    return Refusal(
        _("This colleague has no admitted key yet."),
        next_step=_("A focal point compares the six words and admits the key first."),
        code="not-admitted",
    )
