"""A relative is sought across the invented border: one request that South has not opened, one that North works on."""

from datetime import datetime, timedelta

from panah.ground.exchange import actions as exchange
from panah.ground.exchange import queries as exchange_queries
from panah.people.family_links import actions as family_links
from panah.people.family_links import queries as family_links_queries
from panah.people.inbox import actions as inbox
from panah.people.inbox import queries as inbox_queries
from panah.practice.cast import Practice


def build(practice: Practice) -> None:
    """Ask both ways: the mother of Besh is asked for in the south, a brother of the south in the north."""
    at = practice.at - timedelta(hours=2)
    family_links.take_links_request(
        keys=practice.keys("rustam"),
        by=practice.staff["rustam"],
        at=at - timedelta(days=1),
        typed={
            "asks": "Practice Sister Hazel",
            "relation": "sister",
            "sought": "Practice Brother Rowan, 2001",
        },
    )
    _ask(practice, "bakyt", "practice-south", "Practice Son Walnut, about 1999", "mother", at)
    _ask(practice, "rustam", "practice-north", "Practice Brother Rowan, 2001", "sister", at)
    exchange.deliver_due(at=at)
    _take_over(practice, at + timedelta(hours=1))


def _ask(practice: Practice, who: str, there: str, sought: str, relation: str, at: datetime) -> None:
    keys, staff = practice.keys(who), practice.staff[who]
    request = family_links_queries.links_requests(to=staff)[0]
    peer = exchange_queries.paired_with(society=staff.society_id, theirs=there, at=at)
    typed = {
        "receiver_name": str(peer.theirs) if peer else there,
        "sought": sought,
        "relation": relation,
        "fields": ["message"],
        "values": {"message": "Practice: nobody is angry, call when you like."},
        "doubt": "none",
        "consent": {
            "asked_on": at.date().isoformat(),
            "way": "spoken_phone",
            "language": "ru",
            "until": (at + timedelta(days=180)).date().isoformat(),
        },
    }
    row = family_links.prepare_across(keys=keys, request=request, peer=peer, typed=typed, at=at)
    opened = family_links_queries.one_across(request=request, keys=keys, pk=row.pk)
    family_links.send_across(keys=keys, opened=opened, at=at)


def _take_over(practice: Practice, at: datetime) -> None:
    keys, staff = practice.keys("bakyt"), practice.staff["bakyt"]
    arrival = inbox_queries.visible(to=staff).filter(kind="links-asked").get()
    content = inbox.open_arrival(keys=keys, arrival=arrival, by=staff, at=at)
    family_links.take_links_over(keys=keys, arrival=arrival, content=content, at=at)
