from __future__ import annotations

from django.urls import include, path

from lianfang.web.institution.views import alarms, audit, elsewhere, people, sessions

urlpatterns = [
    path("audit/", audit.audit, name="audit"),
    path("audit/export.csv", audit.export, name="export_audit"),
    path("audit/alarms/", alarms.alarms, name="alarms"),
    path("audit/alarms/<int:alarm_id>/", alarms.answer, name="answer_alarm"),
    path("people/", people.everybody, name="people"),
    path("people/new/", people.new_person, name="new_person"),
    path("people/<int:person_id>/", people.person, name="person"),
    path("people/<int:person_id>/rights/", people.rights, name="rights_of_person"),
    path("people/<int:person_id>/active/", people.active, name="active_person"),
    path("people/<int:person_id>/factor/", people.factor, name="factor_of_person"),
    path("people/<int:person_id>/password/", people.password, name="password_of_person"),
    path("people/<int:person_id>/sessions/", people.sign_out, name="sign_out_person"),
    path("sessions/", sessions.sessions, name="sessions"),
    path("sessions/others/", sessions.end_others, name="end_other_sessions"),
    path("sessions/<int:session_id>/", sessions.end_one, name="end_session"),
    path("accounts/elsewhere/", elsewhere.leave, elsewhere.PROVIDER, name="openid_connect_login"),
    path(
        "accounts/elsewhere/back/",
        elsewhere.back,
        elsewhere.PROVIDER,
        name="openid_connect_callback",
    ),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("accounts/", include("allauth.account.urls")),
]
