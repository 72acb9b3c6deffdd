"""What a node does by itself for people: calls that fell silent, meetings that are late, what arrived, what is over."""

from datetime import datetime, timedelta

from django.db import connection

from panah.ground.foundation import tenancy
from panah.ground.foundation.jobs import Job
from panah.ground.network.queries import hosted_ids
from panah.people.cases import actions as cases
from panah.people.finding import actions as finding
from panah.people.hotline import actions as hotline
from panah.people.imports import actions as imports
from panah.people.inbox import actions as inbox
from panah.people.intake import actions as intake
from panah.people.referrals import actions as referrals
from panah.people.reporters import actions as reporters
from panah.people.shelter import actions as shelter


def tell_the_door(*, at: datetime) -> int:
    """Tell a machine of the door's own what it may not look up itself; a node in a file has none. Returns how much."""
    if connection.vendor == "sqlite":
        return 0
    here = tenancy.current_tenant()
    societies = [here] if here is not None else hosted_ids()
    return sum(inbox.post_for_the_door(society=society, at=at) for society in societies)


JOBS = [
    Job("told-to-the-door", timedelta(seconds=5), tell_the_door),
    Job("silent-calls", timedelta(minutes=1), hotline.close_silent_calls),
    Job("chats-that-wait", timedelta(minutes=1), hotline.call_second_for_chats),
    Job("meetings-overdue", timedelta(minutes=1), referrals.raise_due_alarms),
    Job("news-without-a-line", timedelta(minutes=1), referrals.say_held_up),
    Job("arrivals-put-right", timedelta(minutes=1), inbox.put_arrivals_right),
    Job("unopened-arrivals", timedelta(minutes=1), inbox.expire_and_remind),
    Job("beds-held-too-long", timedelta(minutes=1), shelter.release_holds),
    Job("files-that-go-along", timedelta(minutes=20), cases.move_files_along),
    Job("places-without-anyone", timedelta(hours=6), shelter.find_a_runner),
    Job("bodies-of-arrivals", timedelta(minutes=5), inbox.sweep_bodies),
    Job("piles-put-aside", timedelta(hours=1), intake.let_go_of_piles),
    Job("reports-of-the-door", timedelta(hours=6), reporters.erase_old),
    Job("silent-chats", timedelta(minutes=5), reporters.end_silent_chats),
    Job("numbers-of-the-door", timedelta(hours=6), reporters.forget_tallies),
    Job("numbers-of-minutes", timedelta(minutes=5), reporters.forget_minutes, of_node=True),
    Job("numbers-of-the-node", timedelta(hours=6), reporters.forget_tallies_here, of_node=True),
    Job("pages-that-open-once", timedelta(minutes=5), referrals.tidy_pages),
    Job("questions-answered", timedelta(minutes=10), finding.sweep),
    Job("asked-no-more", timedelta(minutes=20), finding.end_asked),
    Job("contacts-to-erase", timedelta(hours=12), hotline.announce_erasing),
    Job("old-rehearsals", timedelta(hours=12), hotline.erase_old_rehearsals),
    Job("stays-of-erased-cases", timedelta(minutes=20), shelter.forget_waiting),
    Job("told-of-erased-cases", timedelta(minutes=20), referrals.forget_told_waiting),
    Job("old-tables-of-cases", timedelta(hours=6), imports.tidy_uploads),
    Job("sheets-of-those-who-left", timedelta(hours=6), shelter.forget_old_sheets),
]
