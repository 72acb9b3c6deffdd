"""Among colleagues: two decide, a case ends, danger calls, work goes to another, somebody is no longer let in."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from django.core import mail
from django.utils import timezone

from benchmarks.columns.journeys import MORE, OLDER, TOLD, a_line, named_in, on_duty
from benchmarks.columns.stage import HE, Stage, StoppedError
from benchmarks.columns.walk import Came, Journey
from panah.ground.approvals import queries as approvals_queries
from panah.ground.channels import actions as channels
from panah.ground.sign_in import actions as sign_in
from panah.ground.vault import actions as vault
from panah.ground.vault.actions import two_people
from panah.ground.vault.keyring import Keyring
from panah.ground.work import actions as work
from panah.people.cases import actions as cases
from panah.people.hotline.queries import lines_of

if TYPE_CHECKING:
    from panah.ground.approvals.models import Request

NUMBER = re.compile(r"\+?\d[\d\s]{4,}\d")
NEED = {"type": "medical", "horizon": "now", "state": "open", "do": "a doctor", "who": "Amina"}


def a_case(stage: Stage, holder: str, note: str) -> str:
    """Open a case of a colleague, with a note; returns its address."""
    row = cases.open_case(
        keys=stage.keys(holder), by=stage.staff[holder], at=timezone.now(), language="uz", age_group="adult",
        identity={"names": [{"text": "Practice Person Tulip", "kind": "called"}]}, note=note,
    )  # fmt: skip
    return f"/cases/{row.number}/"


def could(stage: Stage, address: str, button: str) -> frozenset[str]:
    """Return the colleagues to whom a page offers this."""
    return frozenset(one for one in stage.staff if button in stage.reads(one, address))


def tries(stage: Stage, name: str, address: str, form: dict[str, object]) -> bool:
    """Say whether a form was taken, of whoever is to be refused."""
    return int(stage.client(name).post(address, form).status_code) == 302


# -- what a second person approves ---------------------------------------------------------------------


def _two_may_decide(stage: Stage) -> None:
    """Bakyt asks, Saule is the other one. An older plan was asked for by her, and an older request too."""
    stage.all_sign_in()
    for name, asker in (("cholpon", "saule"), ("amina", "")):
        address = stage.kept["case"] = a_case(stage, name, OLDER)
        if asker:
            stage.presses(asker, f"{address}plan/need/", NEED)
            stage.presses(asker, f"{address}plan/ask/")
    now = timezone.now() - timedelta(days=2)
    vault.ask(keys=stage.keys("saule"), act=two_people.END, staff=stage.staff["nurlan"], at=now)


def _bakyt_asks(stage: Stage) -> None:
    stage.presses("bakyt", f"{stage.kept['case']}plan/need/", NEED)
    stage.presses("bakyt", f"{stage.kept['case']}plan/ask/")
    now = timezone.now() - timedelta(days=2)
    stage.kept["request"] = vault.ask(
        keys=stage.keys("bakyt"), act=two_people.FOCAL_POINT, staff=stage.staff[HE], at=now
    ).pk


def _request(stage: Stage) -> Request:
    society = stage.staff["bakyt"].society_id
    found = [
        one
        for one in approvals_queries.waiting_in(society, at=timezone.now())
        if one.pk == stage.kept["request"]
    ]
    if not found:
        raise StoppedError("nothing waits")
    return found[0]


def _bakyt_decides_alone(stage: Stage) -> None:
    plan = f"{stage.kept['case']}plan/"
    stage.kept["could"] = could(stage, plan, 'value="approve"')
    alone = {"plan"} if tries(stage, "bakyt", f"{plan}decide/", {"decision": "approve"}) else set()
    request = _request(stage)
    stage.kept["votes"] = could(stage, f"/vault/two-people/{request.pk}", "/approve")
    if approvals_queries.standing(request, at=timezone.now()) == "ready":
        alone.add("a focal point")
    stage.kept["alone"] = frozenset(alone)


def _saule_decides(stage: Stage) -> None:
    stage.presses("saule", f"{stage.kept['case']}plan/decide/", {"decision": "approve"})
    vault.approve(keys=stage.keys("saule"), request=_request(stage), at=timezone.now())


def _decided_came(stage: Stage) -> Came:
    try:
        ready = approvals_queries.standing(_request(stage), at=timezone.now()) == "ready"
    except StoppedError:
        ready = False
    return {
        "could decide on the plan": stage.kept.get("could", frozenset()),
        "could vote": stage.kept.get("votes", frozenset()),
        "decided alone": stage.kept.get("alone", frozenset()),
        "decided by two": frozenset({HE} if ready else ()),
    }


APPROVAL = Journey(
    "approval", _two_may_decide, (_bakyt_asks, _bakyt_decides_alone, _saule_decides), _decided_came
)


# -- a case is closed and erased ----------------------------------------------------------------------


def _a_case_may_end(stage: Stage) -> None:
    stage.all_sign_in()
    stage.kept["older"], stage.kept["case"] = a_case(stage, "cholpon", OLDER), a_case(stage, "amina", TOLD)
    _asks_to_close(stage, "cholpon", stage.kept["older"])


def _asks_to_close(stage: Stage, name: str, address: str) -> None:
    stage.presses(name, f"{address}close/ask/", {"reason": "goals", "text": "x"})


def _it_is_closed(stage: Stage) -> None:
    _asks_to_close(stage, "bakyt", stage.kept["case"])
    _alone(stage, "closed", "close/decide/", {"decision": "close"})
    stage.presses("saule", f"{stage.kept['case']}close/decide/", {"decision": "close"})


def _alone(stage: Stage, what: str, rest: str, form: dict[str, object]) -> None:
    """Bakyt, who asked, tries to decide."""
    done = tries(stage, "bakyt", f"{stage.kept['case']}{rest}", form)
    stage.kept["alone"] = stage.kept.get("alone", frozenset()) | ({what} if done else set())


def _erasing_is_asked_for(stage: Stage) -> None:
    stage.presses("bakyt", f"{stage.kept['case']}close/erase/ask/", {"text": "x"})


def _it_is_erased(stage: Stage) -> None:
    number = {"number": stage.kept["case"].split("/")[2]}
    _alone(stage, "erased", "close/erase/", number)
    stage.presses("saule", f"{stage.kept['case']}close/erase/", number)


def _erased_came(stage: Stage) -> Came:
    words = {"reads": TOLD, "reads the other case": OLDER}
    seen = stage.who_sees(words, stage.kept["case"], stage.kept["older"])
    readers = seen.pop("reads")
    return {
        **seen,
        # Where it is not erased, those who read it go on reading; anybody else would be let in.
        "erased for": frozenset(stage.staff) - readers,
        "reads who was never let in": readers - {"amina", "bakyt", "saule"},
        "decided alone": stage.kept.get("alone", frozenset()),
    }


ERASURE = Journey(
    "erasure", _a_case_may_end, (_it_is_closed, _erasing_is_asked_for, _it_is_erased), _erased_came
)


# -- danger, and what is dialled ----------------------------------------------------------------------


def _danger_may_be_called(stage: Stage) -> None:
    """Amina is on duty, Saule after her. There is a line of his neighbour's, with another number."""
    on_duty(stage, amina="danger", saule="danger_second", elena="calls")
    for name in ("elena", "cholpon"):
        a_line(stage, f"Line of {name}", name)
    stage.all_sign_in()
    while channels.deliver_due(at=timezone.now()):
        continue


