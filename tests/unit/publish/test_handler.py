from __future__ import annotations

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.publish.articles import HOUR, Answer, article, at, comparable, quote, record, withdrawal
from wiredesk.contracts.errors import BadMessage
from wiredesk.contracts.ids import utterance_id
from wiredesk.contracts.record import Record
from wiredesk.contracts.topics import OUTCOMES, PUBLISH_STATE, QUOTE_CARRIERS, QUOTED, QUOTES
from wiredesk.contracts.utterances import CARRIERS_SHOWN
from wiredesk.publish.desk import QUOTES_KEPT
from wiredesk.publish.handler import SWEPT, Publish
from wiredesk.publish.utterances import VARIANTS_SHOWN

TALKS = "The talks were long and useful, and both sides agreed to meet again in Geneva next month"
TALKS_CUT = "both sides agreed to meet again in Geneva"
TALKS_ALTERED = "The talks were long and useful, and all sides agreed to meet again in Geneva next month"
HARVEST = "Nobody in this valley remembers a harvest as poor as the one that we brought in this autumn"


class Line:
    """A publish stage that is asked one article after the other."""

    def __init__(self, window_hours: float = 72) -> None:
        self.stage = Publish(window_hours)
        self.log: list[tuple[str, bytes | None]] = []

    def __call__(self, document: dict) -> Answer:
        answer = Answer(self.stage.handle(record(document)))
        self.log += [(out.key, out.value) for out in answer.state]
        return answer


@pytest.fixture
def line() -> Line:
    return Line()


# The document


def test_the_first_carrier_names_the_utterance(line):
    answer = line(article("a", quote(TALKS, "Ana Bell", id="q7")))
    assert answer.quote_ids == [utterance_id("a", 1, "q7")]


def test_unknown_fields_pass_byte_for_byte(line):
    odd = b'"1.50e1":  1.50e1,"deep":{"z":[ 1,2 ],"a":"\\u00e9"}'
    value = orjson.dumps(article("a", quote(TALKS)))
    value = value.replace(b'{"article_id"', b'{"new_block":{' + odd + b'},"article_id"', 1)
    value = value.replace(b'"kind":"direct"', b'"kind":"direct","tone":{' + odd + b"}", 1)
    (document,) = (out for out in Publish().handle(Record(QUOTED, 0, 0, 0, None, value)) if out.key == "a")
    assert document.value.count(odd) == 2


def test_headers_for_filtering_are_on_the_document(line):
    answer = line(article("a", version=3))
    (facts,) = (out.facts for out in answer.outs if out.key == "a")
    assert facts == {"articlesource": "Daily", "language": "en", "version": "3", "relation": "original"}


def test_a_withdrawal_says_which_version_of_whose_article_it_took_back(line):
    line(article("a", version=1))
    (out,) = (out for out in line(withdrawal("a", version=2)).outs if out.key == "a")
    assert out.value is None
    assert out.facts["articlesource"] == "Daily"
    assert out.facts["version"] == "2"


def test_utterances_and_carriers_can_be_filtered_without_decoding(line):
    line(article("a", quote(TALKS, "Ana Bell")))
    outs = line(article("b", quote(TALKS, "Ana Bell"), version=4, offset=1)).outs
    assert [out.facts for out in outs if out.topic == QUOTES] == [{"kind": "direct", "count": "2"}]
    assert [out.facts for out in outs if out.topic == QUOTE_CARRIERS] == [{"articlesource": "Daily", "version": "4"}]


@pytest.mark.parametrize("language", ["de", None])
def test_an_article_without_quotes_passes(line, language):
    answer = line(article("a", language=language, offset=1))
    assert answer.documents["a"]["quotes"] == []
    assert answer.outcome == "enriched"


def test_who_made_it_and_how_long_it_took_is_noted(line):
    document = line(article("a")).documents["a"]
    assert document["timings"]["publish"] > 0
    assert document["produced_by"]["publish"]["code"]


