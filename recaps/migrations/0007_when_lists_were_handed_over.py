from django.db import migrations, models
from django.db.models import F
from django.utils import timezone


def take_when_it_was_logged(apps, schema_editor):
    """Take the moment of the log for what was handed over before the other one was kept."""
    apps.get_model("recaps", "HandOver").objects.update(happened_at=F("at"))
    apps.get_model("recaps", "ClassList").objects.update(happened_at=F("handed_over_at"))


class Migration(migrations.Migration):

    dependencies = [
        ('recaps', '0006_what_went_before'),
    ]

    operations = [
        migrations.AddField(
            model_name='classlist',
            name='happened_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='handover',
            name='happened_at',
            field=models.DateTimeField(default=timezone.now),
            preserve_default=False,
        ),
        migrations.RunPython(take_when_it_was_logged, migrations.RunPython.noop),
    ]
