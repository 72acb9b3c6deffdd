"""Thirty workers of one site, from the telephone call to a follow-up for each: presses, letters and pages (``-s`` prints).

Practice asks for thirty people in thirty minutes, each heard alone. Minutes measure who types and the machine, so they
are printed; presses and pages measure the screens, and are bounded.
"""

import sys
from datetime import timedelta

from django.utils import timezone

from panah.ground.work.models import DueItem
from panah.people.cases.models import Case, CaseGroup
from tests.browser.played_calls import Played, play, table  # noqa: F401  the fixtures of a call

THIRTY = 30
# One press and one page to say that a person was heard alone; beside that so many for all thirty together.
BESIDE_HEARING = {"Elena": 12, "Amina": THIRTY + 14}


def test_thirty_workers_are_taken_over_heard_alone_and_followed_up(play, visit, world):  # noqa: F811
    began = timezone.now()
    elena = play("thirty workers: Elena's call")
    elena.choose(caller="police")
    elena.press("people")
    elena.write(title="Practice site 7", number=str(THIRTY), looks="blue jacket\ngrey beard")
    elena.page.locator("select[name='owner']").select_option(label="Amina")
    elena.presses += 2
    elena.follow("main form .btn-main")
    elena.reads(f"{THIRTY} places were made.")
    assert Case.objects.count() == THIRTY

    amina = Played(
        "thirty workers: Amina", visit("amina", f"/cases/events/{CaseGroup.objects.get().number}/")
    )
    amina.page.set_default_timeout(20_000)
    for _person in range(THIRTY):
        amina.follow("main td[data-th='Heard alone'] form button")
    assert not amina.page.locator("main td[data-th='Heard alone'] form").count()
    amina.follow("main a:has-text('Follow-up for several people')")
    day = timezone.localtime() + timedelta(days=7)
    for part in ("day", "month", "year"):
        field = amina.page.locator(f"[name='due_at_{part}']")
        field.select_option(str(getattr(day, part))) if field.evaluate(
            "e => e.tagName"
        ) == "SELECT" else field.fill(str(getattr(day, part)))
        amina.presses += 1
    amina.write(due_at_time="10:00")
    for box in amina.page.locator("input[name='chosen']").all():
        box.check()
        amina.presses += 1
    amina.follow("main form .btn-main")
    amina.reads(f"Done for {THIRTY} people.")
    assert DueItem.objects.filter(purpose__startswith="follow", done_at=None).count() == THIRTY
    for one in (elena, amina):
        sys.stdout.write(f"\n{one.name}: {one.presses} presses, {one.letters} letters, {one.pages} pages")
    sys.stdout.write(f"\nfrom the ring to the last follow-up: {timezone.now() - began}\n")
    assert elena.presses <= BESIDE_HEARING["Elena"] and amina.presses <= THIRTY + BESIDE_HEARING["Amina"]
    assert amina.pages <= THIRTY + 6 and not elena.page.complaints and not amina.page.complaints
