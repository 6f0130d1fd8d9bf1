"""Facts for `running`: the cases of Ganjil 2021/2022, and the recaps and lists still missing."""

from dataclasses import dataclass
from typing import Any

from counseling.demo import scripts, texts, visit_scripts
from counseling.demo.scripts import Script

JULY, AUGUST, SEPTEMBER = 0, 1, 2
LATE_COUNSELOR = "XI MIPA 3"
DIRECTLY = -1


@dataclass(frozen=True)
class Planned:
    """A student's case: the class, the month whose list began it, and the script it follows."""

    class_name: str
    came: int
    script: Script
    name: str = ""
    """The student's name; empty for any student of the class."""


PLANNED = (
    # Bu Retno's
    Planned("X MIPA 3", AUGUST, scripts.summons_today, "Bagas Setiawan"),
    Planned("X MIPA 3", AUGUST, scripts.summons_overdue, "Lestari"),
    Planned("X MIPA 3", AUGUST, scripts.resolved_by_contact, "Nur Hidayah"),
    Planned("XII IPS 2", AUGUST, visit_scripts.visit_to_record, "Wahyu Nugroho"),
    Planned("XII IPS 2", AUGUST, visit_scripts.visit_today, "Siti Aminah"),
    Planned("XI IPS 1", AUGUST, scripts.tried_twice, "Dimas Prasetyo"),
    Planned("XI IPS 1", SEPTEMBER, scripts.waits_with_notes, "Rina Marlina"),
    Planned("XI IPS 1", SEPTEMBER, scripts.waits_for_review),
    Planned("XI IPS 1", SEPTEMBER, scripts.waits_for_review),
    Planned("XI IPS 1", SEPTEMBER, scripts.waits_for_review),
    Planned("XI MIPA 2", AUGUST, scripts.reached),
    # Pak Bambang's
    Planned("XI MIPA 4", DIRECTLY, visit_scripts.proposed_for_economy, "Joko Susilo"),
    Planned("X MIPA 4", AUGUST, visit_scripts.proposed_after_summonses),
    Planned("X MIPA 4", AUGUST, scripts.called("WRONG", 10, 1)),
    Planned("XII MIPA 1", AUGUST, scripts.left),
    Planned("XII IPS 1", AUGUST, visit_scripts.nobody_home_then_again),
    Planned("XII IPS 1", DIRECTLY, visit_scripts.urgent),
    Planned("XII IPS 1", AUGUST, scripts.resolved_by_contact),
    # Bu Tri's
    Planned("X MIPA 1", AUGUST, visit_scripts.proposed_after_contacts),
    Planned("X MIPA 1", AUGUST, scripts.contact_void),
    Planned("X IPS 1", AUGUST, scripts.summons_attended),
    Planned("XI MIPA 1", AUGUST, scripts.summons_in_vain),
    Planned("XII MIPA 2", AUGUST, visit_scripts.declined),
    Planned("XII MIPA 2", AUGUST, scripts.dismissed),
    Planned("XI MIPA 1", AUGUST, scripts.dismissed_then_reopened),
    # Pak Yudi's
    Planned("XI MIPA 3", DIRECTLY, visit_scripts.urgent_acknowledged),
    Planned("X MIPA 2", AUGUST, scripts.summons_without_number),
    Planned("XII MIPA 3", AUGUST, scripts.summons_rescheduled),
    Planned("X MIPA 2", AUGUST, scripts.moved_class),
    Planned("X IPS 2", AUGUST, visit_scripts.visit_moved_to_tomorrow),
    Planned("XI MIPA 3", JULY, scripts.resolved_early),
    # Bu Nur's
    Planned("XI IPS 2", AUGUST, visit_scripts.visited("MOVED", "Sekeluarga pindah ke Temanggung")),
    Planned(
        "XII MIPA 4", AUGUST, visit_scripts.visited("REFUSED", "Orang tua tidak berkenan ditemui")
    ),
    Planned("XI IPS 3", JULY, scripts.resolved_then_reopened),
    Planned("XI IPS 3", JULY, scripts.resolved_early),
    Planned("X IPS 3", AUGUST, scripts.summons_numbered_later),
    Planned("XI IPS 2", AUGUST, scripts.left_and_closed),
    Planned("XII MIPA 4", AUGUST, visit_scripts.visited_and_resolved),
    # Pak Anton's
    Planned("XII IPS 3", AUGUST, visit_scripts.cancelled),
    Planned("XII IPS 3", AUGUST, visit_scripts.withdrawn),
    Planned("XI IPS 4", AUGUST, visit_scripts.visit_approved),
    Planned("XI IPS 4", AUGUST, visit_scripts.approval_withdrawn),
    Planned("XII IPS 4", DIRECTLY, scripts.confirmed),
    Planned("XI IPS 4", AUGUST, scripts.called("READ", 10, 2)),
    Planned("XI IPS 4", AUGUST, scripts.resolved_by_summons),
    Planned("XII IPS 3", AUGUST, scripts.resolved_without_a_word),
    Planned("XII IPS 3", AUGUST, visit_scripts.visited_and_met),
    # a class without a counselor: Bu Endang's
    Planned("X IPS 4", AUGUST, scripts.called("INACTIVE", 10, 1)),
    Planned("X IPS 4", AUGUST, scripts.dismissed),
    Planned("X IPS 4", SEPTEMBER, scripts.waits_for_review),
)
HANDED_OVER_EARLY = {"XI IPS 1", "XI IPS 3", "X IPS 4", "XI MIPA 1"}
"""Classes whose list of September went to BK before it was due."""
SHOWN: dict[str, tuple[str, int, dict[str, Any] | None]] = {
    # students of the first steps: what shows in August, in how many subjects, what is known
    "Bagas Setiawan": (
        "NEVER",
        5,
        texts.KNOWLEDGE[0],
    ),
    "Lestari": ("MISSING", 8, None),
    "Nur Hidayah": ("MISSING", 3, texts.KNOWLEDGE[4]),
    "Dimas Prasetyo": ("LOW", 6, None),
    "Wahyu Nugroho": (
        "LOW",
        5,
        texts.KNOWLEDGE[1],
    ),
    "Siti Aminah": ("MIXED", 5, texts.KNOWLEDGE[2]),
    "Rina Marlina": ("MISSING", 5, None),
}
ALL_IN = {"X MIPA 1", "X MIPA 2", "X MIPA 4", "XII MIPA 2", "XII MIPA 4"}
"""Classes that have all recaps of September, but have not handed over the list yet."""
OWED = {("X MIPA 3", "Matematika"), ("X MIPA 3", "Kimia")}
OVERDUE = "XII IPS 4"
"""The class whose list of August has not gone to BK."""
DIRECT_ON: dict[Script, tuple[int, int]] = {
    visit_scripts.urgent: (10, 1),
    visit_scripts.urgent_acknowledged: (9, 20),
}
