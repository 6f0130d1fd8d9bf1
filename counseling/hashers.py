"""How passwords are hashed: with Argon2, at most two at once in a process."""

from django.contrib.auth.hashers import Argon2PasswordHasher

from counseling.turns import Turns

AT_ONCE = 2


class PatientArgon2Hasher(Argon2PasswordHasher):
    """Hashes with 46 MiB, and two passwords at once; further ones wait for their turn.

    Anybody can ask for a hash by signing in. Without a limit, as many as there are threads would
    take their memory at the same moment. The cost is the first that OWASP's Password Storage Cheat
    Sheet names for Argon2id (m=47104, t=1, p=1); Django's own takes 100 MiB and twice the time.
    """

    time_cost = 1
    memory_cost = 47104
    parallelism = 1
    turns = Turns(AT_ONCE)

    def encode(self, password: str, salt: str) -> str:
        with self.turns.one():
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        with self.turns.one():
            return super().verify(password, encoded)
