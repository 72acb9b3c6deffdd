"""What people tell: a complaint, a threat, a report of the door, a chat. Each as it is pressed and read on pages."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.utils import timezone

from benchmarks.columns.stage import HE, Stage, StoppedError
from benchmarks.columns.walk import Came, Journey
from panah.ground.accounts import actions as accounts
from panah.ground.audit import actions as audit
from panah.ground.foundation import tenancy
from panah.people.complaints import actions as complaints
from panah.people.hotline import actions as hotline
from panah.people.hotline import queries as hotline_queries
from panah.people.inbox.models import Arrival
from panah.people.reporters import actions as reporters
from panah.people.reporters import queries as reporters_queries

if TYPE_CHECKING:
    from datetime import datetime

    from panah.people.hotline.models import Line
    from panah.people.reporters.queries import OpenedChat, OpenedReport

TOLD = "Practice: the driver with the grey hat shouted at Tulip."
MORE = "Practice: they moved us to the house by the mill."
OLDER = "Practice: the tea was cold."
MATTERS = ("/complaints/open/", "/complaints/matter/")
THREATS = ("/safety/", "/safety/threats/")
HOURS = timedelta(hours=8)
ANSWERED = "Practice: he has said that he is sorry."


# -- a complaint -------------------------------------------------------------------------------------


def _a_complaint_may_come(stage: Stage) -> None:
    """Gulnar reads beside the officer, after Ibrat did. One is there already, and he was asked about a request."""
    now = timezone.now()
    for name in ("ibrat", "gulnar"):
        named = complaints.name_second(
            staff=stage.staff[name], by=stage.staff["bakyt"], at=now - timedelta(hours=25)
        )
        complaints.confirm(row=named, by=stage.staff["zarina"], at=now)
    stage.all_sign_in()
    _complains(stage, "amina", OLDER)
    typed = {"wishes": ["see"], "asker": "person", "proof": "none", "what": OLDER}
    taken = complaints.take(keys=stage.keys("elena"), kind="own_data", typed=typed, concerned=set(), at=now)
    complaints.ask_colleague(
        keys=stage.keys("zarina"), matter=taken.row, of=stage.staff[HE], text=OLDER, at=now
    )


def _complains(stage: Stage, who: str, what: str) -> str:
    """She takes a complaint down; returns what the page says to her."""
    form = {"once": uuid4(), "what": what, "called": "Snowdrop", "speaker": "anonymous"}
    return stage.presses(who, "/complaints/new/", form).text


def _complaint_is_taken_down(stage: Stage) -> None:
    page = _complains(stage, "elena", TOLD)
    stage.kept["named"] = named_in(stage, page)
    stage.kept["address"] = f"/complaints/matter/{said_number(page)}/"


def named_in(stage: Stage, page: str) -> frozenset[str]:
    """Return the colleagues whom a page names to whoever pressed, beside herself."""
    return frozenset(one for one in stage.staff if one.title() in page.split("<main", 1)[-1])


def said_number(page: str) -> str:
    """Return the number that a page says to whoever made something."""
    if (found := re.search(r"\b[A-Z0-9]{3}-[A-Z0-9]{3}-[A-Z0-9]\b", page)) is None:
        raise StoppedError("no number")
    return found[0]


def _complaint_is_answered(stage: Stage) -> None:
    for who, step, form in (
        ("zarina", "acknowledge", {"told": "yes", "text": "x"}),
        ("gulnar", "answer", {"outcome": "right", "done": ANSWERED, "way": "meeting"}),
    ):
        there = stage.finds(who, TOLD, stage.kept["address"], *MATTERS)
        stage.presses(who, f"{there}{step}/", form)


def _complaint_came(stage: Stage) -> Came:
    seen = stage.who_sees({"reads": TOLD, "reads the answer": ANSWERED}, stage.kept.get("address", ""))
    return {**seen, "named to whoever took it": stage.kept.get("named", frozenset())}


COMPLAINT = Journey(
    "complaint", _a_complaint_may_come, (_complaint_is_taken_down, _complaint_is_answered), _complaint_came
)


# -- a threat against a colleague --------------------------------------------------------------------


def _a_threat_may_come(stage: Stage) -> None:
    """The one before was told by him."""
    on_duty(stage, amina="danger")
    stage.all_sign_in()
    _is_threatened(stage, HE, OLDER)


def on_duty(stage: Stage, **whom: str) -> None:
    """Put colleagues on duty for today."""
    now = timezone.now()
    for name, what in whom.items():
        accounts.put_on_duty(
            staff=stage.staff[name], what=what, starts_at=now - HOURS, ends_at=now + HOURS, at=now - 2 * HOURS
        )


def _is_threatened(stage: Stage, who: str, story: str, **more: object) -> str:
    form = {"once": uuid4(), "story": story, "against": "me", "source": "unknown", "where": "road", **more}
    return stage.presses(who, "/safety/report/", form).text


def _threat_is_told(stage: Stage) -> None:
    page = _is_threatened(stage, "elena", TOLD, concerns=[stage.staff["bakyt"].pk])
    stage.kept["named"] = named_in(stage, page)


def _threat_is_looked_at(stage: Stage) -> None:
    there = stage.kept["address"] = stage.finds("saule", TOLD, "", *THREATS)
    stage.presses("saule", f"{there}close/", {"outcome": "stopped", "text": ANSWERED})


def _threat_came(stage: Stage) -> Came:
    seen = stage.who_sees({"reads": TOLD, "reads what was done": ANSWERED}, stage.kept.get("address", ""))
    return {**seen, "named to whoever told it": stage.kept.get("named", frozenset())}


THREAT = Journey("threat", _a_threat_may_come, (_threat_is_told, _threat_is_looked_at), _threat_came)


# -- a report of the door ----------------------------------------------------------------------------


def _a_report_may_come(stage: Stage) -> None:
    """One came before, and became a case of his neighbour's, Cholpon."""
    stage.all_sign_in()
    _writes(stage, "older", OLDER)
    stage.presses("elena", f"{stage.kept['older']}open/")
    _becomes_a_case(stage, stage.kept["older"], "cholpon", OLDER)


