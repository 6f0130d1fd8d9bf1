"""Phone numbers: people write them in many ways; the app dials them as 62…"""

import re

LOCAL_MIN, LOCAL_MAX = 9, 12


def normalised(typed: str) -> str:
    """Return digits only: 0812…, 812… and 0062812… become 62812…; an empty text stays empty."""
    digits = re.sub(r"\D", "", typed)
    if digits.startswith("00628"):
        return digits[2:]
    if digits.startswith("0"):
        return "62" + digits.lstrip("0")
    if digits.startswith("8"):
        return "62" + digits
    return digits


def is_strange(number: str) -> bool:
    """Return whether a normalised number is not 62 and 9 to 12 digits; warns, never blocks."""
    return bool(number) and not re.fullmatch(rf"62\d{{{LOCAL_MIN},{LOCAL_MAX}}}", number)


def written(number: str) -> str:
    """Return a normalised number as people write it: 0812-3456-7890."""
    local = "0" + number[2:] if number.startswith("62") else number
    return "-".join(filter(None, (local[:4], local[4:8], local[8:])))
