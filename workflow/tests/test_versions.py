"""Two editors lose no text: the later one sees both texts."""

import pytest

from workflow.errors import EditConflict
from workflow.tests.sample_lifecycle import Lamp
from workflow.versions import save_versioned

pytestmark = pytest.mark.usefixtures("sample_lifecycle")


def test_an_edit_grows_the_version():
    it = Lamp.objects.create(place="hall")
    saved = save_versioned(it, {"place": "cellar"}, read_at=1)
    assert (saved.place, saved.version) == ("cellar", 2)
    assert Lamp.objects.get().version == 2


def test_the_later_editor_sees_both_texts_and_changes_nothing():
    it = Lamp.objects.create(place="hall")
    save_versioned(it, {"place": "cellar"}, read_at=1)
    with pytest.raises(EditConflict) as refused:
        save_versioned(it, {"place": "roof"}, read_at=1)
    assert refused.value.current.place == "cellar"
    assert refused.value.refused == {"place": "roof"}
    assert Lamp.objects.get().place == "cellar"


def test_what_stands_already_is_a_success_at_whatever_version_it_was_read():
    it = Lamp.objects.create(place="hall")
    save_versioned(it, {"place": "cellar"}, read_at=1)
    again = save_versioned(it, {"place": "cellar"}, read_at=1)
    assert (again.version, Lamp.objects.get().version) == (2, 2)
