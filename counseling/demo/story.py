"""One student's case, act by act. Each is an act of the project, done on its day."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from cases import workflow as cases
from cases.models import Case, Contact, Rung, Summons
from counseling.demo import texts
from counseling.demo.classes import Class
from counseling.demo.follow_ups import look_at_promises
from counseling.demo.holidays import CALENDAR
from counseling.demo.moments import Diary
from homevisits import workflow as visits
from homevisits.models import Visit
from school.models import Guardian, LetterNumber, Semester, Student, User
from school.names import on_paper
from workflow import clock

NO_REASON = ""


@dataclass
class Story:
    """Plans acts in the diary, and keeps what they make for later acts."""

    diary: Diary
    rng: random.Random
    student: Student
    c: Class
    semester: Semester
    by: User
    """The case's counselor, or the coordinator in their place."""
    principal: User
    guardians: list[Guardian]
    away: dict[int, frozenset[str]]
    """Student id → relations of those who live or work elsewhere, so that nobody meets them."""
    _case: Case | None = None
    contacted: Contact = field(init=False)
    letter: Summons = field(init=False)
    visit: Visit = field(init=False)

    @property
    def case(self) -> Case:
        if self._case is None:
            cases_ = Case.objects.select_related("semester__policy", "student")
            self._case = cases_.get(student=self.student, semester=self.semester)
        return self._case

    @property
    def present(self) -> list[Guardian]:
        """Return the guardians who can come to school or be met at home."""
        away = self.away.get(self.student.pk, ())
        return [guardian for guardian in self.guardians if guardian.relation not in away]

    def learned(self, known: dict[str, Any]) -> None:
        """Remember what the homeroom teacher knows of the family."""
        if away := texts.AWAY.get(known["note"]):
            self.away[self.student.pk] = away

    def then(self, moment: datetime, act: Any, *args: Any, **given: Any) -> None:
        """Plan an act on the case, e.g. `then(moment, cases.dismiss, reason=…)`."""
        self.diary.plan(moment, lambda: act(self.case, *args, by=self.by, **given))

    def opened(self, moment: datetime, reasons: list[str], note: str, by: User) -> None:
        self.diary.plan(
            moment,
            lambda: cases.open_directly(
                self.student, self.semester, by=by, reasons=reasons, note=note
            ),
        )

    def confirmed(self, moment: datetime) -> None:
        self.then(moment, cases.confirm)

    def contact(self, moment: datetime, outcome: str, note: str | None = None) -> None:
        """Log an attempt to reach a guardian by number, or the student by any channel."""
        rng = self.rng
        reachable = [g for g in self.guardians if g.phone]
        guardian = rng.choice(reachable) if reachable and rng.randrange(4) else None
        party = guardian.relation if guardian else "STUDENT"
        is_free = note is None
        which, is_other = (0, 0) if outcome == "READ" else divmod(rng.randrange(4), 2)
        channel = ("WHATSAPP", "PHONE")[which]
        if note is None:
            fitting = texts.NOT_REACHED.get((outcome, channel)) or texts.REACHED[party]
            note = rng.choice(fitting)
        if is_free and is_other and guardian is None and outcome in texts.AT_SCHOOL:
            channel, outcome, notes = texts.AT_SCHOOL[outcome]
            note = notes[which]
        given = {
            "channel": channel,
            "party": party,
            "guardian": guardian,
            "outcome": outcome,
            "note": note,
        }
        self.diary.plan(moment, lambda: self._contact(given))

    def _contact(self, given: dict[str, Any]) -> None:
        self.contacted = cases.log_contact(self.case, by=self.by, **given)

    def summoned(
        self, moment: datetime, meets_at: datetime, *, place: str = texts.PLACE, number: bool = True
    ) -> datetime:
        """Issue a summons; return the first hour from `meets_at` when its host is free."""
        meets_at = self.diary.book([self.by], meets_at, 1)

        def act() -> None:
            on = clock.today()
            self.letter = cases.issue_summons(
                self.case,
                by=self.by,
                issued_on=on,
                meets_at=meets_at,
                place=place,
                to_meet=f"{self.by.full_name} (Guru BK)",
                purpose=texts.PURPOSE,
                number=LetterNumber.objects.proposed("SUMMONS", on) if number else "",
            )

        self.diary.plan(moment, act)
        return meets_at

    def delivered(self, moment: datetime, on: date | None = None) -> None:
        host = self.rng.choice(self.present) if self.present else None
        receiver = on_paper(host.called) if host else self.student.name
        relation = host.kinship or texts.RELATIONS[host.relation] if host else "siswa"
        self.on_letter(
            moment,
            cases.record_delivery,
            delivered_on=on or moment.date(),
            receiver=receiver,
            relation=relation,
        )

    def came(self, moment: datetime) -> None:
        host = self.rng.choice(self.present) if self.present else None
        self.on_letter(
            moment,
            cases.record_outcome,
            attended=True,
            came_with=on_paper(host.called) if host else "Kakak siswa",
            minutes=self.rng.choice(texts.MINUTES),
        )

    def did_not_come(self, moment: datetime) -> None:
        minutes = self.rng.choice(texts.NOT_ATTENDED)
        self.on_letter(moment, cases.record_outcome, attended=False, minutes=minutes)

    def numbered(self, moment: datetime) -> None:
        """Fill in the number that the office gave the summons after it was printed."""

        def act() -> None:
            number = LetterNumber.objects.proposed("SUMMONS", self.letter.issued_on)
            cases.fill_number(self.letter, by=self.by, number=number)

        self.diary.plan(moment, act)

    def on_letter(self, moment: datetime, act: Any, **given: Any) -> None:
        self.diary.plan(moment, lambda: act(self.letter, by=self.by, **given))

    def proposed(
        self, moment: datetime, basis: str, wished: tuple[date, date] | None = None, **given: Any
    ) -> None:
        first, last = wished or (None, None)
        reason = texts.VISIT_REASONS.get(basis, NO_REASON)

        def act() -> None:
            self.visit = visits.propose(
                self.case,
                by=self.by,
                basis=basis,
                reason=reason,
                wished_from=first,
                wished_until=last,
                **given,
            )

        self.diary.plan(moment, act)

    def approved(self, moment: datetime, note: str = "") -> None:
        self.diary.plan(moment, lambda: visits.approve([self.visit], by=self.principal, note=note))

    def declined(self, moment: datetime, note: str) -> None:
        self.diary.plan(moment, lambda: visits.decline([self.visit], by=self.principal, note=note))

    def on_visit(self, moment: datetime, act: Any, *, by: User | None = None, **given: Any) -> None:
        self.diary.plan(moment, lambda: act(self.visit, by=by or self.by, **given))

    def scheduled(self, moment: datetime, visit_at: datetime, *, number: bool = True) -> datetime:
        """Schedule a visit by counselor and homeroom teacher, with or without a letter number.

        Return the first hour from `visit_at` when both are free for two hours.
        """
        visitors = [self.by, self.c.homeroom]
        visit_at = self.diary.book(visitors, visit_at, 2)

        def act() -> None:
            proposed = LetterNumber.objects.proposed("ASSIGNMENT", clock.today())
            visits.schedule(
                self.visit,
                by=self.by,
                scheduled_for=visit_at,
                visitors=visitors,
                purposes=["DATA", "COOPERATION", "RESOLUTION"],
                functions=["UNDERSTANDING", "RESOLUTION"],
                number=proposed if number else "",
            )

        self.diary.plan(moment, act)
        return visit_at

    def assignment_numbered(self, moment: datetime) -> None:
        def act() -> None:
            number = LetterNumber.objects.proposed("ASSIGNMENT", clock.today())
            visits.fill_number(self.visit, by=self.by, number=number)

        self.diary.plan(moment, act)

    def visited(self, moment: datetime) -> None:
        """Record a visit that met somebody, with a full report and the promise of one of them."""
        told = self.rng.choice(list(filter(self._fits, texts.REPORTS)))
        values, host = self._report(told), self._host(told)

        def act() -> None:
            visits.save_report(self.visit, by=self.by, values=values, read_at=0)
            visits.add_commitment(
                self.visit,
                by=self.by,
                text=told["commitment"],
                by_whom=host,
                due_on=CALENDAR.on_or_after(moment.date() + timedelta(days=14)),
            )
            visits.record(self.visit, by=self.by)

        self.diary.plan(moment, act)
        look_at_promises(self, moment, self.student.pk)

    def nobody_met(self, moment: datetime, outcome: str, note: str) -> None:
        def act() -> None:
            values = {"outcome": outcome, "special_note": note}
            visits.save_report(self.visit, by=self.by, values=values, read_at=0)
            visits.record(self.visit, by=self.by)

        self.diary.plan(moment, act)

    def visit_again(self, moment: datetime) -> None:
        def act() -> None:
            self.visit = visits.propose_next(self.visit, by=self.by)

        self.diary.plan(moment, act)

    def summarised(self, moment: datetime, text: str) -> None:
        def act() -> None:
            self.case.refresh_from_db(fields=["version"])
            cases.write_summary(self.case, by=self.by, text=text, read_at=self.case.version)

        self.diary.plan(moment, act)

    def resolved(
        self, moment: datetime, rung: Rung, outcome: str | None = None, **more: Any
    ) -> None:
        words = [word for word, _weight in texts.CAUSES[rung]]
        weights = [weight for _word, weight in texts.CAUSES[rung]]
        causes = sorted(set(self.rng.choices(words, weights, k=self.rng.choice((1, 1, 2)))))
        outcome = outcome or self.rng.choices(("SOLVED", "IMPROVED", "NOT_SOLVED"), (76, 20, 4))[0]
        self.then(moment, cases.resolve, outcome=outcome, causes=causes, **more)

    def _fits(self, told: dict[str, Any]) -> bool:
        """Return whether a report tells of this family: who is at home, and who is not."""
        here = {guardian.relation for guardian in self.present}
        has_parents = bool(here & {"FATHER", "MOTHER"})
        return has_parents != ("without_parents" in told) and told.get("tells_of", set()) <= here

    def _host(self, told: dict[str, Any]) -> str:
        """Return who promises: somebody who was met."""
        promised_by: str = told.get("promised_by", "")
        if promised_by == "STUDENT":
            return self.student.name
        return promised_by or on_paper(self.rng.choice(self.present[:2]).called)

    def _report(self, told: dict[str, Any]) -> dict[str, Any]:
        met = sorted({guardian.relation for guardian in self.present[:2]})
        members = ", ".join(on_paper(guardian.called) for guardian in self.present[:2])
        if "without_parents" in told:
            met, members = ["GUARDIAN"], told["without_parents"]
        return {
            **{name: value for name, value in told.items() if name not in texts.BESIDE},
            "outcome": "MET",
            "met": ["STUDENT", *met],
            "service_area": self.rng.choice((["LEARNING"], ["PERSONAL", "LEARNING"])),
            "parties": f"{self.by.full_name}, {self.c.homeroom.full_name}, {members}",
            "minutes_spent": self.rng.choice((35, 40, 45, 60, 75)),
            "family_members": members,
            "evaluation_plan": texts.EVALUATION_PLAN,
            "special_note": self.rng.choice(texts.SPECIAL_NOTES),
        }
