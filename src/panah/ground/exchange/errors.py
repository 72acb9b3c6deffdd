"""What the wire refuses in several places, and other rooms with it: said once."""

from django.utils.translation import gettext_lazy as _

from panah.ground.foundation.errors import Refusal


def not_paired() -> Refusal:
    """The answer when nothing may be sealed to a society now."""
    return Refusal(
        _("Your society and the other one are not paired now."),
        next_step=_(
            "Ask a focal point to compare the six words with the other side. Use the telephone until then."
        ),
        code="not-paired",
    )


def no_answer_can_be_sent() -> Refusal:
    """The answer where a society asked something, and the pairing ended meanwhile."""
    return Refusal(
        _("The pairing with this society is not in force now: no answer can be sent."),
        next_step=_("Call them by telephone, and ask a focal point to look at the pairing."),
        code="not-reachable",
    )
