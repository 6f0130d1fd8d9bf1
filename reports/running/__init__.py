"""What a semester that takes acts looks like now: where its cases stand, and who waits for whom."""
