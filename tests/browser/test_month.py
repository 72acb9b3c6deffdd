"""The month in a browser: chart, tables and caseload, at any size, in both languages."""

import pytest

from tests.hotline.conftest import line  # noqa: F401  the line of North
from tests.month.test_month import MARCH, a_case, aid, call

PAGES = [
    ("bakyt", f"/month/?month={MARCH}"),
    ("ibrat", f"/month/?month={MARCH}"),
    ("nurlan", "/month/"),
    ("nurlan", f"/month/print/?month={MARCH}"),
    ("bakyt", "/month/caseload/"),
]


@pytest.fixture
def a_busy_month(world, line):  # noqa: F811
    call(world, line, 12)
    aid(world, "elena", 14, ["food", "information", "transport"])
    aid(world, "cholpon", 3)
    for who in ["amina"] * 6 + ["cholpon"] * 3:
        a_case(world, who)


def test_the_month_can_be_used_by_everyone(look_at_all, a_busy_month):
    look_at_all(PAGES)
