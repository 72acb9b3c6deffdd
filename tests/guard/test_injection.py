"""What people type stays text, stays where it belongs, and takes nothing along: a day of planted texts, searched."""

import re
from collections import defaultdict
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.core import mail
from django.test import RequestFactory
from django.utils import timezone

from panah.ground.accounts.models import RoleHeld, Session, Staff
from panah.ground.accounts.sessions import SessionStore
from panah.ground.audit.models import Entry
from panah.ground.channels import actions as channels
from panah.ground.kit.pages import MessageCookie
from panah.people.cases.models import Case
from panah.people.complaints.models import Ask, Matter, Message
from tests.guard.forms import Page, page_of
from tests.guard.journey import MARK, NAME, PLANTED, Day, live

LEADS_SOMEWHERE = ("href", "src", "action", "formaction", "hx-get", "hx-post", "hx-target", "data-url")


@pytest.fixture(scope="module")
def day(house: Any) -> Day:
    return live(house)


def pages(day: Day) -> list[Page]:
    return [page_of(r) for r in day.responses if "html" in r.headers.get("Content-Type", "")]


def test_the_day_was_a_real_one(day):
    """The control of everything below: most forms were kept, and the texts are read again where they belong."""
    kept = {sent.form.action for sent in day.sent if sent.kept}
    assert len(kept) >= 40, sorted(kept)
    showing = [p for p in pages(day) if NAME in "".join(p.texts)]
    assert len(showing) >= 20
    assert not [r.request["PATH_INFO"] for r in day.responses if r.status_code >= 500]


def test_what_goes_past_the_caseworker_was_planted_too(house, day):
    """The control for complaints, documents and lists: each was kept, and is read again by whoever may."""
    taken = Matter.objects.filter(society=house.world.societies["north"]).count()
    assert taken == 4 + 2, "a complaint and a request of the day beside those of the house"
    assert Message.objects.filter(matter__number=house.own["matter"]).count() == 2
    assert Ask.objects.get(pk=house.own["asked"]).replied_at
    assert Case.objects.get(number=house.of["cholpon"]["number"]).owner == house.world.staff["amina"]
    for who, path in (
        ("zarina", f"/complaints/matter/{house.own['matter']}/"),
        ("zarina", f"/complaints/matter/{house.own['request']}/"),
        ("bakyt", f"/safety/threats/{house.own['threat']}/"),
        ("zarina", f"/complaints/asked/{house.own['asked']}/"),
        ("amina", f"/cases/{house.own['number']}/documents/"),
        ("amina", f"/cases/{house.of['cholpon']['number']}/"),
    ):
        assert NAME in "".join(page_of(house.ask(who, "GET", path).response).texts), path
    events = set(Entry.objects.values_list("event", flat=True))
    assert {
        "complaints:matter:answered", "complaints:matter:closed", "complaints:matter:reopened",
        "cases:document:removed", "cases:list:handed-over",
    } <= events  # fmt: skip


# -- inert on every page -------------------------------------------------------------------------------------


def awake(page: Page) -> list[str]:
    """What of a planted text did not stay text."""
    found = [tag for tag, has in page.tags if tag == "planted" or any("planted" in name for name in has)]
    found += ["script" for tag, has in page.tags if tag == "script" and not has.get("src")]
    return found + re.findall(f"{MARK}1337{MARK}", "".join(page.texts))


def test_planted_markup_stays_text_on_every_page(day):
    assert awake(Page(f"<p>{PLANTED}</p>")), "control: unescaped it would not"
    assert awake(Page(f"<p>{MARK}1337{MARK}</p>")), "control: nor when a template had run it"
    for page in pages(day):
        assert not awake(page)


# -- nowhere else ----------------------------------------------------------------------------------------------


def leads_on(page: Page) -> str:
    return " ".join(v for _, has in page.tags for name, v in has.items() if name in LEADS_SOMEWHERE)


def said_in(cookie: str) -> list[str]:
    request = RequestFactory().get("/")
    request.COOKIES[MessageCookie(request).cookie_name] = cookie
    return [one.message for one in MessageCookie(request)]


