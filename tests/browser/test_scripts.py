"""What the scripts do for a person at work: keep drafts, answer by key, cover names again."""

import base64
import json
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from panah.ground.foundation.errors import Refusal
from panah.ground.kit.fields import AnswerField
from panah.ground.kit.forms import Form
from panah.ground.kit.jinja import engine
from panah.ground.kit.pages import add_message
from panah.ground.vault.seals import Private, context, unpad
from tests.browser.conftest import press

# A room as small as can be: one form with a draft. It answers as told, and remembers what came.
HOLDER = Private.new()
KEPT: list[dict[str, Any]] = []
SEALED: list[dict[str, str]] = []
ALIVE: list[str] = []
ANSWERS = {"draft": 204}
PAGE = """{% extends "kit/staff.html" %}{% block title %}Sample{% endblock %}
{% block head_end %}{% include "kit/htmx.html" %}{% endblock %}{% block page %}<h1>Sample</h1>
<form method="post" class="stack" data-draft="/draft/1" data-draft-sealed="/sealed" data-draft-key="{{ key }}"
 data-draft-info="{{ info }}" data-draft-key-id="7" data-alive="/alive" data-alive-every="0.2">
{{ csrf_input }}
{{ field(form["free"], alt="1") }}{{ field(form["hurt"]) }}
<div class="field"><label for="notes">Notes</label><textarea id="notes" name="notes" data-alt="2"></textarea></div>
<a href="/kit/keys" data-go="gk">Go to keys</a>
<button type="button" hx-get="/refused">Ask</button><button type="button" hx-get="/broken">Break</button>
<div class="save-bar">{{ saved() }}<button class="btn btn-main" data-alt="enter">Finish</button></div></form>
<form method="post" action="/covered">{{ csrf_input }}<button data-cover-after="0.3">Cover again</button></form>
{% endblock %}"""


class SampleForm(Form):
    free = AnswerField(label=_("Can the person speak freely?"), safe=True)
    hurt = AnswerField(label=_("Is anyone hurt?"))


