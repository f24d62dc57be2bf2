"""The course beside JupyterLab, where another Jupyter server receives the learner.

That server, on Binder or in a school's JupyterHub, asks who she is and starts the course's own
server the first time she opens ``course/`` under its address.
"""

from __future__ import annotations

import sys
from pathlib import Path

COURSE = Path(__file__).resolve().parent.parent

c = get_config()  # noqa: F821
c.ServerProxy.servers = {
    "course": {
        "command": [
            sys.executable,
            str(COURSE / "voila" / "server.py"),
            "--port={port}",
            "--no-browser",
            "--Voila.base_url={base_url}course/",
        ],
        "environment": {"CX_KERNELS": "plain"},  # a warmed parent does not pay for one learner
        "absolute_url": True,
        # The outer server has checked where the visit comes from; to the course it is a local one.
        "request_headers_override": {
            "Host": "localhost:{port}",
            "Origin": "http://localhost:{port}",
        },
        "timeout": 60,
        "launcher_entry": {"title": "CX Master", "path_info": "course/vi"},
    }
}
