"""Argument parsing that speaks Chinese: help pages and errors of argparse in the users' language.

argparse has no Chinese catalogue; the few sentences it prints are replaced here, one by one.
"""

from __future__ import annotations

import argparse
import re
import sys
from typing import Any, NoReturn

_ERRORS = (
    (r"the following arguments are required: (.+)", r"缺少：\1"),
    (r"unrecognized arguments: (.+)", r"没有这样的参数：\1"),
    (r"argument (\S+): invalid choice: '(.*)' \(choose from (.+)\)", r"\1：没有“\2”，可选 \3"),
    (r"argument (\S+): expected (?:one|at least one) argument", r"\1：缺少取值"),
    (r"argument (\S+): not allowed with argument (\S+)", r"\1 不能与 \2 同时使用"),
    (r"one of the arguments (.+) is required", r"须给出其一：\1"),
    (r"argument (\S+): ignored explicit argument '(.*)'", r"\1 不带取值，读到“\2”"),
    (r"argument (\S+): (.+)", r"\1：\2"),
)


class ChineseParser(argparse.ArgumentParser):
    """A parser whose help and errors are in Chinese; wrong use ends with exit 2."""

    def __init__(self, prog: str, description: str, examples: str = "") -> None:
        super().__init__(
            prog=prog,
            description=description,
            epilog=f"示例：\n{examples}" if examples else None,
            formatter_class=_ChineseHelp,
            add_help=False,
            allow_abbrev=False,
        )
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示本说明")

    def error(self, message: str) -> NoReturn:
        """Says in one line what is wrong with the arguments, and where help is."""
        print(f"{chinese_error(message)}。用法见 {self.prog} --help。", file=sys.stderr)
        sys.exit(2)


class _ChineseHelp(argparse.RawDescriptionHelpFormatter):
    """Keeps examples line by line and heads the usage in Chinese."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """As argparse does, with its own word for usage."""
        super().add_usage(usage, actions, groups, prefix or "用法：")


def chinese_error(message: str) -> str:
    """A message of argparse in Chinese; one that is Chinese already stays as it is."""
    for english, chinese in _ERRORS:
        if re.fullmatch(english, message, re.DOTALL):
            return re.sub(english, chinese, message, flags=re.DOTALL).replace("'", "")
    return message
