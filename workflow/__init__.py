"""What a state change is. Knows none of the other rooms."""
