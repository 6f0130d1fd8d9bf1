"""Files in: what a file would change of the school, shown first, then done as a whole or not."""
