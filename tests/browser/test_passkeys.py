"""Passkeys in a real browser, answered by Chromium's own virtual device."""

import os

import pytest
from django.utils import timezone

from panah.ground.accounts.models import Session
from panah.ground.sign_in import second_factor
from tests.browser.conftest import complaints_about
from tests.browser.measures import STICKS_OUT, TOO_SMALL, axe_finds
from tests.conftest import PASSPHRASE

SHOTS = os.environ.get("PANAH_SHOTS", "")


def virtual_device(page):
    """Plug a device into the browser that says yes to whatever its owner asks."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    answer = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session, answer["authenticatorId"]


def fine(page, shot):
    """Look at the step as it stands now: it can be used by everyone, on a telephone and on a large screen."""
    found = []
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/{shot}-{width}.png", full_page=True)
        found += [f"{shot} {width}: {one}" for one in (*page.evaluate(STICKS_OUT), *axe_finds(page))]
        if width == 360:
            found += [f"{shot}: {one}" for one in page.evaluate(TOO_SMALL)]
    found += complaints_about(page)
    assert not found, "\n".join(found)


def type_first_step(page):
    page.locator("[name=name]").fill("amina")
    page.locator("[name=passphrase]").fill(PASSPHRASE)
    page.locator("main button.btn-main").click()


@pytest.mark.parametrize("language", ["en", "ru"])
def test_amina_adds_a_passkey_signs_out_signs_in_with_it_and_removes_it(visit, world, language):
    amina = world.staff["amina"]
    amina.language = language
    amina.save()
    second_factor.activate(amina, second_factor.new_secret())
    second_factor.new_recovery_codes(amina)
    page = visit("amina", "/vault/second-factors", language=language, width=360)
    virtual_device(page)
    page.locator("a[href='/vault/passkeys/new']").click()
    page.wait_for_url("**/vault/passkeys/new")
    fine(page, f"new-{language}")
    page.locator("[name=name]").fill("work telephone")
    page.locator("[name=passphrase]").fill(PASSPHRASE)
    page.locator("main button.btn-main").click()
    page.locator("[data-passkey] button").wait_for()
    fine(page, f"device-{language}")
    page.locator("[data-passkey] button").click()
    page.wait_for_url("**/vault/second-factors")
    assert second_factor.has_passkey(amina)
    fine(page, f"factors-{language}")

    page.goto("/vault/sign-out")
    page.locator("main button").first.click()
    page.wait_for_url("**/vault/sign-in*")
    type_first_step(page)
    page.wait_for_url("**/vault/second-step*")
    fine(page, f"step-{language}")
    page.locator("[data-passkey] button").click()
    page.locator("form.vault").first.wait_for(state="attached")
    assert second_factor.factors(amina)["webauthn"][0].last_used_at

    page.goto("/vault/second-factors")
    page.locator("a[href^='/vault/passkeys/']:not([href$=new])").click()
    removing = page.locator("section[aria-labelledby=removing]")
    removing.wait_for()
    fine(page, f"passkey-{language}")
    removing.locator("[name=passphrase]").fill(PASSPHRASE)
    removing.locator("button").click()
    page.wait_for_url("**/vault/second-factors")
    assert not second_factor.has_passkey(amina)


def test_a_device_that_says_no_is_said_in_words_and_the_code_still_works(visit, world):
    amina = world.staff["amina"]
    second_factor.activate(amina, second_factor.new_secret())
    page = visit("amina", "/vault/passkeys/new")
    session, device = virtual_device(page)
    page.locator("[name=name]").fill("work telephone")
    page.locator("[name=passphrase]").fill(PASSPHRASE)
    page.locator("main button.btn-main").click()
    page.locator("[data-passkey] button").click()
    page.wait_for_url("**/vault/second-factors")
    page.context.clear_cookies()
    session.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    session.send("WebAuthn.clearCredentials", {"authenticatorId": device})
    page.goto("/vault/sign-in")
    type_first_step(page)
    page.locator("[data-passkey] button").click()
    page.locator("[data-why]").wait_for(state="visible")
    assert "Try once more" in page.locator("[data-why]").inner_text()
    page.locator("[name=digits]").fill(second_factor.current_code(amina))
    page.locator("form button:not([type=button])").first.click()
    page.locator("form.vault").first.wait_for(state="attached")


def test_ten_codes_on_the_screen_and_on_a_telephone(visit, world):
    page = visit("amina", "/vault/recovery-codes", width=360)
    page.locator("[name=passphrase]").fill(PASSPHRASE)
    page.locator("main button.btn-main").click()
    page.locator(".paper").wait_for()
    fine(page, "codes")


@pytest.mark.parametrize("scripts", [True, False])
def test_what_was_typed_when_the_sign_in_ended_goes_on_after_it(visit, world, scripts):
    amina = world.staff["amina"]
    second_factor.activate(amina, second_factor.new_secret())
    page = visit("amina", "/me/settings", scripts=scripts, width=360)
    Session.objects.update(expire_date=timezone.now())
    page.locator("[name=email]").fill("amina@example.org")
    page.locator("main form button.btn-main").first.click()
    page.locator("[name=passphrase]").wait_for()
    if scripts:
        page.complaints.clear()  # the answer 403 is in the console, and is meant
        fine(page, "ended")
    page.locator("[name=name]").fill("amina")
    page.locator("[name=passphrase]").fill(PASSPHRASE)
    page.locator("[name=digits]").fill(second_factor.current_code(amina))
    page.locator("main form button.btn-main").first.click()
    page.locator("main button.btn-main").wait_for()
    if scripts:
        fine(page, "send")
    page.locator("main button.btn-main").click()
    page.wait_for_url("**/me/settings")
    # Another address wants her six words once more; what was typed still stands there.
    assert page.locator("[name=email]").input_value() == "amina@example.org"
    page.locator("main form:has([name=email]) [name=passphrase]").fill(PASSPHRASE)
    page.locator("main form:has([name=email]) button.btn-main").first.click()
    page.wait_for_url("**/me/settings")
    amina.refresh_from_db()
    assert amina.email == "amina@example.org"
