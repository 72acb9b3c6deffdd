"""Put a backup back, and say before it begins what cannot come back."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connections
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panah.ground.foundation import rls_policies, tenancy
from panah.ground.foundation.errors import Refusal
from panah.ground.network.queries import all_ids
from panah.ground.sign_in import actions as sign_in
from panah.ground.vault import actions as vault
from panah.ground.vault import backup
from panah.ground.vault.actions import after_restore, recovery
from panah.ground.vault.actions.replication import fill_empty_copies, make_folders
from panah.ground.vault.prompts import ask, ask_hidden, say, two_shares
from panah.ground.work import actions as work

# What the question is answered with, whichever language it was asked in.
YES = {"yes", "да"}


class Command(BaseCommand):
    help = "put a backup back on this machine, and say first what cannot come back"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a file that ./panah backup wrote")
        parser.add_argument("--yes", action="store_true", help="do not ask before beginning")
        parser.add_argument(
            "--over", action="store_true", help="put it over the database of a society that works here"
        )
        parser.add_argument(
            "--sheet", type=Path, help="the host file is lost: the recovery sheet's file; asks for two shares"
        )
        parser.add_argument(
            "--pepper",
            action="store_true",
            help="host file and sheet are lost: asks for the pepper from the safe",
        )
        parser.add_argument(
            "--unsigned", action="store_true", help="take a backup that this node's key did not sign"
        )

    def handle(self, *args: object, **options: Any) -> None:
        rls_policies.must_pass()
        at = timezone.now()
        new_host = self.bring_host_file(options)
        try:
            found = self.agreed(options)
        except BaseException:
            # What was not begun leaves nothing behind: a host file that stays would be taken for the true one.
            if new_host:
                Path(settings.PANAH_HOST_FILE).unlink()
            raise
        make_folders()
        backup.restore_database(options["file"], found)
        for alias in settings.DATABASES:
            call_command("migrate", database=alias, verbosity=0, interactive=False)
        rls_policies.build()
        self.fill_copies()
        wrong = backup.differences(found.manifest)
        sign_in.end_every_sign_in()
        older = 0
        for society in all_ids():
            with tenancy.tenant_context(society):
                work.stop_old_paging(society=society)
                older += vault.accept_restored(society=society, at=at)
        done = after_restore.count_openable()
        links = sign_in.new_code_apps(at=at) if options["pepper"] else []
        self.tell(done, older, links, wrong, new_host)
        connections.close_all()

    def agreed(self, options: dict[str, Any]) -> backup.Backup:
        """Look at the backup, say what it brings back, and ask; refuses when it is not to be put back."""
        found = backup.check_backup(options["file"])
        if not found.ours and not options["unsigned"] and not options["pepper"]:
            raise Refusal(
                _("This backup is not signed by this node's key."),
                next_step=_("Look where it comes from. If you trust it all the same, add --unsigned."),
                code="not-signed",
            )
        if backup.holds_people() and not options["over"]:
            raise Refusal(
                _("A society works on this node already; its database would be lost."),
                next_step=_("Restore on a fresh machine, or add --over if that is what you want."),
                code="not-empty",
            )
        self.say_first(found, pepper_only=options["pepper"])
        if not options["yes"] and ask(_("Type yes to begin: ")).lower() not in YES:
            raise Refusal(_("Nothing was changed."), code="not-begun")
        return found

    def fill_copies(self) -> None:
        """Bring a copy of the shred store that is missing here level with the one that was carried over."""
        try:
            told = fill_empty_copies()
        except Refusal as refusal:
            # The database is back: what is wrong with a copy is said, and keeps nothing up.
            told = [f"{refusal.sentence} {refusal.next_step}"]
        for sentence in told:
            say(sentence)

    def bring_host_file(self, options: dict[str, Any]) -> bool:
        """Write the host file anew if it is lost; returns whether it was."""
        path = Path(settings.PANAH_HOST_FILE)
        if path.exists() and (options["sheet"] or options["pepper"]):
            raise Refusal(
                _("A host file is here already: %(path)s.") % {"path": path},
                next_step=_(
                    "If it is the node's own, leave --sheet and --pepper out. If it was made on this machine,"
                    " by ./panah init for instance, move it away and begin again."
                ),
                code="host-file-there",
            )
        if path.exists():
            return False
        if options["sheet"]:
            # Which societies there are stands in the backup's list; its signature is checked afterwards.
            listed, sheet = backup.societies_in(options["file"]), sheet_text(options["sheet"])
            kept = recovery.open_sheet(sheet, recovery=recovery.combine(two_shares()), societies=listed)
        elif options["pepper"]:
            kept = {"pepper": pepper(ask_hidden(_("The pepper from the safe (64 characters, not shown): ")))}
        else:
            raise Refusal(
                _("The host file is missing: without it no passphrase works and no backup can be checked."),
                next_step=_(
                    "Put it back, or add --sheet FILE (with two shares), or --pepper (the line from the safe)."
                ),
                code="no-host-file",
            )
        vault.put_back_host_file(path, kept)
        say(_("The host file is back: %(path)s.") % {"path": path})
        return True

    def say_first(self, found: backup.Backup, *, pepper_only: bool) -> None:
        """Say what this brings back and what it cannot bring back, before anything is changed."""
        made = datetime.fromisoformat(found.manifest["at"])
        say(
            _("This backup was made on %(when)s UTC. What was written after that does not come back from it.")
            % {"when": f"{made:%Y-%m-%d %H:%M}"}
        )
        copies = after_restore.copies_here()
        if not copies:
            say(
                _("There is NO shred store on this machine.")
                + " "
                + _(
                    "Without it no case, no call and no name opens again, for anyone, with any "
                    "key: also not with the recovery key."
                )
            )
            say(_("What comes back is who works here, what was due, and the journal."))
            say(
                _(
                    "If a copy of the shred store and its key live on another disk or machine, "
                    "stop here and put them in place first."
                )
            )
        elif copies == 1:
            say(_("One copy of the shred store is here. Cases open; the other one is filled from it."))
        if pepper_only:
            say(
                _(
                    "Without host file and sheet every code app must be set up anew; the "
                    "signature of the backup cannot be checked."
                )
            )

    def tell_lost(self, older: int) -> None:
        """Say how many files were further than this backup."""
        if older:
            say(
                ngettext(
                    "%(num)s file had been written in after this backup: that is lost, and its people are asked again"
                    " before anything leaves.",
                    "%(num)s files had been written in after this backup: that is lost, and their people are asked"
                    " again before anything leaves.",
                    older,
                )
                % {"num": older}
            )

    def tell(
        self,
        done: after_restore.Restored,
        older: int,
        links: list[tuple[str, str]],
        wrong: list[str],
        new_host: bool,
    ) -> None:
        """Say how it went."""
        say(
            _("The database is back: %(files)s sealed files, %(gone)s of them without their half.")
            % {"files": done.files, "gone": done.without_half}
        )
        self.tell_lost(older)
        if done.without_half:
            say(
                _(
                    "These were erased after the backup was made, or their half is in another copy of the shred store."
                )
            )
        if wrong:
            say(
                _(
                    "It differs from the backup's list in: %(names)s. A newer version may "
                    "have added rows while migrating."
                )
                % {"names": ", ".join(wrong)}
            )
        for name, link in links:
            say(
                "  "
                + _("%(name)s sets up a new code app with the six words, here: %(link)s")
                % {"name": name, "link": f"/vault/invitation/{link}"}
            )
        if new_host:
            say(_("Print a new recovery sheet after the first sign-in."))
        say(
            _("Compare the journal with a witnessed head: %(command)s. Then ./panah serve.")
            % {"command": "./panah journal verify --society SLUG --head N:HEX"}
        )


def sheet_text(path: Path) -> str:
    """Return what the file of the recovery sheet says, or refuse before anybody types a share."""
    try:
        return path.read_text()
    except (OSError, UnicodeDecodeError):
        raise Refusal(
            _("The file of the recovery sheet cannot be read."),
            next_step=_("Check its name: %(path)s.") % {"path": path},
            code="no-sheet",
        ) from None


def pepper(typed: str) -> str:
    """Return the pepper as the host file keeps it, or refuse."""
    letters = "".join(typed.split()).lower()
    if len(letters) != 64 or any(c not in "0123456789abcdef" for c in letters):
        raise Refusal(
            _("This is not the pepper."),
            next_step=_("It has 64 characters, digits and the letters a to f."),
            code="no-pepper",
        )
    return letters
