"""Sessions kept under the SHA-256 of their cookie; no address, no agent."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from panah.ground.foundation.compiled_queries import prepared

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from panah.ground.accounts.models import Session


def hashed(key: str) -> str:
    """Return how a session is kept: 40 hex characters of SHA-256 of the cookie's value."""
    return hashlib.sha256(key.encode()).hexdigest()[:40]


@prepared
def _kept(key: str, now: datetime) -> QuerySet[Session]:
    return SessionStore.get_model_class().objects.filter(session_key=key, expire_date__gt=now)


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> type[Session]:
        from panah.ground.accounts.models import Session

        return Session

    @property
    def key_salt(self) -> str:
        # What lies in a row is signed for its cookie: copied into the row of another, it signs nobody in.
        return f"panah.session.{hashed(self.session_key or '')}"

    def _get_session_from_db(self) -> Session | None:
        if self.session_key is None:
            return None
        found = _kept(key=hashed(self.session_key), now=timezone.now())
        if not found:
            self._session_key = None
            return None
        return found[0]

    def exists(self, session_key: str) -> bool:
        return bool(self.model.objects.filter(session_key=hashed(session_key)).exists())

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        staff = data.get(SESSION_KEY)
        # Every save writes the whole row, so the beginning travels in the data.
        started = data.setdefault("_started", timezone.now().isoformat())
        return self.get_model_class()(
            session_key=hashed(self._get_or_create_session_key()),  # type: ignore[attr-defined]
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
            staff_id=UUID(staff) if staff else None,
            started_at=datetime.fromisoformat(started),
            seen_at=timezone.now(),
        )

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            self.model.objects.filter(session_key=hashed(key)).delete()
