"""Rights to the tables of the frame and of what others wrote."""

from __future__ import annotations

from lianfang.web.database.access import ADD, ALL, APPEND, CHANGE, READ, REMOVE, Access

_JOBS = Access(staff=ALL, worker=ALL)

TABLES = {
    "core_cache": Access(staff=ALL, worker=ALL),
    "core_event": Access(staff=APPEND, worker=APPEND),
    "django_migrations": Access(worker=(READ,)),
    "django_content_type": Access(staff=(READ,), worker=(READ,)),
    "django_session": Access(staff=ALL),
    "auth_group": Access(staff=(READ,)),
    "auth_group_permissions": Access(staff=(READ,)),
    "auth_permission": Access(staff=(READ,)),
    "account_emailaddress": Access(staff=(READ, ADD, CHANGE)),
    "account_emailconfirmation": Access(staff=(READ,)),
    "mfa_authenticator": Access(staff=ALL),
    "usersessions_usersession": Access(staff=ALL),
    # Who signs in elsewhere; the program there is told of by settings, and no token is kept.
    "socialaccount_socialaccount": Access(staff=ALL),
    "socialaccount_socialapp": Access(staff=(READ,)),
    "socialaccount_socialtoken": Access(staff=(READ, REMOVE)),
    "procrastinate_events": _JOBS,
    "procrastinate_jobs": _JOBS,
    "procrastinate_periodic_defers": _JOBS,
    "procrastinate_workers": _JOBS,
}
