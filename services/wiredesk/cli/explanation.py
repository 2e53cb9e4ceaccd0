"""The explanation of a story: why its members belong to it, by what was decided and by what their texts show."""

from __future__ import annotations

from msgspec import Struct

from wiredesk.cli.dossier import Dossier
from wiredesk.cli.reasons import reason
from wiredesk.cli.side_by_side import Comparison, Words, side_by_side
from wiredesk.cli.texts import Text
from wiredesk.contracts.article import Embed, Story
from wiredesk.contracts.stories import MEMBERS_SHOWN, MemberRecord, Origin

_SHOWS = 0.9
"""Share of the words in the passages of the evidence that a text must have, to be what the evidence speaks of."""


class Figures(Struct, kw_only=True):
    """What the rule looked at (``StoryEvidence``), and the threshold that the containment had to meet."""

    shared: int | None
    containment: float | None
    threshold: float | None
    anchors: float | None


class Beside(Struct, kw_only=True):
    """Another text, as it is now, and what it shares with this one."""

    article_id: str
    version: int
    source: str
    comparison: Comparison


class Embedded(Struct, kw_only=True):
    """A story whose paragraphs the article carries; ``beside`` is its first member, None when that text is not held."""

    story_id: str
    beside: Beside | None
    spans: list[str]


class Member(Struct, kw_only=True):
    """A member of the story. ``rule`` and ``figures`` are as decided; None when its text is not held.

    ``beside`` is what it is compared with: the story's first member, else the member that the evidence speaks of.
    ``note`` says what else must be known of it.
    """

    article_id: str
    version: int
    source: str
    headline: str | None
    seen_at: str | None
    relation: str
    score: float
    rule: str | None
    reason: str | None
    figures: Figures | None
    beside: Beside | None
    embeds: list[Embedded]
    note: str | None


class Explanation(Struct, kw_only=True):
    """Why the ``members`` belong to the story; one, when an article was asked for. ``not_shown`` counts the others that
    were seen after the first 50. ``merged_from``: the story that was asked for, which proved to be this one."""

    story_id: str
    article_id: str | None
    merged_from: str | None
    size: int
    origin: Origin | None
    first_carrier: str | None
    members: list[Member]
    not_shown: int


def explain(dossier: Dossier) -> Explanation:
    """The explanation of what was asked for."""
    explainer = _Explainer(dossier)
    shown = dossier.members[:MEMBERS_SHOWN]
    if dossier.article_id is not None:
        shown = [member for member in dossier.members if member.article_id == dossier.article_id]
    return Explanation(
        story_id=dossier.story.story_id,
        article_id=dossier.article_id,
        merged_from=dossier.merged_from,
        size=dossier.story.size,
        origin=dossier.story.origin,
        first_carrier=dossier.story.first_carrier,
        members=[explainer.member(member) for member in shown],
        not_shown=0 if dossier.article_id else len(dossier.members) - len(shown),
    )


class _Explainer:
    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        self._words: dict[str, Words] = {}

    def member(self, member: MemberRecord) -> Member:
        text = self._dossier.texts.get(member.article_id)
        story = text.story if text is not None else None
        evidence = story.evidence if story else None
        return Member(
            article_id=member.article_id,
            version=member.version,
            source=member.source,
            headline=text.headline if text else None,
            seen_at=member.seen_at,
            relation=member.relation,
            score=member.score,
            rule=evidence.rule if evidence else None,
            reason=reason(evidence.rule) if evidence else None,
            figures=Figures(
                shared=evidence.shared,
                containment=evidence.containment,
                threshold=evidence.threshold,
                anchors=evidence.anchors,
            )
            if evidence is not None and evidence.shared is not None
            else None,
            beside=self._beside(text, story) if text and story else None,
            embeds=[self._embedded(text, embed) for embed in story.embeds] if text and story else [],
            note=self._note(member, story),
        )

    def _note(self, member: MemberRecord, story: Story | None) -> str | None:
        home = self._dossier.story.story_id
        if member.article_id in self._dossier.withdrawn:
            return "it was withdrawn"
        if story is None:
            return "its text is not held any more, or on its way still: nothing to compare"
        if story.story_id != home:
            return f"rule and figures are of when it belonged to story {story.story_id}; a merge or a split moved it"
        return None

    def _beside(self, text: Text, story: Story) -> Beside | None:
        """The first member whose text is held; if the evidence does not speak of that one, the one it does speak of."""
        earlier: list[Text] = []
        for member in self._dossier.members[:MEMBERS_SHOWN]:
            if member.article_id == text.article_id:
                break
            if member.article_id in self._dossier.texts:
                earlier.append(self._dossier.texts[member.article_id])
        if not earlier:
            return None
        own, other = self._of(text), earlier[0]
        if story.evidence.spans and self._shown(own, other, story) < _SHOWS:
            other = max(earlier, key=lambda each: self._shown(own, each, story))  # of equals, the first
        return _beside(other, side_by_side(own, self._of(other)))

    def _shown(self, own: Words, other: Text, story: Story) -> float:
        """How much of the passages of the evidence ``other`` has."""
        return own.share_in(story.evidence.spans, own.shared_with(self._of(other)))

    def _embedded(self, text: Text, embed: Embed) -> Embedded:
        other = self._dossier.embedded.get(embed.story_id)
        return Embedded(
            story_id=embed.story_id,
            beside=_beside(other, side_by_side(self._of(text), Words(other), embed.spans)) if other else None,
            spans=[span.exact for span in embed.spans],
        )

    def _of(self, text: Text) -> Words:
        if text.article_id not in self._words:
            self._words[text.article_id] = Words(text)
        return self._words[text.article_id]


def _beside(other: Text, comparison: Comparison) -> Beside:
    return Beside(article_id=other.article_id, version=other.version, source=other.source.name, comparison=comparison)
