"""Calls of a practice node: lines with their operators, and contacts in every state. Everyone is invented."""

from datetime import timedelta
from typing import Any

from panah.desk.practice.cast import Practice
from panah.hotline import actions as hotline
from panah.hotline.actions.drafts import Typed
from panah.hotline.queries import contacts_visible

LINES = (
    ("bakyt", "Practice line", "Учебная линия", ("ru", "kk", "uz"), "000 11", ("elena",)),
    ("rustam", "Practice line South", "Учебная линия Юга", ("uz", "tg", "ru"), "000 22", ("daler",)),
)

# Who took it, how long ago it began (minutes), how long it took, what was noted, what came of it.
CALLS: tuple[dict[str, Any], ...] = (
    {
        "by": "elena",
        "ago": 26 * 60,
        "took": 18,
        "end": "back",
        "due": -2 * 60,
        "note": "Practice: calls from a sewing shop in a large city. The papers lie with the owner. Asks for a call "
        "only in the morning.",
        "called": "the one from the sewing shop",
        "language": "uz",
    },
    {
        "by": "elena",
        "ago": 300,
        "took": 9,
        "end": "back",
        "due": 3 * 60,
        "note": "Practice: a man on a building site, three months without pay, sleeps in a container with six others.",
        "called": "Tulip",
        "language": "uz",
    },
    {
        "by": "elena",
        "ago": 200,
        "took": 6,
        "end": "finish",
        "note": "Practice: wants to check a job offer abroad before leaving. Was told what to look for.",
        "called": "",
        "language": "ru",
    },
    {
        "by": "elena",
        "ago": 90,
        "took": 4,
        "end": "close",
        "note": "Practice: asked for the number of a doctor. It was given.",
        "called": "",
        "language": "kk",
    },
    {
        "by": "daler",
        "ago": 140,
        "took": 12,
        "end": "finish",
        "note": "Practice: came home last month, the recruiter lives next door.",
        "called": "Walnut",
        "language": "tg",
    },
)


def build(practice: Practice) -> None:
    """Make the lines and play the calls through the same actions that the pages use."""
    lines = {}
    for leader, name_en, name_ru, languages, number, operators in LINES:
        line = hotline.make_line(
            keys=practice.keys(leader),
            name_en=name_en,
            name_ru=name_ru,
            languages=languages,
            numbers=[number],
            operators=[practice.staff[n] for n in operators],
            by=practice.staff[leader],
            at=practice.at,
        )
        lines |= dict.fromkeys(operators, line)
    for call in CALLS:
        _play(practice, lines[call["by"]], call)


def _play(practice: Practice, line: Any, call: dict[str, Any]) -> None:
    keys, by = practice.keys(call["by"]), practice.staff[call["by"]]
    began = practice.at - timedelta(minutes=call["ago"])
    ended = began + timedelta(minutes=call["took"])
    contact = hotline.begin_contact(keys=keys, line=line, channel="phone", by=by, at=began)
    typed = Typed(
        answers={"language": call["language"]},
        note=call["note"],
        identity={"called": call["called"]} if call["called"] else {},
    )
    hotline.save_typed(keys=keys, contact=contact, typed=typed, by=by, at=began + timedelta(minutes=2))
    if call["end"] == "back":
        due = practice.at + timedelta(minutes=call["due"])
        hotline.plan_call_back(keys=keys, contact=contact, due_at=due, by=by, at=ended)
    hotline.finish_call(contact=contact, by=by, at=ended)
    if call["end"] == "close":
        hotline.close_contact(contact=contacts_visible(to=by).get(pk=contact.pk), by=by, at=ended)
