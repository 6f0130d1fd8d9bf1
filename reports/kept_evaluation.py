"""What a frozen semester report keeps of the evaluations: figures, judgements, texts and names."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from reports.evaluations import evaluations_of, handed_over_in
from reports.feedback_results import Results, results_of
from reports.grid import Grid
from reports.grid_data import data_of, grid_from
from reports.models import Evaluation, EvaluationStatus
from reports.outcome_figures import outcome_grid, outcomes
from reports.process_figures import paces, process_grid
from school.models import Semester
from workflow.errors import Text

Data = dict[str, Any]


def evaluation_data(semester: Semester) -> Data:
    """Return the school's figures, what was handed over, and the feedback in counts."""
    joint = evaluations_of(semester).get(None)
    is_in = joint is not None and joint.status == EvaluationStatus.HANDED_OVER
    results = results_of(semester)
    return {
        "figures": [
            data_of(process_grid(paces(semester))),
            data_of(outcome_grid(outcomes(semester))),
        ],
        "joint": _kept(joint) if joint and is_in else None,
        "counselors": [_kept(one) for one in handed_over_in(semester)],
        "feedback": _feedback(results) if results else None,
    }


def _kept(evaluation: Evaluation) -> Data:
    """Return an evaluation in words; the school's bears no name."""
    return {
        "name": evaluation.author.full_name if evaluation.author else "",
        "judgements": [
            {
                "aspect": str(one.aspect.label),
                "judgement": str(one.standing.word) if one.standing else "",
                "words": one.words,
            }
            for one in (*evaluation.process, *evaluation.outcome)
        ],
        "improvements": evaluation.improvements,
        "summary": evaluation.summary,
    }


def _feedback(results: Results) -> Data:
    return {
        "answers": results.answers,
        "services": [[str(label), number] for label, number in results.services],
        "questions": [
            {
                "title": str(table.title),
                "lines": [
                    {
                        "label": str(line.label),
                        "answers": line.answers,
                        "cells": [[cell.joined, cell.number, cell.width] for cell in line.cells],
                    }
                    for line in table.lines
                ],
            }
            for table in results.tables
        ],
        "steps": [str(head) for head in results.heads],
    }


def kept_grids(data: Data | None) -> list[Grid]:
    """Return the figures of the process and the outcome as they were kept."""
    return [grid_from(one) for one in data["figures"]] if data else []


def kept_texts(data: Data | None) -> Sequence[tuple[Text, str]]:
    """Return what was written, each under its title: the joint one first, then by counselor."""
    if not data:
        return []
    joint = [(_("Joint evaluation"), _said(data["joint"]))] if data["joint"] else []
    others = [
        (_("Evaluation of %(name)s") % {"name": one["name"]}, _said(one))
        for one in data["counselors"]
    ]
    return [*joint, *others]


def _said(kept: Data) -> str:
    """Return summary, judgements and improvements in lines."""
    judged = [
        f"{one['aspect']}: {one['judgement']}" + (f" – {one['words']}" if one["words"] else "")
        for one in kept["judgements"]
    ]
    parts = [kept["summary"], "\n".join(judged), kept["improvements"]]
    return "\n\n".join(part for part in parts if part)
