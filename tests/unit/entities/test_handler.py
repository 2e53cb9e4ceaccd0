"""The handler: what it reads, what it leaves alone, and that the memo changes nothing but the time."""

from __future__ import annotations

import msgspec
import pytest

from tests.unit.entities.marked import article, record
from wiredesk.contracts.article import EntitiesArticle, Story, StoryEvidence
from wiredesk.contracts.errors import BadMessage
from wiredesk.contracts.record import PooledHandler
from wiredesk.contracts.topics import ENTITIES
from wiredesk.entities import model
from wiredesk.entities.handler import Entities

TEXT = (
    "Defense Secretary Maria Oliveira met the mayor of Lisbon on Monday.\n"
    "Oliveira said the Portuguese navy would join NATO exercises in the Baltic Sea.\n"
    "The International Atomic Energy Agency (IAEA) did not comment, Reuters reported."
)


@pytest.fixture(scope="module")
def handler() -> Entities:
    return Entities()


@pytest.fixture
def no_model(monkeypatch):
    def refuse(without):
        raise AssertionError("the model was loaded")

    monkeypatch.setattr(model, "load_english", refuse)


def encoded(**fields):
    return msgspec.json.encode(article(**fields))


def block(out):
    return msgspec.json.decode(out.value)["entities"]


def test_it_is_a_pooled_handler(handler):
    pooled: PooledHandler = handler
    assert pooled is handler


def test_people_organisations_places_and_nationalities_are_found_and_typed(handler):
    (out,) = handler.work(record(encoded(text=TEXT)), {}).outs
    found = {(entity["type"], entity["name"]) for entity in block(out)}
    assert {("PER", "Maria Oliveira"), ("LOC", "Lisbon"), ("ORG", "NATO"), ("NORP", "Portuguese")} <= found
    assert {("ORG", "International Atomic Energy Agency"), ("ORG", "Reuters")} <= found
    typed = msgspec.json.decode(out.value, type=EntitiesArticle)
    assert all(TEXT[m.start : m.end] == m.exact for entity in typed.entities for m in entity.mentions)


def test_the_result_is_the_same_with_the_memo_and_without(handler):
    message = record(encoded(text=TEXT))
    first = handler.work(message, {})
    assert set(first.learned) == set(handler.wanted(message))
    again = handler.work(message, first.learned)
    assert again.learned == {}
    assert block(again.outs[0]) == block(first.outs[0])


def test_what_another_article_taught_serves_a_copy_at_other_offsets(handler):
    learned = handler.work(record(encoded(text=TEXT)), {}).learned
    longer = record(encoded(text="A new first paragraph about Geneva.\n" + TEXT))
    with_memo = handler.work(longer, learned)
    assert len(with_memo.learned) == 1
    assert block(with_memo.outs[0]) == block(handler.work(longer, {}).outs[0])


@pytest.mark.usefixtures("no_model")
def test_wanted_needs_no_model_and_gives_each_paragraph_once():
    fresh = Entities()
    keys = fresh.wanted(record(encoded(text=TEXT + "\n" + TEXT.splitlines()[0])))
    assert len(keys) == 3
    assert all(len(key) == 16 for key in keys)


def test_warm_loads_the_model_so_that_a_missing_one_shows_at_once(monkeypatch):
    loaded = []
    monkeypatch.setattr(model, "load_english", lambda without: loaded.append(1) or object())
    fresh = Entities()
    assert loaded == []
    fresh.warm()
    fresh.warm()
    assert loaded == [1]


@pytest.mark.usefixtures("no_model")
@pytest.mark.parametrize(
    "fields",
    [
        {"status": "withdrawn", "text": ""},
        {"status": "withdrawn", "text": TEXT},
        {"text": TEXT, "language": "fr"},
        {"text": ""},
        {"text": "\n \n--\n"},
    ],
    ids=["withdrawal", "withdrawal with a text", "French", "empty", "no words"],
)
def test_what_is_not_read_gets_an_empty_block_without_error_or_model(fields):
    message = record(encoded(**fields))
    fresh = Entities()
    assert fresh.wanted(message) == []
    (out,) = fresh.work(message, {}).outs
    written = msgspec.json.decode(out.value)
    assert written["entities"] == []
    assert written["errors"] == []


@pytest.mark.parametrize("language", [None, "en", "en-GB", "EN", "und"])
def test_english_and_unknown_languages_are_read(language):
    assert Entities().wanted(record(encoded(text=TEXT, language=language)))


def test_fields_that_this_release_does_not_know_pass_through(handler):
    value = msgspec.json.decode(encoded(text="Nothing here.")) | {"tomorrow": {"a": [1, 2.50]}}
    (out,) = handler.work(record(msgspec.json.encode(value)), {}).outs
    assert msgspec.json.decode(out.value)["tomorrow"] == {"a": [1, 2.50]}


def test_the_key_is_the_story_and_the_article_where_there_is_none():
    evidence = StoryEvidence(rule="first")
    story = Story(story_id="s-9", relation="original", canonical_article_id="a-1", score=1.0, evidence=evidence)
    (with_story,) = Entities().work(record(encoded(story=story)), {}).outs
    (without_story,) = Entities().work(record(encoded()), {}).outs
    assert (with_story.topic, with_story.key) == (ENTITIES, "s-9")
    assert without_story.key == "a-1"
    assert with_story.facts["relation"] == "original"


def test_the_block_says_what_made_it():
    (out,) = Entities().work(record(encoded()), {}).outs
    made = msgspec.json.decode(out.value)["produced_by"]["entities"]
    assert made["model"].startswith("en_core_web_md 3.7.1, spaCy 3.")
    assert made["data"]


@pytest.mark.usefixtures("no_model")
def test_a_failed_article_goes_on_with_an_empty_block_and_the_error():
    (out,) = Entities().without(record(encoded(text=TEXT)), RuntimeError("the child died"))
    written = msgspec.json.decode(out.value)
    assert written["entities"] == []
    assert written["errors"] == [{"stage": "entities", "class": "RuntimeError", "message": "the child died"}]
    assert out.key == "a-1"


def test_what_is_no_document_is_refused():
    with pytest.raises(BadMessage):
        Entities().wanted(record(b"[]"))


def test_the_models_warning_does_not_reach_the_log(recwarn):
    model.Model().load()
    assert not [each for each in recwarn if "W095" in str(each.message)]
