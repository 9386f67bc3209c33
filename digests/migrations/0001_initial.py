import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('notifications', '0001_initial'),
        ('spaces', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Issue',
            fields=[
                ('delivery', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='issue', serialize=False, to='notifications.delivery')),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('items', models.JSONField(default=list)),
                ('counted', models.PositiveIntegerField(default=0)),
                ('corner', models.CharField(blank=True, max_length=30)),
                ('read', models.DateTimeField(blank=True, null=True)),
                ('made', models.DateTimeField(default=django.utils.timezone.now)),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='issues', to='spaces.membership')),
            ],
            options={
                'indexes': [models.Index(fields=['made'], name='issues_by_age')],
            },
        ),
    ]
