"""How `make demo` and a school's own machine serve Sambang."""

import os

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
# Threads wait for the database side by side; a second process uses a second core.
worker_class = "gthread"
workers = int(os.environ.get("WORKERS", "2"))
threads = 16
backlog = 1024
timeout = 60
# Waiting requests stay with the process that took them until they are answered.
graceful_timeout = 30
# Nothing is left in anybody's home directory.
control_socket_disable = True
