from __future__ import annotations

from django.urls import path

from lianfang.web.clients import views

urlpatterns = [
    path("", views.clients, name="clients"),
    path("tokens/", views.new_token, name="new_token"),
    path("tokens/<int:token_id>/revoke/", views.revoke_token, name="revoke_token"),
    path("webhooks/", views.new_endpoint, name="new_endpoint"),
    path("webhooks/<int:endpoint_id>/", views.endpoint, name="endpoint"),
    path("webhooks/<int:endpoint_id>/test/", views.test_endpoint, name="test_endpoint"),
    path("webhooks/<int:endpoint_id>/close/", views.close_endpoint, name="close_endpoint"),
]
