"""What the hotline writes in the journal."""

from django.utils.translation import gettext_noop as _

from panah.ground.audit.events import event

LINE_MADE = event("hotline:line:made", _("%(who)s made a hotline line."), retention="names no one")
LINE_CHANGED = event("hotline:line:changed", _("%(who)s changed a hotline line."), retention="names no one")
TAKEN = event("hotline:call:taken", _("%(who)s took a call."))
TAKEN_IN_DANGER = event(
    "hotline:call:taken-in-danger",
    _(
        "%(who)s, who as a volunteer may not answer now, took a call of somebody in danger: nobody else was there."
    ),
)
SAVED_LATER = event("hotline:call:draft", _("What %(who)s typed without a line was added to the call."))
FINISHED = event("hotline:call:finished", _("%(who)s finished a call."))
WENT_SILENT = event(
    "hotline:call:silent",
    _("A call ended without Finish: its page had been closed or cut off for ten minutes."),
)
CHAT_TAKEN = event("hotline:chat:taken", _("%(who)s took a chat of the public door."))
CHAT_GOES_ON = event("hotline:chat:goes-on", _("%(who)s went on with a chat that a colleague had taken."))
CHAT_LATE = event(
    "hotline:chat:late",
    _("Nobody answered somebody who waited in a chat: more colleagues were called."),
    retention="names no one",
)
CHAT_IN_DANGER = event(
    "hotline:chat:danger",
    _("Somebody in a chat of the public door said that there is danger now."),
    retention="names no one",
)
CAME_SEALED = event("hotline:call:came-sealed", _("%(who)s made a contact of something that arrived sealed."))
LOOKED_BACK = event(
    "hotline:call:looked-back", _("%(who)s looked whether a person had been in contact with the line before.")
)
JOINED = event("hotline:contact:joined", _("%(who)s joined two contacts about one person."))
PARTED = event("hotline:contact:parted", _("%(who)s parted two contacts that had been joined."))
RESUMED = event("hotline:call:resumed", _("%(who)s went on with a call."))
DECIDED_NEXT = event("hotline:contact:next", _("%(who)s wrote what happens next with a contact."))
CLOSED = event("hotline:call:closed", _("%(who)s closed a contact."))
EMERGENCY = event("hotline:call:emergency", _("%(who)s turned a call into an emergency."))
GIVEN = event("hotline:service:given", _("%(who)s gave the number of a service."))
TRIED = event("hotline:call-back:tried", _("%(who)s tried to call back."))
HANDED_OVER = event("hotline:call:handed-over", _("%(who)s handed a contact over."))
PEOPLE_HANDED = event("hotline:call:people", _("%(who)s handed a group of people over to a caseworker."))
BECAME_CASE = event("hotline:call:became-case", _("%(who)s opened a case from a contact."))
NOTE_FORGOTTEN = event(
    "hotline:contact:note-erased",
    _("%(who)s erased what was noted of a call, since the person wants no note."),
)
KEPT_LONGER = event("hotline:contact:kept", _("%(who)s decided to keep a contact longer."))
CONTACT_ERASED = event(
    "hotline:contact:erased", _("%(who)s erased a contact whose time was over."), retention="names no one"
)
LINE_ENDED = event("hotline:line:ended", _("%(who)s ended a hotline line."), retention="names no one")
HARD_CALL = event("hotline:call:hard", _("%(who)s asked for a talk after a hard call."))
TYPED_IN = event("hotline:paper:typed-in", _("%(who)s typed in what was written on paper."))
REHEARSED = event("hotline:rehearsal:begun", _("%(who)s began to rehearse a call."), retention="names no one")
AID = event(
    "hotline:aid:given", _("%(who)s noted help that was given without a name."), retention="names no one"
)
ASKED = event("hotline:authority:asked", _("%(who)s wrote down the request of an authority."), decides=True)
DECIDED = event(
    "hotline:authority:decided", _("%(who)s decided on the request of an authority."), decides=True
)
ANSWERED = event("hotline:authority:answered", _("%(who)s wrote down what an authority was answered."))
CALL_TREE = event(
    "hotline:call-tree:printed",
    _("%(who)s printed the call-out tree with duty telephones."),
    retention="names no one",
)
COVER_OFFERED = event(
    "hotline:cover:offered",
    _("%(who)s offered to cover the nights of a paired society."),
    retention="names no one",
)
COVER_AGREED = event(
    "hotline:cover:agreed",
    _("%(who)s agreed that a paired society covers the nights."),
    retention="names no one",
)
COVER_ENDED = event(
    "hotline:cover:ended", _("%(who)s ended the cover of the nights."), retention="names no one"
)
COVER_TOLD = event(
    "hotline:cover:told", _("A paired society wrote about the cover of the nights."), retention="names no one"
)
COVER_RANG = event(
    "hotline:cover:rang",
    _("Nobody answered here: the duty of the covering society was called."),
    retention="names no one",
)
COVER_CALLED = event(
    "hotline:cover:called",
    _("A society whose nights are covered called: nobody answers there."),
    retention="names no one",
)
