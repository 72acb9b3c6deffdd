"""A programme of the northern practice society: Ibrat takes what is referred to its transport."""

from panah.ground.directory import queries as directory_queries
from panah.people.referrals import actions as referrals
from panah.practice.cast import Practice


def build(practice: Practice) -> None:
    if not practice.has("bakyt", "ibrat"):
        return
    bakyt = practice.staff["bakyt"]
    own = directory_queries.own_services(bakyt.society, at=practice.at)
    service = next(one for one in own if "transport" in one.needs)
    referrals.name_colleague(service=service.id, colleague=practice.staff["ibrat"], by=bakyt, at=practice.at)
