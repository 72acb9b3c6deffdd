"""A dialogue with an authority, begun and written on."""

from __future__ import annotations

import html
from datetime import timedelta
from io import BytesIO

from django.urls import reverse
from django.utils import timezone
from PIL import Image

from panah.programmes.diplomacy.models import Dialogue

ASKED = "Practice: visit the women in the hall for foreigners"


def text(answer):
    return " ".join(html.unescape(answer.content.decode()).split())


def parts(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def today(days=0):
    return timezone.localdate() + timedelta(days=days)


def begin(world, by="bakyt", **more):
    answer = world.client(by).post(
        reverse("diplomacy:begin_dialogue"),
        {
            "kind": "detention",
            "authority": "Practice Ministry of the Interior",
            "people": "Deputy for migration",
            "provisions": ["istanbul2007/1"],
            "asked": ASKED,
            "confidence": "author",
            **more,
        },
    )
    assert answer.status_code == 302, text(answer)
    return Dialogue.objects.get(number=answer["Location"].strip("/").rpartition("/")[2])


def write(world, row, kind="sent", by="bakyt", **more):
    return world.client(by).post(
        reverse("diplomacy:dialogue", args=[row.number]),
        {"kind": kind, "text": f"Practice: {kind}", **parts("on", today()), **more},
    )


def picture():
    out = BytesIO()
    Image.new("RGB", (30, 20), "white").save(out, "PNG")
    return out.getvalue()
