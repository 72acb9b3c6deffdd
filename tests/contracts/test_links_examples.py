"""What was frozen of family links is still understood, and still written alike."""

import json
from datetime import date
from pathlib import Path

import pytest

from panah.people.family_links.message_schema import (
    LinksAnswerMessage,
    compose_answer,
    compose_question,
    read,
    read_answer,
    read_question,
)

CONTENTS = json.loads((Path(__file__).parent / "links-1.json").read_text())["contents"]


def test_a_request_of_version_1_is_read():
    asked = read(CONTENTS["links-asked"])
    assert asked.sought == "Practice Person Reed, 1999"
    assert asked.values == {"seeker": "Practice Person Tulip", "message": "we all wait", "language": "uz"}
    assert asked.consent["until"] == "2027-05-24" and len(asked.reply_key) == 1216


@pytest.mark.parametrize("name", ["contact", "later", "nothing"])
def test_an_answer_of_version_1_is_read_and_written_the_same_today(name):
    answered = read_answer(CONTENTS[name])
    assert answered.answer == name
    assert compose_answer(answered) == CONTENTS[name]


def test_a_question_of_version_1_is_read_and_written_the_same_today():
    question, key = read_question(CONTENTS["links-more-asked"])
    assert question == "which village was the school in? — какое село?"
    assert compose_question(question, reply_key=key) == CONTENTS["links-more-asked"]
    assert read_question({"text": 7, "reply_key": "no"}) == ("", b"")


def test_the_three_say_what_they_said():
    assert read_answer(CONTENTS["contact"]).message == "I am well — я жива"
    assert read_answer(CONTENTS["later"]).again == date(2026, 12, 24)
    assert read_answer(CONTENTS["nothing"]) == LinksAnswerMessage(
        "nothing", reply_key=read_answer(CONTENTS["later"]).reply_key
    )
