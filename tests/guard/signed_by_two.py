"""Everything that one writes and a second person signs: how it is begun, changed and signed, room by room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone

from panah.people.materials import actions as materials
from panah.people.page_texts import actions as page_texts
from panah.people.page_texts.sentences import sentence_of
from panah.programmes.cooperation import actions as cooperation
from panah.programmes.cooperation.models import Practice
from panah.programmes.diplomacy import actions as diplomacy
from panah.programmes.figures import actions as figures
from panah.programmes.training import actions as training
from panah.programmes.training.curricula import delivered
from tests.materials.making import draft as material


@dataclass(frozen=True)
class Signed:
    """``begin(world, by)`` returns a row that can be signed; ``edit``: None where nobody changes it once it is made.

    ``page``: the address at which whoever may not sign reads why. ``columns``: what the row says of who wrote it.
    """

    begin: Callable[[Any, Any], Any]
    edit: Callable[[Any, Any], object] | None
    sign: Callable[[Any, Any], object]
    page: str
    columns: Callable[[Any], dict[str, object]]


def commitment_of(by: Any) -> dict[str, Any]:
    day = timezone.localdate()
    return {
        "kind": "individual", "title": "x", "provisions": ["palermo/9"], "objective": "x", "begins_on": day,
        "ends_on": day + timedelta(days=90), "focal": str(by.pk),
    }  # fmt: skip


def reviewed(world: Any, by: Any) -> Practice:
    row = cooperation.write_practice(
        language="en", title="x", need="x", done="x", took="x", by=by, at=timezone.now()
    )
    return in_review(world, row)


def in_review(world: Any, row: Practice) -> Practice:
    """The south has found it good."""
    Practice.objects.filter(pk=row.pk).update(
        state="reviewed", reviewer=world.societies["south"], reviewed_on=timezone.localdate()
    )
    row.refresh_from_db()
    return row


def rewrite(row: Practice, by: Any) -> None:
    south = row.reviewer
    cooperation.call_back(practice=row, by=by, at=timezone.now())
    cooperation.change_practice(practice=row, title="y", by=by, at=timezone.now())
    Practice.objects.filter(pk=row.pk).update(
        state="reviewed", reviewer=south, reviewed_on=timezone.localdate()
    )


def module(world: Any, by: Any) -> Any:
    row = training.begin_copy(languages=delivered()["safe-response"], by=by, at=timezone.now())
    training.make_ready(draft=row, by=by, at=timezone.now())
    return row


def change_module(row: Any, by: Any) -> None:
    training.rearrange(draft=row, part_earlier=1, by=by, at=timezone.now())
    training.make_ready(draft=row, by=by, at=timezone.now())


def text_of_the_door(by: Any, text: str) -> Any:
    return page_texts.correct(
        sentence=sentence_of("Leave this page"), language="ru", texts=[text], by=by, at=timezone.now()
    )


def sentence(world: Any, by: Any) -> Any:
    return figures.write_sentence(
        country="XA", value="7", sentence_en="x", sentence_ru="x", source_said="x", by=by, at=timezone.now()
    )


def writer(name: str) -> Callable[[Any], dict[str, object]]:
    return lambda other: {name: other}


def hands(other: Any) -> dict[str, object]:
    return {"hands": [str(other.pk)]}


SIGNED = {
    "commitment": Signed(
        lambda world, by: diplomacy.draft_commitment(by=by, at=timezone.now(), **commitment_of(by)),
        lambda row, by: diplomacy.change_commitment(
            commitment=row, by=by, at=timezone.now(), **commitment_of(by) | {"objective": "x."}
        ),
        lambda row, by: diplomacy.sign_off(commitment=row, by=by, at=timezone.now()),
        "diplomacy:commitment",
        writer("changed_by"),
    ),
    "plan of a commitment": Signed(
        lambda world, by: diplomacy.draft_commitment(by=by, at=timezone.now(), **commitment_of(by)),
        lambda row, by: diplomacy.add_supporter(
            commitment=row, name="x", kind="society", by=by, at=timezone.now()
        ),
        lambda row, by: diplomacy.sign_off(commitment=row, by=by, at=timezone.now()),
        "diplomacy:commitment",
        writer("changed_by"),
    ),
    "follow-up report": Signed(
        lambda world, by: diplomacy.make_report(about="", language="en", by=by, at=timezone.now()),
        None,
        lambda row, by: diplomacy.decide_report(report=row, state="cleared", by=by, at=timezone.now()),
        "diplomacy:report",
        writer("made_by"),
    ),
    "good practice": Signed(
        reviewed,
        rewrite,
        lambda row, by: cooperation.publish(practice=row, by=by, at=timezone.now()),
        "cooperation:practice",
        writer("changed_by"),
    ),
    "module": Signed(
        module,
        change_module,
        lambda row, by: training.publish_draft(draft=row, by=by, at=timezone.now()),
        "training:draft",
        writer("changed_by"),
    ),
    "material": Signed(
        lambda world, by: material(world, by=by.username),
        lambda row, by: materials.change_draft(
            draft=row, titles={"en": "y"}, audiences=["employers"], what="poster", by=by, at=timezone.now()
        ),
        lambda row, by: materials.publish(draft=row, by=by, at=timezone.now()),
        "materials:draft",
        lambda other: {"changed_by": other, **hands(other)},
    ),
    "text of the door": Signed(
        lambda world, by: text_of_the_door(by, "Уйти"),
        lambda row, by: text_of_the_door(by, "Уйти отсюда"),
        lambda row, by: page_texts.publish(correction=row, by=by, at=timezone.now()),
        "",
        hands,
    ),
    "sentence with a figure": Signed(
        sentence,
        None,
        lambda row, by: figures.decide_on_sentence(
            sentence=row, state="cleared", by=by, at=timezone.now()
        ),
        "figures:sentence",
        writer("written_by"),
    ),
    "brief": Signed(
        lambda world, by: brief(world, by),
        None,
        lambda row, by: figures.ask_to_read(
            brief=row, reader=str(by.pk), by=row.author, at=timezone.now()
        ),
        "",
        lambda other: {},
    ),
}  # fmt: skip


def brief(world: Any, by: Any) -> Any:
    source = figures.add_source(publisher="x", title="x", kind="report", by=by, at=world.at)
    seven = Decimal(7)
    claim = figures.Claim(
        measure="assisted", as_printed="7", low=seven, high=seven, country="XA", data_year=2024, quote="7"
    )
    one = figures.enter(claim=claim, source=source, by=by, at=world.at)
    texts = {f"{name}_{tag}": "x" for name in ("title", "says", "unknown", "note") for tag in ("en", "ru")}
    return figures.begin_brief(country="XA", figures=[one.number], by=by, at=timezone.now(), **texts)


def address_of(one: Signed, row: Any) -> str:
    return reverse(one.page, args=[row.pk])
