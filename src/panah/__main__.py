"""One command of Panah: `python -m panah COMMAND …`, which `./panah COMMAND …` comes down to."""

import atexit
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence

# Options every Django command has; they would bury what our own commands have to say.
DJANGOS_OWN = {
    "--version",
    "--verbosity",
    "--settings",
    "--pythonpath",
    "--traceback",
    "--no-color",
    "--force-color",
    "--skip-checks",
}


# Commands on the project itself: they need no node, and must not begin one in the data folder.
NO_NODE = {"words", "makemigrations", "check", "makemessages", "compilemessages", "startapp"}


# Commands that need the whole database, on PostgreSQL by a role of their own (docs/operations/install.md).
DATABASE_AS = {
    "init": "owner",
    "grantdoor": "owner",
    "restore": "owner",
    "migrate": "owner",
    "backup": "backup",
}


def main(arguments: Sequence[str]) -> int:
    """Run the command and return its exit code: 0 done, 1 refused or failed, 2 not understood."""
    if not arguments:
        return say("Say which command to run: ./panah alone lists them.", 2)
    command, *rest = arguments
    if command == "names":
        from panah.ground.names.cli import main as names

        return int(names(rest) or 0)
    without_node = (rest or [""])[0] in NO_NODE if command == "django" else command in NO_NODE
    if without_node:
        own = tempfile.mkdtemp(prefix="panah-without-node-")
        atexit.register(shutil.rmtree, own, ignore_errors=True)
        os.environ["PANAH_HOME"] = own
    else:
        # Databases, logs and keys of a node are its own user's alone, whatever the shell says.
        os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "panah.config.settings")
    os.environ["PANAH_DATABASE_AS"] = DATABASE_AS.get(
        (rest or [""])[0] if command == "django" else command, ""
    )
    if command == "django":
        from django.core.management import execute_from_command_line

        execute_from_command_line(["./panah django", *rest])
        return 0
    return run_ours(command, rest)


def run_ours(command: str, rest: Sequence[str]) -> int:
    """Run a command of one of our rooms; say a refusal in its own words, without a traceback."""
    import django
    from django.apps import apps
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import get_commands, load_command_class

    try:
        django.setup()
    except ImproperlyConfigured as mistake:
        return say(str(mistake), 1)
    home = get_commands().get(command)
    if not isinstance(home, str) or home not in {app.name for app in apps.get_app_configs()}:
        home = None
    if home is None or not home.startswith("panah."):
        return say(f"Panah has no command “{command}”. ./panah alone lists what there is.", 2)

    from django.db import OperationalError, ProgrammingError

    from panah.ground.foundation.errors import Refusal

    rest = speak(rest) if command not in NO_NODE else rest
    program = load_command_class(home, command)
    program.suppressed_base_arguments = DJANGOS_OWN
    try:
        program.run_from_argv(["./panah", command, *rest])
    except Refusal as refusal:
        return say(f"{refusal.sentence} {refusal.next_step}".strip(), 1)
    except (OperationalError, ProgrammingError) as error:
        return say(no_database(error), 1)
    except BrokenPipeError:
        # The reader (head, less) has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        return 130
    return 0


def no_database(error: Exception) -> str:
    """Return what to tell who ran a command where no node answers: by a timer without its variables, say."""
    from panah.node.serving import does_not_answer

    refusal, reason = does_not_answer("default"), str(error).strip().partition("\n")[0]
    return f"{refusal.sentence} {refusal.next_step} ({reason})"


def speak(rest: Sequence[str]) -> list[str]:
    """Say everything in the language asked for by ``--language`` or by the machine's locale; returns the other words.

    A language that Panah does not speak is passed over: a command in an emergency must not stop for it.
    """
    from django.conf import settings
    from django.utils import translation

    left, asked = list(rest), ""
    for at, word in enumerate(left):
        if word == "--language" or word.startswith("--language="):
            asked = word.partition("=")[2] or "".join(left[at + 1 : at + 2])
            del left[at : at + (1 if "=" in word else 2)]
            break
    locale = next(
        (os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), ""
    )
    # As gettext does it: LANGUAGE goes before the locale, unless that is the one without a language.
    preferred = "" if locale.partition(".")[0] in ("", "C", "POSIX") else os.environ.get("LANGUAGE", "")
    wanted = (asked or preferred or locale)[:2].lower()
    if wanted in dict(settings.LANGUAGES):
        translation.activate(wanted)
    return left


def say(sentence: str, code: int) -> int:
    """Say a sentence to the person at the keyboard and return the exit code given."""
    sys.stderr.write(f"{sentence}\n")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
