"""The published forms of tokens: how each begins, what follows, and the rare character that gives it away quickly.

A form is a row of `TOKENS`; the pattern that finds it and the quick look that passes it by follow from the row. The
forms are those that the issuers document, and that gitleaks and detect-secrets list.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assetpkg.credentials.spans import LazyPattern

_HEX = "[0-9a-f]"
_WORD = "[A-Za-z0-9]"
_SAFE = r"[\w-]"
_ALONE = "(?<![A-Za-z0-9])"
"""Before the lead of a form so short that words may end like it; before others an import may put its prefix."""


class Token(NamedTuple):
    """The form of the tokens of one issuer: the `lead`, the pattern `body` after it, and `before` what is before it."""

    issuer: str
    lead: str
    body: str
    before: str = ""


def _rows(issuer: str, leads: str, body: str, before: str = "") -> Iterator[Token]:
    return (Token(issuer, lead, body, before) for lead in leads.split())


TOKENS: Sequence[Token] = (
    *_rows("Amazon Web Services", "AKIA ASIA ABIA ACCA", "[A-Z0-9]{16}(?![A-Za-z0-9])"),
    *_rows("Amazon Bedrock", "ABSK", r"[A-Za-z0-9+/]{109,300}={0,2}"),
    *_rows("Alibaba Cloud", "LTAI", rf"{_WORD}{{12,20}}(?![A-Za-z0-9])"),
    *_rows("Tencent Cloud", "AKID", rf"{_WORD}{{32}}(?![A-Za-z0-9])"),
    *_rows("Microsoft Entra", "Q~", r"[\w.~-]{31,34}", r"[\w.~]{3}\d"),
    *_rows("GitHub", "ghp_ gho_ ghu_ ghs_ ghr_", rf"{_WORD}{{20,255}}"),
    *_rows("GitHub", "github_pat_", r"\w{22,255}"),
    *_rows(
        "GitLab",
        "glpat- gldt- glrt- glcbt- glptt- glft- glimt- glagent- gloas- glsoat- glffct-",
        rf"{_SAFE}{{20,255}}",
    ),
    *_rows("Slack", "xoxa- xoxb- xoxc- xoxd- xoxe- xoxo- xoxp- xoxr- xoxs- xoxe.xox", "[A-Za-z0-9-]{10,255}"),
    *_rows("Slack", "xapp-", r"\d-[A-Za-z0-9-]{20,255}"),
    *_rows("Google", "AIza", rf"{_SAFE}{{35}}"),
    *_rows("Google", "ya29.", rf"{_SAFE}{{20,255}}"),
    *_rows("Google", "GOCSPX-", rf"{_SAFE}{{24,40}}"),
    *_rows("Stripe", "sk_live_ sk_test_ rk_live_ rk_test_", rf"{_WORD}{{16,255}}"),
    *_rows("Stripe", "whsec_", r"[A-Za-z0-9+/]{24,64}={0,2}"),
    *_rows("OpenAI", "sk-proj- sk-svcacct- sk-admin-", rf"{_SAFE}{{16,255}}", _ALONE),
    *_rows("Anthropic", "sk-ant-", rf"{_SAFE}{{16,255}}", _ALONE),
    *_rows("OpenAI", "sk-", rf"{_WORD}{{32,64}}(?![A-Za-z0-9])", _ALONE),
    *_rows("OpenRouter", "sk-or-v1-", f"{_HEX}{{32,64}}", _ALONE),
    *_rows("Groq", "gsk_", rf"{_WORD}{{40,64}}"),
    *_rows("Perplexity", "pplx-", rf"{_WORD}{{32,64}}"),
    *_rows("xAI", "xai-", rf"{_WORD}{{60,100}}"),
    *_rows("Replicate", "r8_", rf"{_WORD}{{37}}", _ALONE),
    *_rows("Hugging Face", "hf_ api_org_", rf"{_WORD}{{20,255}}"),
    *_rows("npm", "npm_", rf"{_WORD}{{20,255}}"),
    *_rows("PyPI", "pypi-", rf"AgE{_SAFE}{{50,1000}}"),
    *_rows("RubyGems", "rubygems_", f"{_HEX}{{48}}"),
    *_rows("Clojars", "CLOJARS_", rf"{_WORD}{{60}}"),
    *_rows("Docker", "dckr_pat_ dckr_oat_", rf"{_SAFE}{{27,32}}"),
    *_rows("SendGrid", "SG.", rf"{_SAFE}{{16,64}}\.{_SAFE}{{16,64}}", "(?<![A-Za-z])"),
    *_rows("Brevo", "xkeysib- xsmtpsib-", f"{_HEX}{{64}}-{_WORD}{{16}}"),
    *_rows("Mailgun", "key-", f"{_HEX}{{32}}(?![A-Za-z0-9])", r"(?<![\w-])"),
    *_rows("Twilio", "SK", f"{_HEX}{{32}}(?![A-Za-z0-9])", _ALONE),
    *_rows("Telegram", ":AA", rf"{_SAFE}{{33}}(?![\w-])", r"(?<!\d)\d{8,10}"),
    *_rows("DigitalOcean", "dop_v1_ doo_v1_ dor_v1_", f"{_HEX}{{64}}"),
    *_rows("Heroku", "HRKU-", rf"{_SAFE}{{36,64}}"),
    *_rows("Fly.io", "fo1_", rf"{_SAFE}{{43}}"),
    *_rows("Shopify", "shpat_ shpca_ shppa_ shpss_", "[0-9a-fA-F]{32}"),
    *_rows("Square", "sq0atp- sq0csp-", rf"{_SAFE}{{22,60}}"),
    *_rows("Postman", "PMAK-", f"{_HEX}{{24}}-{_HEX}{{34}}"),
    *_rows("New Relic", "NRAK- NRJS- NRII-", rf"{_SAFE}{{19,40}}"),
    *_rows("Grafana", "glsa_ glc_", r"[A-Za-z0-9+/_]{32,400}={0,2}"),
    *_rows("HashiCorp Vault", "hvs. hvb. hvr.", rf"{_SAFE}{{24,300}}", _ALONE),
    *_rows("HashiCorp Terraform", ".atlasv1.", rf"{_SAFE}{{60,70}}", rf"{_WORD}{{14}}"),
    *_rows("Doppler", "dp.pt. dp.st. dp.ct. dp.sa.", rf"{_SAFE}{{40,60}}", _ALONE),
    *_rows("Pulumi", "pul-", f"{_HEX}{{40}}", _ALONE),
    *_rows("PlanetScale", "pscale_tkn_ pscale_pw_ pscale_oauth_", r"[\w.=-]{32,64}"),
    *_rows("Supabase", "sbp_", f"{_HEX}{{40}}", _ALONE),
    *_rows("Linear", "lin_api_", rf"{_WORD}{{40}}"),
    *_rows("Notion", "ntn_", rf"{_WORD}{{40,60}}", _ALONE),
    *_rows("Figma", "figd_", rf"{_SAFE}{{40}}"),
    *_rows("Atlassian", "ATATT3", r"[\w=-]{60,250}"),
    *_rows("Artifactory", "AKCp", rf"{_WORD}{{60,80}}"),
    *_rows("Sentry", "sntrys_ sntryu_", r"[A-Za-z0-9+/=_-]{40,300}"),
    *_rows("Sourcegraph", "sgp_", rf"(?:{_HEX}{{16}}_|local_)?{_HEX}{{40}}", _ALONE),
    *_rows("Prefect", "pnu_", rf"{_WORD}{{36}}", _ALONE),
    *_rows("ReadMe", "rdme_", "[a-z0-9]{70}"),
    *_rows("Typeform", "tfp_", r"[\w.-]{59}", _ALONE),
    *_rows("Shippo", "shippo_live_ shippo_test_", "[0-9a-fA-F]{40}"),
    *_rows("Dynatrace", "dt0c01.", r"[A-Z0-9]{24}\.[A-Z0-9]{64}"),
    *_rows("Flutterwave", "FLWSECK- FLWSECK_TEST-", "[0-9A-Za-z-]{12,64}"),
    *_rows("OpenShift", "sha256~", rf"{_SAFE}{{43}}(?![\w-])"),
    *_rows("Tailscale", "tskey-", rf"(?:api|auth|client|webhook)-{_SAFE}{{20,100}}"),
    *_rows("Buildkite", "bkua_", f"{_HEX}{{40}}", _ALONE),
    *_rows("CircleCI", "CCIPAT_ CCIPRJ_", rf"{_WORD}{{16,40}}_{_HEX}{{40}}"),
    *_rows("Contentful", "CFPAT-", rf"{_SAFE}{{43}}"),
    *_rows("Airtable", ".", f"{_HEX}{{64}}", rf"{_ALONE}pat{_WORD}{{14}}"),
    *_rows("1Password", "A3-", "[A-Z0-9]{6}-[A-Z0-9]{6}(?:[A-Z0-9]{5}|-[A-Z0-9]{5})(?:-[A-Z0-9]{5}){3}", _ALONE),
    *_rows("age", "AGE-SECRET-KEY-1", "[A-Z0-9]{58}"),
)
HOOKS: Sequence[tuple[str, str]] = (
    ("hooks.slack.com/services/", r"T\w{1,32}/B\w{1,32}/\w{8,64}"),
    ("hooks.slack.com/workflows/", r"T\w{1,32}/A\w{1,32}/\w{8,64}/\w{8,64}"),
    ("discord.com/api/webhooks/", r"\d{15,20}/[\w-]{60,80}"),
    ("discordapp.com/api/webhooks/", r"\d{15,20}/[\w-]{60,80}"),
    ("open.feishu.cn/open-apis/bot/v2/hook/", r"[\w-]{20,64}"),
    ("open.larksuite.com/open-apis/bot/v2/hook/", r"[\w-]{20,64}"),
    ("qyapi.weixin.qq.com/cgi-bin/webhook/send?key=", r"[\w-]{20,64}"),
    (".webhook.office.com/webhookb2/", r"[\w@-]{36,90}/\w{1,32}/\w{32}/[\w-]{36}"),
    ("api.telegram.org/bot", r"\d{8,10}:[\w-]{30,40}"),
)
"""Addresses that whoever knows them may write to: how each begins, and the part that is the secret."""
_RARE = "~_-."
_LONGEST_BEFORE = 24
"""In characters: what is before a lead."""


class _Lead:
    """A lead, with the place of the character in it by which it is looked for."""

    def __init__(self, lead: str, body: str, before: str = "", *, is_address: bool = False) -> None:
        signs = "." if is_address else _RARE
        at = max((lead.rfind(sign) for sign in signs), default=-1)
        if at <= 0:
            at = next(lead.index(letter) for letter in ".AKJX" if letter in lead)
        self.lead, self.at, self.is_address = lead, at, is_address
        self._body, self._body_source = LazyPattern(body), body
        self._before = LazyPattern(rf"(?:{before})\Z") if before else None

    @property
    def sign(self) -> str:
        return self.lead[self.at]

    def around(self) -> str:
        """Return a group that goes on from the sign, and matches where the lead is."""
        before, after = self.lead[: self.at], self.lead[self.at + 1 :]
        if len(self.lead) == 1:
            return f"((?={self._body_source}))"
        return "(" + (f"(?<={re.escape(before + self.sign)})" if before else "") + re.escape(after) + ")"

    def bounds(self, text: str, sign: int) -> tuple[int, int] | None:
        """Return the bounds of the token whose sign is at `sign`."""
        start = sign - self.at
        if start < 0 or not text.startswith(self.lead, start):
            return None
        body = self._body.match(text, start + len(self.lead))
        if body is None or self.is_address:
            return body.span() if body else None
        if self._before is not None:
            before = self._before.search(text, max(0, start - _LONGEST_BEFORE), start)
            return (before.start(), body.end()) if before else None
        return start, body.end()


def _leads() -> dict[str, list[_Lead]]:
    """Return the leads by the characters that they are looked for by."""
    found: dict[str, list[_Lead]] = {}
    addresses = (_Lead(lead, body, is_address=True) for lead, body in HOOKS)
    for lead in (*(_Lead(token.lead, token.body, token.before) for token in TOKENS), *addresses):
        found.setdefault(lead.sign, []).append(lead)
    # One may end like another.
    return {sign: sorted(leads, key=lambda lead: -len(lead.lead)) for sign, leads in found.items()}


_MORE = {"-": r"(?<=[A-Za-z0-9]-)(?=[\w-]{10})", "_": r"(?=[\w+/.=-]{16})", ".": r"(?=[\w-]{16}|xox|(?:com|cn|org)/)"}
"""What is around a sign that ordinary texts have often, and is looked at before the leads are."""
_LEADS = _leads()
_TELLTALES = {
    sign: LazyPattern(f"{re.escape(sign)}{_MORE.get(sign, '')}(?:{'|'.join(lead.around() for lead in leads)})")
    for sign, leads in _LEADS.items()
}
"""Patterns that begin with one character each, and so are looked for at the speed of memory."""


def may_have_token(text: str) -> bool:
    """Say whether a text, or a piece of it, has the lead of a token."""
    return any(sign in text and telltale.search(text) for sign, telltale in _TELLTALES.items())


def find_tokens(text: str) -> Iterator[tuple[int, int]]:
    """Yield the bounds of the tokens in a text."""
    for sign, telltale in _TELLTALES.items():
        for match in () if sign not in text else telltale.finditer(text):
            bounds = _LEADS[sign][(match.lastindex or 1) - 1].bounds(text, match.start())
            if bounds is not None:
                yield bounds
