from django.db import migrations

TOLD = ("economy", "family", "other", "note")


def keep_last_hand_overs(apps, schema_editor):
    """Keep the last hand-over of each list."""
    hand_over = apps.get_model("recaps", "HandOver")
    lists = apps.get_model("recaps", "ClassList").objects.filter(handed_over_at__isnull=False)
    hand_over.objects.bulk_create(
        hand_over(
            class_list=row,
            by_id=row.handed_over_by_id,
            at=row.handed_over_at,
            missing_subjects=row.missing_subjects,
        )
        for row in lists
    )


def keep_what_was_known(apps, schema_editor):
    """Keep what was known with the last hand-over as it is kept now."""
    known = apps.get_model("recaps", "Knowledge").objects.select_related("class_list")
    changed = []
    for row in known:
        went = row.handed_over or {}
        if not went and row.class_list.status == "HANDED_OVER":
            # Handed over before that was kept, and not changed since.
            went = {name: getattr(row, name) for name in TOLD}
        at = row.class_list.handed_over_at
        row.handed_over = [{**went, "at": at.isoformat()}] if went and at else []
        changed.append(row)
    known.model.objects.bulk_update(changed, ["handed_over"], batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ('recaps', '0005_hand_overs'),
    ]

    operations = [
        migrations.RunPython(keep_last_hand_overs, migrations.RunPython.noop),
        migrations.RunPython(keep_what_was_known, migrations.RunPython.noop),
    ]
