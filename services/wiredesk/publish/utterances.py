"""Utterances: how one grows and shrinks as articles carry it, change it, or take it back. Pure functions."""

from __future__ import annotations

from msgspec import structs

from wiredesk.contracts.utterances import CARRIERS_SHOWN, Carrier
from wiredesk.publish.reading import ReadArticle, ReadQuote
from wiredesk.publish.speakers import Voice
from wiredesk.publish.state import Listed, Reference, UtteranceState
from wiredesk.publish.wording import Wording, shortened, wording_of

VARIANTS_SHOWN = 20
REFERENCES = 3
LONGER = 1.25
"""A wording this many times longer than the references is one more: later cuts may come from its other parts."""


def entry_of(article: ReadArticle, quote: ReadQuote, voice: Voice | None) -> Listed:
    """The article as a carrier of the quotation."""
    carrier = Carrier(
        article_id=article.article_id,
        version=article.version,
        source=article.source.name,
        story_id=article.story_id,
        url=article.url,
        seen_at=article.seen_at,
        text=shortened(quote.text),
        altered=False,
    )
    return Listed(carrier, quote.kind, quote.form, voice)


def opened(quote_id: str, entry: Listed, since: int) -> UtteranceState:
    """A new utterance, seen first as ``entry``."""
    return UtteranceState(
        quote_id=quote_id,
        references=[Reference(entry.carrier.text, entry.kind, entry.form)],
        first=entry.carrier,
        count=1,
        listed=[entry],
        variants=[],
        since=since,
        by=_writer(entry.carrier),
    )


def joined(state: UtteranceState, entry: Listed, known: bool) -> tuple[UtteranceState, Carrier]:
    """The utterance with one more carrier, and that carrier with its judgement (``altered``).

    ``known``: the article was counted as a carrier before. Its entry then keeps its place and its ``seen_at``.
    """
    at = place(state, entry.carrier.article_id)
    counted = known or at is not None or state.by == _writer(entry.carrier)
    listed = list(state.listed)
    gone = None
    if at is not None:
        before = listed[at].carrier
        entry = structs.replace(entry, carrier=structs.replace(entry.carrier, seen_at=before.seen_at))
        gone = before.text
        listed[at] = entry
    elif len(listed) < CARRIERS_SHOWN:
        listed.append(entry)
    count = state.count if counted else state.count + 1
    state = structs.replace(state, count=count, listed=listed, by=_writer(entry.carrier))
    state = _without_wording(state, gone)
    carrier = structs.replace(entry.carrier, altered=is_altered(state, entry))
    entry = structs.replace(entry, carrier=carrier)
    listed = [entry if one.carrier.article_id == carrier.article_id else one for one in listed]
    references = _with_reference(state.references, entry)
    state = structs.replace(state, listed=listed, references=references, variants=_with_variant(state, entry))
    return _settled(state), carrier


def has_decision(state: UtteranceState, writer: str) -> bool:
    """Whether the utterance knows already what the article version ``writer`` carries."""
    return state.by == writer or any(_writer(entry.carrier) == writer for entry in state.listed)


def carrier_in(state: UtteranceState, entry: Listed) -> Carrier:
    """The entry as the utterance has it; judged anew if it is beyond the list."""
    at = place(state, entry.carrier.article_id)
    if at is not None and state.listed[at].carrier.version == entry.carrier.version:
        return state.listed[at].carrier
    return structs.replace(entry.carrier, altered=is_altered(state, entry))


def also(state: UtteranceState, entry: Listed) -> UtteranceState:
    """The utterance when an article that has joined carries it once more, in other words or with a named speaker."""
    at = place(state, entry.carrier.article_id)
    listed = list(state.listed)
    if at is not None and listed[at].voice is None:
        listed[at] = structs.replace(listed[at], voice=entry.voice)
    references = _with_reference(state.references, entry)
    return structs.replace(state, listed=listed, references=references, variants=_with_variant(state, entry))


