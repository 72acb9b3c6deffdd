"""A referral to the other society, over the real wire: what the person agreed to is read there, and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from benchmarks.columns.stage import Stage
from benchmarks.columns.walk import Came, Journey
from panah.ground.exchange import actions as exchange
from panah.ground.exchange import cards
from panah.people.cases import queries as cases_queries

if TYPE_CHECKING:
    from tests.referrals.across import Story

KEPT = ("here", "there", "offer", "consent")


def _both_are_paired(stage: Stage) -> None:
    """North and South have compared their words. Amina's case is agreed about; another one was opened before."""
    from tests.referrals.across import agree, open_case

    stage.all_sign_in()
    now = timezone.now()
    for here, there in (("bakyt", "rustam"), ("rustam", "bakyt")):
        address = f"https://{stage.staff[there].society.slug}.example"
        row = exchange.open_card(keys=stage.keys(there), address=address, at=now)
        text = cards.read_body(bytes(row.body), bytes(row.signature)).text()
        peer = exchange.take_card(keys=stage.keys(here), raw=text, at=now)
        exchange.compare(keys=stage.keys(here), peer=peer, words=cards.words_of(cards.read(text)), at=now)
    open_case(stage)
    case = open_case(stage)
    stage.kept |= {"case": case.pk, "consent": agree(stage, case), "here": "", "there": "", "offer": ""}


def _story(stage: Stage) -> Story:
    """Return the two colleagues where the step before left them."""
    from tests.referrals.across import Story

    story = Story.__new__(Story)
    story.world = stage
    story.amina, story.rustam, story.daler = (stage.client(name) for name in Story.BROWSERS)
    for name in KEPT:
        setattr(story, name, stage.kept[name])
    story.case = cases_queries.by_id(stage.kept["case"], to=stage.staff["amina"])
    return story


def _left(stage: Stage, story: Story) -> None:
    stage.kept |= {name: getattr(story, name) for name in KEPT}


def _it_is_prepared(stage: Stage) -> None:
    story = _story(stage)
    story.prepare(need=NEED)
    _left(stage, story)


NEED = "Practice: a bed beside the lake."


def _it_is_sealed_and_leaves(stage: Stage) -> None:
    story = _story(stage)
    story.seal()
    story.deliver()


def _south_accepts(stage: Stage) -> None:
    story = _story(stage)
    story.open_offer()
    story.accept()
    story.deliver()
    _left(stage, story)


def _referral_came(stage: Stage) -> Came:
    from tests.referrals.across import CALLED, STAYS

    places = [stage.kept[one] for one in ("here", "offer", "there")]
    places.append(f"/cases/{stage.kept['there'].split('/')[2]}/" if stage.kept["there"] else "")
    words = {"reads the need": NEED, "reads the name": CALLED, "reads what stays": STAYS}
    return stage.who_sees(words, *places)


REFERRAL = Journey(
    "referral", _both_are_paired, (_it_is_prepared, _it_is_sealed_and_leaves, _south_accepts), _referral_came
)
JOURNEYS_ACROSS = (REFERRAL,)
