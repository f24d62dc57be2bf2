"""Where a notebook is shown."""

from __future__ import annotations

import os


def without_code() -> bool:
    """Tell whether Voilà shows the notebook: nobody sees, edits or keeps its code there."""
    return os.environ.get("SERVER_SOFTWARE", "").startswith("voila")
