"""Let a focal point in with two shares of the recovery key, when every other way is lost."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connections
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.accounts import actions as accounts
from panah.ground.accounts.permissions import other_society
from panah.ground.accounts.queries import staff_by_id, staff_by_username
from panah.ground.approvals.queries import act_of, waiting_in
from panah.ground.foundation import tenancy
from panah.ground.foundation.errors import Refusal
from panah.ground.network.queries import hosted_societies, society_or_none
from panah.ground.sign_in import actions
from panah.ground.vault.actions import recovery
from panah.ground.vault.prompts import ask, say, two_shares
from panah.ground.vault.queries import has_key
from panah.ground.vault.seals import Private

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.network.models import Society

CODE_LENGTH = 8


class Command(BaseCommand):
    help = "let a focal point in with two shares of the recovery key, when every other way is lost"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "name",
            nargs="?",
            help="sign-in name of the focal point; one who is not there yet is added and invited",
        )
        parser.add_argument(
            "--try",
            dest="try_shares",
            action="store_true",
            help="only see what two shares open, and change nothing",
        )
        parser.add_argument(
            "--society", metavar="SLUG", help="short name of the society, if several work here"
        )
        parser.add_argument(
            "--begin-again",
            action="store_true",
            help="her words and printed code are lost: end her key, print a new link",
        )
        parser.add_argument(
            "--approve",
            metavar="CODE",
            help="let two shares stand in for a second focal point; the page of what is decided shows the code",
        )

    def handle(self, *args: object, **options: Any) -> None:
        society = self.society(options["society"])
        with tenancy.tenant_context(society.pk):
            if options["try_shares"]:
                self.try_shares(society)
            elif options["approve"]:
                self.approve(society, options["approve"])
            else:
                self.recover(society, options)

    def recover(self, society: Society, options: dict[str, Any]) -> None:
        at = timezone.now()
        if not options["name"]:
            raise Refusal(
                _("Say who is let in."),
                next_step=_("Add the sign-in name of the focal point."),
                code="no-name",
            )
        staff = staff_by_username(options["name"])
        if staff is not None and staff.society_id != society.pk:
            raise other_society()
        if staff is None:
            staff = accounts.add_colleague(
                society=society,
                username=options["name"],
                name=options["name"].title(),
                roles=["focal_point"],
                at=at,
            )
        key = None
        if options["begin_again"]:
            key = recovery.combine(two_shares())
            recovery.drop_key(recovery=key, staff=staff, at=at)
        if not has_key(staff):
            self.invite(staff, at)
            return
        key = key or recovery.combine(two_shares())
        self.let_in(key, staff, at)
        connections.close_all()

    def approve(self, society: Society, code: str) -> None:
        at = timezone.now()
        found = [one for one in waiting_in(society.pk, at=at) if one.pk.hex.startswith(code.strip().lower())]
        if len(found) != 1 or len(code.strip()) < CODE_LENGTH:
            raise Refusal(
                _("Nothing of this code waits for two people here."),
                next_step=_("The page “Two people decide” shows the code: eight letters and digits."),
                code="no-such-request",
            )
        request = found[0]
        whom = staff_by_id(request.subject)
        say(f"{act_of(request).label}: {whom.name if whom else request.subject} ({request.asked_by.name})")
        recovery.approve_by_shares(recovery=recovery.combine(two_shares()), request=request, at=at)
        say(
            _(
                "Approved by two shares. The focal point who asked carries it out on that page, without waiting."
            )
        )

    def try_shares(self, society: Society) -> None:
        tried = recovery.try_shares(recovery=recovery.combine(two_shares()), society=society.pk)
        say(
            _("Opened with these shares: keys of the society %(keys)s, files %(files)s.")
            % {"keys": tried.keys, "files": tried.files}
        )
        if tried.keys_closed or tried.files_closed:
            say(
                _("Not opened: keys %(keys)s, files %(files)s. A new recovery key is not everywhere yet.")
                % {"keys": tried.keys_closed, "files": tried.files_closed}
            )
            say(_("A focal point presses “Seal them anew”; until then keep both sets of papers."))

    def society(self, slug: str | None) -> Society:
        here = [s.slug for s in hosted_societies()]
        if slug is None and len(here) != 1:
            raise Refusal(
                _("Say which society."),
                next_step=_("Add --society: %(names)s") % {"names": ", ".join(here)},
                code="which-society",
            )
        society = society_or_none(slug or here[0])
        if society is None or society.slug not in here:
            raise Refusal(
                _("No society of this name works on this node."), next_step=", ".join(here), code="no-society"
            )
        return society

    def invite(self, staff: Staff, at: datetime) -> None:
        say(
            _(
                "Start the node and let %(name)s open this link alone, on an own "
                "screen; it works once, for seven days:"
            )
            % {"name": staff.username}
        )
        say(f"  /vault/invitation/{actions.invite(staff=staff, at=at)}")
        say(
            _(
                "When the six words are made, run this command once more, together with "
                "that person and two holders of shares."
            )
        )

    def let_in(self, key: Private, staff: Staff, at: datetime) -> None:
        words = ask(_("The six words that the new focal point's first page shows for the key: "))
        given = recovery.let_in(recovery=key, staff=staff, compared=words, at=at)
        say(_("The key is admitted. Keys of the society given: %(number)s.") % {"number": given})
        total = 0
        while done := recovery.grant_chunk(recovery=key, staff=staff, at=timezone.now()):
            total += done
            say("  " + _("Files opened: %(number)s") % {"number": total})
        say(_("Done. Files opened: %(number)s.") % {"number": total})
        left = len(recovery.files_to_grant(staff))
        if left:
            say(_("Could not be opened with this recovery key: %(number)s.") % {"number": left})
            say(
                _(
                    "If it was new, and not everywhere yet: run this command once more "
                    "with two shares of the one before."
                )
            )
        say(
            _(
                "Two shares met on this machine: make a new recovery key as soon as two focal points work again."
            )
        )
