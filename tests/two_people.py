"""What two focal points decide, in one line: asked by one, approved by the other, and two shares end the waiting."""

import re

from panah.ground.approvals.models import Request
from panah.ground.sign_in import actions as sign_in
from panah.ground.vault import actions as vault
from panah.ground.vault.actions import recovery, two_people

FOCAL_POINT, OFFICER, NEW_KEY = two_people.FOCAL_POINT, two_people.OFFICER, two_people.NEW_KEY
ADMIT, END, NO_FOCAL_POINT = two_people.ADMIT, two_people.END, two_people.NO_FOCAL_POINT


def decide(world, act, name, *, at, by="bakyt", second="saule"):
    """Two focal points have decided this about a colleague, and it can be carried out now."""
    request = vault.ask(keys=world.keys(by), act=act, staff=world.staff[name], at=at)
    if second:
        vault.approve(keys=world.keys(second), request=request, at=at)
    society = next(slug for slug, one in world.societies.items() if one.pk == request.society_id)
    shares = recovery.combine(list(world.shares[society][:2]))
    recovery.approve_by_shares(recovery=shares, request=request, at=at)
    return Request.objects.get(pk=request.pk)


def make_focal_point(world, name, *, at=None, by="bakyt", second="saule"):
    """Two focal points make a colleague a third; returns how many files are still to be opened to her."""
    at = at or world.at
    decide(world, FOCAL_POINT, name, at=at, by=by, second=second)
    return vault.make_focal_point(keys=world.keys(by), staff=world.staff[name], at=at)


def end_access(world, name, *, at, by="bakyt", second=""):
    """The access of a focal point or reader ends as it was decided; returns how many keys were renewed."""
    decide(world, END, name, at=at, by=by, second=second)
    return sign_in.end_access(keys=world.keys(by), staff=world.staff[name], at=at)


def list_shown(page):
    """What tells which list of an export a page showed."""
    return re.search(r'name="seen" value="(\w+)"', page.text)[1]


def agrees_to_export(client, asked):
    """The second person looks at the list, and agrees."""
    return client.post(asked, {"step": "agree", "seen": list_shown(client.get(asked))})