def test_no_name_in_addresses_links_titles_headers_and_cookies(day):
    assert NAME in leads_on(Page(f'<a href="/find/?q={NAME}">x</a>')), "control"
    for response in (r for r in day.responses if NAME not in r.request["PATH_INFO"]):
        head = str(response.headers)
        assert NAME not in head
        for cookie in response.cookies.values():
            assert NAME not in cookie.value
            if cookie.key.endswith("_said") and cookie.value:
                assert NAME not in str(said_in(cookie.value))
        if "html" in head:
            text = response.content.decode()
            in_the_register = response.request["PATH_INFO"].startswith("/network/")  # public names
            title = "".join(re.findall(r"<title>(.*?)</title>", text, re.S))
            assert NAME not in title or in_the_register, response.request["PATH_INFO"]
            assert NAME not in leads_on(page_of(response))


def test_no_name_in_the_pages_of_errors(day):
    failed = [r for r in day.responses if r.status_code in (400, 403, 404, 405, 410)]
    assert failed
    for response in failed:
        # A page may know its own address: to come back to it in another language.
        itself = response.request["PATH_INFO"]
        text = response.content.decode().replace(itself, "")
        place = text.find(NAME)
        assert place < 0, f"{response.status_code} {itself}: …{text[max(0, place - 200) : place + 80]}…"


def test_no_name_in_the_log(day):
    said = day.said.getvalue()
    assert "ValueError" in said, "control: something was logged"
    assert NAME not in said
    assert "planted" not in said


def test_no_name_in_mail(house, day):
    Staff.objects.filter(username__in=["bakyt", "saule", "zarina"]).update(email="somebody@example.org")
    mail.outbox.clear()
    told = {"once": str(uuid4()), "what": PLANTED, "called": PLANTED, "speaker": "person", "danger": "yes"}
    house.client("elena").post("/complaints/new/", told)
    channels.deliver_due(at=timezone.now())
    assert mail.outbox, "control: the readers were told that something is there"
    call = house.client("elena").post("/calls/take/", {"channel": "phone"}).url
    house.client("elena").post(call, {"do": "emergency", "note": PLANTED})
    channels.deliver_due(at=timezone.now())
    assert "open it now" in mail.outbox[-1].subject, "control: somebody was called in"
    assert NAME not in "".join(m.subject + m.body + str(m.extra_headers) for m in mail.outbox)


# What is typed for everybody to read: the register, the lines' and interpreters' names, a colleague's own settings; what a
# course is called and where it is.
PUBLIC = re.compile(
    r"^(network_|directory_|hotline_line$|accounts_staff$|safety_interpreter$|training_(course|session)$)"
)
# Where else it stands in plain, and nowhere but there: what prevention plans, what a module says and how a society sees
# itself, which is about nobody who is helped; and the names in the register of volunteers (SECURITY 44).
IN_PLAIN = {
    # What societies say of themselves to each other; the forms ask for no name of a person.
    "cooperation_decision": {"outcome"},
    "cooperation_meeting": {"title", "place", "agenda"},
    "cooperation_paper": {"title", "where"},
    "cooperation_point": {"title", "email", "hours"},
    "cooperation_practice": {*("title", "need", "done", "took", "changed", "evidence", "limits", "contact")},
    "cooperation_profile": {"mandate"},
    "cooperation_question": {"answer"},
    # About societies, states and ministries; the forms ask for no name of a person.
    "diplomacy_commitment": {"comment"},
    "diplomacy_evidence": {"source", "text"},
    "diplomacy_indicator": {"text"},
    "diplomacy_policy": {"text"},
    "diplomacy_policycomment": {"text"},
    "diplomacy_standing": {"source"},
    "diplomacy_supporter": {"name"},
    "diplomacy_status": {"challenges", "why"},
    # What a release says of itself, and why it was changed or withdrawn; the forms ask to name nobody.
    "evidence_release": {"title", "about", "contact"},
    # What others have published, and sentences for everybody; the forms ask for groups, and for no name.
    "figures_figure": {
        *(
            "publisher",
            "who",
            "place",
            "denominator_text",
            "quote",
            "note",
            "state_reason",
            "reason",
            "break_reason",
        )
    },
    # Texts about numbers, for everybody to read.
    "figures_brief": {
        *("title_en", "title_ru", "says_en", "says_ru", "unknown_en", "unknown_ru", "note_en", "note_ru")
    },
    "figures_briefreview": {"answers", "text"},
    "figures_publicsentence": {*("value", "sentence_en", "sentence_ru", "source_said", "not_en", "not_ru")},
    "figures_source": {"publisher", "title", "licence"},
    "figures_tension": {"says"},
    # Titles and sources of treaties, laws and reports; the form asks whether it is about a person, and refuses that.
    "library_document": {"licence", "source", "title"},
    "model_opinion": {"sentence", "other"},
    # Who checked texts of the public door as a native speaker.
    "page_texts_nativecheck": {"checked_by"},
    "prevention_access": {"office", "place", "decided_by", "conditions"},
    "prevention_campaign": {"title", "messages"},
    "prevention_goal": {"name_en", "name_ru"},
    "prevention_group": {"name"},
    "prevention_material": {"title"},
    "prevention_plan": {"title", "aims", "steps", "materials"},
    "training_moduledraft": {"content"},
    "volunteers_volunteer": {"name"},
}


