"""The Django project, and the pages and commands that span rooms."""
