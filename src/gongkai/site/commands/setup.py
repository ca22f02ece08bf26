"""`gongkai setup`: makes an installation ready, again and again without harm."""

from __future__ import annotations

import argparse
import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from gongkai.site.cli.wording import ChineseParser
from gongkai.site.commands.starting import start
from gongkai.site.environment import KEY_FILE, environment

_DESCRIPTION = """准备好一处安装：文件夹、密钥、数据表、数据库角色、触发器、静态文件。
可以重复运行：已有的密钥和数据不动，缺的补上。升级之后也运行它。"""
_EXAMPLES = """\
  gongkai setup
  GONGKAI_HOME=/srv/gongkai gongkai setup
  GONGKAI_DATABASE_URL=postgresql://gongkai@127.0.0.1/gongkai gongkai setup"""


def main(arguments: Sequence[str]) -> int:
    """Folders and key first, since the settings need them; then the database, then the files."""
    given = _parser().parse_args(arguments)
    home = environment().home
    make_folders(home)
    if not environment().secret_key:
        make_key(home / KEY_FILE)
        environment.cache_clear()
    start(owner=True, prepared=False)
    _prepare_database()
    _collect_static(home)
    _make_master_key()
    _found(given)
    _appoint()
    print(f"已就绪：{home}")
    return 0


def _parser() -> ChineseParser:
    parser = ChineseParser("gongkai setup", _DESCRIPTION, _EXAMPLES)
    parser.add_argument("--government", metavar="名称", help="本级人民政府，只在第一次有用")
    parser.add_argument("--office", metavar="名称", help="政府办公室（主管部门），只在第一次有用")
    parser.add_argument("--demonstration", action="store_true", help="另设一批虚构的机关供试用")
    return parser


def make_folders(home: Path) -> None:
    """Readable by the owner alone: personal data will be in them."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)


def make_key(path: Path) -> None:
    """Writes a new key that nobody else can read; an existing file is never overwritten."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(64))
        file.flush()
        os.fsync(file.fileno())


def _prepare_database() -> None:
    """Migrations, guards and rights; where nothing is outstanding only looks."""
    from django.core.management import call_command
    from django.db import connection

    from gongkai.guards.installing import install
    from gongkai.guards.roles import grant
    from gongkai.site.readiness import outstanding_migrations

    # The file is made here rather than by SQLite, so that it is never readable by others.
    if connection.vendor == "sqlite":
        Path(connection.settings_dict["NAME"]).touch(mode=0o600)
    if outstanding_migrations():
        call_command("migrate", interactive=False, verbosity=0)
    install(connection)
    grant(connection, environment().database_role)


def _collect_static(home: Path) -> None:
    """Collects only when a file changed: hashing and compressing take most of a start."""
    from django.core.management import call_command

    stamp = home / "static.stamp"
    current = _static_state()
    if stamp.exists() and stamp.read_text(encoding="ascii") == current:
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(current, encoding="ascii")


def _static_state() -> str:
    """A digest over names, sizes and times of all static files."""
    import hashlib

    from django.contrib.staticfiles.finders import get_finders

    seen = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            facts = Path(storage.path(name)).stat()
            seen.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def _make_master_key() -> None:
    """The key that wraps the keys of personal data."""
    from django.utils import timezone

    from gongkai.trail.actors import SYSTEM
    from gongkai.vault.services.masters import ensure_master_key

    ensure_master_key(by=SYSTEM, at=timezone.now())


def _found(given: argparse.Namespace) -> None:
    """The county government and its office; where they exist nothing happens."""
    from django.utils import timezone

    from gongkai.agencies.services import CountyNames, found_county
    from gongkai.site.demonstration.days import founded
    from gongkai.trail.actors import SYSTEM

    default = CountyNames()
    names = CountyNames(
        government=given.government or default.government, office=given.office or default.office
    )
    # A demonstration has a history: its bodies are older than what they did.
    at = founded() if given.demonstration else timezone.now()
    found_county(by=SYSTEM, at=at, names=names, demonstration=given.demonstration)


def _appoint() -> None:
    """The first administrators, whose passwords are shown this once and stored nowhere."""
    from django.utils import timezone

    from gongkai.accounts.models import AdministratorGrant
    from gongkai.accounts.services import bootstrap

    if AdministratorGrant.objects.exists():
        return
    print("第一批管理员（口令只显示这一次，首次登录须更换）：")
    for account in bootstrap(at=timezone.now()):
        print(
            f"  {account.role.label}  登录名 {account.username}  口令 {account.one_time_password}"
        )
