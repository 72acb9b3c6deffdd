"""What the sealed parts of the hotline's files are called. Frozen: files on disk are found by these names."""

ANSWERS, NOTE, BESIDE, IDENTITY = "answers", "note", "beside", "identity"
GIVEN, BACK, TRIED, HANDED, PAPER = "given", "back", "tried", "handed_over", "paper"
ASKED, DECISION, ANSWER = "asked", "decision", "answer"

# Purposes of due items, by which this room finds its own again.
CALL_BACK, CAME_LATE, ERASE_SOON = "call_back", "came_late", "erase_soon"
# Something that arrived sealed became a contact: somebody goes on with it.
ARRIVED = "arrived"
# What follows the two decisions about an authority: it is answered, and the person is told what was handed over. Where
# nothing was, somebody decides whether the person should hear that they were asked about.
TO_ANSWER, TO_TELL, TO_HEAR = "answer", "tell_person", "hear"
# A talk with a colleague after a hard call.
DEBRIEF = "debrief"
# What was decided after the contact, each time: which step, and what came of it in words.
NEXT_STEP = "next_step"
# Steps that nobody chooses from the list: it ended with a joined contact; places for a group were handed over.
ENDED_WITH_JOINED, PLACES_MADE = "joined", "people"
# Where the person is held and until when, as ``cases.queries.detention`` keeps it.
HELD = "held"
# With which other contacts this one is joined: both are about one person. In the files of both.
JOINED = "joined"
# Why a contact is kept longer than the rule says, and by whom it was decided.
KEPT = "kept"
# A chat that became this contact: its lines, and whether the person lets them go along into a case; the line that a
# colleague is writing; and, as the purpose of a due item, that somebody waits in a chat.
CHAT, REPLY = "chat", "reply"
# What stays of the answers where the person wants no note: what was agreed, and in which language; and how to call
# back, while that is due. No word of what was said.
AGREED = ("c_talk", "c_note", "c_back", "c_count", "cut_off", "language", "interpreter", "urgency")
TO_CALL = (
    *("safe_back", "back_how", "back_hours", "safe_word", "cover_story", "interpreter_name", "e_drops"),
    *("ends", "back_when", "back_at", "back_tries", "back_stop"),
)
