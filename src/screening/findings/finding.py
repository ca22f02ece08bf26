"""What a search finds: what it is, how grave, where, and words about it that may be shown.

A finding never holds the words found: its excerpt is masked and its key is a keyed digest
(screening.findings.fingerprint). It decides nothing; see screening.findings.decisions.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from screening.passages import Place
from statute.citations import Citation
from statute.texts.anchors import brief, cited


class Severity(StrEnum):
    """How grave. MUST blocks publication until it is gone or a second person stands for it,
    ANSWER until it is gone or answered, HINT is only said."""

    MUST = "must"
    ANSWER = "answer"
    HINT = "hint"

    @property
    def label(self) -> str:
        """The severity in Chinese, as the panel of findings says it."""
        return _SEVERITIES[self]


class Kind(StrEnum):
    """What was found. The first group tells of persons."""

    RESIDENT_ID = "resident_id"
    OLD_RESIDENT_ID = "old_resident_id"
    MOBILE = "mobile"
    LANDLINE = "landline"
    BANK_CARD = "bank_card"
    PASSPORT = "passport"
    HONG_KONG_MACAU_PERMIT = "hong_kong_macau_permit"
    TAIWAN_PERMIT = "taiwan_permit"
    MILITARY_ID = "military_id"
    PLATE = "plate"
    EMAIL = "email"
    SOCIAL_ACCOUNT = "social_account"
    HOME_ADDRESS = "home_address"
    TABLE_HEAD = "table_head"
    NAME_LIST = "name_list"
    SECRECY_MARK = "secrecy_mark"
    WORD = "word"
    LAW_NAME = "law_name"
    REPEALED_LAW = "repealed_law"
    DOCUMENT_NUMBER = "document_number"
    DATE = "date"
    DIGITS = "digits"
    LINK = "link"
    HIDDEN_CONTENT = "hidden_content"
    NOT_COVERED = "not_covered"

    @property
    def label(self) -> str:
        """The kind in Chinese."""
        return _KINDS[self]

    @property
    def personal(self) -> bool:
        """Whether it tells of a person (regulations#15)."""
        return self in _PERSONAL


@dataclass(frozen=True, slots=True)
class Span:
    """Where in the words of one passage: `extraction.passages[passage].text[start:end]`.

    `masked` is what to write there instead; None where nothing personal stands.
    """

    passage: int
    start: int
    end: int
    masked: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `says` is what is wrong, `suggestion` what to do, `rule` why.

    `spans` are several where the words run over lines or cells, none for a part of the file that
    could not be searched. `key` is "" where no secret was given to make one.
    """

    kind: Kind
    severity: Severity
    place: Place
    spans: tuple[Span, ...]
    excerpt: str
    says: str
    suggestion: str
    rule: Citation
    key: str = ""

    @property
    def rule_wording(self) -> str:
        """The rule in Chinese."""
        return _wording(self.rule)

    @property
    def rule_brief(self) -> str:
        """The same by its short name."""
        return _brief(self.rule)


_wording, _brief = cache(cited), cache(brief)

_SEVERITIES = {Severity.MUST: "必须处理", Severity.ANSWER: "要答复", Severity.HINT: "建议"}

_KINDS = {
    Kind.RESIDENT_ID: "居民身份证号码",
    Kind.OLD_RESIDENT_ID: "居民身份证号码（15位）",
    Kind.MOBILE: "手机号码",
    Kind.LANDLINE: "住宅电话",
    Kind.BANK_CARD: "银行卡号或者账号",
    Kind.PASSPORT: "护照号码",
    Kind.HONG_KONG_MACAU_PERMIT: "港澳通行证件号码",
    Kind.TAIWAN_PERMIT: "台湾通行证件号码",
    Kind.MILITARY_ID: "军人证件号码",
    Kind.PLATE: "机动车号牌",
    Kind.EMAIL: "电子邮箱",
    Kind.SOCIAL_ACCOUNT: "社交账号",
    Kind.HOME_ADDRESS: "家庭住址",
    Kind.TABLE_HEAD: "含个人信息的栏目",
    Kind.NAME_LIST: "个人名单",
    Kind.SECRECY_MARK: "密级或者内部标记",
    Kind.WORD: "错敏词",
    Kind.LAW_NAME: "法律法规名称或者文号",
    Kind.REPEALED_LAW: "已废止的法律法规",
    Kind.DOCUMENT_NUMBER: "发文字号写法",
    Kind.DATE: "日期",
    Kind.DIGITS: "数字写法",
    Kind.LINK: "网址",
    Kind.HIDDEN_CONTENT: "看不见的内容",
    Kind.NOT_COVERED: "没有检查的部分",
}

_PERSONAL = frozenset(list(Kind)[: list(Kind).index(Kind.SECRECY_MARK)])
