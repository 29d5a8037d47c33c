"""Replies as mail programs write them: where they put the new text, how they quote, what they add, how they encode it."""

import email.message
import email.utils
import html
import itertools
import re
import textwrap
import urllib.parse

import letters

_numbers = itertools.count(1)

# Per language: "On DATE, WHO wrote:", the header's labels, "Original Message", the telephone's footer.
WORDS = {
    "en": ("On {when}, {who} wrote:", ("From", "Sent", "To", "Subject"), "Original Message", "Sent from my {what}"),
    "es": ("El {when}, {who} escribió:", ("De", "Enviado", "Para", "Asunto"), "Mensaje original", "Enviado desde mi {what}"),
    "vi": ("Vào {when}, {who} đã viết:", ("Từ", "Đã gửi", "Đến", "Tiêu đề"), "Thư gốc", "Gửi từ {what} của tôi"),
}


class Told:
    """A mail of ours as the rep's program holds it when he taps Reply."""

    def __init__(self, message, language):
        self.message, self.language = message, language
        self.who, self.when = str(message["From"]), "22 nov 2026 10:15"
        self.address = email.utils.parseaddr(self.who)[1]
        self.target = letters.recipient({"To": str(message["Reply-To"] or message["From"])})
        self.text = message.get_body(("plain",)).get_content().rstrip("\n")
        part = message.get_body(("html",))
        self.html = part.get_content() if part else "<p>" + html.escape(self.text) + "</p>"
        self.attribution, self.labels, self.original, footer = WORDS[language]
        self.footer = footer

    def wrote(self, with_address=True):
        name = email.utils.parseaddr(self.who)[0] or self.address
        return self.attribution.format(when=self.when, who=f"{name} <{self.address}>" if with_address else name)

    def quoted(self, mark="> "):
        return "\n".join((mark if not line.startswith(">") else ">") + line if line else mark.rstrip() for line in self.text.splitlines())

    def header(self, line="{}: {}"):
        values = (self.who, self.when, "ana@acme.example", str(self.message["Subject"]))
        return "\n".join(line.format(label, value) for label, value in zip(self.labels, values))

    def blockquote(self, style=""):
        return f"<blockquote {style}>{self.html}</blockquote>"


def _divs(text):
    return "".join(f"<div>{html.escape(line) or '<br>'}</div>" for line in text.split("\n"))


def _paragraphs(text, kind="MsoNormal"):
    return "".join(f'<p class="{kind}">{html.escape(line) or "&nbsp;"}<o:p></o:p></p>' for line in text.split("\n"))


# Each program: (told, text) -> (plain, html or None). The text may hold commands, an answer and a signature.
def gmail_web(t, text):
    plain = f"{text}\n\n{textwrap.fill(t.wrote(), 72)}\n\n{t.quoted()}\n"
    return plain, f'<div dir="ltr">{_divs(text)}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">{html.escape(t.wrote())}<br></div>{t.blockquote("class=gmail_quote style=margin:0")}</div>'


def gmail_app(t, text):
    plain = f"{text}\n\n{t.wrote()}\n\n{t.quoted()}\n"
    return plain, f'<div dir="auto">{_divs(text)}</div><br><div class="gmail_quote"><div dir="ltr">{html.escape(t.wrote())}</div>{t.blockquote()}</div>'


def gmail_plain_mode(t, text):
    return f"{text}\n\n{textwrap.fill(t.wrote(), 72)}\n>\n{t.quoted()}\n", None


def outlook_desktop(t, text):
    plain = f"{text}\n\n{t.header()}\n\n{t.text}\n".replace("\n", "\r\n")
    return plain, f'<html xmlns:o="urn:schemas-microsoft-com:office:office"><body><div class="WordSection1">{_paragraphs(text)}<div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm">{_paragraphs(t.header())}</div></div>{t.html}</div></body></html>'


def outlook_plain(t, text):
    return f"{text}\n\n-----{t.original}-----\n{t.header()}\n\n{t.text}\n", None


def outlook_web(t, text):
    plain = f"{text}\n{'_' * 32}\n{t.header()}\n\n{t.text}\n"
    return plain, f'<div class="elementToProof">{_divs(text)}</div><hr tabindex="-1"><div id="divRplyFwdMsg" dir="ltr">{_divs(t.header())}</div>{t.html}'


