"""What can be done about signing in; other rooms import from here."""

from panah.ground.sign_in.actions.after_restore import end_every_sign_in, new_code_apps
from panah.ground.sign_in.actions.invitations import (
    begin_again,
    invite,
    invite_again,
    join,
    new_code_app,
    new_passphrase_for,
)
from panah.ground.sign_in.actions.locking import call_elsewhere
from panah.ground.sign_in.actions.offboarding import end_access
from panah.ground.sign_in.actions.pending_sign_in import (
    WAITS,
    ask_passkey,
    finish,
    over,
    wait_for_second_factor,
    waiting,
)
from panah.ground.sign_in.actions.second_factors import (
    add_passkey,
    change_code_app,
    confirm_words,
    make_recovery_codes,
    name_passkey,
    remove_passkey,
)
from panah.ground.sign_in.actions.sessions import (
    CheckedPassphrase,
    Pending,
    begin_sign_in,
    check_passphrase,
    lock_vault,
    open_vault,
    reopen_vault,
    sign_in,
    sign_of_life,
    sweep_ceremonies,
    sweep_sessions,
)
from panah.ground.sign_in.actions.sign_in_attempts import name_waits_until, of_browser, of_ceremony, open_name
from panah.ground.sign_in.actions.working_mode import approve_mode, ask_for_mode
