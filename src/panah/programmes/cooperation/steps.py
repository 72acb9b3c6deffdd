"""What can be done with a contact point, a corridor, a practice, a meeting, and with what another society told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.queries import colleagues
from panah.ground.approvals.second_person import second_person
from panah.ground.directory import queries as directory_queries
from panah.ground.exchange import queries as exchange_queries
from panah.ground.foundation import dialled_numbers
from panah.ground.kit.steps import Step, StepTable
from panah.programmes.cooperation import actions as cooperation
from panah.programmes.cooperation import permissions
from panah.programmes.cooperation import queries as cooperation_queries
from panah.programmes.cooperation.forms import members, practices
from panah.programmes.cooperation.views.common import back_to, is_duty
from panah.programmes.cooperation.words import WRITTEN, PracticeState

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from panah.ground.accounts.models import Staff
    from panah.ground.directory.queries.cards import HotlineCard
    from panah.ground.kit.steps import MaySign
    from panah.programmes.cooperation.models import Corridor, Meeting, Point, Practice, ReceivedEntry


def duty_lines(staff: Staff) -> list[HotlineCard]:
    """The hotlines of a colleague's society that the directory lists."""
    society = staff.society_id
    return directory_queries.own_numbers_of([society], at=timezone.now()).get(society, [])


def _as_it_is(point: Point, staff: Staff) -> dict[str, object]:
    names = ("function", "title", "night", "email", "languages", "hours")
    initial = {name: getattr(point, name) for name in names}
    initial |= {"phone": dialled_numbers.to_edit(point, point.phone), "line": str(point.line_id or "")}
    return {"initial": initial, "lines": duty_lines(staff)}


def _this_hour(_row: object, _staff: Staff) -> dict[str, object]:
    now = timezone.localtime()
    return {"initial": {"on": now.date(), "hour": now.hour}}


def _to_point(point: Point) -> str:
    return back_to("point", point.pk)


def _to_practice(practice: Practice) -> str:
    return back_to("practice", practice.pk)


def _signs(practice: Practice, staff: Staff) -> MaySign:
    return second_person(practice.pk, to=staff, may=permissions.decides)


def _is_original(practice: Practice) -> bool:
    return practice.translates_id is None


def _waits_for_publication(practice: Practice) -> bool:
    """A translation needs no review of its own."""
    reviewed = practice.state == PracticeState.REVIEWED
    return reviewed or (practice.state == PracticeState.DRAFT and not _is_original(practice))


def _lacks_review(practice: Practice) -> StrOrPromise:
    return _("Another society reviews it first.") if practice.state == PracticeState.DRAFT else ""


TEST_CALL = _("Write down a test call")

POINT_STEPS: StepTable[Point] = StepTable(
    app="cooperation",
    place="cooperation",
    row_name="point",
    find=cooperation_queries.point_or_404,
    may=permissions.keeps,
    fits=lambda point: not point.ended,
    page=_to_point,
    steps=(
        Step(
            "try_point",
            "try",
            TEST_CALL,
            cooperation.record_test_call,
            members.TestCallForm,
            fits=lambda point: point.night,
            given=_this_hour,
            done=_("Written down. The next test call is due in a month."),
            main=True,
        ),
        Step(
            "change_point",
            "change",
            _("Change"),
            cooperation.save_point,
            members.PointChangeForm,
            heading=_("Change the contact point"),
            given=_as_it_is,
        ),
        Step(
            "end_point",
            "end",
            _("Close this contact point"),
            cooperation.end_point,
            done=_("It is closed. Others are told with the next message."),
            leads_to=lambda _point, _staff: back_to("start"),
        ),
    ),
)

CORRIDOR_STEPS: StepTable[Corridor] = StepTable(
    app="cooperation",
    place="cooperation",
    row_name="corridor",
    find=cooperation_queries.corridor_or_404,
    may=permissions.keeps,
    page=lambda _corridor: back_to("corridors"),
    steps=(
        Step(
            "change_corridor",
            "change",
            _("Change"),
            cooperation.save_corridor,
            members.CorridorChangeForm,
            heading=_("Change the corridor"),
            changes=("origin", "destination", "works", "note"),
        ),
    ),
)

