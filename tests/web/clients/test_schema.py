"""Whatever the document allows, and much that it doesn't, is answered as the document says."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, assume, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

pytestmark = pytest.mark.slow

EXAMPLES = 60
OPERATIONS = [
    ("POST", "/screen"),
    ("POST", "/intake/{source}"),
    ("GET", "/intake/deliveries/{number}"),
    ("GET", "/alerts"),
    ("GET", "/alerts/{number}"),
    ("POST", "/alerts/{number}/decisions"),
]
# Who asks too often without a token gets 429 rather than 401; and that a rejection needs a reason
# stands in no schema. `test_entering` and `test_api` ask for both.
NOT_ASKED = [ignored_auth, positive_data_acceptance]


@pytest.fixture(scope="module")
def document(site):
    return schemathesis.openapi.from_url(f"{site.address}/api/v1/openapi.json")


def test_every_operation_is_tried(document):
    tried = {(method, f"/api/v1{path}") for method, path in OPERATIONS}
    assert {
        (one.ok().method.upper(), one.ok().path) for one in document.get_all_operations()
    } == tried


@pytest.mark.parametrize("mode", list(GenerationMode), ids=str)
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_an_operation_keeps_to_the_document(document, site, method, path, mode):
    operation = document[f"/api/v1{path}"][method]
    headers = {"Authorization": f"Bearer {site.tokens['all']}"}

    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode))
    def keeps(case):
        # What has no value isn't sent; what was wrong with the case may have been just that.
        assume(all(value or value == 0 for value in (case.query or {}).values()))
        case.call_and_validate(headers=headers, excluded_checks=NOT_ASKED)

    keeps()
