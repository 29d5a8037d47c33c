"""Writes the mails of our own sets: what stands in them is made up, how it is laid out is what the clients and builders do."""
from email.header import Header


class Sample:
    """One mail and what has to be understood of it."""

    def __init__(self, name, mail, **expected):
        self.name = name
        self.mail = mail
        self.expected = expected


def encoded(text):
    return text if text.isascii() else Header(text, 'utf-8', maxlinelen=60).encode()


def part(kind, body):
    return 'Content-Type: text/%s; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n%s' % (kind, body.replace('\n', '\r\n'))


def mail(subject, text=None, html=None, sender='Ana López <ana@acme.example>', fields=(), date='Tue, 10 Mar 2026 09:30:00 +0100',
         attached=None, to='sales@acme.example'):
    """A whole mail as bytes; `fields` are further header lines, `attached` an enclosed message."""
    head = ['From: ' + sender, 'To: ' + to, 'Subject: ' + encoded(subject), 'Date: ' + date,
            'Message-ID: <%08x@writer.example>' % (abs(sum(ord(c) * (i + 1) for i, c in enumerate(subject + (text or html or '')))) & 0xffffffff),
            'MIME-Version: 1.0', *fields]
    parts = [part(kind, body) for kind, body in (('plain', text), ('html', html)) if body is not None]
    body = parts[0] if parts else part('plain', '')
    if len(parts) == 2:
        body = multipart('alternative', parts)
    if attached is not None:
        body = multipart('mixed', [body, 'Content-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\n'
                                   + attached.decode('utf-8')])
    return ('\r\n'.join(head) + '\r\n' + body).encode('utf-8')


def multipart(kind, parts):
    mark = '=_%s_%d' % (kind, len(''.join(parts)))
    body = ''.join('--%s\r\n%s\r\n' % (mark, one) for one in parts)
    return 'Content-Type: multipart/%s; boundary="%s"\r\n\r\n%s--%s--\r\n' % (kind, mark, body, mark)
