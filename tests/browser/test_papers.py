"""What comes out of the printer: the paper and nothing else, while an alarm sounds and somebody waits in a chat."""
# ruff: noqa: F811  fixtures of the hotline are used here too

from datetime import timedelta
from io import BytesIO

import pypdfium2
import pytest
from django.utils import timezone

from panah.ground.accounts.models import Duty
from panah.ground.sign_in import second_factor
from panah.people.cases import actions as cases
from panah.people.hotline import actions as hotline
from panah.people.reporters import queries as reporters_queries
from tests.conftest import PASSPHRASE
from tests.hotline.chatting import open_line  # noqa: F401
from tests.hotline.conftest import line  # noqa: F401

# Where a paper lies, and what stands at its head.
PAPERS = {
    "recovery share": ("/vault/ceremony/share", {"en": "Share 1 of 3", "ru": "Часть 1 из 3"}),
    "all houses tonight": (
        "/shelter/",
        {"en": "Safe places tonight", "ru": "Безопасные места сегодня ночью"},
    ),
    "consent": ("/cases/consent-sheet/", {"en": "Questions and answers", "ru": "Вопросы и ответы"}),
    "contact": ("/calls/paper/call/", {"en": "Date and time", "ru": "Дата и время"}),
}


@pytest.fixture
def rung(world, open_line):
    """An alarm that nobody has answered, and somebody in a chat whom nobody has taken: both on Bakyt's pages."""
    now, bakyt = timezone.now(), world.staff["bakyt"]
    Duty.objects.create(
        society=world.societies["north"], staff=bakyt, what="calls", starts_at=now - timedelta(hours=1),
        ends_at=now + timedelta(hours=8),
    )  # fmt: skip
    case = cases.open_case(keys=world.keys("amina"), by=world.staff["amina"], at=now)
    cases.call_for_help(case=case, by=world.staff["amina"], at=now)
    token = reporters_queries.new_token()
    hotline.start_chat(line=open_line, token=token, language="ru", danger=False, text="Practice", at=now)


@pytest.fixture
def begun(world):
    """A ceremony for a new recovery key, whose first share is on the screen."""
    second_factor.activate(world.staff["saule"], second_factor.new_secret())
    digits = second_factor.current_code(world.staff["saule"])
    given = {"name": "saule", "passphrase": PASSPHRASE, "digits": digits, "apart": "yes", "abroad": "yes"}
    assert world.client("bakyt").post("/vault/new-recovery-key", given).status_code == 302


def plain(text):
    return " ".join(text.split())


def sides(page):
    """What stands on each side of the paper."""
    made = pypdfium2.PdfDocument(BytesIO(page.pdf(format="A4")))
    return [plain(side.get_textpage().get_text_bounded()) for side in made]


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("name", sorted(PAPERS))
def test_a_paper_carries_nothing_but_itself(visit, rung, begun, name, language):
    address, heads = PAPERS[name]
    page = visit("bakyt", "/", language=language)
    banners = page.locator("[data-watch] b")
    banners.nth(1).wait_for()
    said = [plain(one) for one in banners.all_inner_texts()]
    practice = plain(page.locator(".practice b").inner_text())
    assert len(said) >= 2

    page = visit("bakyt", address, language=language)
    first, *others = sides(page)
    assert heads[language] in first and len(first) > 40, first
    for side in (first, *others):
        assert side, "no side is empty"
        for one in (*said, practice):
            assert one not in side
