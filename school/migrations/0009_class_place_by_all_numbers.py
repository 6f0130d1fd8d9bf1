from string import digits

from django.db import migrations, models
from django.db.models import Case, F, Value, When
from django.db.models.functions import Cast, Concat, Replace

GRADES = ('VII', 'VIII', 'IX', 'X', 'XI', 'XII', 'XIII')


def as_read():
    name = F('name')
    for old, new in (
        *((digit, f'<{digit}>') for digit in digits),
        ('><', ''),
        *((f'<{digit}>', f'0{digit}') for digit in digits),
        *(('<', ''), ('>', '')),
    ):
        name = Replace(name, Value(old), Value(new))
    return name


class Migration(migrations.Migration):

    dependencies = [
        ('school', '0008_class_place_as_read'),
    ]

    operations = [
        # A generated column cannot be altered.
        migrations.RemoveField(model_name='schoolclass', name='place'),
        migrations.AddField(
            model_name='schoolclass',
            name='place',
            field=models.GeneratedField(
                db_persist=True,
                expression=Concat(
                    Cast(
                        Case(
                            *(When(grade=g, then=10000 + 1000 * n) for n, g in enumerate(GRADES)),
                            default=17000,
                        )
                        + F('order'),
                        models.TextField(),
                    ),
                    as_read(),
                    output_field=models.TextField(),
                ),
                output_field=models.CharField(max_length=80),
            ),
        ),
    ]
