from __future__ import annotations

from django.urls import path

from lianfang.web.trials import trying, views

urlpatterns = [
    path("", views.guides, name="guides"),
    path("features/", views.every_feature, name="features"),
    path("drafts/<int:draft_id>/", trying.draft, name="draft"),
    path("drafts/<int:draft_id>/run/", trying.run_draft, name="run_draft"),
    path("drafts/<int:draft_id>/change.<slug:form>", trying.take_draft, name="take_draft"),
    path("runs/<int:run_id>/", trying.run, name="run"),
    path("runs/<int:run_id>/progress/", trying.run_progress, name="run_progress"),
    path("runs/<int:run_id>/cancel/", trying.cancel_run, name="cancel_run"),
    path("<slug:guide_id>/", views.guide, name="guide"),
    path("<slug:guide_id>/<slug:feature_id>/", views.feature, name="feature"),
    path("<slug:guide_id>/<slug:feature_id>/draft/", trying.draft_feature, name="draft_feature"),
]
