"""The presentation that Panah was made after stands in the library; the practice library shows what there is."""

from __future__ import annotations

import html
import time

from django.urls import reverse
from django.utils import timezone

from panah.practice import library as practice_library
from panah.practice.cast import Practice
from panah.programmes.diplomacy.instruments import instruments, provisions
from panah.programmes.library import actions as library
from panah.programmes.library.delivered import source
from panah.programmes.library.models import Document


def text(answer):
    return " ".join(html.unescape(answer.content.decode()).split())


def test_the_source_is_whole_and_every_quotation_stands_on_its_page():
    given = source()
    assert (len(given.pages), len(given.similar)) == (15, 99)
    assert set(given.instruments) <= set(instruments())
    for one in given.quotations:
        assert one.provision in provisions() and one.words in given.pages[one.page - 1]
    assert {f"istanbul2007/{number}" for number in range(1, 5)} <= {one.provision for one in given.quotations}


def test_saule_reads_the_source_with_its_commitments_and_its_own_list_of_similar_documents(world):
    row = library.bring_source(by=world.staff["bakyt"], at=timezone.now())
    assert library.bring_source(by=world.staff["saule"], at=timezone.now()) == row, "once is enough"
    page = text(world.client("saule").get(reverse("library:document", args=[row.number])))
    assert "The Istanbul Commitments addressing needs and vulnerabilities" in page
    assert "Istanbul Commitments: Remind governments of their obligations" in page
    assert '<q lang="en">National Societies will remind their governments about their' in page
    assert "Similar documents according to its own page" in page
    assert "BALI DECLARATION ON PEOPLE SMUGGLING, TRAFFICKING IN PERSONS" in page
    assert "It waits to be read" not in page
    abroad = text(world.client("daler").get(reverse("library:document", args=[row.number])))
    assert "Istanbul Commitments" in abroad, "it is public: the society of the south reads it too"
    library.index_waiting(at=timezone.now())
    for words in ("criminalised penalised", "Bangkok detention"):
        answer = text(world.client("daler").post(reverse("library:search"), {"words": words}))
        assert "CENTRAL ASIAN NATIONAL SOCIETIES" in answer, words
    other = library.bring_read(
        name="policy.txt",
        body=b"Our own words.",
        facts=library.Facts(
            title="IFRC Global Strategy on Migration", kind="plan", visibility="network", source="Practice"
        ),
        pages=[library.Known("Our own words.", "en")],
        by=world.staff["bakyt"],
        at=timezone.now(),
    )
    page = text(world.client("saule").get(reverse("library:document", args=[row.number])))
    assert f'{reverse("library:document", args=[other.number])}">IFRC Global Strategy on Migration' in page
    page = text(world.client("saule").get(reverse("library:document", args=[other.number])))
    assert "according to its own page" not in page


def test_the_practice_library_shows_every_state_and_is_there_in_a_second(world):
    practice = Practice(timezone.now(), staff=world.staff)
    began = time.process_time()
    practice_library.build(practice)
    assert time.process_time() - began < 3, "the practice node is awaited"
    rows = Document.objects.all()
    assert {"in_force", "replaced", "withdrawn"} == {one.state for one in rows}
    assert {"confidential", "network", "public"} == {one.visibility for one in rows}
    assert len({one.title_language for one in rows}) >= 7 and len({one.kind for one in rows}) >= 6
    assert {one.current.media_type for one in rows} >= {"pdf", "docx", "html", "text"}
    listed = text(world.client("amina").get(reverse("library:collections")))
    assert "Practice: for a new focal point" in listed
    assert "Записка перед круглым столом" not in text(world.client("amina").get(reverse("library:list")))
    for one in rows:
        assert world.client("saule").get(reverse("library:document", args=[one.number])).status_code == (
            404
            if one.visibility == "confidential" and one.society_id != world.staff["saule"].society_id
            else 200
        )
