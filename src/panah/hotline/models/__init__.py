"""Tables of the hotline."""

from panah.hotline.models.chats import LineChat
from panah.hotline.models.contacts import (
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
