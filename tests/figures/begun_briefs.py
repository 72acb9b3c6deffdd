"""A brief about a country, begun, read, cleared and published."""

import html
import re

from django.urls import reverse

from panah.programmes.figures.models import Brief

GOOD = {
    "border": "no",
    "why": "Practice: it names no route and no age",
    **dict.fromkeys(("recognised", "says_more", "joined", "ranks"), "no"),
    "unknown": "yes",
}
TEXTS = {
    "title_en": "Practice North in figures",
    "title_ru": "Учебный Север в числах",
    "says_en": "Practice: more people are found each year.",
    "says_ru": "Учебный текст: людей находят больше.",
    "unknown_en": "Practice: nobody counts the others.",
    "unknown_ru": "Учебный текст: остальных никто не считает.",
    "note_en": "Practice: ask us first.",
    "note_ru": "Учебный текст: сначала спросите нас.",
}


def text(answer):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def to(name, brief, *more):
    return reverse(f"figures:{name}", args=[brief.pk, *more])


def begin(world, register, country="XA", by="bakyt", **more):
    client = world.client(by)
    sent = {**TEXTS, "figures": [one.number for one in register], **more}
    answer = client.post(reverse("figures:write_brief", args=[country]), sent)
    assert answer.status_code == 302, text(answer)
    return Brief.objects.latest("edited_at")


def ask(world, brief, reader="amina", by="bakyt"):
    return world.client(by).post(to("ask_reader", brief), {"reader": str(world.staff[reader].pk)})


def read(world, brief, reader="amina", **more):
    return world.client(reader).post(to("read_brief", brief), {**GOOD, **more})


def clear(world, brief, by="saule", **more):
    brief.refresh_from_db()
    return world.client(by).post(to("clear_brief", brief), {"outcome": "clear", "seen": brief.digest, **more})


def published(world, brief):
    ask(world, brief)
    read(world, brief)
    clear(world, brief)
    world.client("bakyt").post(to("publish_brief", brief))
    brief.refresh_from_db()
    assert brief.state == "published"
    return brief
