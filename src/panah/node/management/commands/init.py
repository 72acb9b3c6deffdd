"""Make a node, or bring one up to date: keys of the host, databases, the register, the first two focal points."""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connections, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panah.ground.foundation import rls_policies
from panah.ground.foundation.errors import Refusal
from panah.ground.vault.actions import fill_empty_copies, make_folders, make_host_file
from panah.node import serving

if TYPE_CHECKING:
    from panah.ground.network.models import Society


class Command(BaseCommand):
    help = "make this node and invite its first two focal points, or bring it up to date"
    requires_system_checks = ()  # The databases may not be there yet.

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--society", help="short name of the society, as the list of ./panah init shows it"
        )
        parser.add_argument(
            "--focal-points", nargs=2, metavar="NAME", help="sign-in names of the first two focal points"
        )
        parser.add_argument(
            "--address",
            default="http://localhost:8000",
            help="how people will reach the node (for the two links)",
        )
        parser.add_argument(
            "--second-place",
            metavar="FOLDER",
            help="folder on another disk or machine for the second copy of the shred store",
        )

    def handle(self, *args: object, **options: object) -> None:
        # Before anything is made: a migration that moves rows must see all of them.
        rls_policies.must_pass()
        path = Path(settings.PANAH_HOST_FILE)
        if not path.exists():
            self.begin(path, options)
        make_folders()
        for alias in serving.ALIASES:
            call_command("migrate", database=alias, verbosity=0, interactive=False)
        rls_policies.build()
        from panah.ground.directory.actions import load_reference_data
        from panah.ground.network.queries import hosted_ids
        from panah.ground.vault.actions import accept_rows_from_before
        from panah.ground.work.actions import put_node_rows_right

        # First of all: the register keeps what its numbers are there, and a copy that holds anything is never filled.
        filled = fill_empty_copies()
        # And a node from before rows that decide were kept goes on with those that it has.
        accept_rows_from_before()
        for society in hosted_ids():
            accept_rows_from_before(society=society)
        # What somebody wrote past Panah is neither refreshed nor taken for a society's own word.
        put_node_rows_right(at=timezone.now())
        load_reference_data(at=timezone.now())
        say(_("The databases and the register are ready for this version."))
        for sentence in filled:
            say(sentence)
        self.invite(options)
        connections.close_all()

    def begin(self, path: Path, options: dict[str, Any]) -> None:
        """Make the host's keys, settle where the second copy of the shred store lies, and go on with both."""
        settings.HOME.mkdir(parents=True, exist_ok=True, mode=0o700)
        second = second_place(options["second_place"])
        if second is not None:
            second.mkdir(parents=True, exist_ok=True, mode=0o700)
        make_host_file(path)
        say(
            _("Made the host's keys in %(path)s.") % {"path": path}
            + "\n"
            + _("They belong in no backup. The recovery sheet of the key ceremony carries them, sealed.")
        )
        pepper = json.loads(path.read_text())["pepper"]
        say(
            _(
                "Write this line on paper, for the society's safe; without it no passphrase works on a new server:"
            )
            + "\n"
        )
        say("  " + " ".join(pepper[i : i + 8] for i in range(0, len(pepper), 8)) + "\n")
        env = dict(os.environ)
        # What is set already is believed.
        is_set = not options["second_place"] and "PANAH_SHRED_COPY_URL" in env
        if second is not None and second != settings.HOME / "copy" and not is_set:
            lines = {
                "PANAH_SHRED_COPY_URL": str(second / "shred.sqlite3"),
                "PANAH_STORE_COPY_KEY": str(second / "store.key"),
            }
            say(
                _("Set these two for every start of the node:")
                + "\n"
                + "".join(f"  {name}={value}\n" for name, value in lines.items())
            )
            env |= lines
        sys.stdout.flush()
        # Once more with the keys in place: settings are read at the start of a process.
        os.execve(sys.executable, [sys.executable, "-m", "panah", "init", *sys.argv[2:]], env)

    def invite(self, options: dict[str, Any]) -> None:
        """Make the first two focal points of a society and print their links; once more for who has not come yet."""
        from panah.ground.network.queries import hosted_societies, society_or_none
        from panah.ground.vault.queries import society_is_ready

        here = [one for one in hosted_societies() if not society_is_ready(one.id)]
        if not options["society"] and hosted_societies() and not here:
            say(_("A society works on this node already; nothing else was changed."))
            return
        slug = options["society"] or (here[0].slug if here else choose_society())
        society = society_or_none(slug)
        if society is None:
            raise Refusal(_("The register has no society with this short name."), code="no-society")
        if society_is_ready(society.pk):
            say(_("This society has its focal points already; they invite everyone else."))
            return
        links = first_links(society, options["focal_points"])
        if not links:
            say(
                _(
                    "Both focal points have come in; now they hold the key ceremony: the first page leads there."
                )
            )
            return
        say(
            _("Links, shown once. Give each to its own person, who makes words that nobody else sees.") + "\n"
        )
        for name, token in links:
            say(f"  {name}: {options['address'].rstrip('/')}/vault/invitation/{token}")
        for sentence in what_to_set(options["address"]):
            say(f"\n{sentence}")
        say(
            "\n"
            + _("Then start the node with: ./panah serve")
            + "\n"
            + _("When both are in, they hold the key ceremony: the first page leads there.")
        )


