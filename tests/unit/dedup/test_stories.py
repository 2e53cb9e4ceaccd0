from __future__ import annotations

import pytest

from tests.unit.dedup.articles import OTHER, WIRE, Answer, article, at, credited, made_up, record
from wiredesk.contracts.ids import story_id
from wiredesk.contracts.stories import MEMBERS_SHOWN
from wiredesk.contracts.topics import STORIES, STORY_MEMBERS
from wiredesk.dedup.handler import Dedup

PARAGRAPHS = WIRE.split("\n")
LOCAL = (
    "Families of two of the sailors live in Southport, where the Methodist church kept its doors open "
    "overnight and the neighbours brought soup and blankets to the hall until the good news came at "
    "breakfast."
)
TEMPLATE = (
    "{0} reported a quarterly profit of {1} million dollars on {2}, compared with {3} million a year "
    "earlier. The {4} company said it had net income of {5} cents a share. Earnings, adjusted for one- "
    "time gains, came to {6} cents a share. The results beat the forecast of {7} analysts who were asked "
    "by the exchange. Revenue rose {8} percent to {9} million in the period. For the year, {0} expects "
    "revenue of {10} million and shares closed at {11} on {2}."
)


class Desk:
    """A dedup stage that is asked one article after the other, in the order of their raw offsets."""

    def __init__(self) -> None:
        self.stage = Dedup()
        self.count = 0

    def __call__(self, name: str, body: str = WIRE, **given: object) -> Answer:
        self.count += 1
        given.setdefault("offset", self.count)
        return Answer(self.stage.handle(record(article(name, body, **given))))


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.mark.parametrize(
    ("body", "relation"),
    [
        (WIRE, "exact"),
        (WIRE.upper().replace("\u201c", '"').replace("\u201d", '"').replace("\n", "\n\n"), "exact"),
        (WIRE.replace("Tuesday", "Monday").replace("eleven", "twelve"), "near"),
        ("\n".join([PARAGRAPHS[0], LOCAL, *PARAGRAPHS[1:5]]), "near"),
        ("\n".join([PARAGRAPHS[0], *reversed(PARAGRAPHS[1:])]), "near"),
        ("\n".join(PARAGRAPHS[:3]), "cut"),
        ("\n".join([WIRE, LOCAL, "The Southport council will meet on the matter."]), "extended"),
    ],
)
def test_what_an_outlet_does_to_copy(desk: Desk, body: str, relation: str) -> None:
    story = desk("wire").story["story_id"]
    copy = desk("copy", body, hours=1)
    assert (copy.story["story_id"], copy.story["relation"]) == (story, relation)
    assert copy.story["canonical_article_id"] == "wire"


@pytest.mark.parametrize("first", [True, False])
def test_a_longer_text_of_the_same_outlet_is_an_update(desk: Desk, first: bool) -> None:
    story = desk("wire", source="agency").story["story_id"]
    if not first:
        desk("copy")
    update = desk("wire-2", WIRE.replace("eleven", "twelve") + "\n" + LOCAL, source="agency", hours=1)
    assert (update.story["story_id"], update.story["relation"]) == (story, "update")


@pytest.mark.parametrize(
    "body",
    [
        OTHER,
        "\n".join([*OTHER.split("\n")[:3], PARAGRAPHS[2], *OTHER.split("\n")[3:]]),  # only the quotation is shared
        "The market is closed today.",
        "",
    ],
)
def test_what_is_no_copy_is_a_story_of_its_own(desk: Desk, body: str) -> None:
    desk("wire")
    own = desk("own", body)
    assert own.story["relation"] == "original"
    assert own.story["story_id"] == story_id("own", 1)
    assert own.story["embeds"] == []


def test_templates_with_other_numbers_are_not_copies(desk: Desk) -> None:
    monday = TEMPLATE.format("Harlow Foods", 61, "Monday", 48, "Denver", 77, 81, 5, 12, 940, 3900, 14)
    friday = TEMPLATE.format("Pelham Motors", 204, "Friday", 230, "Leeds", 12, 19, 11, 3, 7100, 28500, 52)
    assert desk("monday", monday, source="agency").story["relation"] == "original"
    assert desk("friday", friday, source="agency").story["relation"] == "original"
    assert desk("elsewhere", friday.replace("Leeds", "Perth")).story["relation"] == "near"


def test_short_formulas_are_never_joined(desk: Desk) -> None:
    desk("one", "No report today.")
    assert desk("two", "No report today.").story["relation"] == "original"


