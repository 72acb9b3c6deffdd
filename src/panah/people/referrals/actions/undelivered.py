"""What the other side of a conversation has not been told yet, for want of a line: said at once, to call them.

Nothing waits for a line in silence where a person is on the way. It is on the list of whoever holds the case until it
arrived, or somebody writes down that they were told by telephone.
"""

from datetime import datetime

from django.db import transaction

from panah.ground.exchange import queries as exchange_queries
from panah.ground.foundation import tenancy
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.people.cases import actions as cases
from panah.people.referrals.actions.workflow import NO_LINE, NOT_TOLD_NO_LINE
from panah.people.referrals.models import Referral
from panah.people.referrals.queries import MUST_ARRIVE
from panah.people.referrals.words import ReferralState

# Of a referral that was taken back: the question whether the person is safe.
MATTERS = (
    *(
        ReferralState.ACCEPTED,
        ReferralState.MEETING,
        ReferralState.MET,
        ReferralState.NOT_MET,
        ReferralState.DECLINED,
    ),
    *(ReferralState.WITHDRAWN, ReferralState.NOT_NEEDED),
)


@transaction.atomic
def say_held_up(*, at: datetime) -> int:
    """Put calling them on the list for what has not arrived within minutes; take off what arrived since.

    A job's, without keys: the line says its neutral word. Returns for how many referrals something was put there.
    """
    here, put = tenancy.current_tenant(), 0
    waiting = exchange_queries.held_up(society=here, kinds=MUST_ARRIVE, at=at)
    found = Referral.objects.filter(
        conversation__in=[conversation for _society, conversation in waiting],
        case__erased_at=None,
        state__in=MATTERS,
    ).select_related("case__owner", "case__branch")
    # Two societies of one node share a conversation: each is told of what its own side could not tell.
    rows = [(row, waiting[key]) for row in found if (key := (row.society_id, row.conversation)) in waiting]
    for row, held_up in rows:
        newest = max(one.at for one in held_up)
        known = work_queries.items_of(row.pk, purpose=NO_LINE, still_open=False)
        # Once put there it is not put again for the same: whoever called them has taken it off.
        if not any(item.due_at >= newest for item in known):
            work.due(NOT_TOLD_NO_LINE, cases.on_case(row.case, row.pk), at=at)
            put += 1
    still = {row.pk for row, _held_up in rows}
    for subject in work_queries.waiting_subjects(room="referrals", purpose=NO_LINE, society=here) - still:
        work.cancel_for(subject=subject, purpose=NO_LINE, at=at)
    return put
