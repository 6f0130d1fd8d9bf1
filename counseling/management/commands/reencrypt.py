"""Encrypts with the newest key what older keys encrypted, so that these can be taken away.

Second factors are few: all or none. Confidential notes may be many: a batch at a time, so that
nobody waits long; broken off, it is run again, and goes through all of them once more. What
families signed on visits is sealed anew, one by one.
"""

from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cases.models import ConfidentialNote
from cases.models.confidential_note import PURPOSE as NOTE
from counseling.mfa import PURPOSE as SECOND_FACTOR
from homevisits.models import VisitSignature
from homevisits.workflow import renew_seal
from workflow.encryption import reencrypt

SECRETS = ("secret", "seed")
"""What allauth keeps of an app and of backup codes. A passkey leaves no secret here."""
SEALED = ("sealed", "sealed_reason")
BATCH = 200


class Command(BaseCommand):
    help = "Encrypts all secrets and confidential notes with the first of ENCRYPTION_KEYS."

    def handle(self, *args: object, **options: object) -> None:
        factors = renew_second_factors()
        self.stdout.write(f"{factors} second factors are encrypted with the newest key.")
        notes = 0
        for renewed in renew_notes():
            notes += renewed
        self.stdout.write(f"{notes} confidential notes are encrypted with the newest key.")
        seals, left = renew_seals()
        self.stdout.write(f"{seals} signatures on visits are sealed with the newest key.")
        if left:
            self.stdout.write(
                f"{left} are left: their visit was changed after they signed, or no key of "
                "ENCRYPTION_KEYS made their seal. Where it is the newest, the paper says so."
            )


@transaction.atomic
def renew_second_factors() -> int:
    found = list(Authenticator.objects.select_for_update())
    for one in found:
        try:
            new = {
                name: reencrypt(one.data[name], purpose=SECOND_FACTOR)
                for name in SECRETS
                if name in one.data
            }
        except InvalidToken as error:
            raise CommandError(
                f"No key of ENCRYPTION_KEYS reads the second factor of user {one.user_id}. "
                "Nothing was changed."
            ) from error
        one.data |= new
        one.save(update_fields=["data"])
    return len(found)


def renew_seals() -> tuple[int, int]:
    """Seal anew what stands as it was signed; return how many signatures did, and how many not."""
    done = [
        renew_seal(one) for one in VisitSignature.objects.select_related("visit").order_by("pk")
    ]
    return done.count(True), done.count(False)


def renew_notes() -> Iterator[int]:
    """Encrypt the notes anew, in the order of their ids; yield how many each batch has."""
    last = 0
    while batch := _batch_after(last):
        last = batch[-1].pk
        yield len(batch)


@transaction.atomic
def _batch_after(last: int) -> list[ConfidentialNote]:
    rows = ConfidentialNote.objects.select_for_update().filter(pk__gt=last).order_by("pk")
    batch = list(rows[:BATCH])
    for note in batch:
        for name in filter(note.serializable_value, SEALED):
            setattr(note, name, _renewed(note, str(note.serializable_value(name))))
    ConfidentialNote.objects.bulk_update(batch, SEALED)
    return batch


def _renewed(note: ConfidentialNote, token: str) -> str:
    try:
        return reencrypt(token, purpose=NOTE)
    except InvalidToken as error:
        raise CommandError(
            f"No key of ENCRYPTION_KEYS reads confidential note {note.pk}. It is as it was, and "
            "so are the notes after it. Put its key back, then run this again."
        ) from error
