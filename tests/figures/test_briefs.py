"""A brief about a country: read by a second person, cleared by the society there, published, and told what fell."""

import io
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from panah.ground.audit.models import Entry
from panah.ground.foundation.errors import Refusal
from panah.ground.vault.models import StaffKey
from panah.ground.work.models import DueItem
from panah.programmes.figures import actions as figures
from panah.programmes.figures import queries
from panah.programmes.figures.actions import Claim, printed
from panah.programmes.figures.models import Erratum
from tests.figures.begun_briefs import GOOD, TEXTS, ask, begin, clear, published, read, text, to


@pytest.fixture
def register(world):
    """Two figures of the Ministry and one of an institute, about the north."""
    by, at = world.staff["bakyt"], timezone.now()
    source = figures.add_source(
        publisher="Practice Ministry", title="Practice yearbook", kind="statistics", by=by, at=at
    )
    made = []
    for year, value, who in ((2018, "2,695", ""), (2019, "5,017", ""), (2019, "<5", "Practice Institute")):
        interval = printed(value, hides_from=1)
        claim = Claim(
            measure="identified", as_printed=value, low=interval.low, high=interval.high, publisher=who, country="XA",
            data_year=year, quote=f"Practice: {value} people", quote_language="en",
        )  # fmt: skip
        made.append(figures.enter(claim=claim, source=source, by=by, at=at))
    return made


@pytest.fixture
def brief(world, register):
    return begin(world, register, by="bakyt")


def due(name, brief, world):
    return set(
        DueItem.objects.filter(owner=world.staff[name], subject=brief.pk, done_at=None).values_list(
            "purpose", flat=True
        )
    )


def pages_of(answer):
    reader = PdfReader(io.BytesIO(answer.content))
    return [page.extract_text() for page in reader.pages]


