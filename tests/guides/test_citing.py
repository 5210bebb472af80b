from __future__ import annotations

import pytest

from lianfang.guides.citing import cited, cites, look_up, publications, shared_features, sources

NAMED = {"zh": "某", "en": "some"}


def test_an_article_goes_before_its_statute(make_library, tmp_path):
    article = {"article": "1", "says": NAMED, "in_force": "superseded", "note": NAMED}
    library = make_library(tmp_path, law={"articles": [article], "note": NAMED})
    found = look_up(library, "some-law#1")
    assert found.known
    assert (found.in_force, found.basis, found.text_as_of) == (
        "superseded", "statute", "2025-04-19",
    )  # fmt: skip
    assert len(found.notes) == 2


@pytest.mark.parametrize("cite", ["gone#1", "some-law#9", "some-law"])
def test_an_article_that_is_missing_is_not_known_to_hold(make_library, tmp_path, cite):
    found = look_up(make_library(tmp_path), cite)
    assert not found.known
    assert (found.cite, found.in_force, found.basis) == (cite, "unknown", "unconfirmed")


def test_citations_come_from_the_guide_its_steps_and_its_sources_once(make_library, tmp_path):
    law = {"articles": [{"article": str(n), "says": NAMED} for n in range(1, 5)]}
    library = make_library(
        tmp_path,
        law=law,
        guide={
            "law": ["some-law#2"],
            "playbook": [make_library.step(law=["some-law#3", "some-law#2"])],
            "advice": [{**NAMED, "source": {"sure": "law", "ref": "some-law#4"}}],
        },
    )
    guide = library.guide("loan-scam")
    assert cites(library, guide) == ("some-law#2", "some-law#3", "some-law#1", "some-law#4")
    assert [one.article for one in cited(library, guide)] == ["2", "3", "1", "4"]


def test_sources_are_those_listed_and_those_that_anything_rests_on(make_library, tmp_path):
    slang = {"term": "词", "means": NAMED, "source": {"sure": "sourced", "ref": "S03"}}
    library = make_library(
        tmp_path, law={"source": "S04"}, guide={"sources": ["S09"], "slang": [slang]}
    )
    assert publications(library, library.guide("loan-scam")) == ("S01", "S03", "S04", "S09")


def test_names_that_lead_nowhere_are_left_out(make_library, tmp_path):
    library = make_library(tmp_path, guide={"shared": ["gone", "promise"]})
    guide = library.guide("loan-scam")
    assert [feature.id for feature in shared_features(library, guide)] == ["promise"]
    (tmp_path / "shared" / "sources.yaml").unlink()
    assert sources(library) == {}
