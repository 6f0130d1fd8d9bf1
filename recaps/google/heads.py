"""Names of columns in files of Google, in English and in Indonesian."""

from collections.abc import Collection, Sequence

from school.sheets.cells import folded

LAST = {"lastname", "namabelakang", "surname"}
FIRST = {"firstname", "namadepan"}
FULL = {"name", "nama", "fullname", "namalengkap", "participantname", "namapeserta"}
EMAIL = {"emailaddress", "alamatemail", "email", "surel", "alamatsurel", "emailpengguna"}
DURATION = {"duration", "durasi", "timeincall", "waktudalampanggilan", "lama"}
JOINED = {"timejoined", "waktubergabung", "joined", "firstseen", "pertamaterlihat"}
EXITED = {"timeexited", "waktukeluar", "exited", "lastseen", "terakhirterlihat"}
DATE = {"date", "tanggal"}
POINTS = {"points", "poin", "nilai", "nilaimaksimal"}
SENT = {"timestamp", "stempelwaktu", "capwaktu"}
AVERAGE = {"classaverage", "ratarata", "ratarataclass", "rataratakelas"}


def place_of(names: Collection[str], cells: Sequence[str]) -> int | None:
    """Return the first column with one of these names."""
    return next((at for at, cell in enumerate(cells) if folded(cell) in names), None)


def cell(cells: Sequence[str], at: int | None) -> str:
    return cells[at] if at is not None and at < len(cells) else ""
