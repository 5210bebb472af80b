from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("alerts", "0003_triage"), ("trials", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="firing",
            name="alert",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="alerts.alert"
            ),
        ),
    ]
