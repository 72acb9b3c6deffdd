"""The register of volunteers, read by whoever keeps it; what they may do is derived here."""

from panah.volunteers.queries.ages import not_surely_adult
from panah.volunteers.queries.named import named
from panah.volunteers.queries.register import by_pk_or_404, may_do_on, visible

__all__ = ["by_pk_or_404", "may_do_on", "named", "not_surely_adult", "visible"]
