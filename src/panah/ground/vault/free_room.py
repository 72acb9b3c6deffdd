"""How much room the disks have on which this node keeps what is sealed: asked before others fill it."""

import shutil
from pathlib import Path

from django.conf import settings

# Colleagues write on, and whoever keeps the server has a day, when others are given no more.
KEPT_FREE = 512 * 1024 * 1024


def is_left() -> bool:
    """Say whether more is free than is kept for colleagues, beside the node's files and each copy's key.

    The second copy and its key are put on a disk of their own (docs/operations). A disk that is away is not full.
    """
    folders = {Path(settings.HOME), *(Path(key).parent for key in settings.PANAH_STORE_KEYS.values())}
    return all(shutil.disk_usage(folder).free > KEPT_FREE for folder in folders if folder.is_dir())