def test_a_brief_is_chosen_commented_on_changed_cleared_published_and_tells_what_was_replaced(
    world, register, brief
):
    bakyt, saule, amina = (world.client(one) for one in ("bakyt", "saule", "amina"))
    page = text(bakyt.get(to("brief", brief)))
    assert "2,695" in page and "5,017" in page and "draft" in page.lower()
    # The second reader is asked in so many words, and nothing is answered beforehand.
    assert ask(world, brief).status_code == 302
    assert due("amina", brief, world) == {"read"}
    form = amina.get(to("read_brief", brief)).content.decode()
    assert "Will this get young women of this nationality stopped at a border?" in form
    assert "checked" not in form
    # Nothing can be skipped over: no clearance and no publication before she has answered.
    assert saule.get(to("clear_brief", brief)).status_code == 404
    assert bakyt.post(to("publish_brief", brief)).status_code == 404
    refused = amina.post(to("read_brief", brief), {**GOOD, "border": "yes", "remark": ""})
    assert refused.status_code == 422 and "holds the brief up" in text(refused)
    assert (
        read(world, brief, border="yes", why="It says young women", remark="Leave the age out").status_code
        == 302
    )
    assert due("bakyt", brief, world) == {"go-on"}
    assert "Leave the age out" in text(bakyt.get(to("brief", brief)))
    # Changed, it begins anew.
    bakyt.post(to("take_back", brief))
    brief.refresh_from_db()
    changed = {**TEXTS, "says_en": "Practice: people are found.", "figures": [one.number for one in register]}
    bakyt.post(to("change_brief", brief), {**changed, "seen": brief.edited_at.isoformat()})
    ask(world, brief)
    read(world, brief)
    assert due("saule", brief, world) == {"clearance"}
    # The society comments and does not clear it.
    silent = clear(world, brief, outcome="change", text="")
    assert silent.status_code == 422
    assert clear(world, brief, outcome="change", text="Practice: say who counted").status_code == 302
    assert "Practice: say who counted" in text(bakyt.get(to("brief", brief)))
    assert bakyt.post(to("publish_brief", brief)).status_code == 404
    assert bakyt.get(to("brief_file", brief, "en", 1)).status_code == 302
    bakyt.post(to("take_back", brief))
    brief.refresh_from_db()
    changed["note_en"] = "Practice: counted by the Ministry."
    bakyt.post(to("change_brief", brief), {**changed, "seen": brief.edited_at.isoformat()})
    published(world, brief)
    for language, word in (("en", "Practice: counted by the Ministry."), ("ru", "Учебный Север в числах")):
        for number in (1, 4):
            pages = pages_of(bakyt.get(to("brief_file", brief, language, number)))
            assert len(pages) == number
            assert word in " ".join(" ".join(pages).split())
            assert brief.version in pages[0]
    # A figure is replaced: the brief says so, on its page and in its file, and its author is told.
    claim = Claim(
        measure="identified",
        as_printed="4,917",
        low=4917,
        high=4917,
        country="XA",
        data_year=2019,
        quote="Practice: 4,917",
    )
    figures.correct(
        figure=register[1], claim=claim, reason="Practice: a slip", by=world.staff["saule"], at=timezone.now()
    )
    assert due("bakyt", brief, world) == {"erratum"}
    page = text(bakyt.get(to("brief", brief)))
    assert "Errata" in page and "4,917" in page and "Practice: a slip" in page
    pages = pages_of(bakyt.get(to("brief_file", brief, "en", 1)))
    assert len(pages) == 1 and "4,917" in pages[0] and "5,017" in pages[0]
    assert figures.note_errata(society=brief.society_id, at=timezone.now()) == 0, "told once"
    bakyt.post(to("erratum_seen", brief))
    assert due("bakyt", brief, world) == set()
    # What was published stays as it was, to the letter.
    before = brief.content
    brief.refresh_from_db()
    assert brief.content == before
    # Withdrawn, it hands out nothing any more, and says why.
    bakyt.post(to("withdraw_brief", brief), {"why": "Practice: written anew"})
    assert "Practice: written anew" in text(bakyt.get(to("brief", brief)))
    assert bakyt.get(to("brief_file", brief, "en", 1)).status_code == 302


def test_nobody_reads_or_clears_her_own_brief_nor_with_a_second_account(world, brief):
    assert (
        str(world.staff["bakyt"].pk)
        not in world.client("bakyt").get(to("ask_reader", brief)).content.decode()
    )
    assert ask(world, brief, reader="bakyt").status_code == 422
    # Amina may be a second account of Bakyt's: he admitted her, and nobody else says to know her.
    amina = StaffKey.objects.filter(staff=world.staff["amina"], known_by__isnull=False)
    known = amina.values_list("known_by", flat=True).get()
    amina.update(admitted_by=world.staff["bakyt"], known_by=None)
    refused = ask(world, brief)
    assert refused.status_code == 422 and "nobody else here has said yet" in text(refused)
    StaffKey.objects.filter(staff=world.staff["amina"]).update(known_by=known)
    ask(world, brief)
    assert read(world, brief, reader="saule").status_code == 404, "only who was asked answers"
    read(world, brief)
    assert clear(world, brief, by="bakyt").status_code == 404
    assert clear(world, brief, by="amina").status_code == 404
    with pytest.raises(Refusal):
        figures.clear_brief(
            brief=brief, outcome="clear", seen=brief.digest, by=world.staff["bakyt"], at=timezone.now()
        )