def text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def sample(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        add_message(request, "Finished.")
        return HttpResponse(status=302, headers={"Location": "/sample"})
    shown = {"form": SampleForm(), "key": text(HOLDER.public), "info": text(context("draft", 1))}
    return HttpResponse(engine().from_string(PAGE).render(shown, request))


@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    if ANSWERS["draft"] == 204:
        KEPT.append({name: request.POST[name] for name in request.POST})
    return HttpResponse(
        status=ANSWERS["draft"], headers={"Location": "/"} if ANSWERS["draft"] == 302 else None
    )


@require_POST
def sealed(request: HttpRequest) -> HttpResponse:
    SEALED.append({name: request.POST[name] for name in request.POST})
    return HttpResponse(status=204)


@require_POST
def alive(request: HttpRequest) -> HttpResponse:
    ALIVE.append("here")
    return HttpResponse(status=204)


@require_POST
def covered(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<title>Covered</title>Covered.")


def refused(request: HttpRequest) -> HttpResponse:
    raise Refusal("This person still has a bed.", next_step="End the shelter stay first.", code="sample")


def broken(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=500)


urlpatterns = [
    path("refused", refused),
    path("broken", broken),
    path("kit/", include("panah.ground.kit.urls")),
    path("sample", sample),
    path("draft/1", draft),
    path("sealed", sealed),
    path("alive", alive),
    path("covered", covered),
]


@pytest.fixture(autouse=True)
def small_room(settings):
    settings.ROOT_URLCONF = __name__
    ANSWERS["draft"] = 204
    for seen in (KEPT, SEALED, ALIVE):
        seen.clear()


@pytest.fixture
def at_work(visit):
    """Elena's page, without the part that covers itself."""
    page = visit("elena", "/kit/keys")
    page.route("**/covered", lambda route: route.abort())
    page.goto("/sample")
    page.evaluate("document.querySelector('[data-cover-after]').remove()")
    return page


def until(page, script):
    """Ask again and again; the policy forbids Playwright's own way of waiting for a script."""
    for _time in range(100):
        if page.evaluate(script):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never true: {script}")


def test_what_elena_types_is_kept_and_the_page_says_so(at_work):
    at_work.fill("#notes", "the door is locked at night")
    until(at_work, "document.querySelector('.saved').textContent.includes('Saved and protected')")
    assert KEPT[-1]["notes"] == "the door is locked at night"
    assert KEPT[-1]["free"] == "none"


def test_without_a_line_the_draft_is_sealed_on_the_device_and_goes_up_later(at_work):
    ANSWERS["draft"] = 503
    at_work.fill("#notes", "дверь заперта на ночь")
    until(at_work, "document.querySelector('.saved').dataset.state === 'sealed'")
    held = at_work.evaluate("""() => new Promise((done) => {
        const opening = indexedDB.open('panah', 1);
        opening.onsuccess = () => {
          const asked = opening.result.transaction('sealed').objectStore('sealed').getAll();
          asked.onsuccess = () => done(JSON.stringify(asked.result));
        };
      })""")
    assert "дверь" not in held
    ANSWERS["draft"] = 204
    at_work.evaluate("window.onbeforeunload = null")
    at_work.goto("/kit/keys")
    until(at_work, "localStorage.getItem('panah-kept') === null")
    blob = base64.urlsafe_b64decode(SEALED[0]["sealed"] + "==")
    fields = dict(json.loads(unpad(HOLDER.open(blob, "draft", 1)))["fields"])
    assert fields["notes"] == "дверь заперта на ночь"
    assert SEALED[0]["key"] == "7"
    assert "csrfmiddlewaretoken" not in fields


def test_when_the_line_comes_back_the_draft_is_sent_and_the_device_forgets_it(at_work):
    ANSWERS["draft"] = 503
    at_work.fill("#notes", "one")
    until(at_work, "document.querySelector('.saved').dataset.state === 'sealed'")
    ANSWERS["draft"] = 204
    at_work.evaluate("dispatchEvent(new Event('online'))")
    until(
        at_work,
        "document.querySelector('.saved').dataset.state === '' && localStorage.getItem('panah-kept') === null",
    )
    assert KEPT[-1]["notes"] == "one"


def test_a_sign_in_that_ended_does_not_swallow_the_draft(at_work):
    ANSWERS["draft"] = 302
    at_work.fill("#notes", "one")
    until(at_work, "document.querySelector('.saved').dataset.state === 'sealed'")


def test_a_draft_that_is_refused_says_so(at_work):
    ANSWERS["draft"] = 409
    at_work.fill("#notes", "one")
    until(at_work, "document.querySelector('.saved').dataset.state === 'refused'")


def test_elena_answers_by_key_and_goes_on_to_the_next_question(at_work):
    at_work.keyboard.press("Alt+1")
    at_work.keyboard.press("u")
    assert (
        at_work.evaluate(
            "document.querySelector('[name=free]:checked').value + ' ' + document.activeElement.name"
        )
        == "unknown hurt"
    )


def test_the_keys_are_the_same_in_a_russian_layout(at_work):
    at_work.keyboard.press("Alt+1")
    at_work.evaluate(
        "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', "
        "{code: 'KeyY', key: 'н', bubbles: true, cancelable: true}))"
    )
    assert at_work.evaluate("document.querySelector('[name=free]:checked').value") == "yes"


def test_a_letter_in_the_notes_is_a_letter(at_work):
    at_work.keyboard.press("Alt+2")
    at_work.keyboard.type("gk yes")
    assert at_work.input_value("#notes") == "gk yes"
    assert at_work.url.endswith("/sample")


def test_alt_enter_finishes_and_the_next_page_says_so_once(at_work):
    at_work.keyboard.press("Alt+Enter")
    at_work.wait_for_selector(".said >> text=Finished.")
    at_work.goto("/kit/keys")
    assert at_work.locator(".said").count() == 0


def test_g_k_goes_to_the_keys_unless_shortcuts_are_off(at_work, world):
    at_work.keyboard.press("g")
    at_work.keyboard.press("k")
    at_work.wait_for_url("**/kit/keys")
    world.staff["elena"].shortcuts = False
    world.staff["elena"].save()
    at_work.goto("/sample")
    at_work.keyboard.press("g")
    at_work.keyboard.press("k")
    assert at_work.url.endswith("/sample")


def test_the_question_mark_shows_the_keys_without_leaving_the_page(at_work):
    at_work.keyboard.press("?")
    at_work.wait_for_selector("dialog[open] >> text=take a call")
    at_work.keyboard.press("Escape")
    at_work.locator("dialog").wait_for(state="detached")
    assert at_work.url.endswith("/sample")
    assert at_work.complaints == []


def test_a_name_covers_itself_again(visit):
    page = visit("amina", "/sample")
    page.wait_for_url("**/covered")


def test_an_open_page_gives_signs_of_life(at_work):
    until(at_work, "performance.getEntriesByName(location.origin + '/alive').length > 1")
    assert len(ALIVE) > 1


def test_without_scripts_the_form_is_still_sent_and_answered(visit):
    page = visit("elena", "/sample", scripts=False)
    page.check("#id_free_0")
    press(page.locator("text=Finish"))
    assert page.locator(".said").inner_text().strip() == "Finished."


def test_a_refusal_that_comes_by_htmx_is_read_at_once(at_work):
    at_work.click("button:text('Ask')")
    at_work.wait_for_selector("main .note >> text=This person still has a bed.")
    assert at_work.evaluate("document.activeElement.classList.contains('note')")


def test_what_could_not_be_brought_is_said_and_stays(at_work):
    at_work.click("text=Break")
    at_work.wait_for_selector("[role=alert] >> text=That did not work.")
    assert at_work.locator("#notes").is_visible()