@pytest.mark.parametrize(
    "value",
    [
        None,
        b"",
        b"[]",
        b"{}",
        b'{"article_id":"\xff"}',
        b'{"article_id": 1}',
        b'{"article_id":"a","version":1,"source":{"name":"x"},"quotes":null}',
    ],
)
def test_what_is_no_document_is_refused_and_changes_nothing(value):
    stage = Publish()
    with pytest.raises(BadMessage):
        stage.handle(Record(QUOTED, 0, 0, 0, None, value))
    assert Answer(stage.handle(record(article("a", offset=1)))).outcome == "enriched"


def test_quotations_beyond_the_bound_have_no_utterance(line):
    answer = line(article("a", *(quote(f"{TALKS} {n} {n}", id=f"q{n}") for n in range(QUOTES_KEPT + 2))))
    assert answer.quote_ids[QUOTES_KEPT:] == [None, None]
    assert all(answer.quote_ids[:QUOTES_KEPT])


def test_what_was_not_said_is_no_utterance(line):
    answer = line(article("a", quote(TALKS, "Ana Bell", asserted=False), quote(HARVEST, "Ana Bell", id="q2")))
    assert answer.quote_ids[0] is None
    assert answer.quote_ids[1] is not None


def test_a_group_does_not_contradict_the_official_who_is_named(line):
    group = {"entity_id": None, "name": "U.S. officials", "mention": None, "resolved_by": "collective"}
    (first,) = line(article("a", quote(TALKS, "Ana Bell"))).quote_ids
    assert line(article("b", quote(TALKS_ALTERED) | {"speaker": group})).quote_ids == [first]


# Outcomes and versions


def test_the_receipt_is_keyed_by_the_raw_message_and_comes_last(line):
    answer = line(article("a", quote(TALKS), offset=7))
    assert answer.outs[-1].topic == OUTCOMES
    assert answer.outcomes == {
        "articles.raw.v1/0/7": {
            "raw": {"topic": "articles.raw.v1", "partition": 0, "offset": 7},
            "outcome": "enriched",
            "article_id": "a",
            "version": 1,
            "source": "Daily",
            "error": None,
        }
    }


def test_without_a_broker_there_is_no_receipt(line):
    assert not line(article("a")).outcomes


def test_state_comes_before_all_else(line):
    topics = [out.topic == PUBLISH_STATE for out in line(article("a", quote(TALKS), offset=1)).outs]
    assert topics == sorted(topics, reverse=True)
    assert topics[0]


def test_an_older_version_that_comes_late_is_overtaken(line):
    line(article("a", version=2, offset=1))
    late = line(article("a", version=1, offset=2))
    assert late.outcome == "overtaken"
    assert len(late.outs) == 1


def test_a_withdrawal_is_a_tombstone(line):
    line(article("a", offset=1))
    answer = line(withdrawal("a", 2, offset=2))
    assert answer.documents == {"a": None}
    assert answer.outcome == "withdrawn"


def test_a_slow_older_version_does_not_bring_a_withdrawn_article_back(line):
    line(withdrawal("a", 2, offset=1))
    assert line(article("a", version=1, offset=2)).outcome == "overtaken"


def test_a_newer_version_does(line):
    line(withdrawal("a", 2, offset=1))
    assert line(article("a", version=3, offset=2)).documents["a"]["version"] == 3


def test_the_floor_outlives_the_window(line):
    line(article("a", version=5, offset=1, hour=0))
    for hour in (100, 200):
        line(article(f"b{hour}", offset=hour, hour=hour))
    assert line(article("a", version=4, offset=300, hour=201)).outcome == "overtaken"


# Utterances


