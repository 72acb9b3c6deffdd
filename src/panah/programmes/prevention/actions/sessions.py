"""Planning a session: which plan, where, for whom, and who leads it. Only who may lead on that day does."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.network.goals import known_goal
from panah.ground.work import actions as work
from panah.ground.work.words import DueKind, DueType, Urgency
from panah.programmes.prevention import events, library
from panah.programmes.prevention.models import Access, Group, Plan, Session, SessionEducator
from panah.programmes.prevention.words import ROOM, SessionState
from panah.programmes.training import queries as training_queries
from panah.programmes.volunteers import queries as volunteers_queries

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.programmes.training.models import Module
    from panah.programmes.volunteers.models import Volunteer

# Purposes of due items.
COUNT, DEBRIEF, TEST_AGAIN = "count", "debrief", "test_again"
EVENING = time(18)


def evening_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, EVENING))


def put(row: Session | Access, purpose: str, day: date, *, by: Staff, at: datetime, room: str = ROOM) -> None:
    """Put something about a row on the list of whoever keeps it. It has no content: its purpose says it."""
    what = DueType(room, purpose, DueKind.REVIEW, urgency=Urgency.WEEK)
    work.due(what, row, owner=by, due_at=evening_of(day), at=at)


def must_be_planned(session: Session) -> None:
    if session.state != SessionState.PLANNED:
        raise Refusal(
            _("This session was held or called off already."),
            next_step=_("Plan another session."),
            code="session-over",
        )


@transaction.atomic
def plan_session(*, group: Group, on: date, by: Staff, at: datetime, **said: object) -> Session:
    """Plan a session of a group; ``said``: what ``forms.SessionForm`` asks, and its ``pk`` if it has one."""
    if group.ended_on is not None:
        raise Refusal(_("This group has ended."), next_step=_("Begin a new one."), code="group-ended")
    key = said.pop("pk", None)
    session = Session(
        pk=key if isinstance(key, UUID) else uuid4(),
        society_id=group.society_id,
        branch_id=group.branch_id,
        group=group,
    )
    _say(session, {**said, "on": on}, on, by)
    put(session, COUNT, session.on + timedelta(days=1), by=by, at=at)
    audit.record(event=events.PLANNED, by=by, at=at, about=session.pk)
    return session


@transaction.atomic
def change_session(*, session: Session, on: date, by: Staff, at: datetime, **said: object) -> None:
    """Change a session that was not held yet."""
    must_be_planned(session)
    _say(session, {**said, "on": on}, on, by)
    work.cancel_for(subject=session.pk, purpose=COUNT, at=at)
    put(session, COUNT, session.on + timedelta(days=1), by=by, at=at)
    audit.record(event=events.CHANGED, by=by, at=at, about=session.pk)


@transaction.atomic
def call_off(*, session: Session, by: Staff, at: datetime) -> None:
    """Say that a session does not take place."""
    must_be_planned(session)
    session.state = SessionState.CALLED_OFF
    session.save(update_fields=["state"])
    work.cancel_for(subject=session.pk, at=at)
    audit.record(event=events.CALLED_OFF, by=by, at=at, about=session.pk)


def _say(session: Session, said: dict[str, object], on: date, by: Staff) -> None:
    """Write what was said of a session, once those who lead it may."""
    people = _people_of(session.group)
    leader = people.get(str(said["leader"]))
    adult = people.get(str(said["adult"] or ""))
    helping = [people[pk] for pk in _listed(said["educators"]) if pk in people and people[pk] != leader]
    session.has_minor = _must_be_fit(leader, adult, helping, on)
    session.leader, session.adult = leader, adult
    session.module, session.own_plan, session.own_module = _plan(str(said["plan"]), session, by)
    session.access = _access(str(said["access"] or ""), by)
    session.goal = known_goal(str(said["goal"] or ""), session.society_id)
    for name in ("audience", "place_kind", "place", "language", "on", "begins", "project"):
        setattr(session, name, said[name])
    session.save(force_insert=session._state.adding)
    session.educators.all().delete()
    SessionEducator.objects.bulk_create(SessionEducator(session=session, volunteer=one) for one in helping)


def _listed(chosen: object) -> list[str]:
    return [str(one) for one in chosen] if isinstance(chosen, Collection) else []


def _people_of(group: Group) -> dict[str, Volunteer]:
    rows = group.places.filter(until=None).select_related("volunteer")
    return {str(row.volunteer_id): row.volunteer for row in rows}


def _must_be_fit(
    leader: Volunteer | None, adult: Volunteer | None, helping: Collection[Volunteer], on: date
) -> bool:
    """Refuse whoever may not, on that day; return whether somebody may be under 18."""
    named = {one.pk: one for one in (leader, adult, *helping) if one is not None}
    may = volunteers_queries.may_do_on(named.values(), on=on)
    if leader is None or "lead" not in may[leader.pk]:
        raise Refusal(
            _("Whoever was chosen may not lead a session on that day."),
            next_step=_(
                "Leading needs the trainings on safe response and on leading sessions, a valid vetting, "
                "safeguarding, a signed code of conduct, and 18 years. Choose somebody who has them all."
            ),
            code="may-not-lead",
        )
    if not all({"help", "lead"} & may[one.pk] for one in helping):
        raise Refusal(
            _("One of the educators may not help at a session on that day."),
            next_step=_("Helping needs the training on safe response and a signed code of conduct."),
            code="may-not-help",
        )
    minors = volunteers_queries.not_surely_adult(named.values(), on=on)
    has_minor = any(one.pk in minors for one in helping)
    if has_minor and (adult is None or adult.pk in minors):
        raise Refusal(
            _("Beside an educator under 18, or whose age is not known, stands an adult."),
            next_step=_("Name the adult. It may be whoever leads."),
            code="adult-is-missing",
        )
    if adult is not None and has_minor and not {"help", "lead"} & may[adult.pk]:
        raise Refusal(
            _("The adult takes over when somebody tells something, and is not trained for it on that day."),
            next_step=_("Name somebody with the training on safe response."),
            code="adult-may-not",
        )
    return has_minor


def _plan(chosen: str, session: Session, by: Staff) -> tuple[str, Plan | None, Module | None]:
    kind, _colon, code = chosen.partition(":")
    if kind == "module" and library.module_or_none(code) is not None:
        return code, None, None
    if kind == "own":
        pk = _uuid(code)
        own = Plan.objects.visible(to=by).filter(pk=pk).first() if pk else None
        mine = training_queries.own_modules(to=by)
        if session.own_module is not None:
            # The version that it was planned by stays, though there is a newer one.
            mine.append(session.own_module)
        module = next((one for one in mine if str(one.pk) == code), None)
        if own is not None or module is not None:
            return "", own, module
    raise Refusal(_("This plan is not on the list any more."), code="no-such-plan")


def _access(chosen: str, by: Staff) -> Access | None:
    pk = _uuid(chosen)
    return Access.objects.visible(to=by).filter(pk=pk).first() if pk else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
