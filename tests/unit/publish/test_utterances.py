from __future__ import annotations

import msgspec
import pytest

from tests.unit.publish.articles import article, quote
from wiredesk.publish.reading import ReadArticle
from wiredesk.publish.speakers import Voice
from wiredesk.publish.state import Listed, UtteranceState
from wiredesk.publish.utterances import REFERENCES, also, entry_of, hushed, joined, opened, voice, without
from wiredesk.publish.wording import TEXT_SHOWN

TEXT = "we will rebuild every school and every bridge by spring"


def entry(name: str, text: str = TEXT, who: str | None = None, version: int = 1) -> Listed:
    read = msgspec.convert(article(name, quote(text), version=version), ReadArticle)
    return entry_of(read, read.quotes[0], Voice(None, who, True) if who else None)


def carried(*entries: Listed) -> UtteranceState:
    state = opened("u", entries[0], 10)
    for one in entries[1:]:
        state, _ = joined(state, one, known=False)
    return state


def test_a_longer_wording_is_a_reference_for_cuts_from_its_other_parts():
    longer = f"{TEXT}, and then we will start on the hospitals of the north"
    state = carried(entry("a"), entry("b", longer), entry("c", "start on the hospitals of the north"))
    assert [one.text for one in state.references] == [TEXT, longer]
    assert not any(one.carrier.altered for one in state.listed)


def test_references_are_few():
    state = carried(*(entry(str(n), TEXT + " and then we will go on" * n) for n in range(10)))
    assert len(state.references) == REFERENCES


def test_the_same_words_with_other_marks_are_no_variant():
    assert carried(entry("a"), entry("b", TEXT.upper() + "!")).variants == []


def test_who_said_it_is_by_the_first_carrier_that_names_them():
    state = carried(entry("a"), entry("b", who="Ana Bell"), entry("c", who="Bell"))
    assert voice(state).name == "Ana Bell"
    assert voice(hushed(state, "b")).name == "Bell"
    assert voice(without(state, "b", "b/2")).name == "Bell"


def test_a_second_mention_may_name_the_speaker():
    assert voice(also(carried(entry("a")), entry("a", who="Ana Bell"))).name == "Ana Bell"
    assert voice(also(carried(entry("a", who="Ana Bell")), entry("a", who="Carl Dunn"))).name == "Ana Bell"


def test_nobody_left_is_the_end():
    assert without(carried(entry("a")), "a", "a/2") is None


def test_a_decision_that_was_cut_short_does_not_count_twice():
    state = carried(*(entry(str(n)) for n in range(60)))  # the last ten are beyond the list
    again, _ = joined(state, entry("59"), known=False)
    assert again.count == 60
    less = without(state, "59", "59/2")
    assert less.count == 59
    assert without(less, "59", "59/2").count == 59


@pytest.mark.parametrize("unlisted", [False, True])
def test_variants_of_carriers_beyond_the_list_are_kept(unlisted):
    entries = [entry("a"), entry("b", TEXT + " at last")]
    entries += [entry(str(n)) for n in range(48)]
    if unlisted:
        entries.append(entry("z", "well, " + TEXT))
    state = without(carried(*entries), "b", "b/2")
    assert state.variants == (["well, " + TEXT] if unlisted else [])


def test_a_huge_quotation_is_kept_in_part():
    state = carried(entry("a", "word " * 300_000))
    assert len(msgspec.json.encode(state)) < 4 * TEXT_SHOWN
