"""A student's case: review, contacts, summonses, and its end."""
