"""How `make demo` and a school's own machine serve Sambang."""

import os

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "counseling.server.BufferingWorker"
# A second process uses a second core.
workers = int(os.environ.get("WORKERS", "2"))
# Requests that a process works on at a time (decision 0020). They come to it whole: waiting for
# browsers takes no thread (decision 0023).
threads = int(os.environ.get("REQUESTS_AT_ONCE", "2"))
backlog = 1024
timeout = 60
# Waiting requests stay with the process that took them until they are answered.
graceful_timeout = 30
# Nothing is left in anybody's home directory.
control_socket_disable = True
