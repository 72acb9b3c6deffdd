"""Reading matters. Everything starts at ``visible``: what was sealed to the asker, whatever her role."""

from panah.people.complaints.queries.matters import (
    ask_or_404,
    listed,
    matter_or_404,
    message_or_404,
    opened,
    unread,
    visible,
    waiting,
)
from panah.people.complaints.queries.readers import (
    Route,
    meant_by,
    named,
    officers,
    promise,
    route,
    second_reader,
    waits_for_me,
)
from panah.people.complaints.queries.report_behind import REPORT_BEHIND, ReportBehind, report_behind
from panah.people.complaints.queries.subject_access_report import gathered
from panah.people.complaints.queries.who_is_meant import may_say_who_is_meant, who_left_out
