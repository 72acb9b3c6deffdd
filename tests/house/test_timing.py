"""What a run says of its time."""

from types import SimpleNamespace

from tests.timing import lines, room_of, totals


def part(test, processor, seconds):
    return SimpleNamespace(nodeid=test, processor=processor, duration=seconds)


def test_the_ten_slowest_come_first_and_each_room_is_summed_with_what_made_its_tests_ready():
    reports = [part(f"tests/work/test_a.py::test_{n}", 0.5, 1.0) for n in range(12)]
    reports += [
        part("tests/vault/test_b.py::test_slow", 2.0, 3.0),
        part("tests/vault/test_b.py::test_slow", 7.0, 8.0),
    ]
    said = [" ".join(line.split()) for line in lines(totals(reports))]
    assert said[:2] == [
        "processor seconds the ten slowest tests",
        "9.0 11.0 tests/vault/test_b.py::test_slow",
    ]
    assert said[11:] == ["processor seconds rooms", "6.0 12.0 work", "9.0 11.0 vault"]


def test_a_room_that_takes_more_than_a_minute_is_named():
    reports = [
        part("tests/work/test_a.py::test_c", 59.0, 70.0),
        part("tests/vault/test_b.py::test_c", 61.0, 61.0),
    ]
    assert lines(totals(reports))[-1] == "More than a minute of a processor: vault"


def test_a_room_is_the_folder_of_the_test():
    assert room_of("tests/work/test_a.py::test_b[c/d]") == "work"
    assert room_of("tests/test_a.py::test_b") == "tests"
