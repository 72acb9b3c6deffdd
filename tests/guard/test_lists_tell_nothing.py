"""Whatever is coded of a person, no list says it, on the screen or printed, in neither language.

"Child, forced begging, has a bed" is a name in a small town; "forced criminality" is evidence against the person; the
hours of a detention say where somebody is. With the vault open too a list shows when something is due, how urgent it
is, and whether it is about an adult or a child. The rest stands on the page of the case or of the contact.
"""

from collections import Counter
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.urls import reverse, reverse_lazy
from django.utils import timezone, translation

from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.models import DueItem
from panah.people.cases import actions as cases
from panah.people.cases.words.due_types import EXTRA
from panah.people.cases.words.terms import ClockKind
from tests.casework import at, opened
from tests.guard.addresses import ADDRESSES
from tests.guard.coded import (
    LANGUAGES,
    STEMS,
    coded_in,
    everything_coded,
    line_of,
    somebody_rings_from_a_cell,
    speaks,
)

WHO = ("amina", "bakyt", "elena", "gulnar", "zarina", "nurlan", "timur", "cholpon")
# Who is held is asked for on a page of its own, by whoever can open those cases: it says that, and nothing more.
WHO_IS_HELD = reverse_lazy("cases:held_now")


def lists_of(who):
    """The pages of no thing that a colleague may read: her lists, what she counts, what she searches and exports."""
    return sorted(
        one.path({})
        for one in ADDRESSES.values()
        if not one.of_a_thing and one.answers["GET"].get(who, "").startswith("page")
    )


def found_on(client, path, language):
    answer = client.get(path)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    found = coded_in(body.decode(errors="replace"), language)
    return Counter(
        {word: n for word, n in found.items() if path != WHO_IS_HELD or word not in STEMS[language]}
    )


@contextmanager
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_list_of_any_colleague_says_what_is_coded_of_a_person(world, language):
    speaks(world, language)
    case, child, line = opened(world), opened(world), line_of(world)
    clients = {who: world.client(who) for who in WHO}
    pages = {who: lists_of(who) for who in WHO}
    assert "/" in pages["amina"] and any("team" in one for one in pages["bakyt"])
    told = []
    with undone():
        everything_coded(world, case, child)
        somebody_rings_from_a_cell(world, clients["elena"], line)
        after = {
            (who, path): words
            for who in WHO
            for path in pages[who]
            if (words := found_on(clients[who], path, language))
        }
        assert DueItem.objects.filter(file=case.file_id, done_at=None).count() > len(ClockKind)
    for (who, path), words in after.items():
        more = words - found_on(clients[who], path, language)
        told += [(who, path, word) for word in more]
    assert not told, "\n".join(map(str, told))


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_its_own_page_whoever_opens_the_file_reads_what_it_is(world, language):
    """A control of the test above: what is planted is there, in the words that are searched."""
    speaks(world, language)
    case, child = opened(world), opened(world)
    everything_coded(world, case, child)
    amina = world.client("amina")
    page = amina.get(at("case", case)).text.casefold() + amina.get(at("dates", case)).text.casefold()
    with translation.override(language):
        labels = [str(one.label).casefold() for one in ClockKind]
    assert [one for one in labels if one not in page] == []
    items = list(DueItem.objects.filter(file=case.file_id, purpose="deadline", done_at=None))
    said = [one.say for one in work_queries.with_sentences(items, keys=world.keys("amina"))]
    listed = [one.say for one in work_queries.lines_of_list(items, keys=world.keys("amina"))]
    assert len(set(said)) == len(ClockKind) + 1, "the hours of detention have what happens then, too"
    assert len(set(listed)) == 1
    own = {amina.get(reverse("desk:item", args=[item.pk])).text.casefold() for item in items}
    assert [one for one in labels if not any(one in page for page in own)] == []


def test_a_colleagues_own_words_stay_hers_in_a_list(world):
    case, keys, now = opened(world), world.keys("amina"), timezone.now()
    item = work.due(EXTRA, cases.on_case(case), keys=keys, sentence="Ring her sister", at=now)
    [line] = work_queries.lines_of_list([item], keys=keys)
    assert line.say == "Ring her sister"
    assert work_queries.lines_of_list([item], keys=world.keys("cholpon"))[0].say == ""
