"""Files of Google Classroom, Meet and Form: read, told apart, matched with students, added up."""
