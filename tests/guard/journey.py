"""A day in which everything that can be typed is typed: every form of every page, with texts that must not get about.

The texts are planted: they carry markup, template signs, marks that turn letters round, and a name. What the day left
behind (pages, addresses, e-mails, log lines, rows of the sessions and the tasks) is then searched for them.
"""

from __future__ import annotations

import contextlib
import io
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from django.core.files.uploadedfile import SimpleUploadedFile

from panah.ground.accounts.models import Staff
from tests.guard.addresses import ADDRESSES
from tests.guard.forms import Field, Form, page_of
from tests.guard.house import House

NAME = "Gulqaiyrzhan"
MARK = "zqx"  # what stands before and after each planted piece, and nowhere else
PLANTED = (
    f"{NAME} <planted onplanted=1>'\"><script>planted()</script>{MARK}{{{{7*191}}}}{MARK}{{%planted%}}"
    "\u202etxt\u202c\u200b"
)
FILE = f"{NAME} <planted onplanted=1>{MARK}{{{{7*191}}}}{MARK}\u202etxt\u202c"  # as a file may be called
# Who goes where: the first of the insiders who have real work there.
WALKERS = ("amina", "elena", "bakyt", "zarina", "gulnar", "saule")
# Forms that end what others of the day still need: they are sent by tests of their own.
ENDS = (
    "/vault/", "/kit/language", "/erase", "/stop", "/end", "give-up", "/close", "hand-over", "/undo/", "/me/",
    "/done", "/void/", "/give", "/move", "/withdraw", "/stage/", "/child/", "/alarm/", "/resume", "/confirm/",
    "/destroy/", "/put-away/", "/remove/",
    "/left/", "/late/", "/back/", "/not-needed/", "/off/", "/arrived/", "/decide/", "/let-in/",
)  # fmt: skip
# What the readers of a complaint do with it, in the order in which one follows the other.
STEPS = (
    ("matter", "acknowledge"), ("matter", "look"), ("matter", "answer"), ("request", "ask"), ("request", "answer"),
)  # fmt: skip


@dataclass
class Sent:
    """One form that was sent: by whom, where, what, and what came back in the end."""

    who: str
    form: Form
    data: dict[str, Any]
    response: Any

    @property
    def kept(self) -> bool:
        return self.response.status_code in (204, 302)


@dataclass
class Day:
    house: House
    sent: list[Sent] = field(default_factory=list)
    responses: list[Any] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    said: io.StringIO = field(default_factory=io.StringIO)

    @property
    def extra(self) -> dict[str, str]:
        """Fields that no form has, in the hope that somebody takes them over: another society, owner, role."""
        souths, world = self.house.of["daler"], self.house.world
        south, daler = str(world.societies["south"].pk), str(world.staff["daler"].pk)
        return dict.fromkeys(("society", "society_id"), south) | dict.fromkeys(
            ("owner", "owner_id", "by", "staff", "taken_by", "asked_by"), daler
        ) | {
            "branch": str(world.branches["sora"].pk), "branch_id": str(world.branches["sora"].pk),
            "id": souths["case"], "pk": souths["case"], "file": souths["file"], "file_id": souths["file"],
            "roles": "focal_point", "role": "focal_point", "is_active": "", "state": "closed", "hosted": "1",
            "practice": "", "erased_at": "2026-11-20", "made_at": "2000-01-01", "admitted_at": "2026-11-20",
        }  # fmt: skip

    def send(self, who: str, method: str, path: str, data: Any = None) -> Any:
        browser = self.house.client(who)
        response = getattr(browser, method)(path, data or {})
        self.house.cookies[who] = {name: one.value for name, one in browser.cookies.items()}
        self.asked.append(path)
        self.responses.append(response)
        return response


def ends(action: str) -> bool:
    return action.endswith("/case") or any(end in action for end in ENDS)


def pages(house: House) -> Iterator[tuple[str, str, str]]:
    """Every page that can be looked at, with who looks: ``(name, who, path)``."""
    for name, address in ADDRESSES.items():
        who = next((w for w in WALKERS if address.answers["GET"][w] == "page"), None)
        if who is not None and not address.open:
            yield name, who, address.path(house.own)
    for kind, step in STEPS:
        yield "complaints:step", "zarina", f"/complaints/matter/{house.own[kind]}/{step}/"


def forms(house: House) -> Iterator[tuple[str, Form]]:
    """Every form of those pages, each once, with who sends it."""
    seen = set()
    for _name, who, path in pages(house):
        response = house.ask(who, "GET", path).response
        for form in page_of(response, path).forms:
            known = (form.action.partition("?")[0], form.method, tuple(form.fields))
            if known not in seen and not ends(form.action):
                seen.add(known)
                yield who, form


LATER = ("due_at", "until", "next_at", "again_at", "by_", "held_until", "from_day", "to_day", "out_")


