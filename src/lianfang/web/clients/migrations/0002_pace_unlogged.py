from django.db import migrations


class Migration(migrations.Migration):
    """Counts of a minute: a crash may lose them, and no request need wait for the disk."""

    dependencies = [("clients", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE clients_pace SET UNLOGGED", "ALTER TABLE clients_pace SET LOGGED"
        )
    ]
