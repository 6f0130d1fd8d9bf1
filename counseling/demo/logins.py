"""The logins of the demo school, as a table for the terminal and the README."""

from counseling.demo import roster


def rows() -> list[tuple[str, str, str]]:
    """Return user name, person's name and office of each login."""
    named = {row.username: row.full_name for row in roster.OFFICIALS}
    named |= {username: known.full_name for username, known in roster.FIXED_TEACHERS.items()}
    return [
        ("kepsek", named["kepsek"], "Principal: dashboard, progress report, visits to approve"),
        ("koordinator", named["koordinator"], "Counseling coordinator: all cases"),
        ("bk1", named["bk1"], "Counselor of X MIPA 3, XI MIPA 2, XI IPS 1, XII IPS 2"),
        ("bk2 … bk6", "", "The other counselors"),
        ("wali1", named["wali1"], "Homeroom teacher of X MIPA 3; teaches too"),
        (f"wali2 … wali{len(roster.HOMEROOMS)}", "", "Homeroom teachers of the other classes"),
        ("guru1", named["guru1"], "Subject teacher: recaps due in X MIPA 3 and elsewhere"),
        ("guru2 … guru21", "", "The other subject teachers"),
        ("waka", named["waka"], "Student affairs: tables by grade"),
        ("operator", named["operator"], "Operator: people and classes, no case"),
    ]


def table() -> str:
    """Return the logins in columns, with their password below."""
    lines = [("User name", "Name", "Who"), *rows()]
    widths = [max(len(line[n]) for line in lines) for n in range(2)]
    text = "\n".join(f"{u:<{widths[0]}}  {n:<{widths[1]}}  {w}" for u, n, w in lines)
    return f"{text}\n\nPassword of all: {roster.PASSWORD}"
