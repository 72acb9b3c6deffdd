"""After a withdrawal: the texts written since that still tell what came, and what the sender truly hears."""

from __future__ import annotations

import json

import pytest
from django.utils import timezone

from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.people.referrals.residual_mentions import redacted
from tests.referrals.across import CALLED, Story, text_of
from tests.referrals.withdrawing import withdraw


@pytest.fixture
def story(world, paired):
    return Story.begun(world)


def write_note(story: Story, world, text: str) -> None:
    keys = world.keys("daler")
    vault.add(keys=keys, file=story.theirs.file_id, part="note", value={"text": text}, at=timezone.now())


def notes(story: Story, world) -> list[str]:
    rows = vault_queries.read_all(keys=world.keys("daler"), file=story.theirs.file_id, part="note")
    return [row.value["text"] for row in rows]


def decide(story: Story, **by_text: str) -> dict[str, str]:
    """What Daler chooses for each text on the page, by a word that stands in it."""
    html = story.daler.get(f"{story.there}came/").content.decode()
    chosen = {}
    for section in html.split('<section class="guide" id="text-')[1:]:
        name = section.split('name="text_')[1].split('"')[0]
        (decision,) = [d for word, d in by_text.items() if word in section]
        chosen[f"text_{name}"] = decision
    assert len(chosen) == len(by_text)
    return chosen


def test_a_text_written_since_is_shown_and_a_person_decides_about_each(story, world):
    story.first(Story.accepted)
    write_note(story, world, "Тюлип came at noon and rests")
    write_note(story, world, "number 111 222 was dialled, Tulip did not answer")
    write_note(story, world, "Her word to us: call me Tulip")
    write_note(story, world, "the room is warm")
    withdraw(story)
    story.deliver()
    came = f"{story.there}came/"
    page = text_of(story.daler.get(came))
    assert "came at noon" in page
    assert "the room is warm" not in page
    undecided = story.daler.post(came, {"how": "erased", "ground": ""})
    assert "Look at this text and choose" in text_of(undecided)
    assert CALLED in json.dumps(
        vault_queries.value_of(keys=world.keys("daler"), file=story.theirs.file_id, part="identity")
    )
    choices = decide(story, noon="redact", dialled="erase", call="keep")
    assert "needs a ground of our own" in text_of(
        story.daler.post(came, {"how": "erased", "ground": "", **choices})
    )
    sent = {"how": "erased", "ground": "told us on Monday", **choices}
    assert story.daler.post(came, sent).status_code == 302
    left = notes(story, world)
    assert "[…] came at noon and rests" in left
    assert "Her word to us: call me Tulip" in left
    assert not any("dialled" in one for one in left)
    assert "Kept on a ground of our own" in text_of(story.daler.get(came))
    story.deliver()
    read = text_of(story.does("amina", "take_up"))
    assert "They erased a part, and keep the rest" in read
    assert "Kept: what to call the person" in read
    assert "told us on Monday" not in read


def test_erased_is_said_only_when_no_text_keeps_it(story, world):
    story.first(Story.accepted)
    write_note(story, world, "Tulip came at noon")
    withdraw(story)
    story.deliver()
    chosen = decide(story, noon="redact")
    assert (
        story.daler.post(f"{story.there}came/", {"how": "erased", "ground": "", **chosen}).status_code == 302
    )
    assert "Tulip" not in json.dumps(notes(story, world))
    story.deliver()
    read = text_of(story.does("amina", "take_up"))
    assert "Erase what came" in read
    assert "Kept:" not in read


def test_a_text_that_changes_while_somebody_decides_is_looked_at_again(story, world):
    story.first(Story.accepted)
    write_note(story, world, "Tulip came at noon")
    withdraw(story)
    story.deliver()
    chosen = decide(story, noon="erase")
    write_note(story, world, "Tulip went out at four")
    again = story.daler.post(f"{story.there}came/", {"how": "erased", "ground": "", **chosen})
    assert "went out at four" in text_of(again)
    assert "Tulip came at noon" in notes(story, world)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Гульзиру Тестову ждут", "[…] […] ждут"),
        ("Gulzira's son", "[…]'s son"),
        ("call +000 111 222 or 000111222", "call […] or […]"),
        ("GULZIRA, born in May", "[…], born in May"),
        ("Gulnar keeps the house", "Gulnar keeps the house"),
        ("a street girl of 111 houses", "a street girl of 111 houses"),
        ("she slept under the third bridge by the mill. Then?", "she […]. Then?"),
    ],
)
def test_names_are_known_again_in_other_scripts_and_endings_and_numbers_by_their_end(text, left):
    came = {
        "names": "Gulzira Testova",
        "phone": "+000111222, evenings",
        "story": "slept under the third bridge by the mill",
    }
    assert redacted(text, came) == left
