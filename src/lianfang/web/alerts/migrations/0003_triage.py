from __future__ import annotations

from typing import TYPE_CHECKING

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from lianfang.web.database.seeing import seeing
from lianfang.web.institution.purposes import ALL_PURPOSES

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_FILL = """
UPDATE alerts_alert SET source_id = i.source_id, kind = s.kind, platform = i.platform
FROM intake_item i JOIN intake_source s ON s.id = i.source_id
WHERE i.id = alerts_alert.item_id
"""


def fill(_: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Tell the alerts that are there where they come from."""
    with seeing(ALL_PURPOSES), editor.connection.cursor() as cursor:
        cursor.execute(_FILL)


class Migration(migrations.Migration):
    dependencies = [
        ("alerts", "0002_initial"),
        ("intake", "0002_search_bigrams"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedFilter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40)),
                ("query", models.CharField(max_length=4000)),
                ("shared", models.BooleanField()),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("removed_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("name", "id"),
            },
        ),
        migrations.CreateModel(
            name="Sketch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("governance", "Governance"),
                            ("anti-telecom-fraud", "Fraud"),
                            ("complaints", "Complaints"),
                        ],
                        max_length=30,
                    ),
                ),
                ("band", models.BigIntegerField()),
            ],
        ),
        migrations.RemoveIndex(
            model_name="alert",
            name="alerts_aler_queue_735177_idx",
        ),
        migrations.AddField(
            model_name="alert",
            name="assigned_to",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="alert",
            name="kind",
            field=models.CharField(
                choices=[
                    ("post", "Post"),
                    ("message", "Message"),
                    ("call", "Call"),
                    ("letter", "Letter"),
                ],
                default="",
                max_length=10,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="alert",
            name="platform",
            field=models.CharField(blank=True, default="", max_length=120),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="alert",
            name="snoozed_until",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="alert",
            name="source",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="intake.source",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="alert",
            name="source",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="intake.source",
            ),
        ),
        migrations.AddField(
            model_name="alert",
            name="version",
            field=models.IntegerField(db_default=0),
        ),
        migrations.AddField(
            model_name="decision",
            name="assigned_after",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="assigned_before",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="deed",
            field=models.CharField(
                choices=[("decide", "Decide"), ("assign", "Assign"), ("snooze", "Snooze")],
                default="decide",
                max_length=10,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="decision",
            name="head",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="others",
                to="alerts.decision",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="snoozed_after",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="decision",
            name="snoozed_before",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="alert",
            index=models.Index(
                fields=["queue", "state", "sure", "score", "id"],
                name="alert_state_severity",
            ),
        ),
        migrations.AddIndex(
            model_name="alert",
            index=models.Index(
                fields=["queue", "state", "made_at", "id"],
                name="alert_state_age",
            ),
        ),
        migrations.AddIndex(
            model_name="alert",
            index=models.Index(
                fields=["queue", "sure", "score", "id"],
                name="alert_severity",
            ),
        ),
        migrations.AddIndex(
            model_name="alert",
            index=models.Index(fields=["queue", "made_at", "id"], name="alert_age"),
        ),
        migrations.AddIndex(
            model_name="alert",
            index=models.Index(
                fields=["queue", "activity", "sure", "score", "id"],
                name="alert_activity",
            ),
        ),
        migrations.AddIndex(
            model_name="alert",
            index=models.Index(
                fields=["queue", "source", "sure", "score", "id"],
                name="alert_source",
            ),
        ),
        migrations.AddIndex(
            model_name="alert",
            index=models.Index(
                fields=["queue", "platform", "sure", "score", "id"],
                name="alert_platform",
            ),
        ),
        migrations.AddIndex(
            model_name="alert",
            index=models.Index(
                condition=models.Q(("assigned_to__isnull", False)),
                fields=["assigned_to", "queue"],
                name="alert_assigned",
            ),
        ),
        migrations.AddIndex(
            model_name="alert",
            index=models.Index(
                condition=models.Q(("snoozed_until__isnull", False)),
                fields=["queue", "snoozed_until"],
                name="alert_snoozed",
            ),
        ),
        migrations.AddField(
            model_name="savedfilter",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="sketch",
            name="alert",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="alerts.alert",
            ),
        ),
        migrations.AddConstraint(
            model_name="sketch",
            constraint=models.UniqueConstraint(fields=("band", "alert"), name="sketch_once"),
        ),
    ]
