"""The frame of a page: parts for htmx, messages, refusals, errors, languages, and what is never kept."""

from contextlib import ExitStack

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import Client, RequestFactory
from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from jinja2 import UndefinedError

from panah.ground.foundation.errors import Refusal
from panah.ground.kit import nav
from panah.ground.kit.jinja import capfirst, engine
from panah.ground.kit.middleware import back_from
from panah.ground.kit.pages import FRAME_NAMES, add_message, common, page

NAME = "Practice Person Tulip"


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    add_message(request, _("Saved. The clinic was told."), href="/kit/keys", link="Undo")
    return HttpResponseRedirect("/kit/keys")


def refuse(request: HttpRequest) -> HttpResponse:
    raise Refusal(
        "This person still has a bed.", next_step="End the shelter stay first.", code="still-sheltered"
    )


def break_down(request: HttpRequest) -> HttpResponse:
    raise ValueError(NAME)


urlpatterns = [
    path("kit/", include("panah.ground.kit.urls")),
    path("save", save),
    path("refuse", refuse),
    path("break", break_down),
]
handler400 = "panah.ground.kit.error_pages.bad"
handler403 = "panah.ground.kit.error_pages.forbidden"
handler404 = "panah.ground.kit.error_pages.not_found"
handler500 = "panah.ground.kit.error_pages.broken"


@pytest.fixture
def small_house(settings):
    settings.ROOT_URLCONF = __name__


def test_htmx_gets_its_part_and_a_browser_the_page(world):
    client = world.client("amina")
    whole = client.get("/kit/keys")
    part = client.get("/kit/keys", headers={"HX-Request": "true"})
    assert "<html" in whole.text
    assert part.text.strip().startswith("<dl")
    assert "HX-Request" in whole["Vary"]
    assert "HX-Request" in part["Vary"]


@pytest.mark.parametrize("name", ["home", "vault", "csrf_input"])
def test_a_page_takes_no_name_that_the_frame_reads(name):
    """A country called `home` once turned the way home on four pages."""
    with pytest.raises(TypeError, match=name):
        page(RequestFactory().get("/"), "kit/keys.html", **{name: "XA"})


def test_what_the_frame_reads_is_what_it_is_given():
    may_be_given = {"staff", "languages", "active", "has_red_button"}
    assert set(common(RequestFactory().get("/"))) - FRAME_NAMES == may_be_given, (
        "a room may give these: who is shown, which languages are spoken, where the menu stands, its own red button"
    )


def test_going_back_in_the_history_gets_the_whole_page(world):
    answer = world.client("amina").get(
        "/kit/keys", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"}
    )
    assert "<html" in answer.text


def test_no_page_of_the_staff_is_kept_anywhere(world):
    answer = world.client("amina").get("/kit/gallery")
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "strict-origin"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_the_gallery_holds_nothing_inline(world):
    page = world.client("amina").get("/kit/gallery").text
    assert " style=" not in page
    assert "<style" not in page
    assert "onclick" not in page
    assert page.count("<script") == page.count("<script src=") + page.count('<script type="module" src=')


def test_farid_sees_neither_gallery_nor_keys(farid):
    for url in ("/kit/gallery", "/kit/keys"):
        assert farid.get(url).status_code == 302


def test_a_message_stands_on_the_next_page_once(world, small_house):
    client = world.client("amina")
    page = client.post("/save", follow=True)
    assert "Saved. The clinic was told." in page.text
    assert '<a href="/kit/keys">Undo</a>' in page.text
    assert "Saved. The clinic was told." not in client.get("/kit/keys").text


def test_a_part_for_htmx_does_not_swallow_the_message(world, small_house):
    client = world.client("amina")
    client.post("/save")
    assert "clinic" not in client.get("/kit/keys", headers={"HX-Request": "true"}).text
    assert "clinic" in client.get("/kit/keys").text


def test_a_message_lies_in_a_signed_cookie_alone_for_an_hour(world, small_house, settings):
    client = world.client("amina")
    cookie = client.post("/save").cookies[f"{settings.SESSION_COOKIE_NAME}_said"]
    assert (cookie["max-age"], bool(cookie["httponly"]), cookie["samesite"]) == (3600, True, "Lax")
    assert "clinic" not in str(dict(client.session))
    client.cookies[cookie.key] = cookie.value[:-1] + ("a" if cookie.value[-1] != "a" else "b")
    assert "clinic" not in client.get("/kit/keys").text


def test_a_message_that_someone_made_up_is_not_shown(world, small_house, settings):
    client = world.client("amina")
    client.cookies[f"{settings.SESSION_COOKIE_NAME}_said"] = "W3sidGV4dCI6ImZvcmdlZCJ9XQ:1:forged"
    assert "forged" not in client.get("/kit/keys").text


def test_a_refusal_is_a_page_that_says_what_to_do_next(world, small_house):
    page = world.client("amina").get("/refuse")
    assert page.status_code == 409
    assert "<b>This person still has a bed.</b> End the shelter stay first." in page.text
    assert "still-sheltered" in page.text


@pytest.mark.parametrize(
    "sender", ["https://elsewhere.example/x", "http://testserver.evil/x", "not an address", ""]
)
def test_going_back_from_a_refusal_never_leads_elsewhere(sender):
    request = RequestFactory().get("/refuse", headers={"HX-Current-URL": sender})
    assert back_from(request) == "/"
    request = RequestFactory().get("/refuse", headers={"HX-Current-URL": "http://testserver/kit/keys?q=x"})
    assert back_from(request) == "/kit/keys"


