"""The buttons of the operator's pages for a semester, tried on one to come."""

from datetime import date

from counseling.tests.buttons.button import Button, rows, url
from counseling.tests.scenarios.students import Students
from school.forms.semester import PolicyForm
from school.models import Policy, RecapPeriod, Semester
from school.models.semesters import Term
from school.tests import factories as make
from school.workflow.policy import moved_with_period

SENT = {"read_at": 1}


def of_semesters(students: Students) -> dict[str, Button]:
    operator = students.cast.operator
    semester = make.SemesterFactory(
        year=make.AcademicYearFactory(label="2030/2031"),
        term=Term.ODD,
        starts_on=date(2030, 7, 15),
        ends_on=date(2030, 12, 20),
    )
    july = _period(semester, date(2030, 7, 15), date(2030, 7, 31))
    august = _period(semester, date(2030, 8, 1), date(2030, 8, 31))
    late = make.SemesterFactory(
        year=make.AcademicYearFactory(label="2033/2034"),
        term=Term.ODD,
        starts_on=date(2033, 7, 18),
        ends_on=date(2033, 12, 16),
    )
    policy = Policy.objects.get(semester=semester)
    decided = {name: getattr(policy, name) for name in PolicyForm._meta.fields}
    holiday = {"holidays_first": ["2030-08-17"], "holidays_last": [""]}
    return {
        "school:add_semester": Button(
            operator,
            url("school:add_semester"),
            {
                "year_label": "2031/2032",
                "term": "1",
                "starts_on": "2031-07-14",
                "ends_on": "2031-12-19",
                "read_at": 0,
            },
            rows(Semester, year__label="2031/2032"),
        ),
        "school:semester": Button(
            operator,
            url("school:semester", semester.pk),
            {"starts_on": "2030-07-15", "ends_on": "2030-12-21", **SENT},
            lambda: semester.history.filter(ends_on="2030-12-21").count(),
        ),
        "school:first_recap": Button(
            operator,
            url("school:first_recap", late.pk),
            {"first": "2033-10-01"},
            rows(RecapPeriod, semester=late, starts_on="2033-10-01"),
        ),
        "school:add_recap_period": Button(
            operator,
            url("school:add_recap_period"),
            {
                "semester": semester.pk,
                "starts_on": "2030-09-01",
                "ends_on": "2030-09-30",
                "read_at": 0,
            },
            rows(RecapPeriod, starts_on="2030-09-01"),
        ),
        "school:recap_period": Button(
            operator,
            url("school:recap_period", july.pk),
            {
                "starts_on": "2030-07-15",
                "ends_on": "2030-07-30",
                "sure": moved_with_period(july, date(2030, 7, 30)),
                **SENT,
            },
            lambda: july.history.filter(ends_on="2030-07-30").count(),
        ),
        "school:recap_periods": Button(
            operator,
            url("school:recap_periods"),
            {"row": [august.pk], "act": "delete", "sure": "1"},
            lambda: RecapPeriod.history.filter(id=august.pk, history_type="-").count(),
        ),
        "school:policy": Button(
            operator,
            url("school:policy", semester.pk),
            {**decided, "attempt_days": 9, **SENT},
            lambda: policy.history.filter(attempt_days=9).count(),
        ),
        # after the policy, whose row it shares
        "school:school_days": Button(
            operator,
            url("school:school_days", semester.pk),
            {**holiday, "holidays_name": ["Hari Kemerdekaan"], "pasted": "", "read_at": 2},
            lambda: policy.history.exclude(holidays="").count(),
        ),
    }


def _period(semester: Semester, first: date, last: date) -> RecapPeriod:
    return make.RecapPeriodFactory(semester=semester, starts_on=first, ends_on=last)
