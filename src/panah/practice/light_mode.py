"""The southern practice society informs, refers and hears back; what it had begun before goes on to its end."""

from django.utils import timezone

from panah.ground.sign_in import actions as sign_in
from panah.practice.cast import Practice


def build(practice: Practice) -> None:
    """Malika asks for light mode from today on, Rustam agrees."""
    if not practice.has("malika", "rustam"):
        return
    today = timezone.localtime(practice.at).date()
    request = sign_in.ask_for_mode(
        mode="light",
        from_day=today,
        receiver="Practice Crisis Centre for Children",
        accepted_by="Lola",
        accepted_on=today,
        keys=practice.keys("malika"),
        at=practice.at,
    )
    sign_in.approve_mode(keys=practice.keys("rustam"), request=request, at=practice.at)
