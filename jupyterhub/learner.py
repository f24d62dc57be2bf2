"""Starts the server of one learner: her own copy of the notebooks, then Jupyter."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Final

COURSE: Final = Path(__file__).resolve().parent.parent
MINE: Final = Path.home() / "cx-master"


if __name__ == "__main__":
    for folder in ("notebooks", "exercises"):
        if not (MINE / folder).exists():
            shutil.copytree(COURSE / folder, MINE / folder)
    os.chdir(MINE)
    os.execv(sys.executable, [sys.executable, "-m", "jupyterhub.singleuser", *sys.argv[1:]])
