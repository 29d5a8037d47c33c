"""What Postfix does in front of Dovecot, for those who are not root: takes mail from outside and from users who have
logged in, writes Authentication-Results, delivers to Dovecot over LMTP and gives the rest to the sink."""

import dataclasses
import email.utils
import re
import smtplib

from smtp_server import SmtpServer


class Exchange(SmtpServer):
    def __init__(self, name, domain, users, lmtp_port, sink, testifies=True, **settings):
        self.testifies = testifies
        self.domain, self.users, self.lmtp_port, self.sink = domain, users, lmtp_port, sink
        self._forged = re.compile(rb"Authentication-Results[ \t]*:.*" + re.escape(name.encode()), re.I | re.S)
        super().__init__(name=name, **settings)

    def user_of(self, address):
        """The user whose mailbox an address means, without its plus-part; None if it is not one of ours."""
        local, _, domain = address.lower().rpartition("@")
        plain = f"{local.partition('+')[0]}@{domain}"
        return plain if plain in self.users else None

    def refuse_sender(self, login, sender):
        owner = self.user_of(sender)
        if login and sender and owner != login:
            return f"553 5.7.1 <{sender}>: sender address rejected: not owned by {login}"
        return None

    def refuse_recipient(self, login, recipient):
        local = recipient.lower().endswith("@" + self.domain)
        if local and self.user_of(recipient) is None:
            return f"550 5.1.1 <{recipient}>: user unknown"
        return None if local or login else f"554 5.7.1 <{recipient}>: relay access denied"

    def accept(self, mail):
        mail.raw = self._stamp(mail)
        here = [recipient for recipient in mail.recipients if self.user_of(recipient)]
        there = [recipient for recipient in mail.recipients if recipient not in here]
        if there:
            self.sink.accept(dataclasses.replace(mail, recipients=there))
        if here:
            try:
                with smtplib.LMTP("127.0.0.1", self.lmtp_port, self.name, timeout=30) as lmtp:
                    for recipient in here:  # smtplib reads one reply to the final dot, LMTP gives one a recipient
                        lmtp.sendmail(mail.envelope_from, recipient, mail.raw)
            except (OSError, smtplib.SMTPException) as error:
                return f"451 4.3.0 {error}".replace("\n", " ")
        return None

    def _stamp(self, mail):
        head, gap, body = mail.raw.partition(b"\r\n\r\n")
        kept = [field for field in re.split(rb"\r\n(?![ \t])", head) if not self._forged.match(field)]
        found = f"auth=pass smtp.auth={mail.login}" if mail.login else mail.found
        stamp = [f"Authentication-Results: {self.name}; {found}".encode()] if found and self.testifies else []
        sender = "laptop.example (localhost [127.0.0.1])" if mail.login else "mail.far.example ([192.0.2.25])"
        trace = f"Received: from {sender}\r\n\tby {self.name} with ESMTPS; {email.utils.formatdate()}".encode()
        return b"\r\n".join([*stamp, trace, *kept]) + gap + body
