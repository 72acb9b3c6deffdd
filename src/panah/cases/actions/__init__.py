"""What can be done with a case; other rooms import from here."""

from panah.cases.actions.due import done_due, drop_due, put_due, refresh, refresh_item, replace_due
from panah.cases.actions.opening import open_case

__all__ = ["done_due", "drop_due", "open_case", "put_due", "refresh", "refresh_item", "replace_due"]
