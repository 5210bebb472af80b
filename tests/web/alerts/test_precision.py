from __future__ import annotations

from lianfang.screening.wilson import wilson


def decided(person, *states):
    from lianfang.web.alerts.models import Alert
    from lianfang.web.alerts.services import decide

    alerts = Alert.objects.filter(queue="act").order_by("pk")
    for alert, state in zip(alerts, states, strict=False):
        decide(alert_id=alert.pk, after=state, reason="试", user=person("analyst"))
    return list(alerts)


def fired(alert):
    return {hit["id"] for hit in alert.item.verdict["features"]}


def test_each_feature_counts_the_alerts_in_which_it_fired(sees_all, person):
    from lianfang.web.alerts.precision import precisions

    assert precisions() == []
    first, second = decided(person, "confirmed", "rejected")[:2]
    found = {one.id: one for one in precisions()}
    assert set(found) == fired(first) | fired(second)
    decided_of = [one.confirmed + one.rejected for one in precisions()]
    assert decided_of == sorted(decided_of, reverse=True)
    assert len(set(decided_of)) > 1
    both, only = fired(first) & fired(second), fired(first) - fired(second)
    assert both
    assert only
    for name in both:
        assert (found[name].confirmed, found[name].rejected, found[name].share) == (1, 1, 0.5)
        assert found[name].interval == wilson(1, 2)
        assert found[name].lately == (1, 1)
    for name in only:
        assert (found[name].confirmed, found[name].rejected) == (1, 0)


def test_unsure_and_open_ones_dont_count(sees_all, person):
    from lianfang.web.alerts.precision import precisions

    decided(person, "unsure")
    assert precisions() == []


def test_another_purpose_isnt_counted(sees_all, person):
    from lianfang.web.alerts.precision import precisions
    from lianfang.web.database.seeing import seeing

    decided(person, "confirmed")
    with seeing(["complaints"]):
        assert precisions() == []
    assert precisions()


def test_the_page_tells_it_in_both_languages(sees_all, person, browser):
    decided(person, "confirmed", "rejected")
    client = browser("auditor")
    page = client.get("/alerts/features/").content.decode()
    assert "近三十天" in page
    assert "留下联系方式" in page
    client.cookies["django_language"] = "en"
    page = client.get("/alerts/features/").content.decode()
    assert "Last 30 days" in page
    assert "留下联系方式" not in page
