"""The pages of bringing cases in and taking them out, as people see them."""

from playwright.sync_api import expect

from panah.people.cases.models import Case
from panah.people.imports import actions
from panah.people.imports.actions import uploads


def test_after_the_first_piece_the_page_goes_on_by_itself(visit, world, monkeypatch):
    monkeypatch.setattr(uploads, "PIECE", 2)
    rows = b"source_id,prs_Gender\n" + b"".join(b"%d,Feminine\n" % n for n in range(6)) + b"7,Woman\n"
    actions.keep_upload(keys=world.keys("bakyt"), body=rows, source="list", branch="", at=world.at)
    page = visit("bakyt", "/imports/check/")
    page.get_by_role("button", name="Bring in the good rows").click()
    expect(page.get_by_text("7 of 7 rows worked off, 6 cases brought in")).to_be_visible()
    expect(page.get_by_text("Row 8, prs_Gender")).to_be_visible()
    assert Case.objects.count() == 6
    page.context.close()
