from __future__ import annotations

from django.urls import path

from lianfang.web.intake.views import deliveries, items, mapping, refused, sources

_DELIVERY = "deliveries/<int:delivery_id>/"

urlpatterns = [
    path("", sources.sources, name="intake"),
    path("sources/", sources.new_source, name="new_source"),
    path("sources/<int:source_id>/", sources.send, name="send"),
    path("sources/<int:source_id>/change/", sources.change_source, name="change_source"),
    path(_DELIVERY, deliveries.delivery, name="delivery"),
    path(f"{_DELIVERY}progress/", deliveries.progress, name="progress"),
    path(f"{_DELIVERY}again/", deliveries.try_again, name="try_again"),
    path(f"{_DELIVERY}withdraw/", deliveries.take_back, name="withdraw"),
    path(f"{_DELIVERY}columns/", mapping.mapping, name="mapping"),
    path(f"{_DELIVERY}refused.csv", refused.refused, name="refused"),
    path(f"{_DELIVERY}refused/", refused.export, name="export_refused"),
    path(f"{_DELIVERY}mended/", refused.mend, name="mend"),
    path(f"{_DELIVERY}items/", items.items, name="items"),
    path("items/<int:item_id>/", items.item, name="item"),
]
