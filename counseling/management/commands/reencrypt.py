"""Encrypts with the newest key what older keys encrypted, so that these can be taken away."""

from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from counseling.mfa import PURPOSE
from workflow.encryption import reencrypt

SECRETS = ("secret", "seed")
"""What allauth keeps of an app and of backup codes. A passkey leaves no secret here."""


class Command(BaseCommand):
    help = "Encrypts all secrets with the first of ENCRYPTION_KEYS; all or none of them."

    @transaction.atomic
    def handle(self, *args: object, **options: object) -> None:
        found = list(Authenticator.objects.select_for_update())
        for one in found:
            try:
                new = {name: self.renewed(one.data[name]) for name in SECRETS if name in one.data}
            except InvalidToken as error:
                raise CommandError(
                    f"No key of ENCRYPTION_KEYS reads the second factor of user {one.user_id}. "
                    "Nothing was changed."
                ) from error
            one.data |= new
            one.save(update_fields=["data"])
        self.stdout.write(f"{len(found)} second factors are encrypted with the newest key.")

    def renewed(self, token: str) -> str:
        return reencrypt(token, purpose=PURPOSE)