def test_an_error_is_calm_and_says_nothing_of_what_broke(world, small_house):
    client = world.client("amina")
    client.raise_request_exception = False
    page = client.get("/break")
    assert page.status_code == 500
    assert "It is not your fault" in page.text
    assert "Это не ваша вина" in page.text
    assert NAME not in page.text
    assert "Traceback" not in page.text


def test_a_stranger_and_a_colleague_get_the_same_page_for_nothing(world, farid, small_house):
    assert farid.get("/no/such").content == world.client("amina").get("/no/such").content


def test_a_form_without_its_token_says_that_nothing_was_changed(world, small_house):
    client = world.client("amina")
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    page = strict.post("/save")
    assert page.status_code == 403
    assert "Nothing was changed." in page.text


def test_the_language_is_hers_then_the_cookies_then_the_browsers(world, small_house, settings):
    farid = Client()
    assert "Здесь ничего нет" in farid.get("/no", headers={"Accept-Language": "ru"}).text.split("<hr>")[0]
    farid.post("/kit/language", {"language": "en", "next": "/no"})
    assert (
        "There is nothing here" in farid.get("/no", headers={"Accept-Language": "ru"}).text.split("<hr>")[0]
    )
    world.staff["amina"].language = "ru"
    world.staff["amina"].save()
    page = world.client("amina").get("/kit/keys", headers={"Accept-Language": "en"})
    assert '<html lang="ru"' in page.text
    assert page["Content-Language"] == "ru"


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:x", ""])
def test_choosing_a_language_never_leads_elsewhere(db, back):
    answer = Client().post("/kit/language", {"language": "ru", "next": back})
    assert answer["Location"] == "/"


def test_an_unknown_language_changes_nothing(db, settings):
    answer = Client().post("/kit/language", {"language": "xx", "next": "/"})
    assert settings.LANGUAGE_COOKIE_NAME not in answer.cookies


def test_a_place_in_the_menu_is_shown_to_those_who_may_go_there(world, small_house):
    def is_amina(staff):
        return staff.username == "amina"

    keys = nav.MenuItem("kit:keys", _("Keyboard"), "book", visible=is_amina, count=lambda staff: 4)
    with ExitStack() as here:
        for registry, name, value in (
            (nav.MENU, "keys", keys),
            (nav.MENU, "gone", nav.MenuItem("no:such", "Gone", "book")),
            (nav.FOOT, "parts", nav.MenuItem("kit:gallery", "Every part")),
            (nav.FRAME_PAGES, "search", nav.FramePage("kit:keys", visible=is_amina)),
            (nav.DESCRIPTIONS, "roles and branch", lambda staff: "Caseworker, Arna"),
        ):
            here.enter_context(registry.temporarily(name, value))
        hers, theirs = (world.client(name).get("/kit/keys").text for name in ("amina", "bakyt"))
        counted = {one.key: one.count for part in nav.menu(world.staff["amina"]) for one in part.entries}
    assert '<span class="count">4<span class="out"> waiting</span>' in hers
    assert '<span class="count">' not in theirs
    assert "Gone" not in hers
    assert 'href="/kit/gallery"' in hers
    assert 'role="search"' in hers
    assert 'role="search"' not in theirs
    assert "Caseworker, Arna" in hers
    assert counted == {"keys": nav.Count(4)}


def test_what_is_searched_for_never_lies_in_an_address(world, small_house):
    with nav.FRAME_PAGES.temporarily("search", nav.FramePage("kit:keys")):
        page = world.client("amina").get("/kit/keys").text
    assert '<form class="find" role="search" method="post"' in page


def test_her_theme_and_her_shortcuts_are_on_every_page(world):
    amina = world.staff["amina"]
    amina.theme, amina.shortcuts = "dark", False
    amina.save()
    page = world.client("amina").get("/kit/keys").text
    assert 'data-theme="dark"' in page
    assert 'data-shortcuts="off"' in page


def test_a_template_that_names_something_unknown_breaks_loudly():
    with pytest.raises(UndefinedError):
        engine().from_string("{{ no_such_thing }}").render({})


def test_a_block_that_is_not_there_is_named(rf):
    with pytest.raises(KeyError, match="has no block 'rows'"):
        engine().render_block("kit/keys.html", "rows", {}, rf.get("/"))


def test_the_parts_are_there_in_a_block_alone_and_speak_the_readers_language(world):
    world.staff["amina"].language = "ru"
    world.staff["amina"].save()
    part = world.client("amina").get("/kit/keys", headers={"HX-Request": "true"}).text
    assert "принять звонок" in part


def test_a_real_person_is_told_when_nothing_here_is_real(world, settings):
    assert "Every person here is invented." in world.client("amina").get("/kit/keys").text
    settings.PANAH_PRACTICE = False
    assert "Every person here is invented." not in world.client("amina").get("/kit/keys").text


def test_a_refusal_to_htmx_becomes_the_content_of_the_page(world, small_house):
    part = world.client("amina").get("/refuse", headers={"HX-Request": "true"})
    assert part.status_code == 409
    assert part["HX-Retarget"] == "#main"
    assert "<html" not in part.text
    assert "This person still has a bed." in part.text


def test_a_part_asked_for_after_the_sign_in_ended_sends_the_browser_to_the_door(farid):
    answer = farid.get("/kit/keys", headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert answer["HX-Redirect"].startswith("/vault/sign-in?next=")


def test_a_sentence_begins_large_and_keeps_what_is_large_in_it():
    assert capfirst("medicine against HIV: the clinic of Arna") == "Medicine against HIV: the clinic of Arna"
    assert capfirst("") == ""
