"""What stands on both sides once all has arrived."""

from __future__ import annotations

ARRIVED = {"sent": {"delivered": 3}, "waiting without a body": 0, "read": [0, 1, 2]}
