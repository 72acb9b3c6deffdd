"""Two placements for one bed at the same moment: one wins, the other is told."""

import pytest
from django.utils import timezone

from panah.ground.foundation.errors import Refusal
from panah.people.shelter import actions
from panah.people.shelter.models import Night, Stay
from tests.shelter.conftest import a_case, ask, look
from tests.shelter.two_at_once import at_once


@pytest.mark.django_db(transaction=True)
def test_of_two_placements_one_wins_and_the_other_reads_what_is_free(world, house, beds):
    for round_ in range(4):
        stays = [ask(world, house, a_case(world), nights=3 + number) for number in range(2)]

        def giving(stay, who):
            keys, opened = world.keys(who), look(world, stay, who)
            return lambda: actions.give_bed(keys=keys, opened=opened, bed=beds["1a"], at=timezone.now())

        results = at_once(giving(stays[0], "gulnar"), giving(stays[1], "bakyt"))
        won = [one for one in results if isinstance(one, Stay)]
        lost = [one for one in results if isinstance(one, Refusal)]
        assert (len(won), len(lost)) == (1, 1), (round_, results)
        assert lost[0].code == "bed-taken"
        assert "Room 1, bed b" in str(lost[0].next_step)
        assert set(Night.objects.values_list("stay", flat=True)) == {won[0].pk}
        assert sorted(Stay.objects.filter(pk__in=[s.pk for s in stays]).values_list("state", flat=True)) == [
            "asked",
            "placed",
        ]
        Night.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_who_decide_about_one_request_do_not_give_two_beds(world, house, beds):
    stay = ask(world, house, a_case(world))

    def giving(who, bed):
        keys, opened = world.keys(who), look(world, stay, who)
        return lambda: actions.give_bed(keys=keys, opened=opened, bed=beds[bed], at=timezone.now())

    results = at_once(giving("gulnar", "1a"), giving("bakyt", "1b"))
    refused = [one for one in results if isinstance(one, Refusal)]
    assert [one.code for one in refused] == ["wrong-step"]
    assert Night.objects.values("bed").distinct().count() == 1
