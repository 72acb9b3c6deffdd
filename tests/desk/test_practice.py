"""The practice node: believable, visibly invented, and complete enough to practise on from the first minute."""

from django.utils import timezone

from panah.cases.models import Case
from panah.complaints.queries import visible
from panah.desk import practice
from panah.hotline.models import Contact
from panah.work.queries import open_items


def test_a_practice_node_has_work_for_everyone_and_a_case_in_every_state(db):
    made = practice.build(at=timezone.now())
    assert {c.state for c in Case.objects.all()} >= {"active", "follow_up", "closed"}
    assert {c.state for c in Contact.objects.all()} >= {"call_back", "finished", "closed"}
    assert open_items(to=made.staff["amina"]).exists()
    assert set(made.kept) == {"people", "shares"}


def test_complaints_stand_in_three_states_for_their_readers_alone(db):
    made = practice.build(at=timezone.now())
    seen = {who: sorted(row.state for row in visible(to=made.staff[who])) for who in made.staff}
    assert seen.pop("zarina") == seen.pop("nurlan") == ["acknowledged", "looking", "received"]
    assert not any(seen.values())
    assert open_items(to=made.staff["amina"]).filter(room="complaints_ask").exists()
