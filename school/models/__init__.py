from school.models.assignments import HomeroomAssignment, TeachingAssignment
from school.models.change import Change, ChangedRow
from school.models.classes import Enrolment, SchoolClass, Subject
from school.models.groups import GroupMember, TeachingGroup
from school.models.letters import LetterNumber
from school.models.logos import Logo
from school.models.new_year import NewYear
from school.models.office_request import OfficeRequest
from school.models.profile import SchoolProfile
from school.models.semesters import AcademicYear, Policy, RecapPeriod, Semester
from school.models.students import Guardian, Student
from school.models.told import Told
from school.models.upload import Upload
from school.models.users import OfficeHolding, User

__all__ = [
    "AcademicYear",
    "Change",
    "ChangedRow",
    "Enrolment",
    "GroupMember",
    "Guardian",
    "HomeroomAssignment",
    "LetterNumber",
    "Logo",
    "NewYear",
    "OfficeHolding",
    "OfficeRequest",
    "Policy",
    "RecapPeriod",
    "SchoolClass",
    "SchoolProfile",
    "Semester",
    "Student",
    "Subject",
    "TeachingAssignment",
    "TeachingGroup",
    "Told",
    "Upload",
    "User",
]
