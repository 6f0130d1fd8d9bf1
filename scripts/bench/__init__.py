"""`make bench`: times of pages on a real server, beside a bare Django and with many people."""
