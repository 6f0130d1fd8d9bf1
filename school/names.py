"""How a person is named: by their plain name, with titles, or as others call them."""

import re
import unicodedata

PAK, BU = "Pak", "Bu"
ON_PAPER = {PAK: "Bapak", BU: "Ibu"}
ADDRESSES = {
    **dict.fromkeys(("pak", "bapak", "bpk", "bp", "sdr"), PAK),
    **dict.fromkeys(("bu", "ibu", "sdri"), BU),
}
AN_ADDRESS = re.compile(rf"({'|'.join(ADDRESSES)})(?:\.\s*|\s+)(?=\w)", re.IGNORECASE)
"""Before a name: "Bpk. Slamet", but neither "Ibunda" nor "Bupati"."""
BEFORE = frozenset({"dr", "dra", "drs", "h", "hj", "ir", "kh", "prof"})
"""Titles before a name."""
TOUCHING = re.compile(rf"\b({'|'.join(sorted(BEFORE))})\.(?=\w)", re.IGNORECASE)
OF_DEGREES = "Ag|Ak|Farm|Hum|Kes|Kep|Kom|Ma|Md|Or|Pd|Psi|Pust|Sc|Si|Sn|Sos|Stat|Th"
A_DEGREE = re.compile(rf"[SMA]\.(?: ?(?:{OF_DEGREES})|[EHIMPST])\b\.?(?: ?(?:I|K|SD)\b\.?)?$")
"""Behind a name without a comma: "Siti Aminah S.Pd."."""
TITLES = BEFORE | {"m", "muh", "moh", "mohd"}
"""Academic and religious titles and abbreviated first names, which nobody is called by."""


def words_of(name: str) -> list[str]:
    """Return the words of a name that are no title and no abbreviation; all if none is left."""
    words = name.split()
    plain = [w for w in words if not w.endswith(".") and w.lower() not in TITLES and w[0].isalpha()]
    return plain or words


def called(title: str, name: str) -> str:
    """Return the name as colleagues say it: "Bu Retno" for "Hj. Retno Wulandari"."""
    return " ".join((title, *words_of(name)[:1]))


def initials(name: str) -> str:
    return "".join(word[0] for word in words_of(name)[:2]).upper()


def with_titles(before: str, name: str, after: str) -> str:
    """Return "Dra. Hj. Sri Wahyuni, M.Pd."."""
    full = f"{before} {name}".strip()
    return f"{full}, {after}" if after else full


def split_address(full: str) -> tuple[str, str]:
    """Return Pak, Bu or "", and the rest of a name: of "Ibu Dra. Sri Wahyuni"."""
    if found := AN_ADDRESS.match(full):
        return ADDRESSES[found[1].casefold()], full[found.end() :]
    return "", full


def split_titles(full: str) -> tuple[str, str, str]:
    """Return title before, name, title after: of "Dra. Hj. Sri Wahyuni, M.Pd.".

    An abbreviated first name belongs to the name: "M. Agus Salim".
    """
    plain, _comma, after = full.partition(",")
    while found := A_DEGREE.search(plain):
        if not plain[: found.start()].strip() or plain[found.start() - 1] != " ":
            break
        after = ", ".join(filter(None, (found[0], after.strip())))
        plain = plain[: found.start()].rstrip()
    words = TOUCHING.sub(r"\1. ", plain).split()
    before = 0
    while before < len(words) - 1 and words[before].rstrip(".").casefold() in BEFORE:
        before += 1
    return " ".join(words[:before]), " ".join(words[before:]), " ".join(after.split())


def on_paper(spoken: str) -> str:
    """Return a form of address as papers write it: "Ibu Suminah" for "Bu Suminah"."""
    title, _space, rest = spoken.partition(" ")
    return f"{ON_PAPER.get(title, title)} {rest}".strip()


def user_name(name: str) -> str:
    """Return a user name that follows from a name: "retno.wulandari" for "Hj. Retno Wulandari"."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    words = ["".join(c for c in word if c.isascii() and c.isalnum()) for word in words_of(plain)]
    words = [word for word in words if word]
    return ".".join(dict.fromkeys((*words[:1], *words[-1:])))[:40] or "guru"
