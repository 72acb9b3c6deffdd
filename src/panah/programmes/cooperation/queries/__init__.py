"""What is read in the network's space; other rooms import from here."""

from panah.programmes.cooperation.queries.guests import (
    may_be_shared,
    own_seat,
    question_or_404,
    questions_of,
    seat_or_404,
    seats,
    shared_entry_or_404,
    shared_with,
)
from panah.programmes.cooperation.queries.members import (
    Way,
    capabilities_in_words,
    corridor_or_404,
    means_in_words,
    members,
    own_profile,
    point_or_404,
    point_with_tries,
    told,
    told_statuses,
    tries_of,
    ways,
)
from panah.programmes.cooperation.queries.practices import (
    PracticeLine,
    decision_or_404,
    lacking_translations,
    meeting_or_404,
    meetings,
    practice_or_404,
    practices,
    published,
    told_or_404,
    translated,
    versions_of,
)
from panah.programmes.cooperation.queries.sharing import (
    MODELS,
    heading,
    practice_said,
    rows_with_numbers,
    shared_entries,
)
from panah.programmes.cooperation.queries.texts import EntryText, entry_texts