def outlook_ios(t, text):
    plain = f"{text}\n\nGet Outlook for iOS<https://aka.ms/o0ukef>\n{'_' * 32}\n{t.header()}\n\n{t.text}\n"
    return plain, f'<div>{_divs(text)}</div><div id="ms-outlook-mobile-signature">Get <a href="https://aka.ms/o0ukef">Outlook for iOS</a></div><hr><div id="divRplyFwdMsg">{_divs(t.header())}</div>{t.html}'


def outlook_android(t, text):
    plain = f"{text}\n\nObtener Outlook para Android<https://aka.ms/AAb9ysg>\n{'_' * 32}\n{t.header()}\n\n{t.text}\n"
    return plain, f'<div>{_divs(text)}</div><div class="ms-outlook-mobile-reference-message"><hr>{_divs(t.header())}</div>{t.html}'


def apple_mac(t, text):
    return f"{text}\n\n> {t.wrote(False)}\n> \n{t.quoted()}\n", f'<body style="overflow-wrap: break-word;">{_divs(text)}<br><div><blockquote type="cite">{_divs(t.wrote(False))}</blockquote><br>{t.blockquote("type=cite")}</div></body>'


def iphone(t, text):
    foot = t.footer.format(what="iPhone")
    return f"{text}\n\n{foot}\n\n> {t.wrote(False)}\n> \n> {t.quoted()[2:]}\n", f'<body dir="auto">{_divs(text)}<br><div dir="ltr">{foot}</div><div dir="ltr"><br>{t.blockquote("type=cite")}</div></body>'


def thunderbird(t, text):
    return f"{text}\n\n{t.wrote(False)}\n{t.quoted()}\n", f'<body><p>{html.escape(text).replace(chr(10), "<br>")}</p><div class="moz-cite-prefix">{html.escape(t.wrote(False))}<br></div>{t.blockquote("type=cite")}</body>'


def thunderbird_plain(t, text):
    return f"{text}\n\n{t.wrote(False)}\n{t.quoted()}\n\n-- \nAna López\nAcme\n", None


def samsung(t, text):
    foot = t.footer.format(what="Galaxy")
    return f"{text}\n\n\n{foot}\n\n-------- {t.original} --------\n{t.header()} \n\n{t.text}\n", f"<div>{_divs(text)}</div><div><br></div><div>{foot}</div><div>-------- {t.original} --------</div><div>{_divs(t.header())}</div>{t.html}"


def k9(t, text):
    return f"{text}\n\n{t.wrote()}\n{t.quoted('>')}\n\n-- \nSent from my Android device with K-9 Mail. Please excuse my brevity.\n", None


def fairemail(t, text):
    return f"{text}\n\n{t.when} {t.who}:\n\n{t.quoted()}\n", f"<div>{_divs(text)}</div><div><p>{html.escape(t.when)} {html.escape(t.who)}:</p>{t.blockquote()}</div>"


def yahoo(t, text):
    plain = f"{text}\n\n    {t.wrote()}\n \n {t.quoted(' ')}\n"
    return plain, f'<div class="ydp1 yahoo-style-wrap"><div>{_divs(text)}</div></div><div id="yahoo_quoted_1" class="yahoo_quoted"><div>{html.escape(t.wrote())}</div>{t.html}</div>'


def roundcube(t, text):
    return f"{text}\n\n{t.wrote(False)}\n{t.quoted()}\n", None


def mutt(t, text):
    return f"{text}\n\n{t.wrote(False)}\n{t.quoted()}\n\n-- \nAna López\n", None


def proton(t, text):
    plain = f"{text}\n\nSent with Proton Mail secure email.\n\n{t.wrote()}\n\n{t.quoted()}\n"
    return plain, f'<div style="font-family: Arial">{_divs(text)}</div><div class="protonmail_signature_block">Sent with Proton Mail.</div><div class="protonmail_quote">{html.escape(t.wrote())}{t.blockquote("class=protonmail_quote type=cite")}</div>'


def unquoted(t, text):
    """Reply without the original, as some people set it."""
    return f"{text}\n", None


