"""What a file is allowed to be, and as what it is kept: by its bytes, never by its name."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from panah.ground.foundation.errors import Refusal
from panah.ground.kit import image_sandbox
from panah.ground.kit.empty_files import must_hold_something
from panah.ground.kit.file_types import PDF, PICTURE, TEXT, FileType, file_type_of, text_of
from panah.people.materials import pdf_files, rules
from panah.people.materials.words import MOST_BYTES

SMALLER = _("Save it smaller, or cut it into parts.")
SAVE_ANEW = _("Open it in the program in which it was made, save it anew, and choose it once more.")
DOES = {
    "does runs": _("This PDF runs a program when somebody opens it."),
    "does embeds": _("This PDF holds or opens other files."),
    "does sends": _("This PDF is a form that sends what somebody types."),
    "does plays": _("This PDF plays sound, films or models."),
}


@dataclass(frozen=True)
class Checked:
    """A file as it may be published."""

    body: bytes
    type: str
    pages: int = 0
    seconds: int = 0

    @property
    def facts(self) -> dict[str, object]:
        """What is kept of it beside its bytes."""
        return {
            "type": self.type,
            "size": len(self.body),
            "pages": self.pages,
            "seconds": self.seconds,
            "sha256": hashlib.sha256(self.body).hexdigest(),
        }


def checked(body: bytes) -> Checked:
    """Return a file as it may be published: pictures drawn anew, PDFs written anew, sounds without their tags.

    Refuses what is empty or has more than 25 MB, what is of another kind, and what does anything when it is opened.
    """
    must_hold_something(len(body))
    if len(body) > MOST_BYTES:
        raise Refusal(_("This file has more than 25 MB."), next_step=SMALLER, code="too-large")
    found = file_type_of(body)
    if found.type not in rules.ACCEPTED:
        raise Refusal(
            _("A file of this kind is not published here."),
            next_step=_("Save it as PDF, PNG, JPEG, MP3, OGG, or as plain text."),
            code="kind-not-published",
        )
    done = _checked(body, found)
    if len(done.body) > MOST_BYTES:
        raise Refusal(_("This file has more than 25 MB."), next_step=SMALLER, code="too-large")
    return done


def _checked(body: bytes, found: FileType) -> Checked:
    if found.kind == PICTURE:
        return _picture(body, found)
    if found.kind == PDF:
        return _pdf(body, found)
    if found.kind == TEXT:
        return _text(body)
    sound = rules.sound_of(found.type, body)
    if sound is None:
        raise Refusal(
            _("This sound is damaged, or holds something else."),
            next_step=_("Save it as MP3 or OGG once more."),
            code="damaged",
        )
    return Checked(sound.body, found.type, seconds=sound.seconds)


def _picture(body: bytes, found: FileType) -> Checked:
    """Nothing but its pixels is published: a camera writes the place and the time beside them."""
    try:
        drawn = image_sandbox.render(body, found, edge=image_sandbox.WHOLE_EDGE)
    except image_sandbox.CannotRender as why:
        raise _refused(why.why) from None
    return Checked(drawn.body, drawn.type)


def _pdf(body: bytes, found: FileType) -> Checked:
    try:
        image_sandbox.probe(body, found)
        new, pages = pdf_files.written_anew(body)
        # What was written must still be readable.
        image_sandbox.probe(new, found)
    except (image_sandbox.CannotRender, pdf_files.CannotPublish) as why:
        raise _refused(why.why) from None
    return Checked(new, found.type, pages=pages)


def _text(body: bytes) -> Checked:
    text = unicodedata.normalize("NFC", text_of(body)).replace("\r\n", "\n").replace("\r", "\n")
    plain = "".join(one for one in text if one in "\n\t\u200c\u200d" or unicodedata.category(one)[0] != "C")
    if not plain.strip():
        raise _refused("damaged")
    return Checked(plain.encode(), "text")


def _refused(why: str) -> Refusal:
    if why in DOES:
        return Refusal(
            DOES[why], next_step=_("Print it into a new PDF, and choose that one."), code="pdf-does-something"
        )
    if why == "busy":
        return Refusal(
            _("Other files are being looked at just now."), next_step=_("Try again in a minute."), code="busy"
        )
    if why == "locked":
        return Refusal(
            _("This PDF opens with a password."), next_step=_("Save it without one."), code="locked"
        )
    if why in ("too-large", "too-long"):
        return Refusal(_("This file is too large to be looked at."), next_step=SMALLER, code="too-large")
    return Refusal(_("This file is damaged, or holds something else."), next_step=SAVE_ANEW, code="damaged")