def _danger_is_called(stage: Stage) -> None:
    line = lines_of(stage.staff["elena"])[0].pk
    call = stage.kept["call"] = str(
        stage.presses("elena", "/calls/take/", {"line": line, "channel": "phone"})["Location"]
    )
    stage.presses("elena", call, {"do": "emergency", "note": TOLD})
    _is_written_to(stage, minutes=0)


def _is_written_to(stage: Stage, *, minutes: int) -> None:
    at = timezone.now() + timedelta(minutes=minutes)
    mail.outbox = []
    work.escalate(at=at)
    while channels.deliver_due(at=at):
        continue
    sent = {to.split("@")[0] for message in mail.outbox for to in message.to}
    stage.kept["called"] = stage.kept.get("called", frozenset()) | sent


def _numbers_are_looked_up(stage: Stage) -> None:
    call = stage.kept["call"]
    pages = [stage.reads("elena", f"{call}{rest}") for rest in ("emergency/", "services/")]
    pages += [stage.reads("elena", one) for one in ("/calls/lines/", "/network/")]
    pages += [stage.reads("", f"/info/{one}?in=en&country=XA") for one in ("numbers", "talk")]
    mains = (re.sub(r"<[^>]+>", " ", page.split("<main", 1)[-1]) for page in pages)
    stage.kept["numbers"] = frozenset(
        re.sub(r"\s", "", one) for page in mains for one in NUMBER.findall(page)
    )


def _nobody_answers(stage: Stage) -> None:
    _is_written_to(stage, minutes=6)


