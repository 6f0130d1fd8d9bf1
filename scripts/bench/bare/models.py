from django.db import models


class Row(models.Model):
    name = models.CharField(max_length=80)
    text = models.CharField(max_length=200)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name
