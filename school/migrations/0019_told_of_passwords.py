

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('school', '0018_account_opened_lately'),
    ]

    operations = [
        migrations.AlterField(
            model_name='told',
            name='what',
            field=models.CharField(choices=[('AGREED', 'agreed'), ('REFUSED', 'refused'), ('ENDED', 'ended'), ('DISABLED', 'account disabled'), ('PASSWORD', 'a homeroom teacher or home visitor got a new first password'), ('HOMEROOM', 'an account opened lately got a class')], max_length=20),
        ),
    ]
