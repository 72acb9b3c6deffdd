"""The benches measure what they say: the floor asks what the page asks, and a full register is a real one."""

import json
import os
import subprocess
import sys
from random import Random

import pytest
from django.apps import apps

from benchmarks import baseline_views, facts_counting, seed
from benchmarks.figures import Figure
from benchmarks.registry import all_benches
from panah.ground.vault.actions import cards as vault_cards

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture
def house(settings):
    settings.ROOT_URLCONF = "benchmarks.baseline_views"


def test_the_floor_asks_the_database_what_the_page_asks(world, house):
    seed.open_cases(world)
    client = world.client("bakyt")
    assert baseline_views.same_queries(client, "/cases/", "/bare/list") > 5
    assert baseline_views.same_queries(client, "/", "/bare/day") > 5


def test_a_floor_that_asks_less_fails_the_bench(world, house):
    with pytest.raises(RuntimeError, match="do not ask the same"):
        baseline_views.same_queries(world.client("bakyt"), "/cases/", "/bare/day")


def test_a_filled_register_shows_its_cases_to_those_who_hold_a_grant(world):
    seed.many_cases(world, seed.SHOWN + 1100)
    case = apps.get_model("cases.Case")
    assert case.objects.count() == 1100
    assert case.objects.filter(closed_at=None).count() == pytest.approx(733, abs=2)
    assert "50 shown" in world.client("bakyt").get("/cases/").text
    assert case.objects.filter(owner=world.staff["amina"]).count() == 2
    assert world.client("cholpon").get("/cases/").text.count('<th scope="row">') == 0


def test_a_filled_register_has_the_indexes_of_an_empty_one(world):
    from django.db import connection

    before = connection.introspection.get_constraints(connection.cursor(), "cases_case")
    seed.many_cases(world, seed.SHOWN + 10)
    assert set(connection.introspection.get_constraints(connection.cursor(), "cases_case")) == set(before)


def test_a_line_of_output_says_value_floor_and_ratio():
    line = Figure("pages", "list", 9.0, "ms CPU", 6.0, 50).line()
    assert (line["value"], line["floor"], line["ratio"], line["n"]) == (9.0, 6.0, 1.5, 50)


def test_every_bench_can_be_asked_for_and_prints_one_object_a_line():
    command = [sys.executable, "-m", "benchmarks", "--quick"]
    env = {
        k: v for k, v in os.environ.items() if not k.startswith("PANAH_") and k != "DJANGO_SETTINGS_MODULE"
    }
    made = subprocess.run([*command, "names"], capture_output=True, text=True, env=env, timeout=240)
    assert made.returncode == 0, made.stderr
    lines = [json.loads(line) for line in made.stdout.splitlines()]
    assert {"bench", "case", "value", "unit", "floor", "ratio", "n"} == set(lines[0])
    assert all(line["value"] >= line["floor"] for line in lines if line["case"].endswith(", all"))
    refused = subprocess.run([*command, "nothing"], capture_output=True, text=True, env=env, timeout=120)
    assert refused.returncode == 2
    assert all(name in refused.stderr for name in all_benches())


def test_the_floor_of_counting_facts_counts_what_the_keyholder_counts_and_fails_where_it_does_not(
    world, tmp_path
):
    chance, keys = Random(3), world.keys("bakyt")  # noqa: S311  made-up cards
    values = [facts_counting.card(chance) for _ in range(30)]
    facts_counting.write_loose(keys, values)
    vault_cards.compact(keys=keys, kind=vault_cards.FACTS)
    counted = facts_counting.must_count_alike(keys, facts_counting.in_clear(values, tmp_path))
    assert sum(one["counted"] for one in counted.values()) == 30
    with pytest.raises(RuntimeError, match="do not count the same"):
        facts_counting.must_count_alike(keys, facts_counting.in_clear(values[1:], tmp_path))


def test_the_register_of_volunteers_is_measured_at_the_sizes_that_are_asked_for():
    env = {
        k: v for k, v in os.environ.items() if not k.startswith("PANAH_") and k != "DJANGO_SETTINGS_MODULE"
    }
    command = [sys.executable, "-m", "benchmarks", "volunteers", "--rows"]
    made = subprocess.run([*command, "150,300"], capture_output=True, text=True, env=env, timeout=240)
    assert made.returncode == 0, made.stderr
    lines = {(line["case"], line["n"]): line for line in map(json.loads, made.stdout.splitlines())}
    pages = {
        "list, whole society",
        "list, by language",
        "list, by name",
        "counts by age and sex, one branch",
        "doubles",
    }
    for case in pages:
        assert lines[case, 150]["floor"] and lines[case, 300]["floor"]
        assert lines[f"{case}, beside the smallest register", 300]["floor"] == lines[case, 150]["value"]
    assert {lines["doubles looked for", rows]["floor"] > 0 for rows in (150, 300)} == {True}
    refused = subprocess.run([*command, "many"], capture_output=True, text=True, env=env, timeout=120)
    assert refused.returncode == 2 and "20000,200000" in refused.stderr
