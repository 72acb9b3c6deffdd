"""Several societies publish one table: of this node, and paired ones of others; none can take its own away."""

import zipfile
from io import BytesIO

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from panah.ground.exchange.models import Peer
from panah.programmes.evidence import joint, products
from panah.programmes.evidence.actions.joining import _own
from panah.programmes.evidence.columns import brought
from panah.programmes.evidence.kept_tables import read_tables
from panah.programmes.evidence.models import Release
from panah.programmes.evidence.products import ReleaseRequest
from panah.programmes.release.cells import State
from tests.evidence.conftest import card, write_cards
from tests.evidence.preparing_releases import at, decide, prepared, press_prepare, read


def gave(name, countries, *, year=2025):
    """What a society published of people in these countries."""
    rows = [
        {"yearOfRegistration": str(year), "gender": "Man", "CountryOfExploitation": country}
        for country, number in countries.items()
        for _ in range(number)
    ]
    made = products.make(
        ReleaseRequest(
            product="tables", year=year, society=name, place=name, made_up=False, columns=brought().text, rows=rows
        )
    )  # fmt: skip
    assert made.passed
    tables = made.data["tables"]
    return {"of": name, "release": name, "society": name, "year": year, "made_up": False, "tables": tables}


def test_three_small_societies_are_pooled_and_no_count_of_one_alone_is_shown():
    given = [
        gave("North", {"KAZ": 12, "UZB": 9, "TUR": 20}),
        gave("South", {"KAZ": 11, "UZB": 8}),
        gave("West", {"KAZ": 10, "UZB": 7}),
    ]
    made = joint.make(given, earlier=[])
    assert made.passed and made.data["societies"] == ["North", "South", "West"]
    (table,) = read_tables(made.data["tables"])
    countries = table.dimensions[0].values
    total = len(table.dimensions[1].values)
    assert table.values[countries.index("KAZ"), total] == 33
    assert table.state((countries.index("TUR"), total)) is State.HIDDEN, "North alone was there"


def test_what_was_joined_before_is_laid_beside_with_what_each_gave():
    before = [gave("North", {"KAZ": 20, "UZB": 20}), gave("South", {"KAZ": 20, "UZB": 20})]
    first = joint.make(before, earlier=[])
    more = [gave("North", {"KAZ": 21, "UZB": 26}), gave("South", {"KAZ": 20, "UZB": 20})]
    kept = {"tables": first.data["tables"], "exact": first.exact}
    again = joint.make(more, earlier=[kept])
    (was,), (now,) = read_tables(first.data["tables"]), read_tables(again.data["tables"]) or [None]
    assert again.passed is (now is not None)
    if now is not None:
        both = (was.values >= 0) & (now.values >= 0)
        changed = (now.values - was.values)[both]
        assert not [one for one in changed.ravel().tolist() if 0 < abs(one) < 5]


def test_counts_of_another_year_or_by_other_columns_are_not_added():
    assert joint.count_alike([gave("North", {"KAZ": 9}), gave("South", {"KAZ": 9})])
    assert not joint.count_alike([gave("North", {"KAZ": 9}), gave("South", {"KAZ": 9}, year=2024)])


def test_a_paired_society_of_another_node_gives_counts_and_speaks_for_itself_alone(world, paired):
    both = [card(one) for one in ("KZ", "UZ") for _ in range(12)]
    write_cards(world, both)
    write_cards(world, both, holder="rustam")
    theirs = prepared(world, "rustam", what="cases", title="South")
    own = prepared(world, what="cases", title="North")
    read(world, own), decide(world, own, "publish")
    other_node = Ed25519PrivateKey.from_private_bytes(b"\x09" * 32)
    peer = Peer.objects.get(society=world.societies["north"])
    Peer.objects.filter(pk=peer.pk).update(node=other_node.public_key().public_bytes_raw())

    def brings(given):
        file = SimpleUploadedFile("counts.json", joint.write(given, sign=other_node.sign))
        said = {"title": "Both", "contact": "x@north.example", "about": "", "given": file}
        return world.client("nurlan").post(reverse("evidence:begin_joint"), said)

    page = world.client("nurlan").get(reverse("evidence:begin_joint")).text
    assert "sends you the file, by e-mail or on a stick" in page and "Nothing travels by itself." in page
    assert "send it to the society that makes the table" in world.client("bakyt").get(at("release", own)).text
    stranger = brings({**_own(theirs), "of": str(world.societies["north"].pk)})
    assert stranger.status_code == 422 and "or a paired one, gave" in stranger.text
    whole = {**_own(theirs), "of": str(peer.their_id)}
    for lacking in ("year", "made_up"):
        assert brings({name: said for name, said in whole.items() if name != lacking}).status_code == 422
    assert brings({**whole, "year": 99999}).status_code == 422
    spoilt = brings({**_own(theirs), "of": str(peer.their_id), "tables": [{"name": "by-country"}]})
    assert spoilt.status_code == 422
    late = brings({**_own(theirs), "of": str(peer.their_id), "year": 2024})
    assert late.status_code == 422 and "are not published yet" in late.text
    # It calls itself as we are called: our register says who it is, and our own counts are not written over.
    said = {**_own(theirs), "of": str(peer.their_id), "society": "Practice Society North"}
    assert brings(said).status_code == 302
    row = Release.objects.get(title="Both")
    costs = world.client("nurlan").get(at("prepare", row)).text
    assert "Nothing is spent." in costs and "It is not given back" not in costs
    press_prepare(world, row)
    with zipfile.ZipFile(BytesIO(world.client("nurlan").get(at("file", row)).content)) as packed:
        said = packed.read("method.txt").decode()
    assert "Practice Society North, Practice Society South" in said and "across nodes nobody can know" in said


def test_what_was_withdrawn_since_it_was_given_is_not_joined(world, django_capture_on_commit_callbacks):
    both = [card(one) for one in ("KZ", "UZ") for _ in range(12)]
    write_cards(world, both)
    write_cards(world, both, holder="rustam")
    theirs, own = (
        prepared(world, "rustam", what="cases", title="South"),
        prepared(world, what="cases", title="North"),
    )
    with django_capture_on_commit_callbacks(execute=True):
        read(world, own), decide(world, own, "publish")
        read(world, theirs, "malika"), decide(world, theirs, "publish", who="malika")
    given = world.client("rustam").get(at("counts", theirs)).content

    def brings(title):
        file = SimpleUploadedFile("counts.json", given)
        said = {"title": title, "contact": "x@north.example", "about": "", "given": file}
        return world.client("nurlan").post(reverse("evidence:begin_joint"), said)

    assert brings("Before").status_code == 302
    with django_capture_on_commit_callbacks(execute=True):
        world.client("malika").post(at("withdraw", theirs), {"reason": "A country was counted twice."})
    assert brings("After").status_code == 422
    row = Release.objects.get(title="Before")
    assert press_prepare(world, row).status_code == 422
    assert not any(joint.told_apart([{"of": one, "society": name} for one, name in both]) for both in (
        [("a", "North"), ("b", "North")], [("a", "North"), ("a", "South")],
    ))  # fmt: skip
