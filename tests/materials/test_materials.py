"""A society publishes a file: brought, looked at by a second person, shown, replaced, taken off."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from panah.ground.audit.models import Entry
from panah.ground.foundation import dialled_numbers
from panah.ground.foundation.errors import Refusal
from panah.ground.vault.models import StaffKey
from panah.ground.work.queries import items_of
from panah.people.materials import actions as materials
from panah.people.materials import queries
from panah.people.materials.models import Draft, Piece, Version
from panah.people.materials.words import LOOK, VersionState
from tests.materials.making import TITLE, draft, mp3, pdf, picture, published, typed, uploaded


def seen_on(client, url):
    return re.search(r'name="seen" value="([^"]*)"', client.get(url).text)[1]


def test_ibrat_brings_a_leaflet_and_bakyt_reads_and_publishes_it(world):
    ibrat, bakyt = world.client("ibrat"), world.client("bakyt")
    answer = ibrat.post(reverse("materials:add"), typed(title_ru="Перед поездкой на работу"))
    row = Draft.objects.get()
    here = reverse("materials:draft", args=[row.pk])
    assert answer.url == here
    assert {one.owner.username for one in items_of(row.pk, purpose=LOOK)} == {"bakyt", "saule"}
    # Nobody outside sees it, and whoever brought it is offered no button.
    assert queries.published() == []
    assert "Publish at the public door" not in ibrat.get(here).text
    assert ibrat.post(reverse("materials:publish", args=[row.pk])).status_code == 404
    file = bakyt.get(reverse("materials:draft_file", args=[row.pk]))
    assert file.content.startswith(b"%PDF-") and "attachment" in file.headers["Content-Disposition"]
    answer = bakyt.post(reverse("materials:publish", args=[row.pk]), {"seen": seen_on(bakyt, here)})
    version = Version.objects.get()
    assert answer.url == reverse("materials:version", args=[version.pk])
    assert (version.number, version.pages, version.written_by, version.published_by) == (
        1,
        2,
        "Ibrat",
        "Bakyt",
    )
    assert not Draft.objects.exists() and not items_of(row.pk, purpose=LOOK)
    (paper,) = queries.published()
    assert paper.titles == {"en": TITLE, "ru": "Перед поездкой на работу"}
    assert queries.file_of(version.pk).body == file.content
    # A second press, and whoever comes to the draft, finds what it became.
    assert bakyt.post(reverse("materials:publish", args=[row.pk])).url == answer.url == ibrat.get(here).url
    events = set(Entry.objects.filter(about=version.pk).values_list("event", flat=True))
    assert {"materials:draft:begun", "materials:version:published"} <= events


def test_whoever_brought_or_changed_it_does_not_publish_it(world):
    row = draft(world, by="bakyt")
    materials.change_draft(
        draft=row, titles={"en": "Another title"}, audiences=["employers"], what="poster",
        by=world.staff["saule"], at=timezone.now(),
    )  # fmt: skip
    for name in ("bakyt", "saule"):
        with pytest.raises(Refusal) as refused:
            materials.publish(draft=row, by=world.staff[name], at=timezone.now())
        assert refused.value.code == "second-person"
    assert not Version.objects.exists()


def test_one_person_with_two_accounts_does_not_publish_what_she_brought(world):
    # Bakyt made himself a second account: nobody else has said to know its owner.
    StaffKey.objects.filter(staff=world.staff["saule"]).update(
        admitted_by=world.staff["bakyt"], known_by=None
    )
    row = draft(world, by="bakyt")
    with pytest.raises(Refusal) as refused:
        materials.publish(draft=row, by=world.staff["saule"], at=timezone.now())
    assert refused.value.code == "known-to-one" and not Version.objects.exists()
    StaffKey.objects.filter(staff=world.staff["saule"]).update(known_by=world.staff["zarina"])
    materials.publish(draft=row, by=world.staff["saule"], at=timezone.now())
    assert len(queries.published()) == 1


def test_what_was_changed_after_bakyt_looked_is_not_published_unseen(world):
    bakyt, row = world.client("bakyt"), draft(world)
    here = reverse("materials:draft", args=[row.pk])
    seen = seen_on(bakyt, here)
    materials.change_draft(
        draft=row, titles={"en": "Another"}, audiences=["everybody"], what="poster",
        by=world.staff["ibrat"], at=timezone.now(),
    )  # fmt: skip
    answer = bakyt.post(reverse("materials:publish", args=[row.pk]), {"seen": seen})
    assert (
        "A colleague has changed this entry in the meantime" in answer.text and not Version.objects.exists()
    )


def test_the_next_version_takes_the_place_of_the_first_which_is_kept(world):
    first = published(world)
    ibrat = world.client("ibrat")
    answer = ibrat.post(reverse("materials:next", args=[first.pk]))
    row = Draft.objects.get()
    assert answer.url == reverse("materials:draft", args=[row.pk]) and row.sha256 == first.sha256
    change = reverse("materials:change", args=[row.pk])
    sent = typed(pdf(pages=3), seen=seen_on(ibrat, change), title_kk="Жұмысқа барар алдында")
    assert ibrat.post(change, sent).status_code == 302
    row.refresh_from_db()
    assert (row.pages, row.titles["kk"]) == (3, "Жұмысқа барар алдында")
    second = materials.publish(draft=row, by=world.staff["saule"], at=timezone.now())
    first.refresh_from_db()
    assert (second.number, first.state) == (2, VersionState.REPLACED)
    assert [one.pk for one in queries.published()] == [second.pk]
    assert queries.file_of(first.pk) is None
    page = world.client("bakyt").get(reverse("materials:version", args=[second.pk])).text
    assert "Version 1" in page and "replaced by a newer version" in page
    assert world.client("bakyt").get(reverse("materials:file", args=[first.pk])).status_code == 200


def test_bakyt_takes_a_file_off_at_once(world):
    row = published(world)
    world.client("bakyt").post(reverse("materials:withdraw", args=[row.pk]))
    row.refresh_from_db()
    assert (
        row.state == VersionState.WITHDRAWN and queries.published() == [] and queries.file_of(row.pk) is None
    )
    # It can be begun anew from what was there.
    assert materials.begin_next(version=row, by=world.staff["ibrat"], at=timezone.now()).sha256 == row.sha256


def test_a_wrong_form_keeps_what_was_typed_and_says_what_is_missing(world):
    answer = world.client("ibrat").post(
        reverse("materials:add"), typed(b"-", title_kk="Жұмысқа", audiences=[])
    )
    assert answer.status_code == 422 and not Draft.objects.exists()
    assert "Choose a file." in answer.text and 'value="Жұмысқа"' in answer.text
    answer = world.client("ibrat").post(reverse("materials:add"), typed(title_en=""))
    assert "Write the title in each language that the file speaks." in answer.text


def test_daler_of_the_other_society_sees_no_draft_and_changes_nothing(world):
    row, shown = draft(world), published(world)
    rustam = world.client("rustam")
    for name in ("draft", "change", "draft_file"):
        assert rustam.get(reverse(f"materials:{name}", args=[row.pk])).status_code == 404
    for name in ("publish", "drop"):
        assert rustam.post(reverse(f"materials:{name}", args=[row.pk])).status_code == 404
    for name in ("next", "withdraw"):
        assert rustam.post(reverse(f"materials:{name}", args=[shown.pk])).status_code == 404
    assert TITLE not in rustam.get(reverse("materials:list")).text
    assert world.client("amina").get(reverse("materials:list")).status_code == 404
    assert Draft.objects.count() == 1 and len(queries.published()) == 1


def swap_bytes(version):
    Piece.objects.filter(version=version).update(body=pdf(pages=1))


def swap_all(version):
    other = pdf(pages=1)
    swap_bytes(version)
    import hashlib

    Version.objects.filter(pk=version.pk).update(sha256=hashlib.sha256(other).hexdigest(), size=len(other))


@pytest.mark.parametrize(
    "change",
    [
        swap_bytes,
        swap_all,
        lambda v: Version.objects.filter(pk=v.pk).update(titles={"en": "Ring this number"}),
        lambda v: Version.objects.filter(pk=v.pk).update(type="text"),
        lambda v: Piece.objects.filter(version=v).delete(),
    ],
    ids=["bytes", "bytes and their hash", "title", "kind", "no bytes"],
)
def test_what_a_writer_in_the_database_swaps_is_not_given_out(world, change):
    row = published(world)
    assert queries.file_of(row.pk)
    change(row)
    assert queries.file_of(row.pk) is None


def test_a_writer_in_the_database_publishes_nothing_and_brings_nothing_back(
    world, django_capture_on_commit_callbacks
):
    first = published(world)
    row = materials.begin_next(version=first, by=world.staff["ibrat"], at=timezone.now())
    materials.change_draft(
        draft=row, titles={"en": "New"}, audiences=["everybody"], what="poster", file=pdf(pages=1),
        by=world.staff["ibrat"], at=timezone.now(),
    )  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        second = materials.publish(draft=row, by=world.staff["bakyt"], at=timezone.now())
    # The old version shown again, the new one withdrawn, and a row that nobody published.
    Version.objects.filter(pk=first.pk).update(state=VersionState.SHOWN, ended_on=None)
    Version.objects.filter(pk=second.pk).update(state=VersionState.WITHDRAWN, ended_on=timezone.localdate())
    planted = Version.objects.get(pk=second.pk)
    planted.pk, planted.number, planted.state, planted.ended_on = None, 9, VersionState.SHOWN, None
    planted._state.adding = True
    planted.save()
    assert queries.published() == []
    page = world.client("bakyt").get(reverse("materials:version", args=[first.pk])).text
    assert "This was changed outside Panah." in page
    assert len(dialled_numbers.changed_of(world.societies["north"].pk)) == 3


def test_a_restored_backup_counts_as_it_came_back(world):
    row = published(world)
    Version.objects.filter(pk=row.pk).update(titles={"en": "As it was before"})
    assert queries.published() == []
    dialled_numbers.accept(world.societies["north"].pk)
    assert queries.published()[0].titles == {"en": "As it was before"}


def test_the_page_about_offers_finds_the_sound_in_its_language(world):
    published(
        world, body=mp3(28), titles={"ru": "Проверьте предложение"}, audiences=["offer-sound"], what="sound"
    )
    published(
        world, body=picture("PNG"), titles={"ky": "Текшериңиз"}, audiences=["offer-picture"], what="picture"
    )
    assert queries.sound("ru").seconds == 28 and queries.sound("en") is None
    assert queries.picture("ky").type == "jpeg" and queries.picture("ru") is None


@pytest.mark.parametrize(
    ("body", "audience", "code"),
    [
        (mp3(70), "offer-sound", "no-sound-to-share"),
        (picture(), "offer-sound", "no-sound-to-share"),
        (pdf(), "offer-picture", "no-picture-to-share"),
    ],
    ids=["too long", "no sound", "no picture"],
)
def test_what_is_to_go_round_in_a_messenger_is_short_and_small(world, body, audience, code):
    with pytest.raises(Refusal) as refused:
        draft(world, body=body, audiences=[audience])
    assert refused.value.code == code and not Draft.objects.exists()


def test_a_list_of_many_asks_the_database_as_often_as_one_of_few(world, django_assert_num_queries):
    published(world)
    # What was kept of each is asked for at once too, in the shred store.
    with django_assert_num_queries(1):
        assert len(queries.published()) == 1
    for one in range(4):
        published(world, titles={"en": f"Practice {one}"})
    with django_assert_num_queries(1):
        assert len(queries.published()) == 5


def test_pressed_twice_a_file_is_kept_once(world):
    row = draft(world)
    assert draft(world, pk=row.pk).pk == row.pk and Draft.objects.count() == 1


def test_what_ibrat_types_while_the_draft_is_published_or_thrown_away_is_still_there(world):
    ibrat = world.client("ibrat")
    for end in (materials.publish, materials.drop_draft):
        row = draft(world)
        end(draft=row, by=world.staff["bakyt"], at=timezone.now())
        change = reverse("materials:change", args=[row.pk])
        answer = ibrat.post(change, {"file": uploaded(pdf()), **typed(b"-", title_ky="Мындан да жакшы")})
        assert answer.status_code == 422 and 'value="Мындан да жакшы"' in answer.text
        assert "This draft was published or thrown away meanwhile." in answer.text
        assert ibrat.get(change).status_code == 302
    assert Version.objects.get().titles == {"en": TITLE}