def first_links(society: Society, given: list[str] | None) -> list[tuple[str, str]]:
    """Return (sign-in name, token) of the first two focal points who have no key yet; makes those who are missing.

    Names that were given are taken both or neither; at the keyboard a name that cannot be is asked for again.
    """
    from panah.ground.accounts.queries import with_permission
    from panah.ground.accounts.roles import Permission
    from panah.ground.network import actions as network
    from panah.ground.sign_in import actions as sign_in
    from panah.ground.vault.actions import accept_rows_from_before
    from panah.ground.vault.queries import has_key

    at = timezone.now()
    with transaction.atomic():
        network.host_society(society=society, at=at)
        accept_rows_from_before(society=society.pk)
        there = {one.username for one in with_permission(society.pk, Permission.VAULT_LEAD)}
        missing = [name for name in given or () if name.strip().lower() not in there][: 2 - len(there)]
        for name in missing:
            add_focal_point(society, name, at)
    for number in range(len(there) + len(missing) + 1, 3):
        ask_focal_point(society, number, at)
    people = with_permission(society.pk, Permission.VAULT_LEAD)
    return [(one.username, sign_in.invite(staff=one, at=at)) for one in people if not has_key(one)]


def add_focal_point(society: Society, name: str, at: datetime) -> None:
    from panah.ground.accounts import actions as accounts

    accounts.add_colleague(society=society, username=name, name=name.title(), roles=["focal_point"], at=at)


def ask_focal_point(society: Society, number: int, at: datetime) -> None:
    """Ask for a sign-in name until it is one."""
    while True:
        name = ask(_("Sign-in name of focal point %(number)s:") % {"number": number})
        try:
            return add_focal_point(society, name, at)
        except Refusal as refusal:
            say(f"{refusal.sentence} {refusal.next_step}")


def what_to_set(address: str) -> list[str]:
    """Return what the node must be told at every start to answer at this address, as far as it was not told yet."""
    there = urlsplit(address)
    lines = []
    if there.hostname and there.hostname not in settings.ALLOWED_HOSTS:
        lines.append(f"  PANAH_HOSTS={there.hostname}")
    if there.scheme == "https" and not settings.HTTPS:
        lines.append("  PANAH_HTTPS=1")
    if not lines:
        return []
    said = _("Set this for every start of the node; without it nobody can open the links:")
    return ["\n".join([said, *lines])]


def say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")


def ask(question: str) -> str:
    """Ask at the keyboard; without one, say which option is missing."""
    if not sys.stdin.isatty():
        raise Refusal(
            _("Nobody is at the keyboard."),
            next_step=_("Give --society and --focal-points."),
            code="no-keyboard",
        )
    return input(f"{question} ").strip()


def second_place(given: str | None) -> Path | None:
    """Return the folder of the shred store's second copy: given, set, or asked for; None where a database is set.

    On the disk of the first copy it is refused: one broken disk would lose every case. A practice node may.
    """
    # Read as it was set: the settings have a place of their own where nothing is.
    told = os.environ.get("PANAH_SHRED_COPY_URL", "")
    if not given and told.startswith(("postgres://", "postgresql://")):
        return None
    wanted = given or (str(Path(told.removeprefix("sqlite://")).parent) if told else _asked_place())
    place = Path(wanted).expanduser().resolve() if wanted else settings.HOME / "copy"
    if settings.PANAH_PRACTICE or not _on_one_disk(place, settings.HOME):
        return place
    raise Refusal(
        _("The second copy would lie on the same disk as the first: one broken disk would lose every case."),
        next_step=_("Give a folder on another disk or machine with --second-place or PANAH_SHRED_COPY_URL."),
        code="one-disk",
    )


def _asked_place() -> str:
    if not sys.stdin.isatty():
        return ""
    say(_("What must be able to vanish (halves of keys) lives twice. Losing both copies loses every case."))
    return input(_("Folder on another disk or machine for the second copy:") + " ").strip()


def _on_one_disk(one: Path, other: Path) -> bool:
    return _device(one) == _device(other)


def _device(place: Path) -> int:
    """The disk on which a folder lies, or will lie."""
    there = next(folder for folder in (place, *place.parents) if folder.exists())
    return there.stat().st_dev


def choose_society() -> str:
    """Show the societies of the network first, and ask for one."""
    from panah.ground.network.queries import societies

    known = sorted(societies(), key=lambda s: (not s.central_asian, s.name_en))
    for one in known[:5]:
        say(f"  {one.slug:<30} {one.name_en}")
    more = len(known) - 5
    say(
        "  "
        + ngettext(
            "… and %(num)s more, by its short name in English.",
            "… and %(num)s more, by their short names in English.",
            more,
        )
        % {"num": more}
    )
    return ask(_("Short name of the society that works here:"))
