"""How `make demo` and a school's own machine serve Sambang."""

import os

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
# A second process uses a second core. Threads wait for browsers, which open connections ahead of
# their requests; how many requests are worked on at a time is another number, and a small one.
worker_class = "gthread"
workers = int(os.environ.get("WORKERS", "2"))
threads = 16
os.environ.setdefault("REQUESTS_AT_ONCE", "2")
backlog = 1024
timeout = 60
# Waiting requests stay with the process that took them until they are answered.
graceful_timeout = 30
# Nothing is left in anybody's home directory.
control_socket_disable = True
