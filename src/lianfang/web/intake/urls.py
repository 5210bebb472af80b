from __future__ import annotations

from django.urls import path

from lianfang.web.intake import views

urlpatterns = [
    path("", views.sources, name="intake"),
    path("sources/", views.new_source, name="new_source"),
    path("sources/<int:source_id>/", views.send, name="send"),
    path("deliveries/<int:delivery_id>/", views.delivery, name="delivery"),
    path("deliveries/<int:delivery_id>/progress/", views.progress, name="progress"),
    path("deliveries/<int:delivery_id>/refused.csv", views.refused, name="refused"),
]
