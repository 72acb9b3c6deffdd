"""What another society sent says *danger now*, as a peer may say it of an offer or a question about a relative."""

from typing import Any

from panah.ground.work import actions as work
from panah.ground.work.models import Alarm
from panah.people.inbox.models import Arrival
from panah.people.inbox.words import ROOM


def says_danger(arrival: Any, *, at: Any) -> Alarm:
    """As the inbox takes it in: first on every list, and colleagues are called."""
    Arrival.objects.filter(pk=arrival.pk).update(urgency="now", rank=0)
    work.raise_alarms(society=arrival.society_id, room=ROOM, subjects=[arrival.pk], by=None, at=at)
    return Alarm.objects.get(subject=arrival.pk)


def gone_on_with(arrival: Any, alarm: Alarm, client: Any, page: str) -> None:
    """Whoever presses it on that page stands for it, comes back to the page, and nobody else is called."""
    assert "I go on with it" in client.get(page).content.decode()
    alarm.refresh_from_db()
    assert alarm.answered_by is None, "opening it is not enough"
    answer = client.post(f"/inbox/{arrival.pk}/take/")
    assert (answer.status_code, answer.url) == (302, page)
    alarm.refresh_from_db()
    assert alarm.answered_by is not None
    shown = client.get(page).content.decode()
    assert "nobody else is called in" in shown
    assert "I go on with it" not in shown
