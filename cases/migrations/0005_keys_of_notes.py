from uuid import uuid4

from django.db import migrations, models


def give_keys(apps, schema_editor):
    """Give each note that was written before a key of its own."""
    notes = apps.get_model("cases", "ConfidentialNote").objects
    for pk in list(notes.values_list("pk", flat=True)):
        notes.filter(pk=pk).update(key=uuid4())


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0004_confidential_notes'),
    ]

    operations = [
        migrations.AddField(
            model_name='confidentialnote',
            name='key',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.RunPython(give_keys, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='confidentialnote',
            name='key',
            field=models.UUIDField(default=uuid4, editable=False, unique=True),
        ),
    ]