def test_a_copy_is_one_more_carrier(line):
    (first,) = line(article("a", quote(TALKS, "Ana Bell"), hour=1)).quote_ids
    answer = line(article("b", quote(TALKS, "Ana Bell"), hour=2))
    assert answer.quote_ids == [first]
    utterance = answer.utterances[first]
    assert (utterance["count"], utterance["text"], utterance["variants"]) == (2, TALKS, [])
    assert [one["article_id"] for one in utterance["carriers"]] == ["a", "b"]
    assert utterance["first_seen"]["article_id"] == "a"
    assert utterance["speaker"] == {"entity_id": "local:Ana Bell", "name": "Ana Bell"}
    assert answer.carriers[f"{first}/b"]["seen_at"] == at(2)


@pytest.mark.parametrize(
    ("text", "altered"),
    [(TALKS.upper(), False), (TALKS_CUT, False), (TALKS + ", he hopes", False), (TALKS_ALTERED, True)],
)
def test_a_variant_is_altered_only_if_its_words_differ(line, text, altered):
    (first,) = line(article("a", quote(TALKS))).quote_ids
    answer = line(article("b", quote(text)))
    assert answer.quote_ids == [first]
    assert answer.carriers[f"{first}/b"]["altered"] is altered
    assert answer.utterances[first]["text"] == TALKS
    assert answer.utterances[first]["variants"] == ([] if text == TALKS.upper() else [text])


def test_an_article_that_carries_it_twice_is_one_carrier(line):
    answer = line(article("a", quote(TALKS, id="q1"), quote(TALKS_CUT, "Ana Bell", id="q2")))
    assert answer.quote_ids[0] == answer.quote_ids[1]
    (utterance,) = answer.utterances.values()
    assert utterance["count"] == 1
    assert utterance["speaker"]["name"] == "Ana Bell"
    assert len(answer.carriers) == 1


def test_the_words_in_marks_join_direct_and_mixed_variants(line):
    (first,) = line(article("a", quote("We will rebuild every school and every bridge by spring"))).quote_ids
    mixed = 'his government would "rebuild every school and every bridge by spring"'
    assert line(article("b", quote(mixed, kind="mixed"))).quote_ids == [first]


def test_a_speaker_who_is_named_later_is_taken_over(line):
    (first,) = line(article("a", quote(TALKS))).quote_ids
    assert line(article("b", quote(TALKS, "Ana Bell"))).utterances[first]["speaker"]["name"] == "Ana Bell"
    assert line(article("c", quote(TALKS, "A. Bell"))).utterances[first]["speaker"]["name"] == "Ana Bell"


def test_a_nested_quotation_is_not_the_one_around_it(line):
    inner = quote(TALKS, "Ana Bell", id="q2", parent_id="q1")
    outer = quote(f"The minister issued a statement noting that {TALKS}", None, id="q1")
    answer = line(article("a", outer, inner))
    assert answer.quote_ids[0] != answer.quote_ids[1]


def test_a_short_fragment_stays_in_its_article_but_keeps_its_id_there(line):
    (first,) = line(article("a", quote("Never again", "Ana Bell"))).quote_ids
    assert line(article("b", quote("Never again", "Ana Bell"))).quote_ids != [first]
    assert line(article("a", quote("never again!", "Ana Bell"), version=2)).quote_ids == [first]


def test_short_equal_words_of_one_speaker_join_across_stories(line):
    (first,) = line(article("a", quote("It is over now", "Ana Bell"), story="s1")).quote_ids
    assert line(article("b", quote("It is over now", "Bell"), story="s2")).quote_ids == [first]
    assert line(article("c", quote("It is over now", "Carl Dunn"), story="s2")).quote_ids != [first]


def test_a_stock_phrase_of_many_still_finds_its_own_speaker(line):
    names = ["Ana Bell", "Carl Dunn", "Eve Ford", "Gus Hart", "Ida Jones", "Kim Lane", "Max Noon"]
    stock = "Our thoughts are with the families"
    given = {name: line(article(name, quote(stock, name), story=name)).quote_ids for name in names}
    assert len({*map(tuple, given.values())}) == len(names)
    for name in names:
        assert line(article(f"{name} again", quote(stock, name), story="late")).quote_ids == given[name]


