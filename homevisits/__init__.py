"""Home visits: proposal, approval, schedule, report."""