# name -> (shape, charset, transfer encoding, format=flowed)
PROGRAMS = {
    "Gmail on the web": (gmail_web, "utf-8", "quoted-printable", False),
    "Gmail on Android": (gmail_app, "utf-8", "base64", False),
    "Gmail in plain text mode": (gmail_plain_mode, "utf-8", "base64", False),
    "Outlook on a desktop": (outlook_desktop, "windows-1252", "quoted-printable", False),
    "Outlook in plain text": (outlook_plain, "iso-8859-1", "quoted-printable", False),
    "Outlook on the web": (outlook_web, "utf-8", "base64", False),
    "Outlook on iOS": (outlook_ios, "utf-8", "base64", False),
    "Outlook on Android": (outlook_android, "windows-1252", "quoted-printable", False),
    "Apple Mail": (apple_mac, "utf-8", "quoted-printable", False),
    "iPhone": (iphone, "utf-8", "quoted-printable", False),
    "Thunderbird": (thunderbird, "utf-8", "8bit", True),
    "Thunderbird in plain text": (thunderbird_plain, "utf-8", "8bit", True),
    "Samsung Email": (samsung, "utf-8", "base64", False),
    "K-9": (k9, "utf-8", "8bit", False),
    "FairEmail": (fairemail, "utf-8", "quoted-printable", False),
    "Yahoo": (yahoo, "utf-8", "quoted-printable", False),
    "Roundcube": (roundcube, "utf-8", "8bit", True),
    "mutt": (mutt, "utf-8", "8bit", False),
    "Proton Mail": (proton, "utf-8", "quoted-printable", False),
    "a bare reply": (unquoted, "utf-8", "7bit", False),
}


def _flowed(text):
    """RFC 3676 §4.2: lines of ours end where they end; what is quoted is stuffed by its marks already."""
    return "\n".join(" " + line if line.startswith((" ", "From ")) else line for line in text.split("\n"))


def _part(text, subtype, charset, encoding, flowed):
    part = email.message.EmailMessage()
    try:
        text.encode(charset)
    except UnicodeEncodeError:
        charset = "utf-8"
    if encoding == "7bit" and not text.isascii():
        encoding = "8bit"
    long_line = any(len(line.encode()) > 990 for line in text.splitlines())
    if long_line and encoding in ("7bit", "8bit"):
        encoding = "quoted-printable"
    part.set_content(text.replace("\r\n", "\n"), subtype=subtype, charset=charset, cte=encoding)
    if flowed:
        part.set_param("format", "flowed")
    return part


def reply(program, notice, text, language, sender="ana@acme.example"):
    """What that program sends when its user answers the notice (an email.message.EmailMessage) with the text."""
    shape, charset, encoding, flowed = PROGRAMS[program]
    told = Told(notice, language)
    plain, page = shape(told, text)
    body = _part(_flowed(plain) if flowed else plain, "plain", charset, encoding, flowed)
    mail = body if page is None else email.message.EmailMessage()
    mail["From"] = f"Ana López <{sender}>"
    mail["To"] = told.target
    mail["Subject"] = "Re: " + str(notice["Subject"]).removeprefix("Re: ")
    mail["Date"] = email.utils.formatdate(localtime=False)
    mail["Message-ID"] = letters.new_id("acme.example")
    mail["In-Reply-To"] = str(notice["Message-ID"])
    mail["References"] = " ".join(f"{notice['References'] or ''} {notice['Message-ID']}".split())
    if page is None:
        return mail
    mail["MIME-Version"] = "1.0"
    mail["Content-Type"] = f'multipart/alternative; boundary="b-{next(_numbers)}"'
    mail.set_payload([body, _part(page, "html", "utf-8", "quoted-printable", False)])
    return mail


def tap(notice, command, language, footer="", sender="ana@acme.example"):
    """The user taps a link of the notice that writes this command: a new mail, which answers nothing."""
    import re
    page = notice.get_body(("html",)).get_content().replace("&amp;", "&")
    for link in re.findall(r'href="(mailto:[^"]+)"', page):
        address, _, query = link.removeprefix("mailto:").partition("?")
        fields = urllib.parse.parse_qs(query)
        if fields["body"][0].startswith(command):
            return letters.write(f"Ana López <{sender}>", urllib.parse.unquote(address), fields["subject"][0], fields["body"][0] + footer)
    raise AssertionError(f"no link for {command}")
