"""What a house knows of a resident, and what the person answered: each field once, for form, page and answer."""

from django.utils.translation import gettext_lazy as _

from panah.ground.kit.forms import many_of, one_line, one_of, paragraph, spoken_language
from panah.ground.work.sheets import Sheet, SheetField
from panah.ground.work.told_parts import COLLEAGUES, language, marks, own_words, told, when_asked, withheld
from panah.ground.work.words import AgeGroup
from panah.people.shelter.words import Agrees, ExplainedBefore, Who, YesNo

# Told to the house, only as far as the person agreed; and the person's own answer, which is asked once.
HOUSE, ANSWER = "house", "answer"

STAY = Sheet(
    _("What the house knows of you"),
    {
        "called": SheetField(
            own_words(_("Called")),
            one_line(
                _("What to call the person in the house"),
                hint=_("As the person wants to be called there. It need not be the name."),
                required=True,
                most=60,
            ),
            page=None,
            group=HOUSE,
        ),
        "who": SheetField(told(_("Who"), Who), one_of(_("Who comes"), Who.choices), page=None, group=HOUSE),
        "age": SheetField(
            told(_("Age"), AgeGroup),
            one_of(_("Age"), AgeGroup.choices, hint=_("In doubt a child, also with an adult’s papers.")),
            page=None,
            group=HOUSE,
        ),
        "language": SheetField(told(_("Language"), language), spoken_language(_("Language")), group=HOUSE),
        "needs": SheetField(
            when_asked(_("What the house was told")),
            paragraph(
                _("What the house must know"),
                hint=_("Allergies, medicine, stairs, a cot, food, sleep. Not what has happened."),
            ),
            group=HOUSE,
        ),
        "told": SheetField(
            told(_("What you heard first"), ExplainedBefore),
            many_of(
                _("What the person heard first"),
                ExplainedBefore.choices,
                hint=_("The address is not told before a yes, and not by telephone."),
            ),
            page=None,
            group=ANSWER,
        ),
        "spoken": SheetField(
            told(_("Spoken about it in"), language),
            spoken_language(_("Spoken about it in")),
            page=None,
            group=ANSWER,
        ),
        "said": SheetField(
            told(_("What you said"), YesNo),
            one_of(_("What does the person say?"), YesNo.choices),
            page=None,
            group=ANSWER,
        ),
        "agrees": SheetField(
            told(_("Who agreed"), Agrees),
            one_of(_("If it is a child, or perhaps a child: who agreed"), Agrees.choices, required=False),
            page=_("Who agreed"),
            group=ANSWER,
        ),
        "words": SheetField(
            own_words(_("In your words")), paragraph(_("In the person’s words"), rows=2), group=ANSWER
        ),
    },
    written={
        "asked_by": withheld(_("Who asked"), COLLEAGUES),
        "high_risk": told(_("The danger to you was high when the bed was asked for"), YesNo),
        **marks("case"),
    },
    handed_in=True,
)
