"""Class lists: what homeroom teachers know, decide and hand over to the counselor."""

import random
from dataclasses import dataclass, field
from typing import Any

from counseling.demo.classes import Class
from recaps.models import ClassList
from recaps.workflow import class_list_of, decide, hand_over_list, write_knowledge
from recaps.workflow.class_list import undecided_students
from school.models import RecapPeriod, Student


@dataclass
class Handing:
    """A class list before it goes to BK: the students it refers and what is known about them."""

    c: Class
    period: RecapPeriod
    referred: list[Student] = field(default_factory=list)
    knowledge: dict[int, dict[str, Any]] = field(default_factory=dict)
    """Student id → economy, family, other, note."""

    def decided(self, rng: random.Random) -> ClassList:
        """Decide for each student who stands out, and return the list."""
        by = self.c.homeroom
        class_list = class_list_of(self.c.row, self.period, by=by)
        pupils = {pupil.pk: pupil for pupil in self.c.pupils}
        for student_id, values in self.knowledge.items():
            write_knowledge(class_list, pupils[student_id], by=by, values=values, read_at=0)
        if self.referred:
            decide(class_list, self.referred, "REFER", by=by)
        others = sorted(undecided_students(class_list) - {s.pk for s in self.referred})
        watched = [pupils[pk] for pk in others if rng.random() < 0.7]  # noqa: PLR2004
        fine = [pupils[pk] for pk in others if pupils[pk] not in watched]
        for choice, students in (("WATCH", watched), ("NO_CONCERN", fine)):
            if students:
                decide(class_list, students, choice, by=by)
        return class_list

    def handed_over(self, rng: random.Random) -> None:
        hand_over_list(self.decided(rng), by=self.c.homeroom)
