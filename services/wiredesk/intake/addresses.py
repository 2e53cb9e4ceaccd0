"""Addresses: which source an article belongs to, and when two URLs are the same address.

They are for identity only; the ``url`` and ``source`` of the document stay as the feed sent them.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|igshid|igsh|mc_[ce]id|_ga|_gl|_hs(?:enc|mi)"
    r"|cmpid|ncid|ocid|ito|smid|smtyp|partner|ref_src|ref_url|s_cid|xtor|at_(?:campaign|medium|custom\d|ptr_name)|ftag"
    r"|guccounter|guce_refer\w*|feedtype|feedname|spm|trk|mkt_tok|wt\.mc_id|ns_\w+|__twitter_impression",
    re.IGNORECASE,
)
_DEFAULT_PORTS = {"http": 80, "https": 443}


def source_key(name: str, domain: str | None) -> str:
    """What tells one source from another: its domain, else its name."""
    return clean_domain(domain) or " ".join(name.split())


def clean_domain(domain: str | None) -> str | None:
    """``domain`` in lower case without "www.", also when a feed gives a URL for it."""
    host = (domain or "").strip().lower()
    host = re.sub(r"^[a-z][a-z0-9+.-]*://", "", host)
    host = re.split(r"[/?#]", host, maxsplit=1)[0].rstrip(".")
    return host.removeprefix("www.") or None


def canonical_url(url: str | None) -> str | None:
    """The form of ``url`` that all its spellings share, or None when there is none.

    Scheme and host in lower case; default port, fragment, tracking parameters and the slash at the end dropped; the
    other parameters sorted. What cannot be taken apart is its own form.
    """
    url = (url or "").strip()
    if not url:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").strip().lower()
    except ValueError:
        return url
    if not host:
        return url
    scheme = parts.scheme.lower()
    host = f"[{host}]" if ":" in host else host
    if port is not None and port != _DEFAULT_PORTS.get(scheme):
        host = f"{host}:{port}"
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(pair[0])]
    path = quote(unquote(parts.path, errors="surrogateescape"), safe="/!$&'()*+,;=:@~-._", errors="surrogateescape")
    return urlunsplit((scheme, host, path.rstrip("/"), urlencode(sorted(kept)), ""))