def test_a_brief_about_the_south_is_cleared_by_the_south_and_shown_to_it_from_then_on(world, register):
    by, at = world.staff["bakyt"], timezone.now()
    claim = Claim(
        measure="identified",
        as_printed="70",
        low=70,
        high=70,
        country="XB",
        data_year=2020,
        quote="Practice: 70",
    )
    figure = figures.enter(claim=claim, source=register[0].source, by=by, at=at)
    brief = begin(world, [figure], country="XB", by="bakyt")
    malika, daler = world.client("malika"), world.client("daler")
    assert malika.get(to("brief", brief)).status_code == 404
    ask(world, brief)
    assert malika.get(to("brief", brief)).status_code == 404
    read(world, brief)
    # The north's focal points clear nothing about another country.
    assert clear(world, brief, by="saule").status_code == 404
    figures.look_after_briefs(at=timezone.now())
    assert due("malika", brief, world) == {"clearance"} and due("saule", brief, world) == set()
    page = text(daler.get(to("brief", brief)))
    assert "70" in page and "Practice: nobody counts the others." in page
    assert "Bakyt" not in page and "Amina" not in page, "the south reads a brief, not who worked on it"
    assert daler.get(to("clear_brief", brief)).status_code == 404
    assert (
        clear(world, brief, by="malika", outcome="change", text="Practice: name the year").status_code == 302
    )
    figures.look_after_briefs(at=timezone.now())
    assert due("bakyt", brief, world) == {"go-on"} and due("malika", brief, world) == set()
    assert world.client("bakyt").post(to("publish_brief", brief)).status_code == 404
    assert clear(world, brief, by="malika").status_code == 302
    world.client("bakyt").post(to("publish_brief", brief))
    brief.refresh_from_db()
    assert brief.state == "published"
    assert malika.get(to("brief_file", brief, "ru", 4)).status_code == 200
    # It can take its word back: then no file of it leaves, in the north neither.
    malika.post(to("object_to", brief), {"seen": brief.digest, "text": "Practice: stopped at the border"})
    assert world.client("bakyt").get(to("brief_file", brief, "en", 1)).status_code == 302
    figures.look_after_briefs(at=timezone.now())
    assert due("bakyt", brief, world) == {"go-on"}


def test_a_figure_that_changed_after_the_clearance_holds_the_publication_up(world, register, brief):
    ask(world, brief)
    read(world, brief)
    clear(world, brief)
    figures.withdraw(
        figure=register[0], reason="Practice: taken back", by=world.staff["saule"], at=timezone.now()
    )
    answer = world.client("bakyt").post(to("publish_brief", brief), follow=True)
    assert "was replaced, withdrawn or marked" in text(answer)
    brief.refresh_from_db()
    assert brief.state == "clearing"


def test_the_clearance_is_of_what_was_read_and_of_nothing_else(world, brief):
    ask(world, brief)
    read(world, brief)
    brief.refresh_from_db()
    seen = brief.digest
    client = world.client("saule")
    changed = client.post(to("clear_brief", brief), {"outcome": "clear", "seen": "of another text"})
    assert changed.status_code == 422
    assert clear(world, brief).status_code == 302
    world.client("bakyt").post(to("take_back", brief))
    brief.refresh_from_db()
    world.client("bakyt").post(
        to("change_brief", brief),
        {
            **TEXTS,
            "says_en": "Practice: another",
            "figures": [brief.used.first().figure.number],
            "seen": brief.edited_at.isoformat(),
        },
    )
    ask(world, brief)
    read(world, brief)
    brief.refresh_from_db()
    assert brief.digest != seen
    assert world.client("bakyt").post(to("publish_brief", brief)).status_code == 404, (
        "cleared was the text before"
    )


def test_what_was_typed_is_kept_when_a_text_is_missing_in_one_language(world, register):
    sent = {**TEXTS, "note_ru": "", "figures": [register[0].number]}
    answer = world.client("bakyt").post(reverse("figures:write_brief", args=["XA"]), sent)
    assert answer.status_code == 422
    assert "Write the note in both languages, or in none." in text(answer)
    assert "Practice: nobody counts the others." in text(answer)


def test_a_caseworker_reads_briefs_and_begins_none(world, brief):
    amina = world.client("amina")
    assert amina.get(reverse("figures:briefs")).status_code == 200
    assert "A new brief" not in text(amina.get(reverse("figures:briefs")))
    assert amina.get(reverse("figures:new_brief")).status_code == 404
    assert amina.post(to("withdraw_brief", brief), {"why": "x"}).status_code == 404


