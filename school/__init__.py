"""People and time: users, students, classes, subjects, assignments, semesters."""
