"""The register of volunteers, read by whoever keeps it; what they may do is derived here."""

from panah.volunteers.queries.register import by_pk_or_404, may_do_on, of_staff, visible

__all__ = ["by_pk_or_404", "may_do_on", "of_staff", "visible"]