def test_only_the_first_carriers_are_listed_but_all_are_counted(line):
    for number in range(CARRIERS_SHOWN + 5):
        answer = line(article(f"a{number}", quote(f"{TALKS} {'again ' * number}")))
    (utterance,) = answer.utterances.values()
    assert utterance["count"] == CARRIERS_SHOWN + 5
    assert len(utterance["carriers"]) == CARRIERS_SHOWN
    assert len(utterance["variants"]) == VARIANTS_SHOWN
    (again,) = line(article("a54", quote(TALKS), version=2)).utterances.values()
    assert again["count"] == CARRIERS_SHOWN + 5


# Corrections and withdrawals


def test_a_version_without_the_quote_is_no_carrier_any_more(line):
    (first,) = line(article("a", quote(TALKS))).quote_ids
    line(article("b", quote(TALKS_ALTERED)))
    answer = line(article("b", quote(HARVEST), version=2))
    assert answer.carriers[f"{first}/b"] is None
    assert answer.utterances[first]["count"] == 1
    assert answer.utterances[first]["variants"] == []


def test_an_utterance_without_carriers_is_a_tombstone_and_found_no_more(line):
    (first,) = line(article("a", quote(TALKS))).quote_ids
    answer = line(withdrawal("a", 2))
    assert answer.utterances == {first: None}
    assert answer.carriers == {f"{first}/a": None}
    assert line(article("b", quote(TALKS))).quote_ids != [first]


def test_a_withdrawn_wording_goes_with_its_only_carrier(line):
    (first,) = line(article("a", quote(TALKS_ALTERED))).quote_ids
    line(article("b", quote(TALKS)))
    line(article("c", quote(TALKS_ALTERED + ", he said")))
    utterance = line(withdrawal("a", 2)).utterances[first]
    assert utterance["text"] == TALKS
    assert utterance["first_seen"]["article_id"] == "b"
    assert TALKS_ALTERED not in utterance["variants"]


def test_a_corrected_speaker_replaces_the_wrong_one(line):
    (first,) = line(article("a", quote("We do not talk to them now", "Ana Bell"))).quote_ids
    answer = line(article("a", quote("We do not talk to them now", "Carl Dunn"), version=2))
    assert answer.quote_ids == [first]
    assert answer.utterances[first]["speaker"]["name"] == "Carl Dunn"


def test_a_corrected_wording_of_the_only_carrier_becomes_the_text(line):
    (first,) = line(article("a", quote(TALKS), hour=1)).quote_ids
    answer = line(article("a", quote(TALKS_ALTERED), version=2, hour=2))
    assert answer.quote_ids == [first]
    assert answer.utterances[first]["text"] == TALKS_ALTERED
    assert answer.utterances[first]["variants"] == []
    assert answer.carriers[f"{first}/a"]["altered"] is False
    assert answer.carriers[f"{first}/a"]["seen_at"] == at(1)


def test_a_withdrawal_after_the_utterances_time_still_ends_the_carrier(line):
    (first,) = line(article("a", quote(TALKS), hour=0)).quote_ids
    line(article("b", quote(TALKS), hour=60))
    line(article("x", hour=85))
    answer = line(withdrawal("b", 2, hour=86))
    assert answer.carriers == {f"{first}/b": None}
    assert answer.utterances == {}, "what was published of an utterance whose time is over stays"


# The window


def test_an_utterance_is_remembered_for_the_window_of_event_time(line):
    (first,) = line(article("a", quote(TALKS), hour=1)).quote_ids
    assert line(article("b", quote(TALKS), hour=72)).quote_ids == [first]
    assert line(article("c", quote(TALKS), hour=85)).quote_ids != [first]


def test_what_left_the_window_is_cleared_away_a_little_with_each_message():
    line = Line(window_hours=12)
    words = [f"{HARVEST} said farmer number {n} of the {n} farmers" for n in range(150)]
    for number, text in enumerate(words):
        line(article(f"a{number}", quote(text), story=None, hour=1))
    cleared = [len(line(article(f"b{n}", hour=30)).state) - 1 for n in range(8)]
    assert cleared[0] == SWEPT
    assert sum(cleared) == 300
    assert cleared[-1] == 0


