"""Two semesters of a small school, and every table about them computed on paper.

`school.md` says who is there, `acts.md` what was done on which day, `paper.md` what the reports
must then show, each figure with what it counts. All three were written from the design, not from
the code. The story is lived through the verbs, as that of `counseling/tests/year/`.
"""