def _writes(stage: Stage, who: str, text: str) -> None:
    """A stranger sends it, and the worker puts it on the lists."""
    token = reporters_queries.new_token()
    receipt = reporters_queries.receipt_for(token)
    reporters.submit_report(
        society=_north(stage), token=token, language="tg", urgency="today", content={"text": text, "about": "me"},
        receipt=receipt, at=timezone.now(),
    )  # fmt: skip
    stage.kept[f"{who} receipt"] = receipt.shown
    stage.kept[who] = _arrived(stage)


def _north(stage: Stage) -> UUID:
    return stage.keys("bakyt").staff.society_id


def _arrived(stage: Stage) -> str:
    """The worker takes up what came; returns where the newest is read."""
    with tenancy.tenant_context(_north(stage)):
        audit.take_up(at=timezone.now())
    return f"/inbox/{Arrival.objects.latest('arrived_at').pk}/"


def _becomes_a_case(stage: Stage, arrival: str, holder: str, note: str) -> str:
    """Elena hands it to who goes on with it; returns where the case is."""
    typed = {
        "language": "tg",
        "age_group": "adult",
        "doubt": "no",
        "urgency": "today",
        "note": note,
        "word": "",
    }
    typed["choice"] = str(stage.staff[holder].pk)
    stage.presses("elena", f"{arrival}turn/case/", typed)
    return next(one for one in stage.links(holder, "/cases/", "/cases/") if note in stage.reads(holder, one))


def _report_comes(stage: Stage) -> None:
    _writes(stage, "report", TOLD)


def _report_is_answered(stage: Stage) -> None:
    stage.presses("elena", f"{stage.kept['report']}open/")
    stage.kept["opened"] = stage.who_sees({"opened": TOLD}, stage.kept["report"])["opened"]
    stage.presses("elena", f"{stage.kept['report']}answer/", {"text": ANSWERED, "once": uuid4()})


def _report_becomes_a_case(stage: Stage) -> None:
    stage.kept["case"] = _becomes_a_case(stage, stage.kept["report"], "amina", TOLD)


