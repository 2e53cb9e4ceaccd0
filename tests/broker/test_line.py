"""The line on a broker: each message has one outcome, the good ones come out enriched, the foul ones hurt nobody."""

from __future__ import annotations

from collections.abc import Iterator

import orjson
import pytest
from jsonschema import Draft202012Validator

from tests.lines import Line, raw, running_line
from wiredesk.contracts.shipped import shipped
from wiredesk.contracts.topics import DEAD, ENRICHED, OUTCOMES, QUOTES, RAW, STORIES, STORY_MEMBERS

COUNCIL = (
    "LISBON (Meridian) - The city council voted on Tuesday to close the old harbour road to cars from next spring, "
    "after a debate that lasted well into the night and drew three hundred residents to the gallery.\n"
    '"We have waited eleven years for this," said Teresa Campos, who leads the residents\' association.\n'
    "Shopkeepers along the road said they feared for their trade and would ask a court to stop the plan."
)
OTHER = (
    "Engineers began on Thursday to drain the flooded quarry near the village of Aldeia Nova, a task that the county "
    "expects to take nine weeks. Two pumps failed on the first morning and had to be brought back to the workshop.\n"
    '"It is slow work and there is no other way," the county engineer, Paulo Brito, told reporters at the site.'
)


@pytest.fixture(scope="module", params=["embedded", pytest.param("kafka", marks=pytest.mark.kafka)])
def line(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    with running_line(request.param, tmp_path_factory.mktemp("line")) as line:
        yield line


def outcomes_of(line: Line, values: list[bytes | None]) -> list[str]:
    places = line.publish(values)
    outcomes = line.wait_for_outcomes()
    return [outcomes[place].outcome for place in places]


def test_the_corpus_comes_out_as_its_truth_says(line: Line) -> None:
    values = shipped("seeds", "corpus.jsonl").read_bytes().splitlines()
    truth = orjson.loads(shipped("seeds", "corpus.truth.json").read_bytes())
    expected = {entry["line"]: entry["outcome"] for entry in truth["lines"]}
    found = dict(enumerate(outcomes_of(line, list(values))))
    assert found == expected
    validator = Draft202012Validator(orjson.loads(shipped("schemas", f"{ENRICHED}.schema.json").read_bytes()))
    for document in line.enriched().values():
        validator.validate(document)


FOUL: list[tuple[str, bytes | None, str]] = [
    ("broken JSON", b'{"source": {"name": "A"}, "body": "cut off', "dead"),
    ("no JSON", b"hello", "dead"),
    ("an array", b"[1, 2]", "dead"),
    ("nothing", b"", "dead"),
    ("a null value", None, "dead"),
    ("wrong types", b'{"source": "A", "body": 7}', "dead"),
    ("an empty body", raw("A", "empty", "  \n "), "dead"),
    ("invalid UTF-8", b'{"source": {"name": "A"}, "body": "\xff\xfe"}', "dead"),
    ("a lone surrogate", b'{"source": {"name": "A"}, "body": "\\ud800 and more"}', "dead"),
    ("over the limit", raw("A", "large", "word " * 250_000), "dead"),
    ("a wrong time", raw("A", "time", "A body.", published_at="yesterday"), "dead"),
    ("a withdrawal of nothing", b'{"source": {"name": "A"}, "status": "withdrawn"}', "dead"),
    ("deep nesting", b'{"source": {"name": "A"}, "body": "x", "more": ' + b"[" * 2000 + b"]" * 2000 + b"}", "dead"),
    (
        "HTML",
        raw("A", "html", "<p>Rain fell on <b>Porto</b>.</p><script>x()</script>", body_type="text/html"),
        "enriched",
    ),
    ("unknown language", raw("A", "language", "Zxcv qwer tyui opas dfgh jklz."), "enriched"),
    ("unknown fields", raw("A", "extra", "A ship came in.", mood="calm", status="usable"), "enriched"),
    ("control characters", raw("A", "control", "A\x00ship\x07came\u202ein.\u200b"), "enriched"),
    ("a hundred thousand quotation marks", raw("A", "marks", '"' * 100_000), "either"),
]


def test_foul_input_has_a_defined_outcome_and_its_neighbours_are_untouched(line: Line) -> None:
    values: list[bytes | None] = []
    for number, (_, value, _) in enumerate(FOUL):
        values += [value, raw("Neighbour", f"n{number}", f"{COUNCIL}\nNumber {number} of the day.")]
    found = outcomes_of(line, values)
    assert set(found[1::2]) == {"enriched"}
    for (what, _, expected), outcome in zip(FOUL, found[0::2], strict=True):
        assert outcome == expected or expected == "either", what


def test_a_dead_letter_has_the_original_bytes_and_says_what_was_wrong(line: Line) -> None:
    value = b'{"source": {"name": "Dead Letter Office"}, "body": 12}'
    (place,) = line.publish([value])
    line.wait_for_outcomes()
    (letter,) = [seen for seen in line.watch.seen[DEAD] if seen.value == value]
    notes = {name: said.decode() for name, said in letter.headers}
    assert (int(notes["dead_partition"]), int(notes["dead_offset"])) == place
    assert notes["dead_stage"] == "intake"
    assert "Expected `str | null`, got `int` - at `$.body`" in notes["dead_message"]
    assert line.outcomes()[place].error is not None


def test_a_ten_megabyte_body_is_refused_before_it_is_decoded(line: Line) -> None:
    assert outcomes_of(line, [raw("A", "huge", "x" * 10_000_000)]) == ["dead"]


def test_versions_come_in_any_order_and_the_newest_stays(line: Line) -> None:
    def version(number: int, body: str) -> bytes:
        return raw("Versions", "v", body, version=number)

    third = f"{COUNCIL}\nThe vote was 31 to 20."
    values = [
        version(1, COUNCIL),
        version(3, third),
        version(2, f"{COUNCIL}\nThe vote was close."),  # late and older
        version(3, third),  # sent again
        version(4, COUNCIL),  # back to the first wording: content that was seen already
    ]
    assert outcomes_of(line, list(values)) == ["enriched", "enriched", "overtaken", "redelivered", "redelivered"]
    (document,) = [d for d in line.enriched().values() if d["source"]["name"] == "Versions"]
    assert document["version"] == 2
    assert document["text"].endswith("31 to 20.")
    assert document["feed"]["version"] == 3


def test_a_withdrawal_takes_an_article_back_whenever_it_comes(line: Line) -> None:
    def message(own_id: str, **fields: object) -> bytes:
        return orjson.dumps({"source": {"name": "Withdrawals", "id": own_id}, **fields})

    after = [message("w1", body=OTHER, version=1), message("w1", status="withdrawn", version=2)]
    assert outcomes_of(line, list(after)) == ["enriched", "withdrawn"]
    before = [message("w2", status="withdrawn", version=2), message("w2", body=OTHER, version=1)]
    assert outcomes_of(line, list(before)) == ["withdrawn", "overtaken"]
    assert not [d for d in line.enriched().values() if d["source"]["name"] == "Withdrawals"]
    back = message("w1", body=f"{OTHER}\nWork goes on.", version=3)
    assert outcomes_of(line, [back]) == ["enriched"]
    (document,) = [d for d in line.enriched().values() if d["source"]["name"] == "Withdrawals"]
    assert document["version"] == 3


def test_extra_fields_source_id_and_the_feeds_time_come_out_as_they_went_in(line: Line) -> None:
    fields = {"mood": {"calm": [1, 2.5, None]}, "published_at": "2026-09-14T08:00:00+02:00"}
    outcomes_of(line, [raw("Through", "Id With Spaces/7", COUNCIL, **fields)])
    (document,) = [d for d in line.enriched().values() if d["source"]["name"] == "Through"]
    assert document["extra"] == {"mood": {"calm": [1, 2.5, None]}}
    assert document["source"]["id"] == "Id With Spaces/7"
    assert document["published_at"] == "2026-09-14T06:00:00Z"
    (seen,) = [s for s in line.watch.seen[ENRICHED] if s.key == document["article_id"].encode()]
    headers = dict(seen.headers)
    assert headers["ce_type"] == b"org.wiredesk.articles.enriched.v1"
    (sent,) = [
        s
        for s in line.watch.seen[RAW]
        if s.offset == document["raw"]["offset"] and s.partition == document["raw"]["partition"]
    ]
    assert headers["ce_time"] == dict(sent.headers)["ce_time"]
    assert headers["ce_articlesource"] == b"Through"
    assert headers["ce_language"] == b"en"
    assert headers["ce_version"] == b"1"
    assert headers["traceparent"].split(b"-")[1].decode() == document["trace"].split("-")[1]


def test_stories_and_their_members_agree(line: Line) -> None:
    line.wait_for_outcomes()
    stories = {key: orjson.loads(value) for key, value in line.watch.newest(STORIES).items() if key and value}
    members = [orjson.loads(value) for value in line.watch.newest(STORY_MEMBERS).values() if value]
    sizes = {key.decode(): story["size"] for key, story in stories.items() if not story["merged_into"]}
    counted = dict.fromkeys(sizes, 0)
    for member in members:
        counted[member["story_id"]] += 1
    assert counted == sizes


def test_an_utterance_that_several_articles_carry_is_one(line: Line) -> None:
    outcomes_of(line, [raw("One", "u", COUNCIL), raw("Two", "u", f"{OTHER}\n{COUNCIL}")])
    records = [orjson.loads(value) for value in line.watch.newest(QUOTES).values() if value]
    (utterance,) = [record for record in records if record["text"].startswith("We have waited eleven years")]
    assert utterance["speaker"]["name"] == "Teresa Campos"
    assert {"One", "Two"} <= {carrier["source"] for carrier in utterance["carriers"]}


def test_each_outcome_is_written_under_its_raw_offset(line: Line) -> None:
    line.wait_for_outcomes()
    for seen in line.watch.seen[OUTCOMES]:
        reference = orjson.loads(seen.value or b"")["raw"]
        assert seen.key == f"{reference['topic']}/{reference['partition']}/{reference['offset']}".encode()
