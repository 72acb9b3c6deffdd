"""What is done in the register of volunteers."""

from panah.programmes.volunteers.actions.doubles import compare_registers, keep_apart, merge, take_back
from panah.programmes.volunteers.actions.erasing import erase_volunteer, forget_volunteer, told_own_data
from panah.programmes.volunteers.actions.imports import (
    bring_table,
    choose_columns,
    drop_table,
    let_in,
    tidy_tables,
    work_on_tables,
)
from panah.programmes.volunteers.actions.joining import (
    answer_request,
    ask_to_join,
    end_link,
    invite,
    renew_link,
)
from panah.programmes.volunteers.actions.maintenance import look_after_register
from panah.programmes.volunteers.actions.register import (
    add_volunteer,
    change_volunteer,
    keepers_of,
    kept_branch,
    link_staff,
    must_be_another,
    must_keep,
)
from panah.programmes.volunteers.actions.ringing import end_lines_of_rung
from panah.programmes.volunteers.actions.standing import (
    add_role,
    answer_move,
    ask_to_move,
    come_back,
    end_role,
    leave,
    pause,
)
from panah.programmes.volunteers.actions.vetting import (
    add_incident,
    ask_to_vet,
    read_sealed,
    remind_of_expiry,
    set_insurance,
    set_safeguarding,
    take_incident,
    vet,
)
