"""Everything that changes something about a threat or an interpreter."""

from panah.people.safety.actions.interpreters import (
    add_interpreter,
    ask_about_ties,
    change_interpreter,
    end_interpreter,
    erase_interpreter,
    forget_interpreter,
    read_restricted,
    vet,
)
from panah.people.safety.actions.threats import (
    close,
    erase,
    forget,
    hand_over_all,
    let_read,
    pass_due,
    reopen,
    report,
    take_step,
)
