"""What is still open in a case: some of it stops closing, the rest is shown before it comes off the lists."""

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.registry import Registry
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.work import queries as work_queries
from panah.people.cases.models import Case
from panah.people.cases.queries import StillOpen
from panah.people.cases.queries.detention import is_held
from panah.people.cases.words import CasePart
from panah.people.cases.words.terms import CLAIMS, MUST_NOT_CLOSE, ClockKind, NeedState, say

# What rooms above still have open in a case: ``say(case=, keys=, at=) -> list[StillOpen]``.
OPEN_THINGS: Registry[Callable[..., list[StillOpen]]] = Registry("what is still open in a case")


def still_open(*, keys: Keyring, case: Case, at: datetime) -> list[StillOpen]:
    """Everything open, what stops closing first."""
    parts = vault_queries.read_parts(
        keys=keys,
        file=case.file_id,
        names=[CasePart.CLOCK, CasePart.MEANS, CasePart.NEED, CasePart.DETENTION],
    )
    found = [
        *_clocks([one.value for one in parts.get(CasePart.CLOCK, [])]),
        *_detention([one.value for one in parts.get(CasePart.DETENTION, [])]),
        *_receipts([one.value for one in parts.get(CasePart.MEANS, [])]),
        *_needs([one.value for one in parts.get(CasePart.NEED, [])]),
        *(one for tell in OPEN_THINGS for one in tell(case=case, keys=keys, at=at)),
        *_due(case, at),
    ]
    return sorted(found, key=lambda one: not one.stops)


def must_not_be_open(*, keys: Keyring, case: Case, at: datetime) -> None:
    """Refuse to close while something stops it; the sentence names each."""
    stops = [one for one in still_open(keys=keys, case=case, at=at) if one.stops]
    if stops:
        raise Refusal(
            _("The case cannot be closed yet: %(things)s.")
            % {"things": "; ".join(str(one.sentence) for one in stops)},
            next_step=_("Each is listed on this page, with the way to end it."),
            code="still-open",
        )


def _clocks(clocks: list[dict]) -> list[StillOpen]:  # type: ignore[type-arg]
    found = []
    for one in clocks:
        if one.get("ended"):
            continue
        stops = one["kind"] in MUST_NOT_CLOSE
        label = say(ClockKind, one["kind"])
        kept = _("%(what)s runs on: the case is kept, but nobody is reminded") % {"what": label}
        found.append(
            StillOpen(
                kept if one["kind"] in CLAIMS else _("a deadline still runs: %(what)s") % {"what": label},
                "cases:dates",
                stops,
            )
        )
    return found


def _detention(rows: list[dict]) -> list[StillOpen]:  # type: ignore[type-arg]
    return [StillOpen(_("the person is held"), "cases:detention", True) for row in rows if is_held(row)]


def _receipts(means: list[dict]) -> list[StillOpen]:  # type: ignore[type-arg]
    unsigned = sum(1 for one in means if not one.get("void") and not one.get("second"))
    if not unsigned:
        return []
    sentence = ngettext(
        "%(num)s receipt has no second signature", "%(num)s receipts have no second signature", unsigned
    ) % {"num": unsigned}
    return [StillOpen(sentence, "cases:means", True)]


def _needs(needs: list[dict]) -> list[StillOpen]:  # type: ignore[type-arg]
    unmet = sum(1 for need in needs if need.get("state", "open") not in _ended_needs())
    if not unmet:
        return []
    sentence = ngettext("%(num)s need is not met", "%(num)s needs are not met", unmet) % {"num": unmet}
    return [StillOpen(sentence, "cases:plan", False)]


def _ended_needs() -> set[str]:
    return {state.value for state in NeedState} - {"open", "planned"}


def _due(case: Case, at: datetime) -> list[StillOpen]:
    items = [
        item
        for item in work_queries.items_of_file(case.file_id)
        if item.room == "cases" and item.purpose != "close"
    ]
    if not items:
        return []
    late = sum(1 for item in items if item.due_at <= at)
    sentence = ngettext(
        "%(num)s thing is on the list and comes off it",
        "%(num)s things are on the list and come off it",
        len(items),
    ) % {"num": len(items)}
    if late:
        sentence += _(", %(num)s of them late") % {"num": late}
    return [StillOpen(sentence, "cases:case", False)]
