"""A teacher's recap, the class list that joins them, and the indicators both show."""
