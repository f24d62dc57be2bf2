"""How the course's Voilà server runs. Which pages it shows stands in ``server.py``."""

from __future__ import annotations

import os
import sys
from tempfile import gettempdir
from typing import Final

from traitlets.config import Config

from cxlib.learning.glossary import explained
from cxlib.text import LANGS

# Pages load nothing from another host and send nothing there. Voilà's scripts stand in the page,
# compile schemas and import widgets from blobs.
CONTENT_POLICY: Final = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
MEGABYTE: Final = 1024 * 1024
# Nobody else on the machine can listen to them; a socket's path may have 107 characters on Linux,
# of which a kernel's takes 65 below the folder for temporary files.
LOCAL_SOCKETS: Final = sys.platform == "linux" and len(gettempdir()) <= 107 - 65

SETTINGS: Final = Config(
    Voila={
        "ip": "localhost",
        "port_retries": 0,
        "log_level": "ERROR",
        "tornado_settings": {
            # An upload of 8 MB crosses the websocket in one message.
            "websocket_max_message_size": 32 * MEGABYTE,
            "headers": {
                "Content-Security-Policy": CONTENT_POLICY,
                "Referrer-Policy": "same-origin",
                "Server": "CX Master",
            },
        },
    },
    VoilaConfiguration={
        "template": "cxmaster",
        "theme": "light",
        "allow_template_override": "NO",
        "allow_theme_override": "NO",
        "show_tracebacks": False,
        "resources": {
            "terms": {lang: explained(lang) for lang in LANGS},
            "short_lived": any(name.startswith("BINDER_") for name in os.environ),
        },
        # Authoring tools that an analyst may have installed; on a lesson page they only cost time.
        "extension_denylist": [
            "jupyterlab-jupytext",
            "jupyterlab_pygments",
            "@jupyterlite/pyodide-kernel-extension",
            "@jupyterlite/application-extension",
            "ipylab",
            "nbdime-jupyterlab",
            "@voila-dashboards/jupyterlab-preview",
            # And what Binder and JupyterHub bring along.
            "@jupyter-notebook/lab-extension",
            "@jupyter-server/resource-usage",
            "@jupyterhub/jupyter-server-proxy",
            "jupyter-offlinenotebook",
        ],
    },
    # Our notebooks are built and tested; looking once whether one is valid is enough.
    Exporter={"optimistic_validation": True},
    # Without it a cell that never ends leaves the page waiting for ever.
    VoilaExecutor={"timeout": 60},
    KernelManager={
        "client_factory": "prompt_client.PromptClient",
        "transport": "ipc" if LOCAL_SOCKETS else "tcp",
    },
    # A closed tab ends its kernel at once; this is for laptops that fell asleep and phones, and
    # counts from the moment their line was cut.
    MappingKernelManager={
        "cull_idle_timeout": 300,
        "cull_interval": 30,
        "cull_connected": False,
    },
    # A restarted kernel would know nothing of the widgets on the page: let it stay dead and say so.
    KernelRestarter={"restart_limit": 0},
)