def _comes_back(stage: Stage, at: datetime) -> OpenedReport | None:
    receipt = reporters_queries.parse(stage.kept["report receipt"])
    return reporters.come_back(handle=receipt[0], secret=receipt[1], at=at).opened if receipt else None


def _more_is_said(stage: Stage) -> None:
    now = timezone.now()
    if (opened := _comes_back(stage, now)) is None:
        raise StoppedError("the receipt opens nothing")
    token = reporters_queries.new_token()
    reporters.add_words(opened=opened, token=token, content={"text": MORE}, at=now)
    stage.kept["more"] = _arrived(stage)
    stage.presses("amina", f"{stage.kept['more']}open/")


def _report_came(stage: Stage) -> Came:
    kept = (stage.kept.get(one, "") for one in ("report", "case", "more"))
    seen = stage.who_sees({"reads": TOLD, "reads more": MORE}, *kept)
    opened = _comes_back(stage, timezone.now())
    told = [str(one.text) for one in reporters_queries.words_for(opened) if one.to_reporter]
    return {
        **seen,
        "read after it was opened": stage.kept.get("opened", frozenset()),
        "she reads": frozenset(told),
    }


REPORT = Journey(
    "report", _a_report_may_come, (_report_comes, _report_is_answered, _report_becomes_a_case, _more_is_said),
    _report_came,
)  # fmt: skip


# -- a chat of the door ------------------------------------------------------------------------------


def a_line(stage: Stage, name: str, *operators: str) -> Line:
    now = timezone.now()
    return hotline.make_line(
        keys=stage.keys("bakyt"), name_en=name, languages=["ru"], numbers=["+00000000099"], takes_chats=True,
        operators=[stage.staff[one] for one in operators], by=stage.staff["bakyt"], at=now,
    )  # fmt: skip


def _a_chat_may_come(stage: Stage) -> None:
    """Elena's line takes it; Saule answers another line, with a chat of its own."""
    on_duty(stage, elena="calls")
    lines = [a_line(stage, "Line 1", "elena"), a_line(stage, "Line 2", "saule")]
    stage.all_sign_in()
    _begins_a_chat(stage, "older", lines[1], OLDER)


def _begins_a_chat(stage: Stage, who: str, line: Line, text: str) -> None:
    stage.kept[f"{who} token"] = token = reporters_queries.new_token()
    stage.kept[who] = hotline.start_chat(
        line=line, token=token, language="ru", danger=False, text=text, at=timezone.now()
    )


def _chat_begins(stage: Stage) -> None:
    line = hotline_queries.line_for_chat(society=_north(stage), language="ru", at=timezone.now())
    if line is None:
        raise StoppedError("no line takes chats")
    _begins_a_chat(stage, "chat", line, TOLD)


def _chat_is_answered(stage: Stage) -> None:
    answer = stage.presses("elena", f"/calls/chats/{stage.kept['chat']}/")
    stage.kept["address"] = str(answer["Location"])
    stage.presses("elena", f"{stage.kept['address']}say", {"reply": ANSWERED, "reply_once": "a"})


def _in_chat(stage: Stage) -> OpenedChat | None:
    receipt = reporters_queries.receipt_for(stage.kept["chat token"])
    return reporters_queries.find_chat(receipt.handle, receipt.secret)


def _more_is_said_in_chat(stage: Stage) -> None:
    if (opened := _in_chat(stage)) is None:
        raise StoppedError("her code opens nothing")
    reporters.say_as_reporter(opened=opened, once=uuid4(), text=MORE, at=timezone.now())


def _chat_came(stage: Stage) -> Came:
    address = stage.kept.get("address", "")
    seen = stage.who_sees({"reads": TOLD, "reads more": MORE}, address, address and f"{address}chat")
    opened = _in_chat(stage)
    lines = reporters_queries.chat_lines_for(opened) if opened is not None else []
    return {**seen, "she reads": frozenset(str(one.text) for one in lines if one.to_reporter)}


CHAT = Journey("chat", _a_chat_may_come, (_chat_begins, _chat_is_answered, _more_is_said_in_chat), _chat_came)

JOURNEYS_TO_US = (COMPLAINT, THREAT, REPORT, CHAT)
