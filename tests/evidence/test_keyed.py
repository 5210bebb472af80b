from __future__ import annotations

import hmac

from hypothesis import given
from hypothesis import strategies as st

from lianfang.evidence.keyed import Keyed


@given(st.binary(max_size=64), st.lists(st.binary(max_size=300)))
def test_digests_are_those_of_the_standard_library(key, contents):
    digest = Keyed(key).digest
    assert [digest(one) for one in contents] == [
        hmac.digest(key, one, "sha256") for one in contents
    ]