def test_a_figure_says_which_briefs_and_charts_cite_it(world, register, brief):
    cited = queries.cited_by([register[0].number], to=world.staff["amina"])[register[0].number]
    assert {one.title for one in cited} >= {"Practice North in figures"}
    assert not any("/charts/" in one.address for one in cited), (
        "every figure stands in a chart: it is said apart"
    )
    drawn = queries.drawn_in(register[0], to=world.staff["amina"])
    assert [(one.address, one.said) for one in drawn] == [
        ("/figures/charts/XA/identified/", "one of its bars")
    ]
    page = text(world.client("amina").get(reverse("figures:figure", args=[register[0].number])))
    assert "Practice North in figures" in page and "Where it is drawn" in page


def test_the_longest_brief_has_one_page_or_four(world, register):
    by, at = world.staff["bakyt"], timezone.now()
    made = list(register)
    for year in range(2010, 2015):
        claim = Claim(
            measure="assisted", as_printed="1,000 to 2,000", low=1000, high=2000, country="XA", data_year=year,
            who="W" * 280, quote="Practice: a long sentence. " * 30,
        )  # fmt: skip
        made.append(figures.enter(claim=claim, source=register[0].source, by=by, at=at))
    long = {
        **{
            f"{name}_{tag}": "Ш слово " * (size // 8)
            for name, size in (("says", 900), ("unknown", 600), ("note", 600))
            for tag in ("en", "ru")
        }
    }
    brief = published(world, begin(world, made, by="bakyt", **long))
    for number in (1, 4):
        assert len(pages_of(world.client("bakyt").get(to("brief_file", brief, "ru", number)))) == number
    assert Entry.objects.filter(event="figures:brief:taken").count() == 2
    assert Erratum.objects.count() == 0
    assert brief.frozen_on == timezone.localdate() and brief.frozen_on >= date(2026, 1, 1)


def test_whoever_answers_and_whoever_clears_have_the_text_before_them(world, register):
    brief = begin(world, register)
    ask(world, brief)
    says = TEXTS["says_en"].split("\n")[0][:30]
    assert says in text(world.client("amina").get(to("read_brief", brief)))
    assert "Its second reader is Amina." in text(world.client("bakyt").get(to("brief", brief)))
    read(world, brief)
    assert says in text(world.client("saule").get(to("clear_brief", brief)))


def test_whoever_takes_over_from_the_reader_reads_no_brief_of_his_own(world, brief):
    ask(world, brief)
    figures.hand_over_briefs(
        keys=world.keys("saule"), staff=world.staff["amina"], to=world.staff["bakyt"], at=timezone.now()
    )
    brief.refresh_from_db()
    assert (brief.state, brief.reader, brief.digest) == ("draft", None, "")
    assert due("bakyt", brief, world) == {"go-on"} and due("amina", brief, world) == set()
    assert ask(world, brief, reader="saule").status_code == 302, "he asks another one"


def test_a_brief_whose_author_left_to_its_reader_is_looked_after_by_the_focal_points(world, register, brief):
    published(world, brief)
    bakyt, amina = world.staff["bakyt"], world.staff["amina"]
    figures.hand_over_briefs(keys=world.keys("saule"), staff=bakyt, to=amina, at=timezone.now())
    brief.refresh_from_db()
    assert brief.author == bakyt, "nobody is author and reader of one text"
    bakyt.is_active = False
    bakyt.save(update_fields=["is_active"])
    by = world.staff["nurlan"]
    figures.withdraw(figure=register[0], reason="A letter.", by=by, at=timezone.now())
    assert due("saule", brief, world) == {"erratum"}
    assert not DueItem.objects.filter(owner=bakyt, purpose="erratum").exists()
