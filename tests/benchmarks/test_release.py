"""The bench of releases compares as it says, and goes on without peers that cannot be had."""

import pytest

from benchmarks.release import _figures, peers
from benchmarks.release.people import GENERATORS, delta, domain, errors
from panah.programmes.release.counting import by_column


@pytest.mark.parametrize("generator", GENERATORS)
def test_people_compared_with_themselves_differ_in_nothing_and_with_others_in_something(generator):
    people, others = (by_column(GENERATORS[generator](domain(), 2_000, seed)) for seed in (1, 2))
    same, other = errors(people, people), errors(people, others)
    for order in (1, 2, 3):
        name = f"mean error of {order}-way counts of 10 and more, people"
        assert same[name] == 0 < other[name]
        assert 0 < same[f"{name}; floor"] == other[f"{name}; floor"]
        assert (
            same[f"lost {order}-way combinations, share"]
            == 0
            == same[f"fabricated {order}-way combinations, share"]
        )
    assert other["lost 3-way combinations, share"] > 0


def test_a_seed_makes_the_same_people_again():
    for make in GENERATORS.values():
        assert (make(domain(), 100, 5) == make(domain(), 100, 5)).all()


def test_a_figure_is_the_median_of_its_draws_beside_the_median_of_their_floors():
    runs = [{"fit, CPU s": took, "fit, CPU s; floor": took / 2} for took in (9.0, 1.0, 2.0)]
    (figure,) = _figures("Panah", "no classes", 10, runs)
    assert (figure.case, figure.value, figure.floor, figure.unit) == (
        "no classes: Panah, fit",
        2.0,
        1.0,
        "CPU s",
    )
    assert list(_figures("MST", "no classes", 10, [])) == []


def test_peers_that_cannot_be_installed_are_said_in_a_line(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(peers, "FOLDER", tmp_path / "peers")
    monkeypatch.setattr(peers.sys, "executable", str(tmp_path / "no-python"))
    assert peers.environment() is None
    assert "could not be installed" in capsys.readouterr().err


def test_delta_is_below_one_person():
    assert delta(10_000) < 1 / 10_000
