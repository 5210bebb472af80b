from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

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


def precisions(only=None):
    from lianfang.web.trials.precision import precisions, precisions_of

    return {one.id: one for one in (precisions() if only is None else precisions_of(only))}


def test_each_feature_counts_the_alerts_in_which_it_fired(sees_all, person):
    assert {one.decided for one in precisions().values()} == {0}
    first, second = decided(person, "confirmed", "rejected")[:2]
    found = precisions()
    assert {name for name, one in found.items() if one.decided} == fired(first) | fired(second)
    both, only = fired(first) & fired(second), fired(first) - fired(second)
    assert both
    assert only
    today = timezone.localdate()
    week = today - timedelta(days=today.weekday())
    for name in both:
        one = found[name]
        assert (one.confirmed, one.rejected, one.share) == (1, 1, 0.5)
        assert one.interval == wilson(1, 2)
        assert not one.weeks
    assert {one.weeks == {week: (1, 1)} for one in precisions(both).values()} == {True}
    for name in only:
        assert (found[name].confirmed, found[name].rejected) == (1, 0)


def test_it_counts_alerts_and_their_texts_whether_decided_or_not(sees_all):
    from lianfang.web.alerts.models import Alert

    alerts = Alert.objects.filter(queue="act").select_related("item")
    for name, one in precisions().items():
        mine = [alert for alert in alerts if name in fired(alert)]
        assert (one.alerts, one.texts) == (len(mine), sum(alert.count for alert in mine))


def test_only_some_features(sees_all):
    every = precisions()
    name = min(every)
    assert precisions([name]) == {name: every[name]}
    assert precisions([]) == {}


def test_what_was_decided_within_some_time(sees_all, person):
    from lianfang.web.trials.precision import precisions_between

    before = timezone.now()
    first, *_ = decided(person, "confirmed")
    after = timezone.now()
    found = {one.id: one.decided for one in precisions_between(before, after)}
    assert found == dict.fromkeys(fired(first), 1)
    assert precisions_between(after, after + timedelta(days=1)) == []


def test_unsure_ones_dont_count(sees_all, person):
    decided(person, "unsure")
    assert {one.decided for one in precisions().values()} == {0}


def test_another_purpose_isnt_counted(sees_all, person):
    from lianfang.web.database.seeing import seeing

    decided(person, "confirmed")
    with seeing(["complaints"]):
        assert precisions() == {}
    assert precisions()


def test_the_page_of_a_guide_tells_it_in_both_languages(sees_all, person, browser):
    decided(person, "confirmed", "rejected", "rejected")
    client = browser("auditor")
    page = client.get("/guides/shared/").content.decode()
    assert "近二十六周" in page
    assert "留下联系方式" in page
    assert '<rect class="yes"' in page
    client.cookies["django_language"] = "en"
    page = client.get("/guides/features/").content.decode()
    assert "Confirmed" in page
    assert "留下联系方式" not in page


def test_the_page_of_old_leads_there(browser):
    answer = browser("reviewer").get("/alerts/features/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/guides/features/")