def test_articles_without_a_date_do_not_age(line):
    (first,) = line(article("a", quote(TALKS), hour=None)).quote_ids
    assert line(article("b", quote(TALKS), hour=1)).quote_ids == [first]
    assert line(article("c", quote(TALKS), hour=None)).quote_ids == [first]


@pytest.mark.parametrize("when", ["yesterday", "", "2015-13-45", "9" * 400])
def test_a_date_that_cannot_be_read_does_not_move_the_clock(line, when):
    (first,) = line(article("a", quote(TALKS), hour=1)).quote_ids
    assert line(article("b", quote(TALKS), received_at=when)).quote_ids == [first]


# Replay and rebuilding


def test_the_same_raw_message_gets_the_same_answer(line):
    document = article("a", quote(TALKS, id="q1"), quote("Never again", id="q2"), offset=1)
    once, again = (comparable(line(document).outs) for _ in range(2))
    assert once == again


def test_a_replay_gives_the_same_ids_when_others_were_decided_meanwhile(line):
    first = article("a", quote(TALKS), offset=1)
    before = line(first)
    line(article("b", quote(TALKS), offset=2))
    after = line(first)
    assert comparable([before.outs[2]]) == comparable([after.outs[2]])
    (utterance,) = after.utterances.values()
    assert utterance["count"] == 2, "the utterance as it is now, not as it was"
    assert after.outcome == "enriched"


def test_a_replay_below_the_floor_repeats_its_receipt_but_does_not_go_back(line):
    first = article("a", quote(TALKS), offset=1)
    line(first)
    line(article("a", quote(TALKS), version=2, offset=2))
    again = line(first)
    assert again.outcome == "enriched"
    assert not again.documents


def test_a_replay_below_the_floor_ends_again_what_it_ended(line):
    (first,) = line(article("a", quote(TALKS), offset=1)).quote_ids
    line(article("b", quote(TALKS), offset=2))
    correction = article("a", quote(HARVEST), version=2, offset=3)
    line(correction)
    line(article("a", version=3, offset=4))
    again = line(correction)
    assert again.carriers == {f"{first}/a": None}
    assert again.utterances[first]["count"] == 1


def test_a_replayed_correction_ends_the_same_carriers_again(line):
    line(article("a", quote(TALKS, id="q1"), quote(HARVEST, id="q2"), offset=1))
    line(article("b", quote(HARVEST), offset=2))
    correction = article("a", version=2, offset=3)
    once, again = (comparable(line(correction).outs) for _ in range(2))
    assert once == again


def test_a_state_record_of_another_program_is_refused():
    with pytest.raises(BadMessage, match="another program"):
        Publish().apply("dedup/x", b"{}")
    for value in (b"{", b"{}", b'{"version":1,"clock":0,"given":{"q":"\xff"}}'):
        with pytest.raises(BadMessage, match="cannot be read"):
            Publish().apply("article/x", value)


SENTENCES = [TALKS, TALKS_CUT, TALKS_ALTERED, HARVEST, "It is over now", "Never again", HARVEST + " … " + TALKS]
SPEAKERS = [None, "Ana Bell", "Bell", "Carl Dunn"]

documents = st.builds(
    lambda name, version, quotes, hour, story, withdrawn: (
        withdrawal(name, version, hour=hour)
        if withdrawn
        else article(
            name,
            *(quote(text, who, id=f"q{at}") for at, (text, who) in enumerate(quotes)),
            version=version,
            hour=hour,
            story=story,
        )
    ),
    st.sampled_from("abcd"),
    st.integers(1, 4),
    st.lists(st.tuples(st.sampled_from(SENTENCES), st.sampled_from(SPEAKERS)), max_size=3),
    st.sampled_from([None, 1, 2, 30, 60, 100]),
    st.sampled_from(["s1", "s2", None]),
    st.sampled_from([False, False, False, True]),
)


