"""The messages of ``publish``: documents, utterances, carriers and outcomes, made from what was decided."""

from __future__ import annotations

import msgspec
from msgspec import structs

from wiredesk.contracts.document import Document
from wiredesk.contracts.outcomes import Outcome
from wiredesk.contracts.record import Out
from wiredesk.contracts.topics import ENRICHED, OUTCOMES, PUBLISH_STATE, QUOTE_CARRIERS, QUOTES
from wiredesk.contracts.utterances import Carrier, CarrierRecord, UtteranceRecord, UtteredBy
from wiredesk.publish.reading import ReadArticle
from wiredesk.publish.state import ARTICLE, UTTERANCE, ArticleState, UtteranceState
from wiredesk.publish.utterances import voice

_JSON = msgspec.json.Encoder()


def document_out(document: Document, article: ReadArticle, quote_ids: dict[str, str]) -> Out:
    """The final document, each quotation with its ``quote_id``; every other byte as it came."""
    quotes = document.block("quotes", list[dict[str, msgspec.Raw]], [])
    for quote, read in zip(quotes, article.quotes, strict=True):
        if read.id in quote_ids:
            quote["quote_id"] = msgspec.Raw(_JSON.encode(quote_ids[read.id]))
    document.put("quotes", quotes)
    return Out(ENRICHED, article.article_id, document.encode(), document.facts())


def withdrawal_out(document: Document, article: ReadArticle) -> Out:
    """The tombstone that takes the article back."""
    return Out(ENRICHED, article.article_id, None, document.facts())


def utterance_out(state: UtteranceState) -> Out:
    """The utterance as consumers see it."""
    who = voice(state)
    record = UtteranceRecord(
        quote_id=state.quote_id,
        text=state.references[0].text,
        kind=state.references[0].kind,
        speaker=UtteredBy(entity_id=who.entity_id, name=who.name) if who else None,
        first_seen=state.first,
        count=state.count,
        carriers=[entry.carrier for entry in state.listed],
        variants=state.variants,
    )
    return Out(QUOTES, state.quote_id, _JSON.encode(record), {"kind": record.kind, "count": str(record.count)})


def over_out(quote_id: str) -> Out:
    """The end of an utterance that nobody carries any more."""
    return Out(QUOTES, quote_id, None)


def carrier_out(quote_id: str, carrier: Carrier) -> Out:
    """One carrier of an utterance."""
    record = CarrierRecord(quote_id=quote_id, **structs.asdict(carrier))
    facts = {"articlesource": carrier.source, "version": str(carrier.version)}
    return Out(QUOTE_CARRIERS, f"{quote_id}/{carrier.article_id}", _JSON.encode(record), facts)


def left_out(quote_id: str, article_id: str) -> Out:
    """The end of a carrier: the article has the utterance no more."""
    return Out(QUOTE_CARRIERS, f"{quote_id}/{article_id}", None)


def outcome_outs(article: ReadArticle, outcome: str) -> list[Out]:
    """What became of the raw message; nothing where there was no broker, and so no message to account for."""
    if article.raw is None:
        return []
    value = Outcome(
        raw=article.raw,
        outcome=outcome,
        article_id=article.article_id,
        version=article.version,
        source=article.source.name,
    )
    return [Out(OUTCOMES, str(article.raw), _JSON.encode(value))]


def article_state_out(article_id: str, state: ArticleState) -> Out:
    return Out(PUBLISH_STATE, ARTICLE + article_id, _JSON.encode(state))


def utterance_state_out(quote_id: str, state: UtteranceState | None) -> Out:
    """The utterance in the state topic; None: it is over."""
    return Out(PUBLISH_STATE, UTTERANCE + quote_id, None if state is None else _JSON.encode(state))
