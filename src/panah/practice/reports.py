"""Reports of the public door on a practice node: unopened, in danger, answered, joined, a machine's. All invented."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from panah.ground.audit import actions as audit
from panah.people.intake import actions as intake
from panah.people.reporters import actions as reporters
from panah.people.reporters import queries as reporters_queries
from panah.practice.cast import Practice

if TYPE_CHECKING:
    from panah.people.reporters.models import Report

OPENER, READER, SOUTH = "elena", "zarina", "rustam"
JUNK = (
    "Practice: dear user number {n} you won a prize this month, open our page http://offer-{n}.example and confirm "
    "your address today before the prize goes to somebody else"
)


def build(practice: Practice) -> None:
    """Let strangers write to the societies of this node; at North Elena reads, answers and joins some of it."""
    if practice.has(SOUTH):
        _to_the_south(practice)
    if practice.has(OPENER, READER):
        _to_the_north(practice)


def _to_the_south(practice: Practice) -> None:
    """Two that wait there: one for today, and one that was opened and is answered next."""
    at = practice.at
    _writes(
        practice, "tg", at - timedelta(minutes=35), {"about": "me"},
        "Машқ: моро ба киштии моҳигирӣ фиристоданд, маош намедиҳанд.", to=SOUTH,
    )  # fmt: skip
    token = _writes(
        practice, "uz", at - timedelta(hours=2), {"about": "question"},
        "Mashq: akam chet elda ish topdi. Shartnoma haqiqiyligini qanday bilsam boʻladi?", to=SOUTH,
    )  # fmt: skip
    _opened(practice, token, at - timedelta(hours=1), by=SOUTH)


def _to_the_north(practice: Practice) -> None:
    at = practice.at
    _writes(
        practice, "tg", at - timedelta(minutes=40), {"about": "me", "answers": {"help": "Ҳуҷҷатҳоям"}},
        "Машқ: дар хонаи одамон кор мекунам, шиносномаам дар дасти соҳиб аст.",
    )  # fmt: skip
    _writes(
        practice, "ky", at - timedelta(minutes=25), {"about": "another", "answers": {"theirs": "unknown"}},
        "Машыгуу: эжем мейманканага иштегени кеткен, үч жумадан бери жооп бербейт.",
    )  # fmt: skip
    danger = _writes(
        practice, "ru", at - timedelta(minutes=14), {"about": "me", "answers": {"danger": "yes", "place": "Склад"}},
        "Учебное: нас шестеро, дверь снаружи закрыта, один человек ранен.", urgency="now",
    )  # fmt: skip
    # She was paged, has opened it and goes on with it: the alarm calls nobody any more.
    report = _opened(practice, danger, at - timedelta(minutes=12))
    intake.take_on_report(arrival=report.arrival, by=practice.staff[OPENER], at=at - timedelta(minutes=11))
    _answered(practice, at)
    _joined(practice, at)
    _past_the_intake(practice, at)
    for number in range(9):
        _writes(
            practice, "en", at - timedelta(hours=1, minutes=number), {"about": "question"},
            JUNK.format(n=number), urgency="later", receipt=False,
        )  # fmt: skip


def _writes(
    practice: Practice,
    language: str,
    at: datetime,
    content: dict[str, object],
    text: str,
    *,
    urgency: str = "today",
    receipt: bool = True,
    about_staff: bool = False,
    to: str = OPENER,
) -> str:
    """Send a message as the page does; returns the token of its form."""
    token = reporters_queries.new_token()
    reporters.submit_report(
        society=practice.staff[to].society_id, token=token, language=language, urgency=urgency, at=at,
        content={"text": text, **content}, about_staff=about_staff,
        receipt=reporters_queries.receipt_for(token) if receipt else None,
    )  # fmt: skip
    audit.take_up(at=at)
    return token


def _opened(practice: Practice, token: str, at: datetime, by: str = OPENER) -> Report:
    """Let a colleague open what was sent with a form; returns its report."""
    report = reporters_queries.report_of_receipt(reporters_queries.receipt_for(token))
    if report is None:
        raise LookupError(token)
    keys = practice.keys(by)
    intake.open_report(keys=keys, arrival=report.arrival, by=keys.staff, at=at)
    report.arrival.refresh_from_db()
    return report


def _answered(practice: Practice, at: datetime) -> None:
    """A report that was answered, and to which its writer added something that nobody has opened yet."""
    sent, keys = at - timedelta(hours=5), practice.keys(OPENER)
    token = _writes(
        practice, "uz", sent, {"about": "me"},
        "Mashq: uch oydan beri maosh bermaydilar. Qanday qilib uyga qaytsam boʻladi?",
    )  # fmt: skip
    report = _opened(practice, token, sent + timedelta(hours=1))
    intake.answer_report(
        keys=keys, arrival=report.arrival, report=report, text="Mashq: xabaringizni oʻqidik. Qaysi shahardasiz?",
        once=uuid4(), asks=True, at=sent + timedelta(hours=1, minutes=10),
    )  # fmt: skip
    receipt = reporters_queries.receipt_for(token)
    opened = reporters_queries.find(receipt.handle, receipt.secret)
    if opened is None:
        raise LookupError(token)
    reporters.add_words(
        opened=opened, token=reporters_queries.new_token(), at=at - timedelta(minutes=15),
        content={"text": "Mashq: daryo boʻyidagi shaharda, bozor yonida."},
    )  # fmt: skip
    audit.take_up(at=at)


def _joined(practice: Practice, at: datetime) -> None:
    """Two reports of one matter, opened and joined."""
    first, second = (
        _opened(
            practice,
            _writes(practice, "ru", at - timedelta(minutes=minutes), {"about": "another"}, text),
            at - timedelta(minutes=120),
        )
        for minutes, text in (
            (190, "Учебное: на стройке за каналом у всех забрали паспорта."),
            (170, "Учебное: мой брат на стройке за каналом, он просил написать вам."),
        )
    )
    intake.join_reports(
        arrival=first.arrival, other=second.arrival, by=practice.staff[OPENER], at=at - timedelta(minutes=100)
    )


def _past_the_intake(practice: Practice, at: datetime) -> None:
    """Two that their writers say are about somebody who works here: only the reader of complaints sees them."""
    texts = (
        "Учебное: волонтёр на собрании просил деньги за место в автобусе.",
        "Учебное: человек из вашего отделения рассказал соседям, что я к вам приходила.",
    )
    first, _second = (
        _writes(practice, "ru", at - timedelta(hours=2), {"about": "me"}, text, about_staff=True)
        for text in texts
    )
    _opened(practice, first, at - timedelta(hours=1), by=READER)