def numbered(stream: list[dict]) -> list[dict]:
    """The stream as dedup would give it: each version of an article once, each with its raw offset."""
    seen: set[tuple[str, int]] = set()
    once = []
    for document in stream:
        identity = (document["article_id"], document["version"])
        if identity not in seen:
            seen.add(identity)
            raw = {"topic": "articles.raw.v1", "partition": 0, "offset": len(once)}
            once.append(document | {"raw": raw})
    return once


@settings(max_examples=60, deadline=None)
@given(st.lists(documents, max_size=9))
def test_a_stage_rebuilt_from_its_state_topic_goes_on_as_if_nothing_had_happened(stream):
    stream = numbered(stream)
    line = Line()
    answers, logs = [], [0]
    for document in stream:
        answers.append(comparable(line(document).outs))
        logs.append(len(line.log))
    for cut in range(len(stream) + 1):
        rebuilt = Publish()
        for key, value in line.log[: logs[cut]]:
            rebuilt.apply(key, value)
        assert [comparable(rebuilt.handle(record(document))) for document in stream[cut:]] == answers[cut:]


def published(stages: list[list]) -> dict[tuple[str, str], object]:
    """What stands in the compacted topics after all these messages; only the last message of a key counts."""
    last = {(topic, key): value for outs in stages for topic, key, value in outs if topic != PUBLISH_STATE}
    return {place: value for place, value in last.items() if value is not None}


@settings(max_examples=60, deadline=None)
@given(st.lists(documents, min_size=1, max_size=6), st.data())
def test_a_crash_amid_the_state_records_of_a_decision_changes_nothing_in_the_end(stream, data):
    stream = numbered(stream)
    line = Line(window_hours=1000)  # what is still in flight is not as old as the window
    answers, logs = [], [0]
    for document in stream:
        answers.append(comparable(line(document).outs))
        logs.append(len(line.log))
    written = data.draw(st.integers(0, len(line.log)), label="state records that were acknowledged")
    begun = max(at for at, length in enumerate(logs) if length <= written)
    sent = data.draw(st.integers(0, begun), label="messages whose outputs were acknowledged")
    committed = data.draw(st.integers(0, sent), label="messages whose offset was committed")
    rebuilt = Publish(window_hours=1000)
    for key, value in line.log[:written]:
        rebuilt.apply(key, value)
    replayed = [comparable(rebuilt.handle(record(document))) for document in stream[committed:]]
    assert published([*answers[:sent], *replayed]) == published(answers)


@given(st.lists(documents, max_size=8))
@settings(max_examples=60, deadline=None)
def test_documents_utterances_and_carriers_always_agree(stream):
    topics: dict[str, dict] = {"documents": {}, "utterances": {}, "carriers": {}}
    line = Line(window_hours=10_000)
    for document in numbered(stream):
        answer = line(document)
        for name, held in topics.items():
            held.update(getattr(answer, name))
    held = {name: {key: value for key, value in held.items() if value} for name, held in topics.items()}
    carried = {f"{q['quote_id']}/{key}" for key, doc in held["documents"].items() for q in doc["quotes"]}
    assert carried == set(held["carriers"])
    assert {key.split("/")[0] for key in carried} == set(held["utterances"])
    for quote_id, utterance in held["utterances"].items():
        own = [value for key, value in held["carriers"].items() if key.startswith(quote_id)]
        assert utterance["count"] == len(own)
        assert utterance["text"] not in utterance["variants"]
        key = lambda one: one["article_id"]  # noqa: E731
        assert sorted(utterance["carriers"], key=key) == [
            {name: value for name, value in one.items() if name != "quote_id"} for one in sorted(own, key=key)
        ]


def test_the_clock_is_the_latest_event_time_in_seconds(line):
    line(article("a", hour=3))
    line(article("b", hour=1))
    assert orjson.loads(line.log[-1][1])["clock"] % (24 * HOUR) == 3 * HOUR
