"""Schools in which something has happened already, for the tests that cross rooms."""