def test_paragraphs_of_a_wire_in_an_own_piece_are_embedded(desk: Desk) -> None:
    story = desk("wire").story["story_id"]
    carried = [PARAGRAPHS[1], PARAGRAPHS[3], PARAGRAPHS[4]]
    body = "\n".join([OTHER, *carried])
    own = desk("own", body)
    assert own.story["relation"] == "original"
    (embed,) = own.story["embeds"]
    assert embed["story_id"] == story
    shown = " ".join(span["exact"] for span in embed["spans"])
    assert "timber from Noumea" in shown
    assert "booms ready" in shown
    assert "Lisbon" not in shown


def test_an_embed_says_where_the_paragraphs_stand_in_both_texts(desk: Desk) -> None:
    wire = desk("wire")
    body = "\n".join([OTHER, *PARAGRAPHS[3:5], LOCAL, PARAGRAPHS[1]])
    (embed,) = desk("own", body).story["embeds"]
    assert embed["article_id"] == "wire"
    there = [wire.document["text"][at["start"] : at["end"]] for at in embed["there"]]
    assert there == [span["exact"] for span in embed["spans"]]
    assert [at.split()[0] for at in there] == ["Three", "The"]


def test_what_a_copy_put_in_is_not_its_story(desk: Desk) -> None:
    story = desk("wire").story["story_id"]
    assert desk("copy", "\n".join([PARAGRAPHS[0], made_up(5, 90), *PARAGRAPHS[1:]])).story["story_id"] == story
    other = desk("other", "\n".join([made_up(5, 90), made_up(6, 60)]))
    assert (other.story["relation"], other.story["embeds"]) == ("original", [])


def test_the_wire_that_comes_after_the_piece_that_carries_it_embeds_nothing(desk: Desk) -> None:
    desk("own", "\n".join([OTHER, *PARAGRAPHS[:2], *PARAGRAPHS[3:5]]))
    wire = desk("wire")
    assert (wire.story["relation"], wire.story["embeds"]) == ("original", [])


def test_the_evidence_shows_the_figures_and_the_words(desk: Desk) -> None:
    desk("wire")
    copy = desk("copy", "\n".join([PARAGRAPHS[0], LOCAL, *PARAGRAPHS[1:5]]))
    evidence = copy.story["evidence"]
    assert evidence["against"] == "wire"
    assert evidence["shared"] > 50
    assert 0.5 < evidence["containment"] <= 1
    assert copy.story["score"] == evidence["containment"]
    assert 1 <= len(evidence["spans"]) <= 5
    for span in evidence["spans"]:
        assert copy.document["text"][span["start"] : span["end"]] == span["exact"]
        assert LOCAL not in span["exact"]


def test_only_the_body_counts(desk: Desk) -> None:
    story = desk("wire", headline="Eleven sailors saved").story["story_id"]
    copy = desk("copy", headline="Storm: captain was the last to leave the ship", hours=1)
    assert (copy.story["story_id"], copy.story["relation"]) == (story, "exact")


@pytest.mark.parametrize(
    ("url", "joins"),
    [
        ("https://wire.example/halcyon-bay", True),
        ("https://wire.example/", False),  # the front page names no article
        (None, False),
    ],
)
def test_the_same_url_at_another_source_is_a_copy(desk: Desk, url: str | None, joins: bool) -> None:
    story = desk("wire", url=url).story["story_id"]
    digest = desk("digest", made_up(1), url=url)
    assert (digest.story["story_id"] == story) is joins
    assert digest.story["evidence"]["rule"] == ("url" if joins else "first")


def test_the_story_record_counts_and_names_its_members(desk: Desk) -> None:
    story = desk("wire", source="agency").story["story_id"]
    told = desk("copy", "\n".join(PARAGRAPHS[:3]), hours=2)
    assert told.stories[story]["size"] == 2
    assert told.stories[story]["first_carrier"] == "agency"
    assert told.stories[story]["members"][1] == {
        "article_id": "copy",
        "version": 1,
        "source": "copy",
        "relation": "cut",
        "seen_at": at(2),
    }
    assert told.members[f"{story}/copy"]["story_id"] == story
    assert told.members[f"{story}/copy"]["score"] == told.story["score"]


def test_it_lists_the_first_members_only(desk: Desk) -> None:
    for number in range(MEMBERS_SHOWN + 5):
        told = desk(f"copy-{number:02}")
    (record_,) = told.stories.values()
    assert record_["size"] == MEMBERS_SHOWN + 5
    assert [member["article_id"] for member in record_["members"]] == [f"copy-{n:02}" for n in range(MEMBERS_SHOWN)]


def test_the_origin_is_the_wire_that_most_members_credit(desk: Desk) -> None:
    first = desk("one", provenance=credited("Meridian"))
    (record_,) = first.stories.values()
    assert record_["origin"] == {"name": "Meridian", "evidence": ["field: credit"], "confidence": 0.9}
    desk("two", provenance=credited("Continental"))
    told = desk("three", provenance=credited("Continental"))
    (record_,) = told.stories.values()
    assert record_["origin"]["name"] == "Continental"


