from __future__ import annotations

import pytest

from lianfang.web.dashboard.moments import moment

pytestmark = pytest.mark.usefixtures("sees_all")


def test_each_alert_is_noted_as_it_comes_up():
    from lianfang.web.alerts.models import Alert
    from lianfang.web.dashboard.models import Sighting

    alerts = Alert.objects.select_related("item")
    noted = {one.pk: one for one in Sighting.objects.all()}
    assert noted.keys() == {one.pk for one in alerts}
    assert len(noted) > 1
    for alert in alerts:
        one = noted[alert.pk]
        assert (one.purpose, one.queue) == (alert.purpose, alert.queue)
        assert (one.activity, one.platform) == (alert.activity, alert.item.platform)
        assert one.made_at == alert.made_at
        assert one.told
        assert one.published_at == moment(alert.item.published)
        assert one.published_at.year == 2026


def test_the_site_may_only_read_them():
    from django.db import DatabaseError

    from lianfang.web.dashboard.models import Sighting

    one = Sighting.objects.first()
    with pytest.raises(DatabaseError, match="permission denied"):
        one.delete()