def typed(one: Field) -> str | None:
    """What is typed where a text would not be understood; None where a text belongs."""
    beginning, _, end = one.name.rpartition("_")
    if end in ("day", "month", "year", "time") and beginning:
        later = one.name.startswith(LATER)
        if beginning in ("to_day", "out_until"):
            return {"day": "20", "month": "12", "year": "2027", "time": ""}[end]
        if beginning in ("starts_at", "ends_at"):
            return {
                "day": "20",
                "month": "11",
                "year": "2027",
                "time": "10:30" if beginning == "starts_at" else "18:30",
            }[end]
        return {"day": "20", "month": "11", "year": "2027" if later else "2025", "time": "10:30"}[end]
    return {"phone_tail": "1234", "hash": "", "birth_year": "1990", "website": ""}.get(one.name)


def filled(day: Day, form: Form) -> dict[str, Any]:
    """The form with planted texts, and with fields beside it that nobody was asked for."""
    sent = filled_as_meant(day.house, form, PLANTED)
    return {name: value for name, value in day.extra.items() if name not in form.fields} | sent


def filled_as_meant(house: House, form: Form, words: str = "Practice") -> dict[str, Any]:
    """The form with ``words`` wherever a text belongs, and what is understood wherever one would not be."""

    def text(one: Field) -> str:
        if one.name == "number" and "/cases/" in form.action:
            return house.of["amina"]["number"]
        if one.name == "code" and form.action.startswith("/complaints/"):
            return house.own["matter"]
        known = typed(one)
        return words if known is None else known

    sent = form.fill(text)
    if "documents" in form.fields:
        sent["documents"] = SimpleUploadedFile(f"{FILE}.txt", words.encode())
    if "concerns" in form.fields:
        sent["concerns"] = []  # about nobody who could read it
    if "nobody" in form.fields:
        sent["nobody"] = "on"
    return sent


def send_until_kept(day: Day, who: str, form: Form) -> None:
    """Send a form; what the page then points to as wrong is typed another way, a few times."""
    data, response = filled(day, form), None
    for guess in ("", "7", "2026-11-20", "a@example.org"):
        response = day.send(who, "post", form.action, data)
        wrong = set(page_of(response).wrong) if response.status_code in (200, 422) else set()
        pointed_at = [f for f in form.fields.values() if f.id in wrong or f"id_{f.name}" in wrong]
        if not pointed_at:
            break
        data |= {f.name: guess or (f.options or [""])[-1] for f in pointed_at}
    day.sent.append(Sent(who, form, data, response))


def live(house: House) -> Day:
    """Send every form, then look at every page; some ask for what is not there, and somebody is called in."""
    day = Day(house)
    Staff.objects.filter(username="bakyt").update(email="bakyt@example.org")
    with contextlib.redirect_stderr(day.said):
        for who, form in list(forms(house)):
            if form.method == "post":
                send_until_kept(day, who, form)
        endings(day)
        for _name, who, path in pages(house):
            day.send(who, "get", path)
        for path in ("/cases/{}/", "/find/{}", "/r/{}/", "/vault/invitation/{}"):
            day.send("amina", "get", path.format(quote(NAME)), {"q": PLANTED})
        day.send("elena", "post", f"/calls/{house.own['contact']}/emergency/", {"do": "start"})
        name_in_the_log()
    return day


def endings(day: Day) -> None:
    """What is typed where something ends: a complaint, a document, a list that is handed over."""
    own, world = day.house.own, day.house.world
    for step in ("close", "reopen"):
        day.send("zarina", "post", f"/complaints/matter/{own['matter']}/{step}/", {"text": PLANTED})
    day.send(
        "bakyt",
        "post",
        f"/safety/threats/{own['threat']}/done/",
        {"text": PLANTED, "review_on_day": "1", "review_on_month": "12", "review_on_year": "2099"},
    )
    number = own["number"]
    listed = day.send("amina", "get", f"/cases/{number}/documents/").content.decode()
    for ref in set(re.findall(r"/documents/([0-9a-f-]{36})/", listed)) - {own["doc"]}:
        here = f"/cases/{number}/documents/{ref}/"
        for path, sent in (
            ("describe/", {"what": PLANTED, "giver": PLANTED, "custody": PLANTED, "version": "1"}),
            ("open/", {"purpose": "check"}),
            ("take/", {"which": "original", "purpose": "check", "known": "on"}),
            ("destroy/", {"reason": PLANTED, "sure": "on"}),
        ):
            day.send("amina", "post", here + path, sent)
            day.send("amina", "get", here)
    many = {"to": str(world.staff["amina"].pk), "note": PLANTED, "beyond": PLANTED}
    day.send(
        "cholpon", "post", "/cases/hand-over/", {"left": day.house.of["cholpon"]["number"], "do": "hand"}
    )
    day.send("cholpon", "post", "/cases/hand-over/", many | {"do": "hand", "state": "open"})
    day.send("amina", "get", f"/cases/{day.house.of['cholpon']['number']}/")


def name_in_the_log() -> None:
    """Log a name as careless code would."""
    try:
        raise ValueError(PLANTED)
    except ValueError:
        logging.getLogger("panah.somewhere").exception("could not save %s", PLANTED)
        logging.getLogger("django.request").error("Bad Request: %s", PLANTED)
