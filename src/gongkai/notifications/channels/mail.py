"""Hands a letter to the mail server; what the server says decides whether to try again."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import urlsplit

from django.utils.timezone import localtime

from gongkai.notifications.channels import Letter, PermanentError, TemporaryError, one_line
from gongkai.notifications.configuration import MailServer, origin

TIMEOUT = 20.0
# Refusals that say "not you" or "not now" rather than "not this": an administrator can mend them.
_MENDABLE = frozenset({421, 454, 530, 534, 535, 538})


def send(server: MailServer, letter: Letter) -> None:
    """Hands the letter over. TemporaryError, PermanentError; neither repeats what the server
    wrote, because servers quote the address."""
    try:
        _hand_over(server, letter)
    except smtplib.SMTPRecipientsRefused as refusal:
        code = max((code for code, _ in refusal.recipients.values()), default=550)
        raise _refused(code) from None
    except smtplib.SMTPResponseException as refusal:
        raise _refused(refusal.smtp_code) from None
    except smtplib.SMTPNotSupportedError:
        raise TemporaryError("邮件服务器不支持所要的加密或者登录方式") from None
    except ssl.SSLError:
        raise TemporaryError("邮件服务器的证书不能信任") from None
    except (smtplib.SMTPException, OSError):
        raise TemporaryError("邮件服务器没有应答") from None


def _hand_over(server: MailServer, letter: Letter) -> None:
    """Once the server has taken the mail, nothing it says in parting makes it untaken."""
    smtp = _connected(server)
    try:
        if server.user:
            smtp.login(server.user, server.password)
        smtp.send_message(_written(server, letter), server.sender, [letter.target])
        with suppress(smtplib.SMTPException, OSError):
            smtp.quit()
    finally:
        smtp.close()


def _connected(server: MailServer) -> smtplib.SMTP:
    context = ssl.create_default_context()
    here = urlsplit(origin()).hostname or "localhost"
    if server.scheme == "smtps":
        return smtplib.SMTP_SSL(
            server.host, server.port, local_hostname=here, timeout=TIMEOUT, context=context
        )
    smtp = smtplib.SMTP(server.host, server.port, local_hostname=here, timeout=TIMEOUT)
    if server.scheme == "smtp":
        try:
            smtp.starttls(context=context)
        except BaseException:
            smtp.close()
            raise
    return smtp


def _written(server: MailServer, letter: Letter) -> EmailMessage:
    mail = EmailMessage()
    host = server.sender.rpartition("@")[2]
    mail["Message-ID"] = f"<{letter.id}@{host}>"
    mail["Date"] = format_datetime(localtime())
    mail["From"] = Address(display_name=one_line(server.name), addr_spec=server.sender)
    mail["To"] = letter.target
    mail["Subject"] = one_line(letter.heading)
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.text)
    return mail


def _refused(code: int) -> TemporaryError | PermanentError:
    if 400 <= code < 500 or code in _MENDABLE:
        return TemporaryError(f"邮件服务器暂时不收（{code}）")
    return PermanentError(f"邮件服务器拒收（{code}），请核对邮箱")
