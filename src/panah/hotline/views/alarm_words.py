"""What an alarm is about, as far as whoever is paged may read it on any page: so two are told apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from panah.hotline import queries
from panah.hotline.actions.chat_lines import ROOM as CHATS
from panah.hotline.actions.night_cover import ROOM as COVER
from panah.inbox.words import ROOM
from panah.kit.nav import Banner

if TYPE_CHECKING:
    from panah.accounts.models import Staff


def about(alarm: Any, *, to: Staff) -> str:
    """Which kind of work it is, and who called for help; of a chat that she may take, its language."""
    if alarm.room == CHATS:
        waiting = queries.waiting_chat(alarm.subject, to=to, at=timezone.now())
        return _("a chat in %(language)s") % {"language": waiting.language} if waiting else _("a chat")
    kinds = {
        "hotline": _("a call"),
        queries.TOGETHER: _("chats"),
        COVER: _("a society whose nights we cover"),
        ROOM: _("a message that came"),
        "cases": _("a case"),
        "referrals": _("somebody on the way"),
    }
    what = kinds.get(alarm.room, _("something else"))
    if alarm.raised_by is None:
        return what
    return _("%(what)s, from %(who)s") % {"what": what, "who": alarm.raised_by.name}


def told_apart(banners: Iterable[Banner]) -> list[Banner]:
    """Number those that say the same: raised within one minute."""
    rows, met = list(banners), Counter[str]()
    same = Counter(one.text for one in rows)
    found = []
    for one in rows:
        met[one.text] += 1
        found.append(replace(one, text=f"{one.text} ({met[one.text]})") if same[one.text] > 1 else one)
    return found
