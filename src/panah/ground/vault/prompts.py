"""Asking somebody at the keyboard for what must not be shown: shares, pepper. Or reading it from standard input."""

import getpass
import sys

from django.utils.translation import gettext as _

from panah.ground.foundation.errors import Refusal


def ask_hidden(question: str) -> str:
    """Return what was typed without showing it; without a keyboard, the next line of standard input."""
    if sys.stdin.isatty():
        return getpass.getpass(question)
    return _line()


def ask(question: str) -> str:
    """Return what was typed; without a keyboard, the next line of standard input."""
    if sys.stdin.isatty():
        return input(question).strip()
    return _line().strip()


def _line() -> str:
    line = sys.stdin.readline()
    if not line:
        raise Refusal(
            _("Nobody is at the keyboard."),
            next_step=_("Type the answers, or send them line by line."),
            code="no-keyboard",
        )
    return line.rstrip("\n")


def two_shares() -> list[str]:
    """Ask two holders for their shares, one after the other; nothing appears on the screen."""
    say(
        _(
            "Two holders of shares type their 33 words, one after the other. Nothing is shown; the other turns away."
        )
    )
    return [ask_hidden(_("Share %(number)s of two: ") % {"number": number}) for number in (1, 2)]


def say(sentence: str) -> None:
    """Tell the person at the keyboard."""
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()
