"""A report while it is written: its questions, their order, and what of it is sealed in the end. Plain Python.

An answer that nobody gave is "". Nothing here must be answered, and whoever writes may stop anywhere and send.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from panah.people.inbox.words import WHO_IS_MEANT

ABOUT, DANGER, YOUNG, THEIRS = "about", "danger", "young", "theirs"
TEXT, PLACE, INSIDE, HELP, REACH, REPLY, FILES = "text", "place", "inside", "help", "reach", "reply", "files"
QUESTIONS = (ABOUT, DANGER, YOUNG, THEIRS, TEXT, PLACE, INSIDE, HELP, REACH, REPLY, FILES)
# What stands on the screen together without scripts. On each, something is asked of everybody: none is ever empty.
SCREENS = ((ABOUT,), (DANGER,), (YOUNG, THEIRS), (TEXT,), (PLACE, INSIDE, HELP), (REACH, REPLY), (FILES,))
# Whether it is about somebody who works or volunteers here; where the telephone is, by a tap alone; what can be seen
# from there, how many are there; when she can read an answer.
STAFF, PIN, SEEN, TOGETHER, READS = "staff", "pin", "seen", "together", "reads"
# Whether it is about one of those who look into complaints: the code of whom it must not reach.
MEANT = "meant"
# Asked together with another question, on the same step.
BESIDE: Mapping[str, tuple[str, ...]] = {
    ABOUT: (STAFF, MEANT),
    PLACE: (PIN,),
    INSIDE: (SEEN, TOGETHER),
    REPLY: (READS,),
}
EVERY = tuple(question for name in QUESTIONS for question in (name, *BESIDE.get(name, ())))
# What is written in words.
TEXTS = (TEXT, PLACE, PIN, INSIDE, SEEN, TOGETHER, HELP, REACH, READS)
# Asked only of whoever writes for these: herself, another person, or with a question alone.
ASKED_OF: Mapping[str, tuple[str, ...]] = {
    YOUNG: ("", "me", "question"),
    THEIRS: ("another",),
    PLACE: ("", "me", "another"),
    INSIDE: ("", "me", "another"),
    REACH: ("another",),
}
# What is shown behind a question, and the answer that brings it.
NOTES: Mapping[str, tuple[str, str]] = {"danger": (DANGER, "yes"), "child": (YOUNG, "yes")}
# What one sending may hold, with the form around it; more can follow with the code of the message.
MOST_FILES, MOST_BYTES = 10, 24_000_000


def screen_of(names: Collection[str]) -> int:
    """Return the number of the last screen on which one of these is asked; 0 for none."""
    questions = [
        {question for name in screen for question in (name, *BESIDE.get(name, ()))} for screen in SCREENS
    ]
    return max((number for number, screen in enumerate(questions) if screen & set(names)), default=0)


def is_child(answers: Mapping[str, str]) -> bool:
    """Say whether somebody under 18 writes, or is written about."""
    return "yes" in (answers.get(YOUNG), answers.get(THEIRS))


def child_of(answers: Mapping[str, str]) -> str:
    """Return the code that stands outside: *yes*, *no*, or *unknown* where nobody said."""
    if is_child(answers):
        return "yes"
    return "no" if "no" in (answers.get(YOUNG), answers.get(THEIRS)) else "unknown"


def urgency_of(answers: Mapping[str, str]) -> str:
    """Return how soon it is opened: *now* where somebody is in danger, else *today*."""
    return "now" if answers.get(DANGER) == "yes" else "today"


def is_about_staff(answers: Mapping[str, str]) -> bool:
    """Say whether somebody who works or volunteers here may be meant."""
    return answers.get(STAFF) == "yes"


def left_out_of(answers: Mapping[str, str]) -> str:
    """Return which of its readers a message about a colleague must not reach, or ""."""
    said = answers.get(MEANT, "")
    return said if is_about_staff(answers) and said in WHO_IS_MEANT else ""


def is_empty(answers: Mapping[str, str]) -> bool:
    """Say whether nobody has said anything yet that somebody could answer."""
    return not any(answers.get(name, "").strip() for name in TEXTS) and (answers.get(DANGER) != "yes")


def content_of(answers: Mapping[str, str], *, language: str, country: str) -> dict[str, object]:
    """Return what is sealed, as the society reads it. ``country``: where she is, two letters; "" where nobody knows."""
    answered = {
        name: answers[name] for name in EVERY if answers.get(name, "").strip() and name not in (ABOUT, TEXT)
    }
    return {
        "about": answers.get(ABOUT, ""),
        "text": answers.get(TEXT, ""),
        "answers": answered,
        "person": {
            "language": language,
            "age_group": "child" if is_child(answers) else "unknown",
            "country": country,
        },
    }
