"""38 pupils of a school near Osh: a list on a telephone without a line, whose battery dies, and which may be lost."""

from time import monotonic

from django.urls import reverse
from playwright.sync_api import Page, expect

from panah.programmes.training import queries as training_queries
from panah.programmes.training.models import PhoneList
from panah.programmes.training.words import CameBy, RegisterSource
from tests.browser import pupils_telephone
from tests.browser.conftest import complaints_about
from tests.browser.pupils_telephone import PIN, Telephone, pupil, taken_along
from tests.training.conftest import course, names

telephone = pupils_telephone.telephone

PUPILS = [f"Pupilname{chr(97 + one // 26)}{chr(97 + one % 26)} Qwertyov" for one in range(38)]
UNINVITED = [f"Guestname{chr(97 + one)} Asdfgeva" for one in range(5)]
# So long a finger takes for one tap on a list, and for a name on a small keyboard: seconds.
A_TAP, A_NAME = 1.5, 12


def opened(telephone: Telephone, page: Page, pin: str = PIN) -> None:
    page.get_by_label("Its PIN").fill(pin)
    telephone.typed += 1
    telephone.tap(page.get_by_role("button", name="Open the list"))


def mark(telephone: Telephone, page: Page, number: int, *, there: bool = True) -> None:
    before = int(page.locator("[data-phone]").get_attribute("data-kept") or 1)
    telephone.tap(pupil(page, number).get_by_label("There" if there else "Not there", exact=True))
    expect(page.locator("[data-phone]")).to_have_attribute("data-kept", str(before + 1))


def test_38_pupils_without_a_line_five_uninvited_the_battery_dies_at_the_31st_and_it_is_sent_from_the_market(
    telephone, world
):
    one = course(world, places=40, place="School 7 near Practice Osh", audience="pupils")
    names(world, one, *PUPILS)
    session = one.sessions.get()
    began = monotonic()
    page = taken_along(telephone, session)
    assert "Pupilnameaa Q." in page.locator("main").inner_text()
    assert "Qwertyov" not in page.content()
    # At the school there is no line.
    telephone.context.set_offline(True)
    for number in range(1, 31):
        mark(telephone, page, number, there=number not in (4, 17))
    mark(telephone, page, 31)
    assert complaints_about(page) == []
    telephone.battery_dies()
    assert telephone.reads("Pupilname", "Qwertyov", "School 7") == []
    # A control: what lies there plainly is found.
    assert telephone.reads(str(PhoneList.objects.get().pk))
    # Charged again, still without a line: the page opens, asks for the PIN, and nothing is lost.
    page = telephone.switch_on(line=False, signed_in=False)
    page.goto(reverse("training:phone"))
    opened(telephone, page, "000000")
    expect(page.get_by_text("Tries left: 9")).to_be_visible()
    opened(telephone, page)
    expect(page.get_by_text("There: 29. Without a mark: 7.")).to_be_visible()
    expect(pupil(page, 17).get_by_label("Not there", exact=True)).to_be_checked()
    telephone.tap(page.get_by_role("button", name="All present"))
    for name in UNINVITED:
        page.get_by_label("Add a name").fill(name)
        telephone.typed += 1
        telephone.tap(page.get_by_role("button", name="Add", exact=True))
    expect(page.get_by_text("There: 41. Everybody has a mark.")).to_be_visible()
    telephone.tap(page.get_by_role("button", name="Finished: send it"))
    expect(page.get_by_text("waiting for a line")).to_be_visible()
    assert telephone.reads("Guestname", "Asdfgeva") == []
    telephone.off()
    # On the market there is one: she signs in, opens the page, and it goes by itself.
    page = telephone.switch_on(line=True)
    page.goto(reverse("training:phone"))
    expect(page.get_by_text("Nothing of the list is left on this telephone")).to_be_visible()
    came = {each.name: each.was.get(session.pk) for each in training_queries.people_of(one)}
    assert len(came) == 43 and [name for name, there in came.items() if not there] == [PUPILS[3], PUPILS[16]]
    assert one.enrolments.filter(came_by=CameBy.WALK_IN).count() == 5
    session.refresh_from_db()
    assert session.source == RegisterSource.PHONE and session.registered_by == world.staff["elena"]
    assert page.evaluate("indexedDB.databases().then((all) => all.length)") <= 1
    page.reload()
    expect(page.get_by_text("No list is on this telephone")).to_be_visible()
    minutes = (telephone.taps * A_TAP + telephone.typed * A_NAME) / 60
    machine = monotonic() - began
    print(  # noqa: T201  what the journey costs a hand, for whoever reads with -s
        f"\n38 pupils, 5 uninvited: {telephone.taps} taps, {telephone.typed} fields typed, "
        f"about {minutes:.1f} minutes of a hand; the machine took {machine:.0f} s"
    )
    assert telephone.taps < 60


def test_a_telephone_lost_on_thursday_holds_nothing_that_reads_and_what_it_sends_is_refused(telephone, world):
    one = course(world, places=40, audience="pupils")
    names(world, one, *PUPILS[:5])
    session = one.sessions.get()
    page = taken_along(telephone, session)
    mark(telephone, page, 1)
    page.get_by_label("Add a name").fill(UNINVITED[0])
    telephone.tap(page.get_by_role("button", name="Add", exact=True))
    expect(page.locator("[data-phone]")).to_have_attribute("data-kept", "3")
    telephone.off()
    assert telephone.reads("Pupilname", "Qwertyov", "Guestname", "School 7") == []
    world.client("ibrat").post(reverse("training:revoke_phone", args=[PhoneList.objects.get().pk]))
    # Whoever found it guesses: after ten wrong PINs the names are gone for good.
    page = telephone.switch_on(line=True)
    page.goto(reverse("training:phone"))
    for left in range(9, 0, -1):
        opened(telephone, page, "123456")
        expect(page.get_by_text(f"Tries left: {left}.")).to_be_visible()
    opened(telephone, page, "123456")
    expect(page.get_by_text("Marks wait here to be sent")).to_be_visible()
    expect(page.get_by_text("This list was revoked.")).to_be_visible()
    session.refresh_from_db()
    assert session.registered_on is None and one.enrolments.count() == 5


def test_after_seven_days_the_names_are_gone_and_the_marks_are_still_sent(telephone, world):
    one = course(world, places=40, audience="pupils")
    rows = names(world, one, *PUPILS[:3])
    session = one.sessions.get()
    page = taken_along(telephone, session)
    mark(telephone, page, 2, there=False)
    telephone.off()
    page = telephone.switch_on(line=False)
    page.clock.install()
    page.clock.fast_forward(8 * 24 * 3600 * 1000)
    page.goto(reverse("training:phone"))
    expect(page.get_by_text("The names are erased.")).to_be_visible()
    telephone.context.set_offline(False)
    telephone.tap(page.get_by_role("button", name="Send it now"))
    expect(page.get_by_text("Nothing of the list is left on this telephone")).to_be_visible()
    assert rows[1].attendances.get().present is False and not rows[0].attendances.exists()
