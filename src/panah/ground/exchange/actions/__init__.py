"""What can be done on the wire; other rooms import from here."""

from panah.ground.exchange.actions.delivering import deliver_due, lease
from panah.ground.exchange.actions.directory_sync import send_directory
from panah.ground.exchange.actions.due_items import check_peers
from panah.ground.exchange.actions.file_transport import read_file, write_file
from panah.ground.exchange.actions.key_announcements import (
    announce_intake,
    announce_node,
    not_told,
    open_envelope,
    send_heads,
)
from panah.ground.exchange.actions.pairing import (
    block,
    close_card,
    compare,
    end_pairing,
    fetch_card,
    open_card,
    own_words,
    take_card,
    unblock,
)
from panah.ground.exchange.actions.receiving import (
    HANDLERS,
    MessageHandler,
    close_conversation,
    receive,
    receive_bundle,
)
from panah.ground.exchange.actions.sending import Draft, send, send_many, send_of_node, stop
from panah.ground.exchange.actions.stuck_messages import give_up, sweep, tell_focal_points, try_again
