"""Setting channels up, putting messages on their way, and sending what is due."""

from panah.ground.channels.actions.delivering import (
    FAILED,
    NOT_AS_WRITTEN,
    call_off,
    deliver_due,
    drop_unsent,
    finish_sending,
    forget_old,
    queue,
    queue_outside,
    send_due,
    test_way,
)
from panah.ground.channels.actions.setting_up import (
    CHANGED,
    remove_channel,
    save_channel,
    subscribe,
    unsubscribe,
)
