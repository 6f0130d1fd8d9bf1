"""`make bench`: what a page costs on a real server, beside a bare Django, and many at once."""