PRACTICE_STEPS: StepTable[Practice] = StepTable(
    app="cooperation",
    place="cooperation",
    row_name="practice",
    find=cooperation_queries.practice_or_404,
    may=permissions.keeps,
    page=_to_practice,
    steps=(
        Step(
            "change",
            "change",
            _("Change the draft"),
            cooperation.change_practice,
            practices.PracticeChangeForm,
            fits=lambda practice: practice.state == PracticeState.DRAFT,
            changes=WRITTEN,
        ),
        Step(
            "ask_review",
            "review",
            _("Ask another society for a review"),
            cooperation.ask_review,
            practices.AskReviewForm,
            may=permissions.decides,
            fits=lambda practice: practice.state == PracticeState.DRAFT and _is_original(practice),
            given=lambda _practice, staff: {"societies": exchange_queries.reachable_societies(to=staff)},
            done=_("It is on its way to them. Their answer comes back to your list."),
            main=True,
        ),
        Step(
            "publish",
            "publish",
            _("Publish"),
            cooperation.publish,
            may=permissions.decides,
            fits=_waits_for_publication,
            lacks=_lacks_review,
            second=_signs,
            done=_("Published."),
            main=True,
        ),
        Step(
            "call_back",
            "call-back",
            _("Back into a draft"),
            cooperation.call_back,
            may=permissions.decides,
            fits=lambda practice: practice.state in (PracticeState.ASKED, PracticeState.REVIEWED),
        ),
        Step(
            "next_version",
            "next",
            _("The next version"),
            cooperation.next_version,
            fits=lambda practice: practice.state == PracticeState.PUBLISHED,
            to_result=True,
        ),
        Step(
            "translate",
            "translate",
            _("Translate it"),
            cooperation.translate,
            practices.TranslateForm,
            fits=lambda practice: practice.state == PracticeState.PUBLISHED and _is_original(practice),
            given=lambda practice, _staff: {"without": practice.language},
            to_result=True,
        ),
    ),
)

MEETING_STEPS: StepTable[Meeting] = StepTable(
    app="cooperation",
    place="cooperation",
    row_name="meeting",
    find=cooperation_queries.meeting_or_404,
    may=permissions.keeps,
    page=lambda meeting: back_to("meeting", meeting.pk),
    steps=(
        Step(
            "decide",
            "decision",
            _("Write down a decision"),
            cooperation.add_decision,
            practices.DecisionForm,
            given=lambda _meeting, staff: {"people": colleagues(to=staff)},
            done=_("Written down. It stands on the list of whoever does it."),
            main=True,
        ),
        Step("paper", "paper", _("Add a paper"), cooperation.add_paper, practices.PaperForm),
        Step(
            "change_meeting",
            "change",
            _("Change"),
            cooperation.save_meeting,
            practices.MeetingChangeForm,
            heading=_("Change the meeting"),
            changes=("title", "held_on", "place", "agenda"),
        ),
    ),
)

TOLD_STEPS: StepTable[ReceivedEntry] = StepTable(
    app="cooperation",
    place="cooperation",
    row_name="told",
    find=cooperation_queries.told_or_404,
    may=permissions.keeps,
    page=lambda told: back_to("told", told.pk),
    steps=(
        Step(
            "review",
            "review",
            _("Review it"),
            cooperation.review_told,
            practices.ReviewForm,
            may=permissions.decides,
            fits=lambda told: told.for_review and not told.verdict and not told.ended,
            done=_("Your words are on their way."),
            main=True,
        ),
        Step(
            "try_told",
            "try",
            TEST_CALL,
            cooperation.record_call_to_another,
            members.TestCallForm,
            whose=lambda told, _staff: is_duty(told),
            given=_this_hour,
            done=_("Written down. The society whose number it is reads it while you are paired."),
            main=True,
        ),
    ),
)
