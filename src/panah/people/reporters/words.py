"""The words of what strangers told the public door: states, directions, kinds of files, states of a chat."""

from django.db import models
from django.utils.translation import gettext_lazy as _

ROOM = "reporters"
# Kinds of what lies in the shred store: an answer to a reporter, a line of a chat.
WORD, LINE = "door_word", "door_line"
# Kinds of arrivals that come from here.
REPORT, MORE = "report", "report-more"


class Child(models.TextChoices):
    """Whether it is about somebody under 18."""

    UNKNOWN = "unknown", _("not said")
    YES = "yes", _("a child")
    NO = "no", _("an adult")


class SealedBy(models.TextChoices):
    """Where words were sealed: before they left the telephone, or here on receipt."""

    BROWSER = "browser", _("in the browser")
    SERVER = "server", _("here, on receipt")


class Stands(models.TextChoices):
    """How a report stands, as the reporter reads it."""

    RECEIVED = "received", _("We have your message. Nobody has opened it yet.")
    READ = "read", _("A person on our team has read your message.")
    ANSWERED = "answered", _("We have answered you.")
    CLOSED = "closed", _("We have finished our work on your message.")
    WITHDRAWN = "withdrawn", _("You took your message back.")


class ReportState(models.TextChoices):
    """What is kept of it: whether it was read stands at its arrival."""

    OPEN = "open", _("nobody has answered the report yet")
    ANSWERED = "answered", _("the report was answered")
    CLOSED = "closed", _("the report is closed")
    WITHDRAWN = "withdrawn", _("the report was taken back")


class Told(models.TextChoices):
    """What a reporter is told when her report is closed; more stands in an answer."""

    HELPED = "helped", _("We helped you, and nothing more is open.")
    PASSED = "passed", _("Others can do more here. We told you in our answer who they are.")
    NOTHING = "nothing", _("We could not do anything with this message.")
    NO_WORD = "no-word", _("We asked you something and heard nothing more.")


class Direction(models.TextChoices):
    TO_STAFF = "to-staff", _("from the reporter")
    TO_REPORTER = "to-reporter", _("to the reporter")


class UploadKind(models.TextChoices):
    FILE = "file", _("a file")
    VOICE = "voice", _("a voice message")
    PICTURE = "picture", _("a picture")


class ChatState(models.TextChoices):
    OPEN = "open", _("waiting for somebody")
    CLAIMED = "claimed", _("somebody is there")
    ENDED = "ended", _("the chat has ended")


class Within(models.TextChoices):
    """How long a reporter waited for the first answer."""

    DAY = "day", _("first answer within a day")
    THREE_DAYS = "three-days", _("first answer within three days")
    WEEK = "week", _("first answer within a week")
    LONGER = "longer", _("first answer after more than a week")


class Counted(models.TextChoices):
    """What is counted by the month or by the hour: numbers alone."""

    REPORTS = "reports", _("reports")
    ANSWERS = "answers", _("answers")
    RETURNS = "returns", _("came back with the number of a message")
    CHATS = "chats", _("chats")
    WITHIN_DAY = "within-day", _("first answer within a day")
    WITHIN_THREE_DAYS = "within-three-days", _("first answer within three days")
    WITHIN_WEEK = "within-week", _("first answer within a week")
    WITHIN_LONGER = "within-longer", _("first answer after more than a week")
    UNPROVEN = "unproven", _("reports without proof of work, by the hour")
    UNPROVEN_CHATS = "unproven-chats", _("chats without proof of work, by the hour")
    PAGED = "paged", _("alarms of reports without proof of work, by the hour")
    BYTES = "bytes", _("bytes, by the hour")
    TRIES = "tries", _("how often numbers of messages were shown, by the minute")
