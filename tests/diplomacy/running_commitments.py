"""A commitment that runs, with its evidence, and what its pages say."""

from __future__ import annotations

import html
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from panah.ground.work.models import DueItem
from panah.programmes.diplomacy.models import Commitment, Evidence, Report


def text(answer):
    return " ".join(html.unescape(answer.content.decode()).split())


def parts(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def today(days=0):
    return timezone.localdate() + timedelta(days=days)


def due(name):
    return sorted(
        DueItem.objects.filter(owner__username=name, done_at=None).values_list("purpose", flat=True)
    )


def draft(world, by="bakyt", **more):
    answer = world.client(by).post(
        reverse("diplomacy:draft"),
        {
            "kind": "individual",
            "title": "Practice: no one is punished",
            "provisions": ["istanbul2007/1", "coe2005/26"],
            "objective": "A written word of two ministries by next summer.",
            **parts("begins_on", today(-30)),
            **parts("ends_on", today(300)),
            "focal": str(world.staff["amina"].pk),
            **more,
        },
    )
    assert answer.status_code == 302, text(answer)
    return Commitment.objects.latest("edited_at")


def running(world):
    row = draft(world)
    answer = world.client("saule").post(
        reverse("diplomacy:sign_off", args=[row.pk]), {"seen": row.edited_at.isoformat()}
    )
    assert answer.status_code == 302
    row.refresh_from_db()
    assert row.state == "running"
    return row


def show(world, row, days=0, by="bakyt", **more):
    answer = world.client(by).post(
        reverse("diplomacy:add_evidence", args=[row.pk]),
        {
            "kind": "document",
            "text": f"Practice: a letter {days}",
            "source": "No. 12",
            **parts("shown_on", today(days)),
            **more,
        },
    )
    assert answer.status_code == 302, text(answer)
    return Evidence.objects.order_by("-added_on", "-shown_on").get(text=f"Practice: a letter {days}")


def say(world, row, progress, evidence=None, by="bakyt", **more):
    return world.client(by).post(
        reverse("diplomacy:say_status", args=[row.pk]),
        {"progress": progress, "evidence": str(evidence.pk) if evidence else "", **more},
    )


def report(world, by="bakyt", about="", **more):
    answer = world.client(by).post(
        reverse("diplomacy:make_report"), {"about": about, "language": "en", **more}
    )
    assert answer.status_code == 302, text(answer)
    return Report.objects.latest("made_at")
