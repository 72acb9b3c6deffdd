"""What strangers are refused, each with what to do instead. What was typed stays on the page."""

from django.utils.translation import gettext_lazy as _

from panah.ground.foundation.errors import Refusal


def closed() -> Refusal:
    """Nobody here could ever open it."""
    return Refusal(
        _("We cannot take messages here now."),
        next_step=_("Call one of the numbers on our page, or write to another society."),
        code="door-closed",
        status=503,
    )


def old_page() -> Refusal:
    """It was sealed to a key that nobody holds any more, or does not have the shape of something sealed."""
    return Refusal(
        _("This page is old. Your message was not sent."),
        next_step=_("Open the page again and send your message once more."),
        code="old-page",
        status=409,
    )


def nobody_else_reads() -> Refusal:
    """She means everybody who could read it: it is kept nowhere rather than reach one of them."""
    return Refusal(
        _("Nobody else here could read it. Your message was not sent."),
        next_step=_("Call one of the numbers on our page, or write to another society."),
        code="nobody-else-reads",
    )


def too_long(longest: int) -> Refusal:
    return Refusal(
        _("Your message is too long. It can have %(number)s characters.") % {"number": longest},
        next_step=_("Send a part of it now, and the rest after that."),
        code="too-long",
        status=422,
    )


def file_too_large(megabytes: int) -> Refusal:
    return Refusal(
        _("This file is too large. A file can have %(number)s MB.") % {"number": megabytes},
        next_step=_("Send your message without it, or send a smaller file."),
        code="file-too-large",
        status=413,
    )


def files_too_many(megabytes: int) -> Refusal:
    return Refusal(
        _("These files are too large together. They can have %(number)s MB.") % {"number": megabytes},
        next_step=_("Send fewer files now, and the others after that."),
        code="files-too-many",
        status=413,
    )


def enough_today() -> Refusal:
    """The receipt's budget of the day is used up."""
    return Refusal(
        _("You sent very much today. We cannot keep more until tomorrow."),
        next_step=_("Keep what you wrote and send it tomorrow. If you are in danger, call us."),
        code="enough-today",
        status=429,
    )


def full() -> Refusal:
    """The node's budget of the hour is used up."""
    return Refusal(
        _("We cannot keep files now: very many came within this hour."),
        next_step=_("Send your message without files now. Send the files later."),
        code="door-full",
        status=503,
    )


def nothing_said() -> Refusal:
    return Refusal(
        _("There is nothing in your message."),
        next_step=_("Write something, or add a file."),
        code="nothing-said",
        status=422,
    )


def not_a_form() -> Refusal:
    return Refusal(
        _("This page is old. Your message was not sent."),
        next_step=_("Open the page again and send your message once more."),
        code="no-form",
        status=422,
    )


def sent_already() -> Refusal:
    """The form was sent before with another receipt: its answer is not shown to whoever does not know that one."""
    return Refusal(
        _("This form was sent already."),
        next_step=_("Open the page with the number of your message."),
        code="sent-already",
        status=409,
    )


def taken_back() -> Refusal:
    return Refusal(
        _("This message was taken back. Nothing can be added to it."),
        next_step=_("Write a new message if you want to tell us something."),
        code="report-withdrawn",
        status=410,
    )


def finished() -> Refusal:
    return Refusal(
        _("Our work on this message is finished. Nothing can be added to it."),
        next_step=_("Write a new message if you want to tell us something."),
        code="report-closed",
        status=410,
    )


def chat_ended() -> Refusal:
    return Refusal(
        _("This chat has ended. Your last words were not sent."),
        next_step=_("Start a new chat, or write us a message."),
        code="chat-ended",
        status=410,
    )
