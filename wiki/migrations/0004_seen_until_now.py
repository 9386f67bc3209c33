from django.db import migrations


class Migration(migrations.Migration):
    """What was written before anybody looked counts as looked at."""

    dependencies = [("wiki", "0003_trust_and_care")]

    operations = [
        migrations.RunSQL(
            "UPDATE wiki_revision SET seen = created WHERE seen IS NULL",
            migrations.RunSQL.noop,
        ),
    ]
