"""Mark-up: an HTML body becomes the lines that a reader sees."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiredesk.intake.characters import clean_lines
from wiredesk.intake.markup import read_html, without_tags


def lines(body: str) -> list[str]:
    return [clean for line in read_html(body) for clean in clean_lines(line.text)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>One.</p><p>Two.</p>", ["One.", "Two."]),
        ("<div>One<div>Two</div>three</div>", ["One", "Two", "three"]),
        ("One<br>two<br/>three", ["One", "two", "three"]),
        ("<ul><li>a<li>b</ul>", ["a", "b"]),
        ("<table><tr><td>Oslo</td><td>3</td></tr><tr><td>Rome</td><td>4</td></tr></table>", ["Oslo 3", "Rome 4"]),
        ("<p>line\nwrapped   in\tsource</p>", ["line wrapped in source"]),
        ("<pre>line\nkept</pre>", ["line", "kept"]),
        ("<p>un<b>bro</b>ken <i>word</i>s</p>", ["unbroken words"]),
        ("<p>Before<script>track('x')</script><style>p{}</style><!-- no --> after</p>", ["Before after"]),
        ("<head><title>No</title></head><body><p>Yes</p></body>", ["Yes"]),
        ("<p>a<noscript>b</noscript><iframe>c</iframe><textarea>d</textarea>e</p>", ["ae"]),
        ("<p>He said <q>yes and <q>no</q></q>.</p>", ["He said “yes and ‘no’”."]),
        ("<p>Caf&eacute; &amp; bar &amp;amp; more</p>", ["Café & bar & more"]),
        ("<blockquote>quoted</blockquote>after", ["quoted", "after"]),
        ("<p>unclosed <b>and <i>crossed</b> tags</i>", ["unclosed and crossed tags"]),
        ("no tags at all", ["no tags at all"]),
        ("5 < 6", ["5 < 6"]),
        ('<?xml version="1.0" encoding="latin-1"?><p>café</p>', ["café"]),
        ("<p>a\x00b</p>", ["ab"]),
        ('<a href="http://example.com/">link</a> text', ["link text"]),
    ],
)
def test_html_becomes_lines(body: str, expected: list[str]) -> None:
    assert lines(body) == expected


def test_what_the_mark_up_says_of_a_line_is_kept() -> None:
    body = (
        "<h1>Head</h1><nav>Home</nav><p>Text</p><figure><img><figcaption>A <b>boat</b></figcaption></figure><p>More</p>"
    )
    assert [(line.text, line.kind) for line in read_html(body)] == [
        ("Head", "headline"),
        ("Home", "boilerplate"),
        ("Text", None),
        ("A boat", "caption"),
        ("More", None),
    ]


@pytest.mark.parametrize(
    "empty", ["", "  ", "<p></p>", "<!-- all of it -->", "<script>x</script>", "<?xml?>", "</p>", "&nbsp;"]
)
def test_a_body_without_words_has_no_lines(empty: str) -> None:
    assert lines(empty) == []


def test_an_external_entity_is_never_fetched() -> None:
    body = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><p>before &e; after</p>'
    assert not any("root:" in line for line in lines(body))


@pytest.mark.parametrize(
    ("headline", "plain"),
    [
        ("Rain <em>and</em> wind", "Rain and wind"),
        ("Shares < 5 > 4", "Shares < 5 > 4"),
        ("Use of <script> grows", "Use of <script> grows"),
        ("A<br/>B", "A B"),
    ],
)
def test_fields_lose_inline_tags_only(headline: str, plain: str) -> None:
    assert without_tags(headline) == plain


@given(st.text(alphabet="<>/pbqdiv !-&;a\"'=\x00\u2028", max_size=200))
def test_any_mark_up_is_read(body: str) -> None:
    for line in read_html(body):
        assert line.text.strip()


@given(st.lists(st.text(alphabet="abc é,.", min_size=1).filter(str.strip), min_size=1, max_size=6))
def test_paragraphs_survive_in_order(texts: list[str]) -> None:
    body = "".join(f"<p>{text}</p>" for text in texts)
    assert lines(body) == [" ".join(text.split()) for text in texts]


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 200_000 + "end",
        "<p><b><i>" * 100_000,
        "<q>" * 250_000,
        "<" * 1_000_000,
        "<!--" * 250_000,
        "<a " + "x=1 " * 250_000,
    ],
    ids=["div", "formatting", "q", "angle", "comment", "attributes"],
)
def test_hostile_mark_up_takes_linear_time(body: str) -> None:
    started = process_time()
    read_html(body)
    assert process_time() - started < 4


def test_text_inside_any_depth_is_found() -> None:
    assert lines("<div>" * 5_000 + "deep" + "</div>" * 5_000 + "<p>after") == ["deep", "after"]
