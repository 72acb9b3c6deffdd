"""The society's own policy: from the network's model text over comments to what the board has adopted."""

import html
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from panah.programmes.diplomacy.models import Policy


def text(answer):
    return " ".join(html.unescape(answer.content.decode()).split())


def parts(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def begin(world, by="bakyt"):
    answer = world.client(by).post(reverse("diplomacy:policies"), {"language": "en"})
    assert answer.status_code == 302, text(answer)
    return Policy.objects.latest("version")


def test_a_draft_shows_what_differs_from_the_model_text_is_commented_on_and_adopted(world):
    row = begin(world)
    assert begin(world, "saule") == row
    changed = row.text.replace("Men and boys are meant", "Men, women, boys and girls are meant")
    world.client("bakyt").post(
        reverse("diplomacy:change_policy", args=[row.pk]),
        {"text": changed, "seen": row.edited_at.isoformat()},
    )
    page = text(world.client("ibrat").get(reverse("diplomacy:policy", args=[row.pk])))
    assert (
        "+ Men, women, boys" in page
        and "− Men and boys" in page
        and "Beside the network’s model text" in page
    )
    world.client("ibrat").post(reverse("diplomacy:policy", args=[row.pk]), {"text": "Practice: name the age"})
    assert "Practice: name the age" in text(
        world.client("bakyt").get(reverse("diplomacy:policy", args=[row.pk]))
    )
    address = reverse("diplomacy:adopt_policy", args=[row.pk])
    row.refresh_from_db()
    future = world.client("saule").post(
        address, {"decision": "Minutes 4", **parts("adopted_on", timezone.localdate() + timedelta(days=3))}
    )
    assert future.status_code == 422 and "Minutes 4" in text(future)
    world.client("saule").post(
        address,
        {
            "decision": "Minutes 4",
            "seen": row.edited_at.isoformat(),
            **parts("adopted_on", timezone.localdate()),
        },
    )
    row.refresh_from_db()
    assert row.state == "adopted"
    changed = world.client("bakyt").get(reverse("diplomacy:change_policy", args=[row.pk]), follow=True)
    assert "does not fit any more" in changed.text


def test_the_next_version_begins_with_the_one_in_force_which_is_replaced_and_stays_to_be_read(world):
    first = begin(world)
    Policy.objects.filter(pk=first.pk).update(
        text="# Ours", state="adopted", adopted_on=timezone.localdate(), decision="x"
    )
    second = begin(world)
    assert (second.version, second.text) == (2, "# Ours")
    world.client("saule").post(
        reverse("diplomacy:adopt_policy", args=[second.pk]),
        {"decision": "y", "seen": second.edited_at.isoformat(), **parts("adopted_on", timezone.localdate())},
    )
    first.refresh_from_db()
    assert first.state == "replaced"
    assert "Ours" in text(world.client("ibrat").get(reverse("diplomacy:policy_sheet", args=[first.pk])))


def test_a_caseworker_reads_and_changes_none(world):
    row = begin(world)
    for name in ("policy", "change_policy", "adopt_policy", "policy_sheet"):
        assert world.client("cholpon").get(reverse(f"diplomacy:{name}", args=[row.pk])).status_code == 404
    assert world.client("ibrat").get(reverse("diplomacy:adopt_policy", args=[row.pk])).status_code == 404
