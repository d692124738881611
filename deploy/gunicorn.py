"""gunicorn's settings, the same for `make run` and for containers; sized by the environment."""

import os
from typing import Any

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
worker_class = "gthread"
# A heartbeat file on a slow disk would get workers killed; it holds no data.
preload_app = True  # loaded once and shared by fork; a worker that starts again is there at once
worker_tmp_dir = "/dev/shm"  # noqa: S108
timeout = 120
graceful_timeout = 10
keepalive = 15  # longer than the proxy's pause between two requests of one page
max_requests = 5000
max_requests_jitter = 500
loglevel = "warning"


def on_starting(server: Any) -> None:
    """Load every view before the workers fork, so that no visitor waits for it; then, in
    `make run`, wait until the database is ready. Nobody can visit before this returns.
    """
    from django.urls import get_resolver

    len(get_resolver().url_patterns)
    if pipe := os.environ.get("KJ_WAIT_FOR"):
        os.read(int(pipe), 1)  # nobody writes: this returns when the other end is closed
