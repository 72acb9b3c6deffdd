"""What of an answer about consent is told to the person who gave it."""

from django.utils.translation import gettext_lazy as _

from panah.ground.work.told_parts import (
    COLLEAGUES,
    OTHERS,
    ToldPart,
    inside,
    language,
    marks,
    own_words,
    told,
    when_asked,
    withheld,
)
from panah.people.consent import words

SHEETS: dict[str, ToldPart] = {
    "consent": ToldPart(
        _("What you agreed to, and what not"),
        {
            "purpose": told(_("For what"), words.ConsentPurpose),
            "said": told(_("Answer"), words.ConsentAnswer),
            "lacks": told(_("Not valid yet"), lambda why: str(words.WHY_NOT.get(str(why), ""))),
            "receiver_name": told(_("With whom")),
            "fields": told(_("What may be told"), lambda name: str(words.field_words(str(name)))),
            "until": told(_("Until")),
            "seven": inside({name: told(label) for name, label in words.SEVEN.items()}),
            "way": told(_("How it was answered"), words.ConsentMethod),
            "language": told(_("In which language"), language),
            "interpreter": told(_("Interpreter"), words.InterpreterUsed),
            "interpreter_name": when_asked(_("Who interpreted")),
            "understood": own_words(_("What you understood, in your words")),
            "not_said": when_asked(_("Why you did not say what you understood")),
            "reviewed_by": withheld(_("Who looks at this answer again"), COLLEAGUES),
            "guardian": told(_("A parent or guardian"), words.GuardianRole),
            "guardian_note": withheld(_("Who that is, and how they said it"), OTHERS),
            "given_at": told(_("Answered on")),
            "asked_there": told(_("Asked by another society")),
            "paper": inside(
                {"on": told(_("Written on paper on")), "by": withheld(_("Who wrote it"), COLLEAGUES)}
            ),
            "withdrawn_on": told(_("Withdrawn")),
            "withdrawn_words": own_words(_("Your words, when you took it back")),
            "withdrawn_by": withheld(_("Who wrote down that you took it back"), COLLEAGUES),
            **marks("receiver", "order"),
        },
    )
}
