"""The document that grows: the blocks that the stages add, and the whole as it is when it is done.

The field names and their meaning are the contract with the consumers; ``schemas/`` is written from these types. All
enumerations are open (plain strings): a consumer ignores a value that it does not know.
"""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, Struct

from wiredesk.contracts.record import RawRef
from wiredesk.contracts.spans import Span

Score = Annotated[float, Meta(ge=0, le=1)]
Time = Annotated[str, Meta(description="RFC 3339, UTC", examples=["2015-09-18T17:04:00Z"])]


def _is(meaning: str) -> Meta:
    return Meta(description=meaning)


def _one_of(*values: str) -> Meta:
    return Meta(
        description="open enumeration: " + ", ".join(values), extra_json_schema={"x-extensible-enum": list(values)}
    )


class Source(Struct, kw_only=True):
    """The outlet or agency that published the article, and its own id for it, as they came in."""

    name: str
    domain: str | None = None
    id: str | None = None


class Feed(Struct, kw_only=True):
    """What the feed said of the article's version."""

    version: int | None = None
    updated_at: Time | None = None


class Part(Struct, frozen=True):
    """What a passage of the text is. Parts do not overlap, come in order, and cover every paragraph."""

    kind: Annotated[
        str, _one_of("headline", "byline", "dateline", "credit", "caption", "body", "rights", "boilerplate")
    ]
    start: int
    end: int


class Rights(Struct, kw_only=True):
    """Who holds the rights, by the notice in the text or in the feed."""

    holder: str | None
    year: int | None
    notice: str


class Provenance(Struct, kw_only=True):
    """An outlet or agency that the article comes from, draws on, cites, or came through.

    ``evidence`` is the passage that shows it; None when a field of the feed shows it, which ``field`` then names.
    """

    role: Annotated[str, _one_of("origin", "contributor", "cited", "distributor")]
    name: str
    evidence: Span | None
    field: str | None = None
    confidence: Score


class Stretch(Struct, frozen=True):
    """A passage of another article's text, by its place: code points, half-open."""

    start: int
    end: int


class Embed(Struct, kw_only=True):
    """A story of which this article carries paragraphs without being a copy of it.

    ``there`` is where the paragraphs in ``spans``, one by one, stand in the text of ``article_id``, the member of that
    story from which its text is.
    """

    story_id: str
    spans: list[Span]
    article_id: str | None = None
    there: list[Stretch] = []


class StoryEvidence(Struct, kw_only=True):
    """Why the article was given this relation: the rule, the figures it looked at, and the threshold that they met.

    The figures compare the article's text with that of ``against``, a member of the story. ``shared`` counts the words
    that agree in passages that both texts have, and ``spans`` are the longest of these passages; ``containment`` is the
    part of one text that lies in them (of the two, the larger; quoted words count for less, words that many stories
    have in common not at all), and ``threshold`` what the rule asked of it; ``anchors`` is the part of the names and
    numbers in them that agrees. All are None where the rule did not need them.
    """

    rule: str
    against: str | None = None
    shared: int | None = None
    containment: Score | None = None
    anchors: Score | None = None
    threshold: Score | None = None
    spans: list[Span] = []


class Story(Struct, kw_only=True):
    """Which story the article belongs to, how it relates to the story's other members, and why."""

    story_id: str
    relation: Annotated[str, _one_of("original", "exact", "near", "cut", "extended", "update")]
    canonical_article_id: str
    score: Score
    evidence: StoryEvidence
    embeds: list[Embed] = []


class Link(Struct, kw_only=True):
    """The entity of a register outside wiredesk, how the link was made, what shows it, and how sure it is.

    ``id`` is of ISO 3166-1 ("iso:SY"), GeoNames ("geonames:276781") or the English Wikipedia ("enwiki:John_Kerry");
    ``label`` is the name there.
    """

    id: str
    label: str
    method: str
    confidence: Score
    evidence: str | None = None


class Role(Struct, kw_only=True):
    """An office or rank that the article gives a person: "Secretary of Defense", at "the Pentagon"."""

    title: str
    organisation: str | None = None


class Mention(Struct, frozen=True):
    """One place where the article speaks of the entity."""

    start: int
    end: int
    exact: str
    kind: Annotated[str, _one_of("named", "nominal", "pronoun")] = "named"


class Entity(Struct, kw_only=True):
    """A person, organisation, place or other thing that the article names, with all its mentions.

    ``salience`` says how much the article is about it, ``confidence`` how likely name and type are right.
    """

    id: str
    type: Annotated[str, _one_of("PER", "ORG", "LOC", "NORP", "PRODUCT", "EVENT", "LAW", "WORK")]
    name: str
    aliases: list[str] = []
    link: Link | None = None
    roles: list[Role] = []
    confidence: Score
    salience: Score
    mentions: list[Mention]


