"""A table of five thousand people: Bakyt sees what it holds, discards it or lets it in, and no question grows with it."""

import csv
import io
from random import Random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from benchmarks.names.invented_people import NAMES
from panah.ground.accounts.models import Staff
from panah.ground.vault.models import ShredRow
from panah.people.cases.models import Case
from panah.people.imports.actions import progress_of, uploads
from tests.counted_questions import questions

MANY = 5_000
WRONG = {"prs_Birthdate": "1999-02-31", "prs_MobilePhone": "12-34", "prs_Citizenship": "Nowhere"}
OWN_HEADING = "Графа {} списка на {}"
LOOK = reverse("imports:look")


def people(number, seed=5):
    """Made-up people of six languages, of whom more or less is known."""
    chance = Random(seed)  # noqa: S311  made-up people
    for place in range(number):
        language = chance.choice(("kk", "ky", "tg", "uz", "tk", "ru"))
        sex = chance.choice("fm")
        yield {
            "source_id": f"K-{place:05}",
            "prs_FirstName": chance.choice(NAMES[language, "given", sex])[chance.randrange(2)].title(),
            "prs_SecondName": chance.choice(NAMES[language, "surname", "m"])[0].title(),
            "prs_Birthdate": chance.choice(("", f"{chance.randrange(1950, 2020)}", f"{chance.randrange(1950, 2010)}-05")),
            "prs_MobilePhone": chance.choice(("", f"+99899{chance.randrange(10**7):07}")),
            "prs_Gender": {"f": "Feminine", "m": "Masculine"}[sex],
            "prs_Citizenship": chance.choice(("KZ", "KG", "TJ;UZ", "TM", "")),
            "prs_PrimaryLanguage": language,
            "vic_TypeOfExploitation": chance.choice(("ForcedLabour", "ForcedLabour;SexualExploitation", "ForcedMarriage", "")),
            "cas_Status": chance.choice(("Active", "FollowUp", "Closed")),
        }  # fmt: skip


def table(number, *, wrong=0, own_headings=False):
    """A CSV of so many people; of the last ones so many have a cell that cannot be."""
    out = io.StringIO()
    rows = list(people(number))
    for place, row in enumerate(rows[number - wrong :] if wrong else []):
        name = list(WRONG)[place % len(WRONG)]
        row[name] = WRONG[name]
    writer = csv.writer(out)
    writer.writerow(
        OWN_HEADING.format(place, number) if own_headings else name for place, name in enumerate(rows[0])
    )
    writer.writerows(row.values() for row in rows)
    return out.getvalue().encode()


def bring(client, body):
    file = SimpleUploadedFile("people.csv", body)
    return client.post(reverse("imports:bring"), {"file": file, "source": "old list", "branch": "arna"})


def choose(world, client):
    kept = progress_of(keys=world.keys("bakyt"))
    names = enumerate(next(people(1)))
    chosen = {f"column_{place}": name for place, name in names}
    assert len(kept["asked"]) == len(chosen)
    return client.post(reverse("imports:headings"), chosen)


def discards(client, page):
    return (
        reverse("imports:stop") in page.text
        and client.post(reverse("imports:stop"), follow=True).status_code == 200
    )


def asked_for(world, number):
    """What it costs to bring so many people in as far as the check, and what the page of the check says."""
    client = world.client("bakyt")
    client.get(reverse("imports:bring"))
    brought, answer = questions(lambda: bring(client, table(number, wrong=number // 5, own_headings=True)))
    assert answer.status_code == 302 and client.get(LOOK).url == reverse("imports:headings")
    headed, page = questions(lambda: client.get(reverse("imports:headings")))
    chosen, answer = questions(lambda: choose(world, client))
    assert (page.status_code, answer.status_code) == (200, 302), answer.text
    looked, page = questions(lambda: client.get(LOOK))
    assert page.status_code == 200 and not Case.objects.exists()
    return (brought, headed, looked), chosen, page


def test_five_thousand_people_are_checked_with_a_question_for_five_hundred_and_discarded(world):
    few, chosen_few, _page = asked_for(world, 10)
    world.client("bakyt").post(reverse("imports:stop"))
    many, chosen_many, page = asked_for(world, MANY)
    assert many == few and chosen_many <= chosen_few + 2 * MANY // 500
    assert "5000 rows read" in page.text and "1000 wrong" in page.text
    assert "700 more are not listed" in page.text
    assert discards(world.client("bakyt"), page)
    assert not ShredRow.objects.filter(kind="upload").exists() and not Case.objects.exists()


def test_five_thousand_rows_come_in_piece_by_piece_and_the_last_piece_asks_no_more_than_the_first(world):
    """Everybody stands there ten times, as where a line was written for each meeting: five hundred cases."""
    client = world.client("bakyt")
    head, *lines = table(MANY // 10).splitlines(keepends=True)
    assert bring(client, head + b"".join(line * 10 for line in lines)).url == LOOK
    asked = [
        questions(lambda: client.post(reverse("imports:go_on")))[0] for _piece in range(MANY // uploads.PIECE)
    ]
    assert Case.objects.count() == MANY // 10
    assert max(asked[1:]) <= asked[1] * 1.1, asked
    page = client.get(LOOK)
    assert f"{MANY} of {MANY} rows worked off" in page.text
    assert discards(client, page) and Case.objects.count() == MANY // 10


@pytest.mark.parametrize("when", ["headings", "check", "half"])
def test_where_no_case_can_be_sealed_any_more_the_table_can_still_be_discarded(world, when):
    """The second focal point has left: cases need two, so that neither check nor import goes on."""
    client = world.client("bakyt")
    bring(client, table(MANY, own_headings=when == "headings"))
    if when == "half":
        client.post(reverse("imports:go_on"))
    came = Case.objects.count()
    Staff.objects.filter(pk=world.staff["saule"].pk).update(is_active=False)
    answer = choose(world, client) if when == "headings" else client.post(reverse("imports:go_on"))
    assert answer.status_code in {409, 422} and "two focal points" in answer.text
    assert discards(client, client.get(reverse("imports:headings") if when == "headings" else LOOK))
    assert Case.objects.count() == came
    assert not ShredRow.objects.filter(kind="upload").exists()
