"""What of the work on cases a society can leave to others, and what no setting closes."""

from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from panah.ground.network.capabilities import Capability, OpenWork
from panah.people.cases import queries as cases_queries
from panah.people.cases.models import Case

PLANNING = (
    *("plan", "need", "need_change", "objectives", "service", "service_change", "plan_ask", "plan_decide"),
    *("told", "episode_new", "episode", "section", "stage", "step", "determination"),
    *("begin_follow_up", "follow_up_new", "follow_up", "follow_up_day", "reintegration"),
    *("conference", "supervision"),
)
OPEN_ALWAYS = (
    *("open", "case", "identity", "note", "danger", "safety", "risk", "safety_plan", "safety_paper"),
    *("child", "age", "guardian", "best_interests", "documents", "team", "hand_over", "close"),
)


def _names(views: tuple[str, ...]) -> frozenset[str]:
    return frozenset(f"cases:{view}" for view in views)


def open_cases(society: UUID) -> list[OpenWork]:
    """Which open cases stay with whom; each needs a holder who works here."""
    rows = Case.objects.filter(society=society, closed_at=None, erased_at=None).order_by()
    held = rows.values_list("owner__name", "owner__is_active").annotate(Count("pk"))
    found, left = [], 0
    for name, works_here, number in sorted(held):
        if works_here:
            found.append(_("%(name)s: %(num)s") % {"name": name, "num": number})
        left += 0 if works_here else number
    total = sum(number for *_who, number in held)
    sentence = ngettext(
        "%(num)s open case stays open, with its holder (%(who)s), until it is closed or handed over.",
        "%(num)s open cases stay open, each with its holder (%(who)s), until they are closed or handed over.",
        total,
    ) % {"num": total, "who": ", ".join(found)}
    missing = ngettext(
        "%(num)s open case has no holder who works here. Hand it over first.",
        "%(num)s open cases have no holder who works here. Hand them over first.",
        left,
    ) % {"num": left}
    stays = [OpenWork(sentence)] if found else []
    return [*stays, OpenWork(missing, blocks=True)] if left else stays


# Closes plans, needs, what was told, follow-ups and conferences; what a rescue needs stays open (OPEN_ALWAYS).
CASE_WORK = Capability(
    gettext_lazy("Planning help and following a case through"),
    gettext_lazy(
        "Open a case only to refer: talk about consent, choose a partner under “Referrals”, and write down what "
        "came of it. Danger, safety and the note for a child stay open in every case."
    ),
    _names(PLANNING),
    stays_open=cases_queries.opened_before,
    levels={"protection": 3, "data_protection": 2, "staff_care": 2},
    accepted=gettext_lazy("New cases of children are taken on by"),
)
# Closes taking many people in and doing one thing for several, here and from a call.
GROUP = Capability(
    gettext_lazy("Taking in many people at once"),
    gettext_lazy(
        "Telephone a partner or a paired society that does it, now. Whoever is in danger: take the call, press "
        "“Danger now”."
    ),
    frozenset({"cases:group", "cases:gathering_new", "cases:together", "hotline:people"}),
    levels={"identification": 3, "protection": 3},
)
NEVER = _names(OPEN_ALWAYS)