def _danger_came(stage: Stage) -> Came:
    return {
        **stage.who_sees(
            {"reads": TOLD}, f"{stage.kept.get('call', '')}page/", f"{stage.kept.get('call', '')}emergency/"
        ),
        "called": stage.kept.get("called", frozenset()),
        "numbers shown": stage.kept.get("numbers", frozenset()),
    }


DIALLING = Journey(
    "dialling",
    _danger_may_be_called,
    (_danger_is_called, _numbers_are_looked_up, _nobody_answers),
    _danger_came,
)


# -- work that goes to another ------------------------------------------------------------------------


def _amina_holds_a_case(stage: Stage) -> None:
    stage.all_sign_in()
    stage.kept["older"], stage.kept["case"] = a_case(stage, "cholpon", OLDER), a_case(stage, "amina", TOLD)


def _it_is_handed_over(stage: Stage) -> None:
    stage.presses(
        "amina", f"{stage.kept['case']}team/hand-over/", {"to": stage.staff["cholpon"].pk, "told": "on"}
    )


def _writes_a_note(stage: Stage, name: str) -> None:
    stage.presses(name, f"{stage.kept['case']}note/", {"text": MORE, "about": "other"})


def _who_holds_it_goes_on(stage: Stage) -> None:
    _writes_a_note(stage, "cholpon")


def _case_came(stage: Stage) -> Came:
    address = stage.kept["case"]
    words = {"reads": TOLD, "reads more": MORE, "reads the other case": OLDER}
    seen = stage.who_sees(words, address, f"{address}notes/", stage.kept["older"])
    return {**seen, "has it on her list": could(stage, "/cases/", address)}


HANDOVER = Journey("handover", _amina_holds_a_case, (_it_is_handed_over, _who_holds_it_goes_on), _case_came)


def _she_is_let_in(stage: Stage) -> None:
    stage.presses("amina", f"{stage.kept['case']}team/let-in/", {"to": stage.staff["cholpon"].pk})


def _she_is_no_longer(stage: Stage) -> None:
    stage.presses("amina", f"{stage.kept['case']}team/{stage.staff['cholpon'].pk}/close/")


def _who_holds_it_writes(stage: Stage) -> None:
    _writes_a_note(stage, "amina")


ENDED_TEAM = Journey(
    "ended-team", _amina_holds_a_case, (_she_is_let_in, _she_is_no_longer, _who_holds_it_writes), _case_came
)


# -- a role that ended --------------------------------------------------------------------------------


def _elena_and_gulnar_work_here(stage: Stage) -> None:
    on_duty(stage, elena="calls")
    a_line(stage, "Line of both", "elena", "bakyt")
    stage.all_sign_in()
    _takes_a_call(stage, "older", OLDER)


def _takes_a_call(stage: Stage, what: str, note: str) -> None:
    line = lines_of(stage.staff["bakyt"])[0].pk
    call = stage.kept[what] = str(
        stage.presses("bakyt", "/calls/take/", {"line": line, "channel": "phone"})["Location"]
    )
    stage.presses("bakyt", call, {"do": "finish", "note": note})


def _roles_end(stage: Stage) -> None:
    now = timezone.now()
    vault.change_roles(
        keys=stage.keys("bakyt"), staff=stage.staff["elena"], roles=["caseworker"], branch=None, at=now
    )
    sign_in.end_access(keys=stage.keys("bakyt"), staff=stage.staff["gulnar"], at=now)


def _work_goes_on(stage: Stage) -> None:
    _takes_a_call(stage, "call", TOLD)
    page = stage.presses(
        "amina", "/complaints/new/", {"once": uuid4(), "what": TOLD, "speaker": "anonymous"}
    ).text
    stage.kept["named"] = named_in(stage, page)


def _ended_came(stage: Stage) -> Came:
    call = stage.kept.get("call", "")
    private = stage.keys("gulnar")
    return {
        **stage.who_sees(
            {"reads": TOLD, "reads the older": OLDER}, call and f"{call}page/", f"{stage.kept['older']}page/"
        ),
        "signed in": frozenset(one for one in stage.staff if stage.reads(one, "/")),
        "on the page of calls": could(stage, "/calls/", "/calls/take/"),
        "holds keys": frozenset({"gulnar"}) if _holds(private) else frozenset(),
        "named to whoever complains": stage.kept.get("named", frozenset()),
    }


def _holds(keys: Keyring) -> bool:
    return any(keys.society_key(kind) is not None for kind in "GKFD")


ENDED_ROLE = Journey("ended-role", _elena_and_gulnar_work_here, (_roles_end, _work_goes_on), _ended_came)

JOURNEYS_INSIDE = (APPROVAL, ERASURE, DIALLING, HANDOVER, ENDED_ROLE, ENDED_TEAM)
