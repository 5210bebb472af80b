from __future__ import annotations


def test_rights_are_known_by_name_and_nobody_has_others(person):
    from lianfang.web.institution.rights import may

    assert may(person("auditor"), "audit.see")
    for right in ("", "audit", "audit.see ", "*", "values.reveal"):
        assert not may(person("auditor"), right)
    assert not may(None, "home")
