"""What is told of the parts of a case that say what a person needs, what is dangerous, and what was done."""

from django.utils.translation import gettext_lazy as _

from panah.ground.work.told_parts import (
    COLLEAGUES,
    FOR_THE_TEAM,
    OTHERS,
    ToldPart,
    disclosed,
    inside,
    marks,
    own_words,
    when_asked,
    withheld,
)
from panah.people.cases.told.about_person import ON_THE_DAY, OWN_VIEW, REMARK, coded
from panah.people.cases.words import terms

NEED = ToldPart(
    _("What you need"),
    {
        "type": disclosed(_("What kind"), terms.Assistance),
        "horizon": disclosed(_("When"), terms.Horizon),
        "said": own_words(_("What was said")),
        "do": when_asked(_("What we do")),
        "who": withheld(_("Who does it"), OTHERS),
        "by": disclosed(_("By when")),
        "state": disclosed(_("Progress"), terms.NeedState),
    },
)
PLAN = ToldPart(
    _("The plan"),
    {
        "objectives": own_words(_("Goals")),
        "own_view": OWN_VIEW,
        "types": disclosed(_("What it was"), coded("support")),
        "until": disclosed(_("Until")),
    },
)
SERVICE = ToldPart(
    _("Help that was given"),
    {
        "type": disclosed(_("What kind"), terms.Assistance),
        "what": when_asked(_("What exactly")),
        "given_on": ON_THE_DAY,
        "by": withheld(_("Who gave it"), OTHERS),
        "outcome": disclosed(_("How it went"), terms.ServiceOutcome),
        "own_view": OWN_VIEW,
        **marks("need"),
        "closes_need": disclosed(_("The need is met with this")),
    },
)
MEANS = ToldPart(
    _("Money and goods"),
    {
        "kind": disclosed(_("What kind"), terms.MeansKind),
        "what": when_asked(_("What exactly")),
        "amount": disclosed(_("Amount")),
        "currency": disclosed(_("Currency")),
        "mark": own_words(_("How you signed")),
        "on": ON_THE_DAY,
        "receipt": disclosed(_("Number")),
        "first_at": disclosed(_("Signed by the first colleague")),
        "second_at": disclosed(_("Signed by the second colleague")),
        "void": when_asked(_("Declared void, because")),
        "void_at": disclosed(_("Declared void")),
        "first_name": withheld(_("Who gave it"), COLLEAGUES),
        "second_name": withheld(_("Who signed as the second"), COLLEAGUES),
        "void_name": withheld(_("Who declared it void"), COLLEAGUES),
        **marks("first", "second", "asked", "item"),
    },
)
HEARD = ToldPart(
    _("What was heard of danger on the call"),
    {"why": when_asked(_("Why")), "from_whom": withheld(_("From whom, or from what"), OTHERS)},
)
RISK = ToldPart(
    _("What is dangerous for you"),
    {
        "level": disclosed(_("How high"), terms.Risk),
        "why": when_asked(_("Why")),
        "own_view": OWN_VIEW,
        "from_whom": withheld(_("From whom, or from what"), OTHERS),
    },
)
SAFETY = ToldPart(
    _("The safety plan"),
    {
        "reach": own_words(_("When and how it is safe to reach you")),
        "never": own_words(_("Never")),
        "from_whom": when_asked(_("From whom")),
        "places": own_words(_("Places and ways to avoid")),
        "if_found": own_words(_("If found: what you do first")),
        "way_out": own_words(_("The way out, and where to")),
        "people": when_asked(_("Whom you trust")),
        "children": when_asked(_("Children and others to think of")),
        "phone": own_words(_("Telephone and accounts")),
        "bag": own_words(_("What is packed, where papers are")),
        "hope": own_words(_("What gives strength")),
    },
)
CLOCK = ToldPart(
    _("Days that must not be missed"),
    {
        "kind": disclosed(_("What kind"), terms.ClockKind),
        "what": when_asked(_("What exactly")),
        "due_at": disclosed(_("By when")),
        "ended": disclosed(_("How did it end?"), terms.ClockEnd),
        "ended_at": disclosed(_("When")),
        "remark": REMARK,
        **marks("item"),
    },
)
FOLLOW_UP = ToldPart(
    _("How you are, asked later"),
    {
        "after": disclosed(_("When"), terms.FollowUpTime),
        "due_at": disclosed(_("By when")),
        "done_at": disclosed(_("Asked on")),
        "reached": disclosed(_("Were you reached?"), terms.FollowUpReached),
        "views": inside({str(area.value): disclosed(area.label, terms.OwnView) for area in terms.Area}),
        "said": own_words(_("What was said")),
        "next": when_asked(_("What follows from it")),
        **marks("item"),
    },
)
REINTEGRATION = ToldPart(
    _("How you measure your own way"),
    {
        "measure": own_words(_("By what you measure it")),
        "where": own_words(_("Where you want to live")),
        "areas": inside(
            {
                str(area.value): inside(
                    {
                        "now": own_words(_("How it is now")),
                        "wish": own_words(_("What you want")),
                        "step": when_asked(_("Next step, and whose")),
                    },
                    area.label,
                )
                for area in terms.Area
            }
        ),
    },
)
CLOSING = ToldPart(
    _("Why the case was closed"),
    {
        "reason": disclosed(_("Reason"), terms.ClosingReason),
        "text": when_asked(_("As written")),
        "own_view": OWN_VIEW,
    },
)
CONFERENCE = ToldPart(
    _("What colleagues said to each other about the case"),
    {
        "on": ON_THE_DAY,
        "question": when_asked(_("The question")),
        "own_view": OWN_VIEW,
        "decided": when_asked(_("What was decided, and who does it")),
        "next": when_asked(_("Topic for the next time")),
        "next_at": disclosed(_("Next time")),
        "who": withheld(_("Who took part"), COLLEAGUES),
        "said": withheld(_("What was said"), FOR_THE_TEAM),
    },
)
ON_PAPER = ToldPart(
    _("The paper from which this was typed in"),
    {"on": ON_THE_DAY, "by": withheld(_("Who wrote it"), COLLEAGUES)},
)
WORKING_LABEL = ToldPart(
    _("The words by which the team tells you apart in its lists"), {"text": when_asked(_("As written"))}
)
