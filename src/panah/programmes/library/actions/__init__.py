"""What can be done in the library."""

from panah.programmes.library.actions.delivered import Known, bring_read, bring_source
from panah.programmes.library.actions.documents import (
    bring,
    bring_back,
    bring_version,
    change,
    destroy,
    replace,
    set_visibility,
    withdraw,
)
from panah.programmes.library.actions.index import index_document, index_waiting, unindex
from panah.programmes.library.actions.links import (
    add_to_collection,
    collect,
    drop_collection,
    link,
    put_in_order,
    record_collection_taken,
    record_taken,
    unlink,
)
from panah.programmes.library.actions.pieces import (
    Incoming,
    add_piece,
    begin_upload,
    coming,
    even,
    forget_uploads,
    too_large,
)
from panah.programmes.library.actions.reading import (
    again,
    correct_language,
    look_again,
    read_version,
    read_waiting,
)
from panah.programmes.library.rules.described import Facts
