from __future__ import annotations

from django.urls import path

from lianfang.web.vault import views

urlpatterns = [path("<int:number>/", views.reveal_value, name="reveal")]
