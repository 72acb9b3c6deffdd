"""Sentences about a table of volunteers. They name row and column, never what stands in a cell."""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.ground.kit.tables import words as tables_words


class ImportState(models.TextChoices):
    ASKED = "asked", gettext_lazy("headings are to be confirmed")
    READING = "reading", gettext_lazy("is being read and checked")
    READY = "ready", gettext_lazy("checked; nothing has come in yet")
    COMING = "coming", gettext_lazy("rows are coming in")
    COMPARING = "comparing", gettext_lazy("all rows are in; people who stand there twice are looked for")
    DONE = "done", gettext_lazy("all good rows are in")
    # Stopped: its pieces are being destroyed.
    DROPPED = "dropped", gettext_lazy("stopped")
    UNREADABLE = "unread", gettext_lazy("cannot be read")


class Column(models.TextChoices):
    """What a column of a table of volunteers may say."""

    NAME = "name", gettext_lazy("Name, whole")
    SURNAME = "surname", gettext_lazy("Surname")
    GIVEN = "given", gettext_lazy("First name")
    FATHER = "father", gettext_lazy("Patronymic")
    CARD = "card", gettext_lazy("Number of the volunteer’s card")
    BRANCH = "branch", gettext_lazy("Branch")
    BORN = "born", gettext_lazy("Date or year of birth")
    SEX = "sex", gettext_lazy("Sex")
    LANGUAGES = "languages", gettext_lazy("Languages")
    PHONE = "phone", gettext_lazy("Telephone")
    EMAIL = "email", gettext_lazy("E-mail")
    ADDRESS = "address", gettext_lazy("Address")
    JOINED = "joined", gettext_lazy("Volunteer since")
    LEFT = "left", gettext_lazy("Left on")
    STATE = "state", gettext_lazy("State")
    ROLE = "role", gettext_lazy("Role")
    CODE = "code", gettext_lazy("Code of conduct signed on")
    CONTACT = "contact", gettext_lazy("May be contacted")
    GUARDIAN = "guardian", gettext_lazy("Parent or legal guardian")
    GUARDIAN_PHONE = "guardian_phone", gettext_lazy("Telephone of parent or guardian")


WRONG = {
    **tables_words.WRONG,
    "no-name": gettext_lazy("There is no name."),
    "one-word": gettext_lazy("Write first name and surname."),
    "two-scripts": gettext_lazy("A word has letters of two alphabets: write it in one."),
    "no-branch": gettext_lazy("No branch stands here, and none was chosen for the table."),
    "unknown-branch": gettext_lazy("There is no branch of this name in the society."),
    "other-branch": gettext_lazy("This is another branch’s: that branch brings in its own volunteers."),
    "transferred": gettext_lazy(
        "The person moved to another branch: write the branch of today, or leave the row out."
    ),
    "repeated": gettext_lazy("The same person stands in row %(row)s."),
    "repeated-elsewhere": gettext_lazy(
        "The same person stands in row %(row)s with another branch: keep the row of the branch of today."
    ),
    "known-elsewhere": gettext_lazy(
        "The person is in the register with another branch: move them there, on their page."
    ),
    "number-of-another": gettext_lazy("In the register somebody with another name has this card number."),
    "not-a-phone": gettext_lazy("Write the telephone with country code, say +996 555 123 456."),
    "not-a-sex": gettext_lazy("Write female, male or other."),
    "not-a-state": gettext_lazy("Write active, pauses or left."),
    "not-a-role": gettext_lazy("Write volunteer, peer educator, trainer or team leader."),
    "too-young": gettext_lazy("By this date the person is younger than six."),
    "left-before": gettext_lazy("The day of leaving lies before the day of joining."),
    "one-cell": gettext_lazy("Only one cell of this row says something: it is left out."),
}

NOTES = {
    **tables_words.NOTES,
    "left-out": gettext_lazy("Column “%(column)s” is left out."),
    "totals": gettext_lazy("Lines with totals were left out: %(column)s."),
    "headings-inside": gettext_lazy("Lines that name a branch were read as headings: %(column)s."),
    "merged-branch": gettext_lazy("Branches were read from merged cells above: %(column)s rows."),
    "erased": gettext_lazy("Rows of people who were erased here do not come back: %(column)s."),
}

DOES_NOT_OPEN = "does-not-open"
UNREADABLE = {
    **tables_words.UNREADABLE,
    DOES_NOT_OPEN: gettext_lazy(
        "What is kept of this table does not open any more. Put it away, and bring the table again."
    ),
    "no-columns": gettext_lazy("No heading was found in the first lines, such as “Name” or “ФИО”."),
    "too-large": gettext_lazy("The file has %(mb)s MB. At most %(most_mb)s MB are read at once: split it."),
}


def say_wrong(code: str) -> str:
    """Return the sentence of a fault; ``repeated:12`` is one about row 12."""
    name, _colon, row = code.partition(":")
    return str(WRONG[name]) % {"row": row}


def say_row(row: int, column: str, code: str) -> str:
    """One line of a report."""
    if column in Column.values:
        return _("Row %(row)s, %(column)s: %(what)s") % {
            "row": row,
            "column": str(Column(column).label),
            "what": say_wrong(code),
        }
    return _("Row %(row)s: %(what)s") % {"row": row, "what": say_wrong(code)}


def say_note(code: str, column: str) -> str:
    return str(NOTES[code]) % {"column": column}


def say_unreadable(code: str, more: dict[str, object]) -> str:
    return str(UNREADABLE[code]) % more
