"""Peer education of Arna: a group with a pupil of 16, sessions in every state, access, campaigns, tests that carry."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils import timezone

from panah.practice.cast import Practice
from panah.programmes.prevention import actions as prevention
from panah.programmes.training import actions as training
from panah.programmes.training import queries as training_queries
from panah.programmes.volunteers import queries as volunteers_queries
from panah.programmes.volunteers.words import VolunteerState

if TYPE_CHECKING:
    from panah.programmes.prevention.models import Access, Group, Session
    from panah.programmes.volunteers.models import Volunteer

MESSAGES = (
    "Practice: cheap work has a price. Ask how people are paid. Advice, free and without a name: 000 55 10."
)


def build(practice: Practice) -> None:
    """Plan, hold and count sessions, and run two campaigns, as far as the branch works on this node."""
    if not practice.has("bakyt", "ibrat"):
        return
    _campaigns(practice)
    people = _trained(practice)
    today = _day(practice, 0)
    may = volunteers_queries.may_do_on(people, on=_day(practice, -15))
    leaders = [person for person in people if "lead" in may[person.pk]]
    if not leaders:
        return
    minors = volunteers_queries.not_surely_adult(people, on=today)
    helpers = [person for person in people if person.pk in minors and "help" in may[person.pk]][:1]
    group = prevention.begin_group(
        name="Practice: peers of School 7",
        branch="",
        language="ru",
        by=practice.staff["ibrat"],
        at=practice.at,
    )
    for one in {*leaders[:2], *helpers}:
        prevention.add_educator(group=group, volunteer=one, by=practice.staff["ibrat"], at=practice.at)
    _sessions(practice, group, leaders[0], helpers)
    _leads_on_paper(practice, leaders)


def _leads_on_paper(practice: Practice, leaders: list[Volunteer]) -> None:
    """A course to come is led by somebody who does not sign in."""
    by, today = practice.staff["ibrat"], _day(practice, 0)
    course = next((row for row in training_queries.listed(to=by).rows if row.begins_on > today), None)
    who = next((one for one in leaders if one.staff_id is None), None)
    if course is not None and who is not None:
        training.name_leading_volunteer(course=course, volunteer=who, by=by, at=practice.at)


def _day(practice: Practice, days: int) -> date:
    return timezone.localtime(practice.at).date() + timedelta(days=days)


def _trained(practice: Practice) -> list[Volunteer]:
    """The branch's active volunteers; each of the first learnt what leading and helping need."""
    by = practice.staff["ibrat"]
    rows = volunteers_queries.visible(to=by).filter(state=VolunteerState.ACTIVE)
    people = list(rows.order_by(F("vetted_until").desc(nulls_last=True), "name", "pk")[:8])
    known = [person.pk for person in people]
    people += (
        rows.exclude(pk__in=known)
        .filter(born_year__gt=_day(practice, 0).year - 18)
        .order_by("name", "pk")[:4]
    )
    for one in people:
        for teaches in ("safe_response", "sessions"):
            training.write_training(
                volunteer=one, teaches=teaches, since=_day(practice, -100), months=24,
                by=practice.staff["bakyt"], at=practice.at,
            )  # fmt: skip
    return people


def _access(practice: Practice, place: str, kind: str, *, asked_by: str = "us") -> Access:
    return prevention.ask_access(
        place=place, kind=kind, asked_by=asked_by, office="Practice: education office", audience="pupils",
        branch="", asked_on=_day(practice, -50), by=practice.staff["ibrat"], at=practice.at,
    )  # fmt: skip


