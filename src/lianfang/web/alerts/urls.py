from __future__ import annotations

from django.urls import path

from lianfang.web.alerts import acting, alert_views, queue_views, search_views

urlpatterns = [
    path("", queue_views.queue, name="alerts"),
    path("bulk/", acting.bulk, name="bulk"),
    path("filters/", queue_views.change_filters, name="filters"),
    path("search/", search_views.search_items, name="search"),
    path("<int:alert_id>/", alert_views.alert, name="alert"),
    path("<int:alert_id>/decide/", acting.decide_alert, name="decide"),
    path("undo/<int:decision_id>/", acting.undo_decision, name="undo"),
]
