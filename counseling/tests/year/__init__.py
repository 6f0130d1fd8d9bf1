"""A school year as plain tables, lived through the acts and read from the pages.

`school.md`, `acts.md` and `expected.md` were written from the design and the domain alone; a
principal can check them. The rest of the folder makes the school, does the acts and asks the pages.
"""
