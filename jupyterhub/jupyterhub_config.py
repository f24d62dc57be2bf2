"""A school's JupyterHub: every learner signs in and has the lessons and JupyterLab to herself.

Run it as root with ``sudo python3 course.py hub``. Learners are the accounts of this machine, and
each one's programs run under her own account, so nobody can reach another's. README.md tells more.
"""

from __future__ import annotations

import grp
import os
import sys
from pathlib import Path

COURSE = Path(__file__).resolve().parent.parent

c = get_config()  # noqa: F821

# Debian keeps the parts of its proxy here, where a Node from elsewhere would not look.
os.environ.setdefault("NODE_PATH", "/usr/share/nodejs")

c.JupyterHub.authenticator_class = "pam"
c.Authenticator.allow_all = True
c.PAMAuthenticator.admin_groups = {"sudo", "wheel"} & {group.gr_name for group in grp.getgrall()}

c.JupyterHub.spawner_class = "jupyterhub.spawner.LocalProcessSpawner"
c.Spawner.cmd = [sys.executable, str(COURSE / "jupyterhub" / "learner.py")]
c.Spawner.environment = {"JUPYTER_CONFIG_PATH": str(COURSE / "jupyter")}
c.Spawner.default_url = "/course/vi"
c.Spawner.start_timeout = 120
c.Spawner.http_timeout = 120

# Nobody there for half an hour: the learner's server ends and gives its memory back.
c.JupyterHub.load_roles = [
    {
        "name": "idle-culler",
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
        "services": ["idle-culler"],
    }
]
c.JupyterHub.services = [
    {
        "name": "idle-culler",
        "command": [sys.executable, "-m", "jupyterhub_idle_culler", "--timeout=1800"],
    }
]
