"""State changes: their tables, acts and logs. This room knows no other room."""