class Speaker(Struct, kw_only=True):
    """Whom a quotation is attributed to.

    ``mention`` is the words of the attribution itself ("he", "the statement"); ``name`` and ``entity_id`` are whom
    they stand for, None when unresolved. ``resolved_by`` names the rule: name, surname, first name, pronoun, title,
    document, collective, nominal, none.
    """

    entity_id: str | None
    name: str | None
    mention: Span | None
    resolved_by: str | None


class Via(Struct, kw_only=True):
    """An outlet or a medium through which the words reached the reader; the outermost comes first."""

    name: str
    entity_id: str | None
    evidence: Span | None
    kind: Annotated[str, _one_of("outlet", "medium")] = "outlet"


class Quote(Struct, kw_only=True):
    """Words that the article attributes to somebody.

    ``id`` holds within the article, ``quote_id`` is the utterance across articles (given by ``publish``). ``spans`` are
    the content, two or more when the attribution stands in its middle; the marks are not part of them. ``parent_id`` is
    the quotation in which this one stands. ``about`` are ids of entities that the content mentions. ``asserted`` is
    False where the article says that it was not said, or not yet, or perhaps ("would not say whether"); ``part`` is the
    kind of the part of the text that it stands in. ``confidence`` is how likely its content and its speaker's words are
    right, by the rule that found it.
    """

    id: str
    quote_id: str | None = None
    kind: Annotated[str, _one_of("direct", "indirect", "mixed")]
    form: Annotated[str, _one_of("passage", "clause", "phrase")]
    spans: list[Span]
    text: str
    cue: Span | None
    speaker: Speaker | None
    via: list[Via] = []
    parent_id: str | None = None
    about: list[str] = []
    asserted: bool = True
    part: Annotated[str, _one_of("headline", "body", "caption")] = "body"
    confidence: Score


class StageError(Struct, kw_only=True, rename={"class_": "class"}):
    """A stage that failed on this article; its block is empty and the article went on without it."""

    stage: str
    class_: str
    message: str


class ProducedBy(Struct, kw_only=True):
    """What made a block: the release, the model with its version, the word lists and gazetteers."""

    code: str
    model: str | None = None
    data: str | None = None


class CleanArticle(Struct, kw_only=True):
    """The document as ``intake`` writes it. ``text`` is empty in a withdrawal."""

    article_id: Annotated[str, _is("the same in all versions of the article; never the same across sources")]
    status: Annotated[str, _one_of("usable", "withdrawn")]
    url: Annotated[str | None, _is("as the feed gave it")]
    source: Source
    feed: Feed
    raw: RawRef | None
    received_at: Time | None
    headline: Annotated[str | None, _is("as the feed gave it, cleaned")]
    byline: Annotated[str | None, _is("who wrote it: as the feed gave it, else as the body has it")]
    dateline: Annotated[str | None, _is("as the feed gave it, else the place that the body's dateline names")]
    credit: Annotated[str | None, _is("whom the outlet credits: as the feed gave it, else as the body has it")]
    slug: Annotated[str | None, _is("the desk's working name of the story")]
    keywords: Annotated[list[str], _is("as the feed gave them")]
    language: Annotated[str | None, _is("BCP 47; as the feed gave it, else found from the text")]
    published_at: Time | None
    text: Annotated[str, _is("the canonical text: headline, then a paragraph a line; spans count its code points")]
    text_sha256: Annotated[str, _is("the hash of the text in UTF-8, hexadecimal")]
    parts: list[Part]
    rights: Rights | None
    provenance: list[Provenance]
    extra: Annotated[dict[str, Any], _is("what the feed sent beyond the contract, as it came")]
    errors: list[StageError]
    timings: Annotated[dict[str, float], _is("seconds that the work on the article took, by stage")]
    trace: Annotated[str | None, _is("W3C traceparent of the raw message")]
    produced_by: Annotated[dict[str, ProducedBy], _is("release, model and word lists that made each block, by stage")]


class ClusteredArticle(CleanArticle, kw_only=True):
    """The document as ``dedup`` writes it: with version and story. A withdrawal of what was never seen has no story."""

    version: Annotated[int, _is("of the article, counted from 1 by wiredesk")]
    story: Story | None


class EntitiesArticle(ClusteredArticle, kw_only=True):
    """The document as ``entities`` writes it."""

    entities: list[Entity]


class QuotedArticle(EntitiesArticle, kw_only=True):
    """The document as ``quotes`` writes it: with the quotations, and their speakers' pronouns among the mentions."""

    quotes: list[Quote]


class EnrichedArticle(QuotedArticle, kw_only=True):
    """The final document, as consumers see it on ``articles.enriched.v1``: each quotation with its ``quote_id``."""