def _sessions(practice: Practice, group: Group, leader: Volunteer, helpers: list[Volunteer]) -> None:
    by, at = practice.staff["ibrat"], practice.at
    school = _access(practice, "Practice: School 7", "school")
    prevention.decide_access(
        access=school, state="granted", decided_on=_day(practice, -45), decided_by="Practice: education office",
        granted_until=_day(practice, 20), conditions="Practice: a teacher is present, no photographs.", by=by, at=at,
    )  # fmt: skip
    _access(practice, "Practice: sewing workshop", "workplace", asked_by="them")
    hall = _access(practice, "Practice: arrival hall", "arrival_hall")
    prevention.decide_access(
        access=hall, state="refused", decided_on=_day(practice, -30), decided_by="Practice: border service",
        granted_until=None, conditions="Practice: to be asked again in spring.", by=by, at=at,
    )  # fmt: skip
    for days, pupils in ((-15, 22), (-12, 19)):
        one = _session(practice, group, leader, days, helpers, access=str(school.pk))
        prevention.count_session(
            session=one, numbers={"female 13-17": pupils, "male 13-17": pupils - 4, "female 30-59": 1},
            feedback={"useful": pupils, "partly": 6, "not_useful": 1}, months=3, by=by, at=at,
        )  # fmt: skip
        _tests(practice, one, pupils + 10)
    _session(practice, group, leader, -2, helpers, access=str(school.pk))
    _session(practice, group, leader, 6, helpers, access=str(school.pk))
    _session(
        practice, group, leader, 9, [], place="Practice: arrival hall", place_kind="arrival_hall",
        audience="migrants", access=str(hall.pk),
    )  # fmt: skip
    for own in training_queries.own_modules(to=by):
        _session(practice, group, leader, 10, [], audience="public", plan=f"own:{own.pk}")
    snow = _session(practice, group, leader, 12, [])
    prevention.call_off(session=snow, by=by, at=at)


def _session(
    practice: Practice, group: Group, leader: Volunteer, days: int, helpers: list[Volunteer], **more: str
) -> Session:
    said: dict[str, object] = {
        "plan": "module:safe-response", "audience": "pupils", "place_kind": "school",
        "place": "Practice: School 7", "access": "", "language": "ru", "begins": None, "goal": "dignity",
        "project": "PRACTICE-1", "leader": str(leader.pk), "educators": [str(helper.pk) for helper in helpers],
        "adult": str(leader.pk) if helpers else "", **more,
    }  # fmt: skip
    return prevention.plan_session(
        group=group, on=_day(practice, days), by=practice.staff["ibrat"], at=practice.at, **said
    )


def _tests(practice: Practice, one: Session, took: int) -> None:
    prevention.write_tests(
        session=one, tested="after", compared="paired", took_before=took, passed_before=9, took_after=took - 3,
        passed_after=took - 9, gained=took - 17, dropped=1, by=practice.staff["ibrat"], at=practice.at,
    )  # fmt: skip


def _campaigns(practice: Practice) -> None:
    bakyt, at = practice.staff["bakyt"], practice.at
    said: dict[str, object] = {
        "objective": "demand", "audiences": ["employers", "buyers"], "messages": MESSAGES,
        "channels": ["radio", "posters"], "goal": "dignity", "project": "PRACTICE-1",
    }  # fmt: skip
    days = {"begins_on": _day(practice, -20), "ends_on": _day(practice, 25)}
    one = prevention.plan_campaign(
        branch="", title="Practice: who picked this cotton?", by=bakyt, at=at, **said, **days
    )
    prevention.check_stigma(campaign=one, blames="no", frightens="no", face="no", by=bakyt, at=at)
    prevention.publish(campaign=one, by=bakyt, at=at)
    for language in ("ru", "ky", "uz"):
        prevention.add_material(
            campaign=one, title="Practice: poster", language=language, version="1", by=bakyt, at=at
        )
    draft = prevention.plan_campaign(
        branch="", title="Practice: chains on a poster", by=practice.staff["ibrat"], at=at,
        **said | {"messages": "Practice: do not go, or you will end like her."}, **days,
    )  # fmt: skip
    prevention.check_stigma(
        campaign=draft, blames="yes", frightens="yes", face="no", by=practice.staff["ibrat"], at=at
    )
