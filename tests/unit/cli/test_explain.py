"""``wiredesk explain`` on files: what it says of a story, of an article, and of what it cannot explain."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import lxml.html
import orjson
import pytest
from typer.testing import CliRunner, Result

from tests.unit.cli.desk import ALONE, ARTICLES, COPY, CUT, WIRE_COPY, clustered
from tests.unit.dedup.articles import WIRE, article
from wiredesk.cli.main import app
from wiredesk.cli.reasons import reason
from wiredesk.contracts.ids import story_id
from wiredesk.contracts.topics import ENRICHED, STORIES

STORY = story_id("wire", 1)


class Files:
    """What ``annotate --out`` and ``--stories`` would have written."""

    def __init__(self, folder: Path, articles=ARTICLES) -> None:
        self.documents, self.stories = folder / "enriched.jsonl", folder / "stories.jsonl"
        outs = clustered(articles)
        self.documents.write_bytes(lines(out.value for out in outs if out.topic == ENRICHED))
        newest = {out.key: out.value for out in outs if out.topic == STORIES}
        self.stories.write_bytes(lines(value for value in newest.values() if value))

    def explain(self, asked: str, *arguments: object) -> Result:
        files = [part for path in (self.documents, self.stories) for part in ("--file", str(path))]
        return CliRunner().invoke(app, ["explain", asked, *files, *map(str, arguments)], env={"COLUMNS": "140"})

    def told(self, asked: str) -> dict[str, Any]:
        done = self.explain(asked, "--json")
        assert done.exit_code == 0, done.stderr
        return orjson.loads(done.stdout)


def lines(values) -> bytes:
    return b"".join(value + b"\n" for value in values)


@pytest.fixture
def files(tmp_path) -> Files:
    return Files(tmp_path)


def test_a_story_is_told_with_its_origin_and_all_its_members(files):
    told = files.told(STORY)
    assert (told["story_id"], told["size"], told["first_carrier"]) == (STORY, 4, "wire")
    assert told["origin"]["name"] == "Meridian"
    assert [(member["article_id"], member["rule"]) for member in told["members"]] == [
        ("wire", "first"),
        ("copy", "whole"),
        ("cut", "containment"),
        ("exact", "exact"),
    ]


def test_each_member_is_beside_the_first(files):
    first, *others = files.told(STORY)["members"]
    assert first["beside"] is None
    for member in others:
        assert member["beside"]["article_id"] == "wire"
        assert member["beside"]["comparison"]["passages"]
    cut = next(member for member in others if member["article_id"] == "cut")
    assert cut["beside"]["comparison"]["share"] == 1.0
    assert cut["figures"]["containment"] >= cut["figures"]["threshold"]


def test_an_article_is_told_alone_with_its_story(files):
    told = files.told("cut")
    [member] = told["members"]
    assert (told["story_id"], told["article_id"], told["size"]) == (STORY, "cut", 4)
    assert (member["relation"], member["rule"]) == ("cut", "containment")


def test_an_embed_is_told_with_the_passages_on_both_sides(files):
    told = files.told("embed")
    [member] = told["members"]
    [embed] = member["embeds"]
    assert embed["story_id"] == STORY
    assert embed["beside"]["article_id"] == "wire"
    for passage in embed["beside"]["comparison"]["passages"]:
        assert passage["there"]["exact"] in WIRE
        assert passage["here"]["exact"] == passage["there"]["exact"]


def test_people_read_sentences_and_two_columns(files):
    told = files.explain("cut")
    assert told.exit_code == 0
    assert f"Story {STORY}: 4 articles." in told.stdout
    assert "Origin: Meridian" in told.stdout
    assert "cut, by the rule 'containment'" in told.stdout
    assert "was needed" in told.stdout
    assert "100% stand in that of wire" in told.stdout
    assert told.stdout.count("Rescue crews pulled eleven sailors") == 2


def test_a_story_of_one_article_says_so(files):
    told = files.explain("alone")
    assert told.exit_code == 0
    assert "No other article belongs to it." in told.stdout
    assert files.told("alone")["members"][0]["beside"] is None


def test_an_unknown_id_is_told_of(files):
    done = files.explain("nobody")
    assert done.exit_code == 1
    assert done.stderr.startswith("wiredesk: there is no story and no article 'nobody' in ")


def test_the_first_member_that_has_a_text_stands_for_one_whose_text_is_not_held(files):
    rest = [line for line in files.documents.read_bytes().splitlines() if orjson.loads(line)["article_id"] != "wire"]
    files.documents.write_bytes(lines(rest))
    told = files.told(STORY)
    assert [member["article_id"] for member in told["members"]] == ["copy", "cut", "exact"]
    assert [member["beside"] and member["beside"]["article_id"] for member in told["members"]] == [None, "copy", "copy"]


def test_documents_alone_are_enough(tmp_path):
    files = Files(tmp_path)
    files.stories.write_bytes(b"")
    told = files.told(STORY)
    assert (told["size"], told["origin"]) == (4, None)


def test_a_story_that_was_merged_leads_to_the_one_that_it_proved_to_be(files):
    alone, home = (story_id(name, 1) for name in ("alone", "wire"))
    records = {record["story_id"]: record for record in map(orjson.loads, files.stories.read_bytes().splitlines())}
    records[home] |= {"size": 5, "members": records[home]["members"] + records[alone]["members"]}
    records[alone] |= {"size": 0, "members": [], "merged_into": home}
    files.stories.write_bytes(lines(map(orjson.dumps, records.values())))
    told = files.told(alone)
    assert (told["story_id"], told["merged_from"], told["size"]) == (home, alone, 5)
    last = told["members"][-1]
    assert last["article_id"] == "alone"
    assert f"of when it belonged to story {alone}" in last["note"]
    assert last["beside"]["comparison"]["passages"] == []
    assert f"{alone} was merged into {home}" in files.explain(alone).stdout


def test_a_member_is_put_beside_the_text_that_its_evidence_speaks_of(tmp_path):
    """An update is longer than the wire; what was cut from its new part has little of the first member."""
    paragraphs = WIRE.split("\n")
    early = article("wire", "\n".join(paragraphs[:3]), offset=1)
    update = article("update", WIRE, source="wire", offset=2)
    late = article("late", "\n".join(paragraphs[1:]), offset=3)
    told = Files(tmp_path, (early, update, late)).told("late")
    assert told["story_id"] == story_id("wire", 1)
    assert told["members"][0]["beside"]["article_id"] == "update"


def test_a_page_holds_every_passage_and_no_mark_up_of_others(tmp_path):
    foul = WIRE.replace("Halcyon Bay", "<script>alert(1)</script> Halcyon Bay")
    wire = article("wire", foul, offset=1, headline="<b>Saved</b>")
    files = Files(tmp_path, (wire, article("copy", foul + " It was Tuesday.", offset=2)))
    done = files.explain(STORY, "--page", tmp_path / "why.html")
    assert (done.exit_code, done.stdout) == (0, "")
    tree = lxml.html.fromstring((tmp_path / "why.html").read_text("utf-8"))
    assert not list(tree.iter("script", "b", "link", "img"))
    assert "<script>alert(1)</script>" in tree.text_content()
    rows = tree.xpath("//tbody/tr")
    assert rows
    for row in rows:
        here, there = (cell.text_content() for cell in row.iter("td"))
        assert here == there
        assert row.xpath(".//mark")


def test_the_words_that_are_not_shared_are_left_unmarked_on_the_page(files, tmp_path):
    files.explain("copy", "--page", tmp_path / "why.html")
    tree = lxml.html.fromstring((tmp_path / "why.html").read_text("utf-8"))
    [here, there] = tree.xpath("//tbody/tr/td")
    unmarked = "".join(here.xpath("./text()"))
    assert "11" in unmarked
    assert "eleven" in "".join(there.xpath("./text()"))


def test_a_terminal_is_not_commanded(tmp_path):
    wire = article("wire", WIRE.replace("Halcyon", "Hal\x1b[2Jcyon"), offset=1, headline="a\x1b[31m")
    files = Files(tmp_path, (wire, article("copy", WIRE, offset=2)))
    told = files.explain(STORY)
    assert "\x1b" not in told.stdout
    assert "\\x1b[2J" in told.stdout


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"{", "enriched.jsonl:1 is no line of"), (b'{"a": 1}', "enriched.jsonl:1 is neither a document nor a story")],
)
def test_a_file_of_something_else_is_told_of(files, content, says):
    files.documents.write_bytes(content)
    done = files.explain(STORY)
    assert done.exit_code == 1
    assert says in done.stderr


def test_a_missing_file_is_told_of(files):
    files.documents.unlink()
    assert "enriched.jsonl cannot be read (No such file" in files.explain(STORY).stderr


def test_every_rule_of_dedup_has_a_reason():
    found = {orjson.loads(out.value)["story"]["evidence"]["rule"] for out in clustered() if out.topic == ENRICHED}
    assert found >= {"first", "whole", "containment", "exact"}
    assert all(reason(rule) for rule in found)
    assert reason("a rule of a release to come") is None


def test_what_the_tests_are_made_of_is_in_the_story_they_say():
    members = [out.key for out in clustered() if out.topic == "stories.members.v1" and out.key.startswith(STORY)]
    assert {f"{STORY}/{each.article_id}" for each in (WIRE_COPY, COPY, CUT)} <= set(members)
    assert f"{STORY}/{ALONE.article_id}" not in members
