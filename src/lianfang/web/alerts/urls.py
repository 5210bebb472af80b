from __future__ import annotations

from django.urls import path

from lianfang.web.alerts import views

urlpatterns = [
    path("", views.queue, name="alerts"),
    path("<int:alert_id>/", views.alert, name="alert"),
    path("<int:alert_id>/decide/", views.decide_alert, name="decide"),
    path("features/", views.features, name="features"),
    path("undo/<int:decision_id>/", views.undo_decision, name="undo"),
]
