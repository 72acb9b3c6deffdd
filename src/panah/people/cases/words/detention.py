"""Closed lists about somebody who is held, and what may help: sealed, as everything about dealings with authorities."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# What is due while somebody is held.
ASK_FOR_A_VISIT = _("The person is held: ask for a visit and for a lawyer")
HOURS_RUN_OUT = _("The hours of detention run out: is a lawyer there, is a judge or a way out in sight?")


class HeldIn(models.TextChoices):
    POLICE = "police", _("a police cell")
    IMMIGRATION = "immigration", _("immigration detention")
    PRISON = "prison", _("a prison or remand prison")
    TRANSIT = "transit", _("the transit zone of an airport")
    OTHER = "other", _("somewhere else where doors are locked by an authority")


class HeldUntil(models.TextChoices):
    """What the law says must happen when the hours are over."""

    JUDGE = "judge", _("brought before a judge")
    DEPORTED = "deported", _("sent out of the country")
    RELEASED = "released", _("let go, or another decision")


class VisitState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("a visit", "asked for")
    GRANTED = "granted", pgettext_lazy("a visit", "granted")
    REFUSED = "refused", pgettext_lazy("a visit", "refused")
    TOOK_PLACE = "took_place", pgettext_lazy("a visit", "took place")


class LawyerSeen(models.TextChoices):
    NOT_KNOWN = "not_known", _("not known")
    NO = "no", _("no")
    ASKED = "asked", _("asked for, not come yet")
    YES = "yes", _("yes")


class ConsulWish(models.TextChoices):
    NOT_ASKED = "not_asked", _("not asked yet")
    NO = "no", _("no: the consul is not told")
    YES = "yes", _("yes, after hearing the risk")


class DetentionEnd(models.TextChoices):
    RELEASED = "released", _("let go")
    MOVED = "moved", _("moved to another place of detention")
    DEPORTED = "deported", _("sent out of the country")
    UNKNOWN = "unknown", _("no longer there, nobody knows where")
    MISTAKE = "mistake", _("written by mistake")


# In our own words; a lawyer says what counts in the country. (what, where it stands)
MAY_HELP = (
    (
        _(
            "Not punished for what was forced: whoever was made to break a law (border, papers, work, drugs, fraud) "
            "should not be held or punished for it. Tell the lawyer early: it is decided before a verdict."
        ),
        _(
            "UN Recommended Principles on Human Rights and Human Trafficking (2002), Principle 7; Council of Europe "
            "Convention against Trafficking, Art. 26, in the states that are party to it"
        ),
    ),
    (
        _(
            "Not sent where danger waits: nobody is returned to a country where torture, persecution or a threat to "
            "life is to be feared. Write down what the person fears there, in the person’s words."
        ),
        _(
            "Refugee Convention (1951), Art. 33; Convention against Torture, Art. 3; UN Trafficking Protocol, Art. 14, "
            "which leaves both untouched"
        ),
    ),
    (
        _("A judge soon: whoever is held on suspicion of a crime is brought before a judge promptly."),
        _("International Covenant on Civil and Political Rights, Art. 9(3)"),
    ),
    (
        _(
            "A consul only if the person wants: the authority must offer it, the person decides. An asylum seeker’s "
            "consul is told nothing."
        ),
        _("Vienna Convention on Consular Relations, Art. 36(1)(b)"),
    ),
)
