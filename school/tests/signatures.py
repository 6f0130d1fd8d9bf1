"""Signatures for tests."""

from school.forms.signature import Signed

LINES = "M60 240Q120 60 200 200Q260 300 320 150L420 220M200 120L460 90"
SIGNS_BY_NAME = {"signer": "Siti Aminah", "signed_way": "TYPED", "agrees": "on"}
"""What a form is sent."""


def drawn_signature(name: str = "Siti Aminah") -> Signed:
    return {"signer": name, "signer_relation": "ibu", "signed_way": "DRAWN", "path": LINES}


def typed_signature(name: str = "Siti Aminah") -> Signed:
    return {"signer": name, "signer_relation": "ibu", "signed_way": "TYPED", "path": ""}
