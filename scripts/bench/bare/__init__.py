"""A Django project with nothing in it but what a page costs at least.

An empty page for people who signed in, a list of 50 rows, and a form that adds a row; sessions,
signing in and middleware as `startproject` leaves them.
"""
