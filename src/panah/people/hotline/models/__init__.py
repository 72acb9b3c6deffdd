"""Tables of the hotline."""

from panah.people.hotline.models.chats import LineChat
from panah.people.hotline.models.contacts import (
    MARK_BYTES,
    AidCount,
    AuthorityRequest,
    Contact,
    ContactQuerySet,
    Line,
    NightCover,
    RehearsedCall,
    WaitingDraft,
    no_mark,
)
