"""What of an answer about consent is told to the person who gave it."""

from django.utils.translation import gettext_lazy as _

from panah.ground.work.told_parts import (
    COLLEAGUES,
    OTHERS,
    ToldPart,
    disclosed,
    inside,
    language,
    marks,
    own_words,
    when_asked,
    withheld,
)
from panah.people.consent import words

SHEETS: dict[str, ToldPart] = {
    "consent": ToldPart(
        _("What you agreed to, and what not"),
        {
            "purpose": disclosed(_("For what"), words.ConsentPurpose),
            "said": disclosed(_("Answer"), words.ConsentAnswer),
            "lacks": disclosed(_("Not valid yet"), lambda why: str(words.WHY_NOT.get(str(why), ""))),
            "receiver_name": disclosed(_("With whom")),
            "fields": disclosed(_("What may be told"), lambda name: str(words.field_words(str(name)))),
            "until": disclosed(_("Until")),
            "seven": inside({name: disclosed(label) for name, label in words.SEVEN.items()}),
            "way": disclosed(_("How it was answered"), words.ConsentMethod),
            "language": disclosed(_("In which language"), language),
            "interpreter": disclosed(_("Interpreter"), words.InterpreterUsed),
            "interpreter_name": when_asked(_("Who interpreted")),
            "understood": own_words(_("What you understood, in your words")),
            "not_said": when_asked(_("Why you did not say what you understood")),
            "reviewed_by": withheld(_("Who looks at this answer again"), COLLEAGUES),
            "guardian": disclosed(_("A parent or guardian"), words.GuardianRole),
            "guardian_note": withheld(_("Who that is, and how they said it"), OTHERS),
            "given_at": disclosed(_("Answered on")),
            "asked_there": disclosed(_("Asked by another society")),
            "paper": inside(
                {"on": disclosed(_("Written on paper on")), "by": withheld(_("Who wrote it"), COLLEAGUES)}
            ),
            "withdrawn_on": disclosed(_("Withdrawn")),
            "withdrawn_words": own_words(_("Your words, when you took it back")),
            "withdrawn_by": withheld(_("Who wrote down that you took it back"), COLLEAGUES),
            **marks("receiver", "order"),
        },
    )
}
