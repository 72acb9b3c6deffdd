"""Who sees, stops and decides what needs two people."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest

from panah.ground.approvals import permissions
from panah.ground.approvals.acts import Act
from panah.ground.approvals.models import Request
from panah.ground.foundation.errors import Refusal

ASKED = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
NORTH, SOUTH = UUID(int=100), UUID(int=200)
AMINA, BAKYT, SAULE, TIMUR = (
    SimpleNamespace(pk=UUID(int=number), society_id=NORTH, is_active=True) for number in range(1, 5)
)
RUSTAM = SimpleNamespace(pk=BAKYT.pk, society_id=SOUTH, is_active=True)
HELD = {
    BAKYT.pk: ASKED - timedelta(days=9),
    SAULE.pk: ASKED - timedelta(days=9),
    TIMUR.pk: ASKED + timedelta(days=1),
}
ACT = Act("test:act", "an act", (), (), lambda society: HELD if society == NORTH else {})


def test_whoever_was_told_and_whoever_asked_see_a_request_and_can_stop_it():
    request = Request(told=[str(BAKYT.pk)], asked_by_id=AMINA.pk)
    for may in (permissions.may_see, permissions.may_stop):
        assert may(AMINA, request) and may(BAKYT, request)
        assert not may(SAULE, request)
    left = SimpleNamespace(**vars(BAKYT) | {"is_active": False})
    assert not permissions.may_stop(left, request), "her access has ended"


@pytest.mark.parametrize(
    ("staff", "exclude", "code"),
    [
        (BAKYT, set(), None),
        (BAKYT, {None, SAULE.pk}, None),
        (BAKYT, {None, BAKYT.pk}, "another-decides"),
        (AMINA, {AMINA.pk}, "another-decides"),
        (AMINA, {None}, "not-yours-to-decide"),
        (RUSTAM, set(), "not-yours-to-decide"),
        (TIMUR, set(), "role-too-young"),
    ],
)
def test_a_vote_that_does_not_count_is_refused_with_the_reason(staff, exclude, code):
    given = {"asked_at": ASKED, "exclude": exclude}
    assert permissions.may_decide(ACT, staff, **given) is (code is None)
    if code is None:
        permissions.must_decide(ACT, staff, **given)
        return
    with pytest.raises(Refusal) as refused:
        permissions.must_decide(ACT, staff, **given)
    assert (refused.value.code, refused.value.status) == (code, 403)
