from __future__ import annotations

from django.urls import path

from lianfang.web.dashboard import views

urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("drawing.js", views.drawing, name="drawing"),
]
