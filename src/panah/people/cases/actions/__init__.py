"""What can be done with a case; other rooms import from here."""

from panah.people.cases.actions.asked_after import decide_whether_heard, link_request
from panah.people.cases.actions.assistance_receipts import give_means, sign_second, void_means
from panah.people.cases.actions.bulk import do_for_each, set_follow_up_once
from panah.people.cases.actions.case_record import (
    add_note,
    carry_note,
    change_facts,
    note_export,
    write_codes,
    write_episode,
    write_identity,
)
from panah.people.cases.actions.caseload import (
    AT_ONCE,
    hand_over_some,
    must_fit_ceiling,
    note_beyond,
    note_many,
    said_beyond,
    set_ceiling,
)
from panah.people.cases.actions.children import (
    age_from_birth,
    determine,
    set_age,
    write_best_interests,
    write_guardian,
)
from panah.people.cases.actions.closing import (
    ask_closing,
    ask_erasing,
    close_case,
    close_row,
    erase_case,
    keep_longer,
    keep_open,
    reopen_case,
    retention_day,
    stop_erasing,
)
from panah.people.cases.actions.closing_blockers import OPEN_THINGS, still_open
from panah.people.cases.actions.danger import (
    call_for_help,
    call_for_help_if_new,
    decide_what_follows,
    say_it_is_over,
)
from panah.people.cases.actions.dates import (
    begin_follow_up,
    do_follow_up,
    end_clock,
    see_to_clock,
    set_clock,
    set_follow_up,
    write_reintegration,
)
from panah.people.cases.actions.detention import add_visit, end_detention, write_consulate, write_detention
from panah.people.cases.actions.documents import (
    KeptDocument,
    describe_document,
    destroy_document,
    keep_document,
    show_document,
    take_copy,
    take_original,
)
from panah.people.cases.actions.due_items import on_case, refresh_item
from panah.people.cases.actions.handover_files import GOES_ALONG, FilesAlong, move_files_along
from panah.people.cases.actions.identification import begin_reflection, decide_stage, presume
from panah.people.cases.actions.importing import import_case
from panah.people.cases.actions.index_cards import (
    EXTRA_FACTS,
    add_facts_card,
    count_again,
    follow_counting,
    renew_facts_card,
    update_search_card,
)
from panah.people.cases.actions.joined_files import (
    JoinedFiles,
    follow_person,
    join_file,
    joined_into,
    link_episodes,
    undo_joined_files,
)
from panah.people.cases.actions.links import (
    MOST_OF_LOOKS,
    groups_of,
    join_case_group,
    let_into_groups,
    link_cases,
    link_is_gone,
    link_is_written,
    links_of,
    mark_heard,
    open_case_group,
    take_in_group,
    unlink,
    unlink_erased,
    write_case_group,
)
from panah.people.cases.actions.opening import open_case
from panah.people.cases.actions.paper import print_summary
from panah.people.cases.actions.plan import (
    approve_plan,
    ask_plan,
    return_plan,
    return_waits,
    write_need,
    write_plan,
    write_service,
)
from panah.people.cases.actions.safety import (
    note_reported_danger,
    print_safety,
    review_risk,
    review_risk_at_once,
    review_times,
    set_review_times,
    write_safety,
)
from panah.people.cases.actions.supervision import move_supervision, supervise
from panah.people.cases.actions.team import hand_over, hand_over_all, hold_conference, let_in, take_back
