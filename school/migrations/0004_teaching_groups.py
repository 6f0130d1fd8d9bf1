import django.db.models.deletion
from django.db import migrations, models


def group_teaching(apps, schema_editor):
    """Make the group of each class and subject, and hang the assignments on it."""
    group_model = apps.get_model("school", "TeachingGroup")
    for assignment in apps.get_model("school", "TeachingAssignment").objects.all():
        assignment.group, _is_new = group_model.objects.get_or_create(
            school_class_id=assignment.school_class_id,
            subject_id=assignment.subject_id,
            defaults={"year_id": assignment.school_class.year_id},
        )
        assignment.save(update_fields=["group"])


class Migration(migrations.Migration):

    # PostgreSQL changes no table in the transaction that has just changed its rows.
    atomic = False

    dependencies = [
        ('school', '0003_class_order'),
    ]

    operations = [
        migrations.CreateModel(
            name='TeachingGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('school_class', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='school.schoolclass')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='school.subject')),
                ('year', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='school.academicyear')),
            ],
        ),
        migrations.AddConstraint(
            model_name='teachinggroup',
            constraint=models.UniqueConstraint(fields=('school_class', 'subject'), name='one_group_per_class_and_subject'),
        ),
        migrations.AddField(
            model_name='teachingassignment',
            name='group',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='teaching', to='school.teachinggroup'),
        ),
        migrations.RunPython(group_teaching, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name='teachingassignment', name='one_teaching_per_start'),
        migrations.RemoveField(model_name='teachingassignment', name='school_class'),
        migrations.RemoveField(model_name='teachingassignment', name='subject'),
        migrations.AlterField(
            model_name='teachingassignment',
            name='group',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='teaching', to='school.teachinggroup'),
        ),
        migrations.AddConstraint(
            model_name='teachingassignment',
            constraint=models.UniqueConstraint(fields=('teacher', 'group', 'starts_on'), name='one_teaching_per_start'),
        ),
    ]
