from __future__ import annotations

from django.urls import path

from lianfang.web.guidance import views

urlpatterns = [
    path("settings/", views.settings, name="settings"),
    path("settings/change/", views.change_setting, name="change_setting"),
    path("settings/<int:setting_id>/undo/", views.undo_setting, name="undo_setting"),
]
