"""The twelve rehearsal calls, played through the door as they are practised."""

import pytest

from panah.hotline.models import Contact
from panah.hotline.words.rehearsals import rehearsals
from panah.work.models import Alarm

SCRIPTS = rehearsals("en")
# Taking the call, one press for danger now: what can be done in 90 seconds with someone crying on the line.
STEPS = 2


def test_there_are_twelve_in_both_languages():
    assert len(SCRIPTS) == len(rehearsals("ru")) == 12
    assert all(len(en.says) == len(ru.says) for en, ru in zip(SCRIPTS, rehearsals("ru"), strict=True))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda s: s.key)
def test_each_call_is_taken_and_ends_and_reaches_help_where_it_must(world, elenas, take, script):
    steps = 0

    def post(address, sent):
        nonlocal steps
        steps += 1
        answer = elenas.post(address, sent)
        assert answer.status_code == 302
        return answer.url

    line = Contact._meta.get_field("line").related_model.objects.get()
    call = post("/calls/take/", {"line": str(line.pk), "channel": script.typed.get("channel", "phone")})
    first = {**script.first, "note": "\n".join(script.says)}
    if script.emergency:
        emergency = post(call, {**first, "do": "emergency"})
        assert steps <= STEPS
        assert Alarm.objects.get().first is not None
        page = elenas.get(emergency).content.decode()
        assert "tap once for yes" in page
        assert "The exact place" in page
        post(emergency, {"e_place": "the bridge and the market", "e_children": "yes", "do": "back"})
    typed = {k: v for k, v in script.typed.items() if k != "channel"}
    elenas.post(call, {**first, **typed, "ends": [script.end], "do": "finish"})
    contact = Contact.objects.get()
    assert contact.state in ("finished", "call_back")
    if not script.emergency:
        assert not Alarm.objects.exists()


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda s: s.key)
def test_the_script_can_be_read_to_practise_with(elenas, script):
    page = elenas.get(f"/calls/rehearsal/{script.key}/").content.decode()
    assert script.title in page


def test_where_no_practice_is_there_is_no_rehearsal(elenas, settings):
    settings.PANAH_PRACTICE = False
    assert elenas.get("/calls/rehearsal/").status_code == 404
    assert elenas.get("/calls/rehearsal/silent/").status_code == 404
