"""Everything that changes a module, a course, a list or a register."""

from panah.programmes.training.actions.certificates import (
    check_certificate,
    issue_certificates,
    replace_certificate,
    revoke_certificate,
    switch_by_holder,
    switch_page,
)
from panah.programmes.training.actions.courses import (
    add_session,
    call_off,
    change_course,
    change_session,
    drop_session,
    name_leading_volunteer,
    plan_course,
)
from panah.programmes.training.actions.drafts import (
    begin_copy,
    change_about,
    change_part,
    change_question,
    drop_draft,
    make_ready,
    publish_draft,
    rearrange,
    send_back,
    write_module,
)
from panah.programmes.training.actions.enrolments import (
    cancel_enrolment,
    enrol_names,
    enrol_volunteer,
    enrol_who_need_it,
    link_volunteer,
)
from panah.programmes.training.actions.knowledge import (
    answer_on_phone,
    close_test,
    drop_sheet,
    is_open,
    keep_aloud,
    keep_typed,
    name_sheet,
    open_test,
    prepare_test,
)
from panah.programmes.training.actions.modules import adopt_module, retire_module
from panah.programmes.training.actions.phone_lists import issue_list, receive_register, revoke_list
from panah.programmes.training.actions.registers import Added, keep_from_page, keep_register
from panah.programmes.training.actions.retention import erase_old_names
from panah.programmes.training.actions.settling import settle, settle_due, write_training
