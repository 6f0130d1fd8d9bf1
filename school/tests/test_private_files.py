"""Private files: what a killed process leaves is swept, what is being written is not."""

import os
import signal
import subprocess
import sys
import textwrap

import pytest
from django.db import transaction

from school.private_files import PrivateFiles, new_name

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return PrivateFiles("photos", lambda names: known & set(names))


known = {"kept.webp"}


def test_a_file_without_a_row_is_swept_and_one_with_a_row_stays(files):
    with files.written({"kept.webp": b"1", "gone.webp": b"2"}):
        pass
    assert files.sweep() == 0, "locked until the commit"
    transaction.get_connection().run_on_commit.clear()
    assert files.sweep() == 1
    assert (files.read("kept.webp"), files.path("gone.webp").exists()) == (b"1", False)
    assert files.sweep() == 0


def test_what_fails_takes_its_files_back(files):
    with pytest.raises(ValueError, match="no row"), files.written({"gone.webp": b"2"}):
        raise ValueError("no row")
    assert list(files.root.iterdir()) == []


def test_a_rollback_leaves_a_file_for_the_next_sweep(files):
    with transaction.atomic():
        with files.written({"gone.webp": b"2"}):
            pass
        transaction.set_rollback(True)
    assert files.sweep() == 1


def test_a_name_is_not_written_twice(files):
    with files.written({"kept.webp": b"1"}):
        pass
    with pytest.raises(FileExistsError), files.written({"kept.webp": b"2"}):
        pass


def test_before_there_is_a_folder_there_is_nothing_to_sweep(files):
    assert files.sweep() == 0


def test_names_say_nothing():
    names = {new_name(".webp") for _n in range(50)}
    assert len(names) == 50
    assert {len(name) for name in names} == {37}


WRITES = """
    import fcntl, sys, time
    from pathlib import Path
    file = Path(sys.argv[1]).open("xb")
    fcntl.flock(file, fcntl.LOCK_EX)
    file.write(b"half")
    file.flush()
    print("written", flush=True)
    time.sleep(60)
"""


def test_what_another_process_writes_stays_until_that_is_killed(files):
    files.root.mkdir(parents=True)
    path = files.path("half.webp")
    writer = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(WRITES), str(path)], stdout=subprocess.PIPE
    )
    try:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"written\n"
        assert (files.sweep(), path.exists()) == (0, True)
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        assert (files.sweep(), path.exists()) == (1, False)
    finally:
        writer.kill()
        writer.communicate()
