"""A minimal Django project: it shows what a page costs at least.

It has an empty page for people who are signed in, a list of 50 rows, and a form that adds a row.
Sessions, authentication and middleware are those of `startproject`.
"""
