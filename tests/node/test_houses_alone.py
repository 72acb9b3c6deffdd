"""A node that runs one house beside the ground: a society that informs and refers, or one that has programmes alone."""

from collections import Counter

import pytest

from tests.node_process import Node, own_postgres

# What only the other house brings: an address of it, and a package that serves programmes alone.
OTHERS = {"people": ("/volunteers/", "/library/"), "programmes": ("/calls/", "/cases/", "/info/", "/month/")}
OF_PROGRAMMES = {
    "numpy", "duckdb", "opendp", "highspy", "docx", "pptx", "lxml", "snowballstemmer", "py3langid",
}  # fmt: skip
HOURS = {"people": "silent-calls", "programmes": "documents-read"}


@pytest.fixture(scope="module", params=["people", "programmes"])
def alone(request, tmp_path_factory):
    """A new node of one house; its name stands in ``PANAH_HOUSES``, as whoever runs it writes it."""
    home = tmp_path_factory.mktemp(request.param) / "home"
    home.mkdir()
    with own_postgres() as addresses:
        node = Node(home, {**addresses, "PANAH_HOUSES": request.param}, from_the_beginning=True)
        node.act("begin")
        yield request.param, node


def test_whoever_works_there_finds_no_link_that_leads_nowhere(alone):
    house, node = alone
    sheets = node.act("walk_along")
    broken = [(s["who"], s["address"], s["seen_on"]) for s in sheets if s["status"] not in (200, 204, 302)]
    assert not broken
    opened = Counter(s["who"] for s in sheets)
    assert min(opened.values()) > 20, opened
    assert not [s["address"] for s in sheets if s["address"].startswith(OTHERS[house])]


def test_an_address_of_the_other_house_is_not_there_and_every_job_of_its_own_runs(alone):
    house, node = alone
    told = node.act("one_round")
    assert told["failed"] == []
    assert HOURS[house] in told["jobs"]
    assert not {HOURS[other] for other in HOURS if other != house} & set(told["jobs"])
    assert {told["answers"][address] for address in OTHERS[house]} == {404}
    assert told["health"]["status"] == "ok"
    assert ("documents" in told["health"]) == (house == "programmes")


def test_a_node_of_people_loads_no_package_that_serves_programmes_alone(alone):
    house, node = alone
    loaded = OF_PROGRAMMES & set(node.act("packages_loaded"))
    assert not loaded if house == "people" else "numpy" in loaded


def test_a_house_that_is_none_is_said_in_a_sentence(tmp_path):
    for named, said in (
        ("peple", "PANAH_HOUSES names “peple”, which is no house. Name people, programmes, or both"),
        ("ground", "PANAH_HOUSES names the ground alone. Name people, programmes, or both"),
    ):
        done = Node(tmp_path, {"PANAH_HOUSES": named}, from_the_beginning=True).panah("init")
        assert done.returncode == 1
        assert said in done.stderr
        assert "Traceback" not in done.stderr
