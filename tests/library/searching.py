"""A search of the library, and what it finds."""

import html
import re

from django.urls import reverse


def text(answer):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", answer.content.decode())).split())


def look(client, words="", **more):
    answer = client.post(reverse("library:search"), {"words": words, **more})
    assert answer.status_code == 200, text(answer)
    return answer


def found(answer):
    """The titles of the hits, in order."""
    rows = re.findall(r'<li class="row">.*?<a href="([^"]+)"[^>]*>(.*?)</a>', answer.content.decode(), re.S)
    return [" ".join(html.unescape(re.sub(r"<[^>]+>", "", title)).split()) for _href, title in rows]


def link(answer, title):
    rows = re.findall(r'<li class="row">.*?<a href="([^"]+)"[^>]*>(.*?)</a>', answer.content.decode(), re.S)
    return next(
        html.unescape(href)
        for href, told in rows
        if re.sub(r"<[^>]+>|\s+", "", told) == title.replace(" ", "")
    )
