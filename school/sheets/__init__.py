"""Tables in files: .xlsx and CSV read into the same rows, and CSV written."""
