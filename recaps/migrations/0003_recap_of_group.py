import django.db.models.deletion
from django.db import migrations, models


def group_recaps(apps, schema_editor):
    """Hang each recap on the group of its class and subject."""
    group_model = apps.get_model("school", "TeachingGroup")
    for recap in apps.get_model("recaps", "Recap").objects.all():
        recap.group, _is_new = group_model.objects.get_or_create(
            school_class_id=recap.school_class_id,
            subject_id=recap.subject_id,
            defaults={"year_id": recap.school_class.year_id},
        )
        recap.save(update_fields=["group"])


class Migration(migrations.Migration):

    # PostgreSQL changes no table in the transaction that has just changed its rows.
    atomic = False

    dependencies = [
        ('recaps', '0002_knowledge_handed_over'),
        ('school', '0004_teaching_groups'),
    ]

    operations = [
        migrations.AddField(
            model_name='recap',
            name='group',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='school.teachinggroup'),
        ),
        migrations.RunPython(group_recaps, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name='recap', name='one_recap_per_class_subject_period'),
        migrations.RemoveField(model_name='recap', name='school_class'),
        migrations.RemoveField(model_name='recap', name='subject'),
        migrations.AlterField(
            model_name='recap',
            name='group',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='school.teachinggroup'),
        ),
        migrations.AddConstraint(
            model_name='recap',
            constraint=models.UniqueConstraint(fields=('group', 'period'), name='one_recap_per_group_and_period'),
        ),
    ]