class TestNewVersions:
    def test_a_corrected_first_member_stays_the_first(self, desk: Desk) -> None:
        story = desk("wire").story["story_id"]
        desk("copy", "\n".join(PARAGRAPHS[:3]))
        corrected = desk("wire", WIRE.replace("eleven", "twelve"), hours=1)
        assert (corrected.story["story_id"], corrected.story["relation"]) == (story, "original")
        assert [member["article_id"] for member in corrected.stories[story]["members"]] == ["wire", "copy"]
        assert corrected.stories[story]["members"][0]["version"] == 2

    def test_one_with_other_words_leaves_its_story(self, desk: Desk) -> None:
        desk("wire")
        old = desk("copy").story["story_id"]
        moved = desk("copy", OTHER, hours=1)
        new = story_id("copy", 2)
        assert moved.story["story_id"] == new
        assert moved.members[f"{old}/copy"] is None
        assert moved.members[f"{new}/copy"]["version"] == 2
        assert moved.stories[old]["size"] == 1

    def test_the_last_one_to_leave_takes_the_story_along(self, desk: Desk) -> None:
        desk("other", OTHER)
        old = desk("wire").story["story_id"]
        moved = desk("wire", OTHER, hours=1)
        assert moved.story["story_id"] == story_id("other", 1)
        assert moved.stories[old] is None

    def test_too_short_to_compare_it_stays(self, desk: Desk) -> None:
        story = desk("flash", "Ship in distress off Cape Moreton.").story["story_id"]
        assert desk("flash", "Ship in distress off Moreton, crew safe.", hours=1).story["story_id"] == story


class TestMerges:
    """When an article proves two stories one, the older survives."""

    @pytest.fixture
    def halves(self, desk: Desk) -> tuple[Desk, list[str]]:
        """Three stories, each a passage of one long wire that nobody has seen whole."""
        passages = [made_up(seed, 90) for seed in (1, 2, 3)]
        stories = [desk(f"part-{n}", body).story["story_id"] for n, body in enumerate(passages)]
        assert len(set(stories)) == 3
        desk("copy-1", passages[1])
        return desk, stories

    def join(self, desk: Desk, name: str, *seeds: int) -> Answer:
        """An article that is the copy of several: two sentences of each in turn, so that all begin near its top."""
        sentences = [made_up(seed, 90).split(". ") for seed in seeds]
        turns = [". ".join(each[at : at + 2]) for at in range(0, 6, 2) for each in sentences]
        return desk(name, ". ".join(turns))

    def test_the_younger_names_the_older_and_its_members_move(self, halves: tuple[Desk, list[str]]) -> None:
        desk, (first, second, _) = halves
        told = self.join(desk, "both", 1, 2)
        assert told.story["story_id"] == first
        assert told.stories[second]["merged_into"] == first
        assert told.stories[first]["size"] == 4
        assert told.members[f"{first}/copy-1"]["story_id"] == first
        assert told.members[f"{second}/copy-1"] is None
        assert desk("later", made_up(2, 90)).story["story_id"] == first, "later copies go to the final story"

    def test_headers_tell_of_it_without_decoding(self, halves: tuple[Desk, list[str]]) -> None:
        desk, (first, second, _) = halves
        outs = self.join(desk, "both", 1, 2).outs
        assert {out.key: out.facts for out in outs if out.topic == STORIES} == {
            first: {"size": "4", "origin": "part-0"},
            second: {"mergedinto": first},
        }
        members = {out.key: out.facts for out in outs if out.topic == STORY_MEMBERS}
        assert members[f"{first}/copy-1"] == {"articlesource": "copy-1", "version": "1", "relation": "exact"}
        assert members[f"{second}/copy-1"] == {}

    def test_all_that_led_to_a_story_name_the_final_one_at_once(self, halves: tuple[Desk, list[str]]) -> None:
        desk, (first, second, third) = halves
        assert self.join(desk, "last two", 2, 3).stories[third]["merged_into"] == second
        told = self.join(desk, "first two", 1, 2)
        assert {story: told.stories[story]["merged_into"] for story in (second, third)} == {second: first, third: first}
        assert told.stories[first]["size"] == 6

    def test_a_merge_outlives_the_article_that_proved_it(self, halves: tuple[Desk, list[str]]) -> None:
        desk, (first, _, _) = halves
        self.join(desk, "both", 1, 2)
        desk("both", status="withdrawn", hours=1)
        assert desk("later", made_up(2, 90), hours=2).story["story_id"] == first
