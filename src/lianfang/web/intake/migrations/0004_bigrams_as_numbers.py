from __future__ import annotations

from typing import TYPE_CHECKING

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

from lianfang.web.database.seeing import seeing
from lianfang.web.institution.purposes import ALL_PURPOSES
from lianfang.web.intake.bigrams import searchable

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def fill(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    """Make the items that are there searchable."""
    items = apps.get_model("intake", "Item").objects
    last = 0
    with seeing(ALL_PURPOSES):
        while some := list(items.filter(pk__gt=last).order_by("pk").only("text", "verdict")[:1000]):
            made = searchable([one.text for one in some], [one.verdict for one in some])
            for item, said, pairs in zip(some, *made, strict=True):
                item.said, item.bigrams = said, pairs.tolist()
            items.bulk_update(some, ["said", "bigrams"])
            last = some[-1].pk


class Migration(migrations.Migration):
    dependencies = [("intake", "0003_mapping_and_repairs")]

    operations = [
        migrations.AlterField(
            model_name="item",
            name="source",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="intake.source",
            ),
        ),
        migrations.RemoveIndex(model_name="item", name="item_bigrams"),
        migrations.RemoveField(model_name="item", name="bigrams"),
        migrations.AddField(
            model_name="item",
            name="bigrams",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.IntegerField(), default=list, size=None
            ),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="item",
            index=django.contrib.postgres.indexes.GinIndex(fields=["bigrams"], name="item_bigrams"),
        ),
    ]
