"""Named steps of long work: where a test kills the process, to see that nothing is lost and nothing half-readable.

On a node that people use, ``crash_point`` does nothing: settings must allow it (only the tests' do) and the environment
must name the step.
"""

import os
import signal

from django.conf import settings

ROTATION = (
    "rotation: new seal written",
    "rotation: new seal checked",
    "rotation: old seal dropped",
    "rotation: file done",
)
STORE = (
    "store: new key written",
    "store: some rows moved",
    "store: all rows moved",
    "store: old key dropped",
)
COMPACTION = (
    "compaction: ids written",
    "compaction: segment written",
    "compaction: old segments dropped",
    "compaction: loose cards dropped",
    "compaction: tombstones dropped",
)
ERASURE = (
    "erasure: wanted",
    "erasure: cards buried",
    "erasure: half dropped",
    "erasure: rows dropped",
    "erasure: done",
)
RECOVERY = ("recovery: key admitted", "recovery: keys given", "recovery: some files granted")
SIGNING_MADE = ("signing: new key waits",)
SIGNING_CONFIRMED = ("signing: signed anew", "signing: in place")
NEW_RECOVERY = ("recovery key: made", "recovery key: society keys sealed", "recovery key: in force")
FOCAL_POINT = ("focal point: keys given", "focal point: made")
LEAVING = ("leaving: disabled", "leaving: keys renewed", "leaving: grants dropped", "leaving: done")
CARDS = ("cards: the file says so", "cards: old one buried")
REBUILDING = ("rebuilding: some cards sealed", "rebuilding: place kept")


def crash_point(name: str) -> None:
    """Mark a step; a test's process that was told to die here is gone at once, as by a cut power line."""
    if getattr(settings, "PANAH_MAY_DIE", False) and os.environ.get("PANAH_KILL_AT") == name:
        os.kill(os.getpid(), signal.SIGKILL)
