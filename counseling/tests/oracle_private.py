"""Photos and confidential notes, read from the raw rows: who may read a note, which photos stand.

Written from the design and its decisions, as `oracle` is.
"""

from counseling.tests.oracle import table
from counseling.tests.oracle_log import Key, Life
from counseling.tests.oracle_support import People, by_id

MOST_PHOTOS = 12
"""Photos that a visit keeps."""
Order = dict[int, list[int]]


def photos_in_order() -> Order:
    """Return visit → its photos that are kept, in their order."""
    kept = [row for row in table("homevisits_photo") if row["status"] == "KEPT"]
    found: Order = {}
    for row in sorted(kept, key=lambda row: (row["place"], row["id"])):
        found.setdefault(row["visit_id"], []).append(row["id"])
    return found


def is_one_act_later(before: Order, after: Order) -> bool:
    """Return whether at most one photo came as the last, or went, or changed with the next one."""
    moved = [pk for pk in before.keys() | after.keys() if before.get(pk) != after.get(pk)]
    if not moved:
        return True
    was, stands = before.get(moved[0], []), after.get(moved[0], [])
    came = was == stands[:-1]
    went = any(stands == was[:at] + was[at + 1 :] for at in range(len(was)))
    swapped = any(
        stands == [*was[:at], was[at + 1], was[at], *was[at + 2 :]] for at in range(len(was) - 1)
    )
    return len(moved) == 1 and (came or went or swapped)


def photos_removed_wrongly(lives: dict[Key, Life]) -> list[int]:
    """Return those that went without a reason, or that would still be printed."""
    reasons = {row["entry_id"] for row in table("workflow_actionnote") if row["text"].strip()}
    found = []
    for row in table("homevisits_photo"):
        went = lives["homevisits.photo", row["id"]].stands("remove")
        has_gone = row["status"] == "REMOVED"
        is_shown = row["is_ticked"] or row["caption"]
        with_reason = [entry for entry in went if entry["id"] in reasons]
        if len(with_reason) != has_gone or (has_gone and is_shown):
            found.append(row["id"])
    return found


def files_of_photos() -> tuple[set[str], set[str]]:
    """Return the names of the files that must be in the folder, and of those that must not."""
    files: dict[str, set[str]] = {"KEPT": set(), "REMOVED": set()}
    for row in table("homevisits_photo"):
        files[row["status"]] |= {f"{row['name']}.webp", f"{row['name']}-s.webp"}
    return files["KEPT"], files["REMOVED"]


Pairs = set[tuple[int, int]]


def readers(people: People) -> Pairs:
    """Return (person, note) for those whose text the person reads: author and receivers.

    They are of BK still. Of a note that was deleted the author alone sees that there was one.
    """
    notes = by_id("cases_confidentialnote")
    written = {pk for pk, note in notes.items() if note["status"] == "WRITTEN"}
    passed = {(row["to_id"], row["note_id"]) for row in table("cases_passednote")}
    received = {(to, note) for to, note in passed if note in written}
    authors = {(note["author_id"], pk) for pk, note in notes.items()}
    return {(person, pk) for person, pk in authors | received if person in people.bk}


def readers_with_a_reason(people: People) -> Pairs:
    """Return (coordinator, note) for the notes whose author is not of BK any more."""
    coordinators = [pk for pk in people.offices if people.holds(pk, "COORDINATOR")]
    return {
        (person, pk)
        for pk, note in by_id("cases_confidentialnote").items()
        for person in coordinators
        if note["status"] == "WRITTEN" and note["author_id"] not in people.bk
    }


def passed_wrongly(lives: dict[Key, Life], known: set[int]) -> list[int]:
    """Return what was passed on otherwise than by its author, or to another than the counselor.

    Who the counselor was is asked of those that are not `known` yet.
    """
    notes, cases = by_id("cases_confidentialnote"), by_id("cases_case")
    rows = table("cases_passednote")
    found = []
    for row in rows:
        note = notes[row["note_id"]]
        acts = lives["cases.confidentialnote", note["id"]].stands("pass_on")
        to = [one["to_id"] for one in rows if one["note_id"] == note["id"]]
        is_new = row["id"] not in known
        if (
            {entry["actor_id"] for entry in acts} != {note["author_id"]}
            or len(acts) != len(to)
            or note["author_id"] in to
            or (is_new and row["to_id"] != cases[note["case_id"]]["counselor_id"])
        ):
            found.append(row["id"])
    return found
