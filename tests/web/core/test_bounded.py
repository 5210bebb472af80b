"""Bodies are refused before they are read where they are too large or tell no size."""

from __future__ import annotations

import io
import os

import pytest


class Unread(io.BytesIO):
    """A body that must not be read."""

    def read(self, *_):
        raise AssertionError("the body was read")


def sent(browser, **told):
    return browser("analyst").generic("POST", "/intake/sources/1/", b"", **told).status_code


def test_a_body_that_tells_no_size_is_refused(browser):
    assert sent(browser, HTTP_TRANSFER_ENCODING="chunked") == 411
    assert sent(browser, CONTENT_LENGTH="-1") == 411


def test_a_body_that_is_too_large_is_refused_unread(place):
    from django.conf import settings
    from django.test import RequestFactory

    from lianfang.web.core.middleware import FORM_BYTES, bounded

    request = RequestFactory().post("/intake/sources/1/")
    request._stream = Unread()
    request.META["CONTENT_LENGTH"] = str(settings.MOST_UPLOAD_BYTES + FORM_BYTES + 1)
    assert bounded(lambda _: pytest.fail("it went on"))(request).status_code == 413
    request.META["CONTENT_LENGTH"] = str(settings.MOST_UPLOAD_BYTES + FORM_BYTES)
    assert bounded(lambda got: got)(request) is request


def test_a_file_being_sent_lies_in_the_closed_folder_and_is_cleared_later(place):
    from django.conf import settings

    folder = settings.DEPLOYMENT.incoming
    assert str(settings.FILE_UPLOAD_TEMP_DIR) == str(folder)
    assert folder.stat().st_mode & 0o777 == 0o700
    old, new = folder / "old", folder / "new"
    for path in (old, new):
        path.write_bytes(b"x")
    os.utime(old, (1, 1))
    settings.DEPLOYMENT.clear_incoming(before=1_000)
    assert not old.exists()
    assert new.exists()
    new.unlink()
