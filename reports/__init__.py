"""Questions asked of all the other rooms: Tables 2 and 3, the dashboard, the semester report."""
