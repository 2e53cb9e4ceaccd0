"""Which changes of a schema are refused, for whom, and that nothing which is let through breaks anybody."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiredesk.contracts.compatibility import Direction, breaking_changes, breaking_releases

ACCEPTS, GIVES = Direction.ACCEPTS, Direction.GIVES

TEXT = {"type": "string"}
WHOLE = {"type": "integer"}
MAYBE = {"type": ["string", "null"], "default": None}
SPAN = {"type": "object", "properties": {"start": WHOLE, "exact": TEXT}, "required": ["start", "exact"]}
KIND = {"type": "string", "x-extensible-enum": ["direct", "indirect"]}


def thing(*required: str, **fields: Any) -> dict[str, Any]:
    """An object with ``fields`` ("Span" is the type of that name), of which ``required`` are always there."""
    schema = {"type": "object", "properties": fields, "required": list(required), "additionalProperties": True}
    return schema | {"$defs": {"Span": SPAN}}


SPANS = {"type": "array", "items": {"$ref": "#/$defs/Span"}}
MAYBE_SPAN = {"anyOf": [{"$ref": "#/$defs/Span"}, {"type": "null"}]}


def with_span(schema: dict[str, Any], **changed: Any) -> dict[str, Any]:
    return schema | {"$defs": {"Span": SPAN | changed}}


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (thing("a", a=TEXT), thing("a", a=TEXT)),
        (thing("a", a=TEXT), thing("a", a=TEXT, b=MAYBE)),  # a new field
        (thing(s=SPANS), with_span(thing(s=SPANS), properties=SPAN["properties"] | {"end": WHOLE})),  # inside a type
        (thing(a=TEXT), thing(a=TEXT | {"description": "the words", "examples": ["x"], "title": "A"})),
        (thing(a=TEXT), thing(a=TEXT) | {"$comment": "x", "$id": "urn:x", "x-note": 1}),
        (thing(a=KIND), thing(a={**KIND, "x-extensible-enum": ["direct", "indirect", "mixed"]})),
        (thing(a=TEXT), thing(a=KIND)),  # the values are named now
        (thing(s=MAYBE_SPAN), thing(s={"anyOf": [*reversed(MAYBE_SPAN["anyOf"])]})),
        (thing(s=SPANS), thing(s={"type": "array", "items": SPAN})),  # the same, written out
        (thing(a={"const": 1}), thing(a={"enum": [1]})),
        (thing(a={"type": ["string", "null"]}), thing(a={"anyOf": [{"type": "null"}, TEXT]})),
        ({}, {"description": "any bytes"}),
    ],
)
def test_harmless_to_everybody(old, new, direction):
    assert breaking_changes(old, new, direction) == []


WIDER = [
    # what a schema that takes more looks like, and what its reader would be told
    ("optional", thing("a", a=TEXT), thing(a=TEXT), "$.a: is no longer always there"),
    ("null", thing(a=TEXT), thing(a=MAYBE), "$.a: may now be null"),
    ("type", thing(a=WHOLE), thing(a={"type": "number"}), "$.a: may now be number"),
    ("types", thing(a=TEXT), thing(a={}), "$.a: may now be array"),
    ("enum", thing(a={"enum": ["x"]}), thing(a={"enum": ["x", "y"]}), '$.a: may now be "y"'),
    ("no enum", thing(a={"enum": ["x"]}), thing(a=TEXT), '$.a: may now be other values than "x"'),
    ("longer", thing(a=TEXT | {"maxLength": 5}), thing(a=TEXT | {"maxLength": 9}), "$.a: maxLength was 5 and is 9"),
    ("no limit", thing(a=TEXT | {"maxLength": 5}), thing(a=TEXT), "$.a: maxLength was 5 and is none"),
    ("shorter", thing(a=TEXT | {"minLength": 2}), thing(a=TEXT | {"minLength": 1}), "$.a: minLength was 2 and is 1"),
    ("smaller", thing(a=WHOLE | {"minimum": 0}), thing(a=WHOLE), "$.a: minimum was 0 and is none"),
    ("larger", thing(a=WHOLE | {"maximum": 1}), thing(a=WHOLE | {"maximum": 2}), "$.a: maximum was 1 and is 2"),
    ("more", thing(s=SPANS | {"maxItems": 50}), thing(s=SPANS), "$.s: maxItems was 50 and is none"),
    ("no pattern", thing(a=TEXT | {"pattern": "^x"}), thing(a=TEXT), "$.a: the rule 'pattern' is not what it was"),
    ("no format", thing(a=TEXT | {"format": "date"}), thing(a=TEXT), "$.a: the rule 'format' is not what it was"),
    ("no rule", thing(a=TEXT) | {"if": {}, "then": {}}, thing(a=TEXT), "$: the rule 'if' is not what it was"),
    ("in an array", thing(s=SPANS), thing(s={"type": "array"}), "$.s[]: may now be null"),
    ("in a type", thing(s=SPANS), with_span(thing(s=SPANS), required=["start"]), "$.s[].exact: is no longer always"),
    ("in a nullable type", thing(s=MAYBE_SPAN), with_span(thing(s=MAYBE_SPAN), required=["exact"]), "$.s.start: is no"),
    ("a null type", thing(s={"$ref": "#/$defs/Span"}), thing(s=MAYBE_SPAN), "$.s: may now be null"),
    (
        "in a map",
        thing(m={"type": "object", "additionalProperties": WHOLE}),
        thing(m={"type": "object", "additionalProperties": {"type": "number"}}),
        "$.m.*: may now be number",
    ),
    (
        "unnamed fields",
        thing(a=TEXT) | {"additionalProperties": False},
        thing(a=TEXT),
        "$: may now have fields that are not named",
    ),
]


@pytest.mark.parametrize(("old", "new", "told"), [case[1:] for case in WIDER], ids=[case[0] for case in WIDER])
def test_what_takes_more_is_harmless_to_feeds_and_breaks_consumers(old, new, told):
    assert breaking_changes(old, new, ACCEPTS) == []
    assert any(change.startswith(told) for change in breaking_changes(old, new, GIVES))


@pytest.mark.parametrize(("new", "old"), [case[1:3] for case in WIDER], ids=[case[0] for case in WIDER])
def test_what_takes_less_is_harmless_to_consumers_and_breaks_feeds(old, new):
    assert breaking_changes(old, new, GIVES) == []
    assert breaking_changes(old, new, ACCEPTS)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (thing(a=TEXT), thing("a", a=TEXT), "$.a: is required now"),
        (thing(a=TEXT), thing("b", a=TEXT, b=TEXT), "$.b: is required now"),  # a new field that must be sent
        (thing(a=MAYBE), thing(a=TEXT), "$.a: does no longer take null"),
        (thing(a={"enum": ["x", "y"]}), thing(a={"enum": ["x"]}), '$.a: does no longer take "y"'),
        (thing(a=TEXT), thing(a=TEXT | {"maxLength": 4}), "$.a: maxLength was none and is 4"),
    ],
)
def test_a_feed_is_told_what_is_no_longer_taken(old, new, told):
    assert breaking_changes(old, new, ACCEPTS) == [told]


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (thing(a=TEXT, b=TEXT), thing(a=TEXT), "$.b: is gone"),
        (thing("a", a=TEXT), thing(alpha=TEXT), "$.a: is gone"),  # renamed
        (thing(s=SPANS), with_span(thing(s=SPANS), properties={"start": WHOLE}), "$.s[].exact: is gone"),
        (thing(a=TEXT), thing(a=WHOLE), "$.a: "),
        (thing(a=TEXT), thing(a={"type": "array", "items": TEXT}), "$.a: "),
        (thing(a=TEXT | {"pattern": "^x"}), thing(a=TEXT | {"pattern": "^y"}), "$.a: the rule 'pattern'"),
        (thing(a=TEXT) | {"not": {}}, thing(a=TEXT) | {"not": {"type": "null"}}, "$: the rule 'not'"),
        (thing(a=TEXT | {"default": "x"}), thing(a=TEXT | {"default": "y"}), '$.a: the default was "x" and is "y"'),
        (thing(a=KIND), thing(a=KIND | {"x-extensible-enum": ["direct"]}), '$.a: the value "indirect" of the open'),
        (thing(a=KIND), thing(a=TEXT), '$.a: the value "direct" of the open'),
        ({"x-kafka-headers": {"h": "x"}}, {"x-kafka-headers": {}}, "header 'h' is gone"),
    ],
)
def test_breaks_everybody(old, new, told, direction):
    assert any(change.startswith(told) for change in breaking_changes(old, new, direction))


def test_a_rule_may_be_told_in_other_words():
    old, new = ({"if": {}, "then": {"$comment": words, "required": ["a"]}} for words in ("so", "thus"))
    assert breaking_changes(old, new, ACCEPTS) == []


@pytest.mark.parametrize("direction", Direction)
def test_a_type_that_holds_itself_comes_to_an_end(direction):
    def tree(**more: Any) -> dict[str, Any]:
        child = {"anyOf": [{"$ref": "#/$defs/Tree"}, {"type": "null"}]}
        return thing(top=child) | {"$defs": {"Tree": {"type": "object", "properties": {"child": child} | more}}}

    assert breaking_changes(tree(), tree(), direction) == []
    assert "$.top.x: is gone" in breaking_changes(tree(x=TEXT), tree(), direction)


def test_every_change_is_told_once():
    many = {"anyOf": [TEXT, {"type": "null"}, WHOLE]}
    changes = breaking_changes(thing(a=many, b=TEXT), thing(a=many), GIVES)
    assert changes == ["$.b: is gone"]


class TestReleases:
    RAW, OUT = "raw.v1", "out.v1"

    def test_what_comes_out_must_be_readable_by_old_and_by_new_readers(self) -> None:
        """A record of the older release stays on the topic: a new field cannot always be there."""
        new = {self.OUT: thing("a", "b", a=TEXT, b=TEXT)}
        assert breaking_releases({self.OUT: thing("a", a=TEXT)}, new, frozenset()) == ["out.v1: $.b: is required now"]
        new = {self.OUT: thing(a=TEXT)}
        found = breaking_releases({self.OUT: thing("a", a=TEXT)}, new, frozenset())
        assert found == ["out.v1: $.a: is no longer always there"]

    def test_what_feeds_send_may_get_easier(self) -> None:
        released = {self.RAW: thing("a", a=TEXT)}
        assert breaking_releases(released, {self.RAW: thing(a=MAYBE)}, frozenset({self.RAW})) == []

    def test_a_topic_that_is_gone_is_a_break_and_a_new_one_is_none(self) -> None:
        (told,) = breaking_releases({self.OUT: {}}, {"out.v2": {}}, frozenset())
        assert told.startswith("out.v1: the topic is gone")


SIMPLE = st.sampled_from(
    [
        *({}, TEXT, WHOLE, {"type": "number"}, {"type": "null"}, {"type": ["string", "null"]}, {"enum": ["", 1, None]}),
        *(TEXT | {"maxLength": 1}, TEXT | {"minLength": 1}, TEXT | {"pattern": "^a"}, WHOLE | {"minimum": 1}),
        *({"const": 1}, {"enum": [True, "a"]}, {"type": ["integer", "boolean"]}, {"anyOf": [WHOLE, {"type": "null"}]}),
    ]
)


def objects(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    fields = st.dictionaries(st.sampled_from("ab"), inner, max_size=2)
    rest = st.one_of(st.booleans(), inner)
    return st.builds(
        lambda fields, required, rest: {
            "type": "object",
            "properties": fields,
            "required": sorted(required),
            "additionalProperties": rest,
        },
        fields,
        st.sets(st.sampled_from("ab")),
        rest,
    )


SCHEMAS = st.recursive(
    SIMPLE,
    lambda inner: st.one_of(
        st.builds(lambda items: {"type": "array", "items": items}, inner),
        objects(inner),
        st.builds(lambda *branches: {"anyOf": list(branches)}, inner, inner),
    ),
    max_leaves=4,
)
VALUES = st.recursive(
    st.sampled_from([None, True, 0, 1, 1.5, "", "a", "bb"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=5,
)


@given(SCHEMAS, SCHEMAS, st.lists(VALUES, min_size=1, max_size=8))
def test_what_is_let_through_breaks_nobody(one, other, values):
    """Held against a validator; but a name that the new schema gives a meaning is taken to have been free."""
    if breaking_changes(one, other, GIVES) == []:  # no exception is made here: what is given is known
        valid = [value for value in values if jsonschema.Draft202012Validator(other).is_valid(value)]
        assert all(jsonschema.Draft202012Validator(one).is_valid(value) for value in valid)
