"""Schools with a past, for the tests that cross rooms."""