def without(state: UtteranceState, article_id: str, writer: str) -> UtteranceState | None:
    """The utterance without a carrier; None when nobody is left. ``writer`` is the version that no longer has it.

    Wordings that none of the listed carriers has any more go too: a misquotation that was taken back does not live on
    here. Those of carriers beyond the list are kept.
    """
    at = place(state, article_id)
    if at is None and state.by == writer:
        return state  # counted already, before the decision was cut short
    gone = None if at is None else state.listed[at].carrier.text
    listed = [entry for entry in state.listed if entry.carrier.article_id != article_id]
    count = state.count - 1
    if count < 1:
        return None
    state = structs.replace(state, count=count, listed=listed, by=writer)
    return _settled(_without_wording(state, gone))


def hushed(state: UtteranceState, article_id: str) -> UtteranceState:
    """The utterance as it is without this article's word on who said it: its new version may correct that."""
    listed = [
        structs.replace(entry, voice=None) if entry.carrier.article_id == article_id else entry
        for entry in state.listed
    ]
    return structs.replace(state, listed=listed)


def voice(state: UtteranceState) -> Voice | None:
    """Who said it, by the first carrier that names them."""
    return next((entry.voice for entry in state.listed if entry.voice is not None), None)


def place(state: UtteranceState, article_id: str) -> int | None:
    """Where the article stands among the listed carriers."""
    return next((at for at, entry in enumerate(state.listed) if entry.carrier.article_id == article_id), None)


def wordings(state: UtteranceState) -> list[Wording]:
    """What a quotation is compared with; the utterance's text first."""
    return [wording_of(one.text, one.kind, one.form) for one in state.references]


def is_altered(state: UtteranceState, entry: Listed) -> bool:
    """Whether the entry has it in other words than the utterance, rather than cut or continued."""
    new = wording_of(entry.carrier.text, entry.kind, entry.form)
    return all(new.alters(old) for old in wordings(state))


def _writer(carrier: Carrier) -> str:
    return f"{carrier.article_id}/{carrier.version}"


def _without_wording(state: UtteranceState, gone: str | None) -> UtteranceState:
    """The utterance without the wording ``gone``, if none of its listed carriers has that any more."""
    carried = {entry.carrier.text for entry in state.listed}
    if gone is None or gone in carried or not state.listed:
        return state
    unlisted = state.count > len(state.listed)
    references = [one for one in state.references if one.text in carried or (unlisted and one.text != gone)]
    if references[:1] != state.references[:1]:
        heir = state.listed[0]
        references = [Reference(heir.carrier.text, heir.kind, heir.form)]
    text = references[0].text
    variants = [one for one in state.variants if one != text and (one in carried or (unlisted and one != gone))]
    return structs.replace(state, references=references, variants=variants)


def _settled(state: UtteranceState) -> UtteranceState:
    return structs.replace(state, first=state.listed[0].carrier) if state.listed else state


def _with_reference(references: list[Reference], entry: Listed) -> list[Reference]:
    new = wording_of(entry.carrier.text, entry.kind, entry.form)
    if len(references) >= REFERENCES or not new.grams:
        return references
    old = [wording_of(one.text, one.kind, one.form) for one in references]
    if new.size < LONGER * max(one.size for one in old) or not any(one.is_cut_of(new) for one in old):
        return references
    return [*references, Reference(entry.carrier.text, entry.kind, entry.form)]


def _with_variant(state: UtteranceState, entry: Listed) -> list[str]:
    text = entry.carrier.text
    shown = [state.references[0].text, *state.variants]
    if text in shown or len(state.variants) >= VARIANTS_SHOWN:
        return state.variants
    whole = wording_of(text, "direct", "passage").whole
    if any(wording_of(one, "direct", "passage").whole == whole for one in shown):
        return state.variants
    return [*state.variants, text]