def plain_rows(text: str) -> dict[str, set[str]]:
    """The columns where a text stands in plain, by their tables."""
    found: dict[str, set[str]] = defaultdict(set)
    for model in apps.get_models():
        if PUBLIC.match(model._meta.db_table):
            continue
        for row in model._base_manager.values():
            for name, value in row.items():
                if text in str(value):
                    found[model._meta.db_table].add(name)
    return found


def test_no_name_in_any_row_about_people_sessions_or_tasks(house, day):
    assert plain_rows(NAME) == IN_PLAIN
    assert not [s for s in Session.objects.all() if NAME in str(SessionStore().decode(s.session_data))]
    RoleHeld.objects.update(role=NAME[:20])
    assert plain_rows(NAME) == IN_PLAIN | {"accounts_roleheld": {"role"}}, (
        "control: in plain it would be found"
    )


# -- nothing taken along -----------------------------------------------------------------------------------------


def test_fields_that_no_form_has_are_not_taken_over(house, day):
    world = house.world
    south, norths = world.societies["south"], Staff.objects.filter(society=world.societies["north"])
    for model in apps.get_models():
        names = {f.name for f in model._meta.get_fields()}
        if {"society", "owner"} <= names:
            assert not model._base_manager.filter(society=south, owner__in=norths).exists(), model
            assert not model._base_manager.exclude(society=south).filter(owner=world.staff["daler"]).exists()
    roles = {who: set(Staff.objects.get(pk=one.pk).role_names) for who, one in world.staff.items()}
    assert roles["amina"] == {"caseworker"}
    assert roles["elena"] == {"hotline_operator"}
    assert house.client("daler").get(f"/cases/{house.of['daler']['number']}/").status_code == 200


def foreign(house: Any) -> list[str]:
    """Ids of South that could be put into a choice of North."""
    world = house.world
    return [
        str(world.staff["daler"].pk), str(world.branches["sora"].pk), str(world.societies["south"].pk),
        house.of["rustam"]["line"], house.of["rustam"]["contact_pk"], house.of["daler"]["case"],
    ]  # fmt: skip


def test_no_choice_takes_a_branch_colleague_or_line_of_another_society(house, day):
    tried = 0
    for sent in (s for s in day.sent if s.kept):
        for one in sent.form.fields.values():
            if not any(re.fullmatch(r"[0-9a-f-]{36}", option) for option in one.options):
                continue
            for other in foreign(house):
                asked = house.ask(sent.who, "POST", sent.form.action, sent.data | {one.name: other})
                nothing_chosen = asked.wrote <= {"hotline_contact"}  # that the call is still going on
                assert asked.status not in (204, 302) or nothing_chosen, (sent.form.action, one.name)
                assert asked.status < 500, (sent.form.action, one.name)
                tried += 1
    assert tried >= 12
