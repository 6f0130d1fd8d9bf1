"""The document of who sees what is generated from the tables that enforce it."""

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from school import access_docs
from school.sight import SeenQuerySet, Sight

pytestmark = pytest.mark.sqlite


def test_the_document_of_the_tables_is_true():
    """Run `manage.py access_docs` after changing a table."""
    call_command("access_docs", check=True)


def test_the_document_is_generated_from_the_tables_alone(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    (tmp_path / "docs").mkdir()
    with pytest.raises(CommandError, match="out of date"):
        call_command("access_docs", check=True)
    call_command("access_docs")
    assert (tmp_path / "docs" / "access.md").read_text() == access_docs.text()


def test_whatever_is_visible_to_somebody_has_a_table():
    for model in apps.get_models():
        rows = model._default_manager.all()
        if hasattr(rows, "visible_to"):
            assert isinstance(rows, SeenQuerySet), model
            assert rows.sight in Sight.declared


def test_each_table_says_of_what_it_is_and_stands_in_the_document_once():
    names = [sight.what for sight in Sight.declared]
    assert len(names) == len(set(names))
    text = access_docs.text()
    assert all(f"\n| {name} |" in text for name in names)
