"""What follows a restored database: nobody is signed in, and new code apps where the host's keys were lost."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from panah.ground.accounts import actions as accounts
from panah.ground.accounts.queries import staff_by_id
from panah.ground.network.queries import all_ids
from panah.ground.sign_in.actions.invitations import new_invitation
from panah.ground.sign_in.models import PendingSignIn, VaultSession
from panah.ground.vault.focal_points import focal_point_ids


def end_every_sign_in() -> None:
    """End every sign-in of the old machine: one that was ended after the backup must not be good again."""
    accounts.end_every_session()
    VaultSession.objects.all().delete()
    PendingSignIn.objects.all().delete()


@transaction.atomic
def new_code_apps(*, at: datetime) -> list[tuple[str, str]]:
    """Drop every second factor, since their secrets no longer open; returns names, and tokens of new links."""
    Authenticator.objects.all().delete()
    leads = [staff_by_id(pk) for society in all_ids() for pk in focal_point_ids(society)]
    return [(staff.username, new_invitation(staff, at)) for staff in leads if staff]
