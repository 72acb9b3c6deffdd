"""Let a focal point in with two shares of the recovery key, when every other way is lost."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connections
from django.utils import timezone

from panah.accounts import actions as accounts
from panah.accounts.queries import staff_by_username
from panah.foundation.errors import Refusal
from panah.network.queries import hosted_societies, society_or_none
from panah.vault import actions as vault
from panah.vault.actions import recovery
from panah.vault.keyboard import ask, say, two_shares
from panah.vault.queries import has_key


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

    def handle(self, *args: Any, **options: Any) -> None:
        society, at = self.society(options["society"]), timezone.now()
        if options["try_shares"]:
            self.try_shares(society)
            return
        if not options["name"]:
            raise Refusal(
                "Say who is let in.", next_step="Add the sign-in name of the focal point.", code="no-name"
            )
        staff = staff_by_username(options["name"])
        if staff is not None and staff.society_id != society.pk:
            raise Refusal("This colleague works for another society.", code="other-society")
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

    def try_shares(self, society: Any) -> None:
        tried = recovery.try_shares(recovery=recovery.combine(two_shares()), society=society.pk)
        say(f"These shares open {tried.keys} keys of the society and {tried.files} files.")
        if tried.keys_closed or tried.files_closed:
            say(
                f"{tried.keys_closed} keys and {tried.files_closed} files do not open with them: a new recovery key is "
                "not everywhere yet. A focal point presses “Seal them anew”; until then keep both sets of papers."
            )

    def society(self, slug: str | None) -> Any:
        here = [s.slug for s in hosted_societies()]
        if slug is None and len(here) != 1:
            raise Refusal(
                "Say which society.", next_step="Add --society: " + ", ".join(here), code="which-society"
            )
        society = society_or_none(slug or here[0])
        if society is None or society.slug not in here:
            raise Refusal(
                "No society of this name works on this node.", next_step=", ".join(here), code="no-society"
            )
        return society

    def invite(self, staff: Any, at: Any) -> None:
        say(
            f"Start the node and let {staff.username} open this link on her own screen; it works once, for seven days:"
        )
        say(f"  /vault/invitation/{vault.invite(staff=staff, at=at)}")
        say(
            "When she has made her words, run this command once more, with her and two holders of shares beside you."
        )

    def let_in(self, key: Any, staff: Any, at: Any) -> None:
        words = ask("The six words that her first page shows for her key: ")
        given = recovery.let_in(recovery=key, staff=staff, compared=words, at=at)
        say(f"Her key is admitted; {given} keys of the society are hers.")
        total = 0
        while done := recovery.grant_chunk(recovery=key, staff=staff, at=timezone.now()):
            total += done
            say(f"  {total} files opened to her")
        left = len(recovery.to_grant(staff))
        say(
            f"Done: {total} files. {left} could not be opened with this recovery key. If it was new, and not "
            "everywhere yet: run this command once more with two shares of the one before."
            if left
            else f"Done: {total} files."
        )
        say(
            "Two shares met on this machine: hold a new ceremony with new papers as soon as two focal points work again."  # noqa: E501
        )
