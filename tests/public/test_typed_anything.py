"""Whatever is typed or sent to the pages of a message: a sentence or a success, never an error page."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.public.writing import ANSWER, WRITE, Stranger

NASTY = (
    "\x00", "a\x00b", "\u202egnp.exe", "\u200b", "9" * 400, "-1", "1e400", "nan", "x" * 20_000, "<b>&'\"", "{{7*7}}",
    "%s%(x)s{0}", "\r\n\r\nSet-Cookie: x=1", "../../etc/passwd", "Ⅷ٣߁", " ", "[]", "{", "0" * 36, "١" * 36,
)  # fmt: skip
NAMES = (
    "state",
    "go",
    "about",
    "danger",
    "text",
    "token",
    "website",
    "language",
    "urgency",
    "child",
    "to_key",
    "proof",
    "staff",
    "past",
    "readers",
)


def is_well(answer):
    assert answer.status_code in (200, 303, 422), answer.status_code
    assert "Set-Cookie: x=1" not in str(answer.headers)
    assert "<b>&'" not in answer.content.decode()


@pytest.mark.parametrize("nasty", NASTY, ids=range(len(NASTY)))
def test_the_questions_take_anything(world, nasty):
    stranger = Stranger().begins()
    for name in NAMES:
        is_well(stranger.client.post(WRITE, {**stranger.hidden(), name: nasty}))
    is_well(stranger.client.get(WRITE, {"country": nasty, "society": nasty, "in": nasty}))
    sealed = {
        "sealed": SimpleUploadedFile("sealed", nasty.encode()),
        "locked": SimpleUploadedFile(nasty[:50] or "x", b"a"),
    }
    is_well(stranger.client.post(WRITE, {**stranger.hidden(), **sealed, "to_key": nasty, "language": nasty}))
    past = {"sealed": SimpleUploadedFile("sealed", b"a"), "past": "yes", "readers": nasty}
    is_well(stranger.client.post(WRITE, {**stranger.hidden(), **past, "to_key": "1", "language": "en"}))


@pytest.mark.parametrize("nasty", NASTY, ids=range(len(NASTY)))
def test_the_way_back_takes_anything(world, nasty):
    stranger = Stranger().writes("A message.").acts("kept")
    is_well(stranger.client.post(ANSWER, {"act": "open", "number": nasty}))
    carried = stranger.hidden()
    for name in ("act", "pass", "token", "text", "upload", "page", "number"):
        is_well(stranger.client.post(ANSWER, {**carried, "act": "more", name: nasty}))
        is_well(stranger.client.post(ANSWER, {**carried, "act": "take", name: nasty}))
