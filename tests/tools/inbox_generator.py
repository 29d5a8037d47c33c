"""Generates the mail of a sales inbox, the same for the same seed: conversations in six languages and old charsets, with
attachments, quotes, auto-replies, bounces and newsletters, and the truth about each mail.

    inbox_generator.py --out DIR [--count N] [--seed S] [--me ADDRESS]    a Maildir and manifest.jsonl

Truth: message_id (None: it has none), conversation, kind (inquiry, reply, auto-reply, bounce, newsletter), link (how the
conversation can be found: new, references, in-reply-to, subject, dsn-embedded, duplicate), from, name, subject, date,
charset, attachments [{name, size, sha256}].
"""

import argparse
import base64
import dataclasses
import hashlib
import json
import pathlib
import quopri
import random
import sys
from email.utils import formatdate

ME = "Sales Team"
START = 1735689600  # 2025-01-01
DAYS = 300


@dataclasses.dataclass(frozen=True)
class Language:
    weight: int
    first: str
    last: str
    words: str
    subjects: tuple
    charsets: dict  # name -> weight
    replies: tuple  # subject prefixes
    vacation: str
    attribution: str
    files: tuple
    join: str = " "

    def name(self, r):
        first, last = r.choice(self.first.split()), r.choice(self.last.split())
        return f"{first} {last}" if self.join else f"{last} {first}"

    def paragraph(self, r):
        sentences = []
        for _ in range(r.randint(1, 4)):
            words = self.join.join(r.choice(self.words.split()) for _ in range(r.randint(6, 18)))
            sentences.append(words[0].upper() + words[1:] + (r.choice("...?") if self.join else "。"))
        return wrap(self.join.join(sentences))


LANGUAGES = {
    "en": Language(
        55,
        "James Mary Robert Linda Michael Susan Karen Emily Olivia Thomas Grace Hannah",
        "Smith Johnson Brown Taylor Wilson Clark Hall Young King Wright O'Neill Carter",
        "we are looking for a supplier of industrial pumps and would like to receive your current price list including "
        "delivery terms to our plant please let me know the lead time minimum order quantity warranty and whether you can "
        "offer a discount for a yearly contract our team has reviewed the proposal thanks again for the quick answer",
        (
            "Price request",
            "Request for quotation",
            "Question about your product",
            "Quote needed for {n} units",
            "Order PO-{n}",
            "Pricing for {c}",
            "RFQ {n}: centrifugal pumps",
        ),
        {"us-ascii": 5, "utf-8": 6, "iso-8859-1": 2, "windows-1252": 2},
        ("Re: ", "RE: ", "Re: Re: ", "Fwd: "),
        "Automatic reply: ",
        "On {when}, {who} wrote:",
        ("quote", "spec sheet", "PO"),
    ),
    "de": Language(
        13,
        "Jürgen Günther Käthe Björn Sören Ulrike Matthias Petra Bärbel",
        "Müller Schröder Weiß Köhler Krüger Schäfer",
        "wir suchen einen zuverlässigen Lieferanten für Pumpen und würden uns über ein Angebot freuen bitte teilen Sie uns "
        "Lieferzeit und Mindestmenge mit außerdem benötigen wir Unterlagen über Maße Gewicht und Prüfzeugnisse vielen Dank",
        ("Anfrage", "Angebotsanfrage {n}", "Rückfrage zu Größe und Gewicht", "Vorführung für {c}"),
        {"utf-8": 5, "iso-8859-1": 4, "windows-1252": 3},
        ("AW: ", "Re: ", "WG: "),
        "Automatische Antwort: ",
        "Am {when} schrieb {who}:",
        ("Zeichnung Größe", "Angebot"),
    ),
    "fr": Language(
        9,
        "François Hélène Jérôme Zoé Benoît Céline Noël Amélie",
        "Lefèvre Dupré Gérard Moreau Léger Côté Desprès",
        "nous recherchons un fournisseur pour notre usine et souhaitons recevoir votre tarif détaillé ainsi que les délais "
        "de livraison pourriez-vous également préciser les conditions de règlement la garantie merci beaucoup",
        ("Demande de devis", "Demande de prix n° {n}", "Renseignements société {c}"),
        {"utf-8": 5, "iso-8859-1": 3, "windows-1252": 4},
        ("RE: ", "Re : ", "TR: "),
        "Réponse automatique : ",
        "Le {when}, {who} a écrit :",
        ("devis détaillé", "plan"),
    ),
    "ru": Language(
        8,
        "Иван Ольга Сергей Наталья Дмитрий Елена Юлия",
        "Иванов Смирнова Кузнецов Попова Соколов Новикова",
        "мы ищем поставщика промышленных насосов и хотели бы получить ваш прайс лист включая условия доставки пожалуйста "
        "сообщите срок поставки минимальный заказ условия оплаты и гарантию спасибо за быстрый ответ",
        ("Запрос цены", "Вопрос по продукту", "Заказ {n}"),
        {"koi8-r": 6, "utf-8": 4},
        ("Re: ", "Ответ: "),
        "Автоответ: ",
        "{when}, {who} пишет:",
        ("чертёж", "счёт"),
    ),
    "zh": Language(
        8,
        "伟 芳 娜 秀英 敏 静 丽 强",
        "王 李 张 刘 陈 杨 赵 黄",
        "我们 正在 寻找 工业 水泵 供应商 希望 收到 贵公司 最新 报价单 包括 交货 条件 请 告知 交货期 付款 方式 谢谢 您的 快速 回复",
        ("询价", "报价请求 {n}", "订单 {n} 交货期"),
        {"gb18030": 6, "utf-8": 4},
        ("回复: ", "答复：", "Re: "),
        "自动答复: ",
        "在 {when}，{who} 写道：",
        ("图纸", "报价单"),
        "",
    ),
    "ja": Language(
        7,
        "健太 陽子 大輔 美咲 翔 さくら 直樹",
        "佐藤 鈴木 高橋 田中 伊藤 渡辺 山本",
        "弊社 では 工業用 ポンプ の 仕入先 を 探して おります 最新 の 価格表 と 納期 支払条件 を お知らせ ください よろしく お願い いたします",
        ("お見積り依頼", "お問い合わせ {n}", "注文 {n} の納期"),
        {"shift_jis": 6, "utf-8": 4},
        ("Re: ", "返信: "),
        "自動返信: ",
        "{when}、{who} のメッセージ:",
        ("図面", "見積書"),
        "",
    ),
}
CODECS = {"windows-1252": "cp1252", "us-ascii": "ascii"}


def codec(charset):
    return CODECS.get(charset, charset)


def pick(r, weights):
    return r.choices(list(weights), list(weights.values()))[0]


def token(r, length):
    return "".join(r.choice("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") for _ in range(length))


def wrap(text, width=72):
    if " " not in text:
        return "\n".join(text[i : i + 36] for i in range(0, len(text), 36))
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


def able(charset, text):
    """The charset, or UTF-8 when it cannot say this text."""
    try:
        text.encode(codec(charset))
        return charset
    except UnicodeEncodeError:
        return "utf-8"


def encoded(text, charset, mode):
    """RFC 2047 encoded words of at most 75 octets, or the text itself when it is ASCII."""
    if text.isascii():
        return text

    def word(part):
        raw = part.encode(codec(charset), "replace")
        if mode == "B":
            return f"=?{charset}?B?{base64.b64encode(raw).decode()}?="
        plain = "".join(chr(c) if chr(c).isalnum() and c < 128 else "_" if c == 32 else f"={c:02X}" for c in raw)
        return f"=?{charset}?Q?{plain}?="

    parts = [""]
    for character in text:
        if parts[-1] and len(word(parts[-1] + character)) > 72:
            parts.append(character)
        else:
            parts[-1] += character
    return "\n ".join(map(word, parts))


def transfer(raw, how):
    if how == "base64":
        return base64.encodebytes(raw)
    if how == "quoted-printable":
        raw = quopri.encodestring(raw)
    return raw if raw.endswith(b"\n") else raw + b"\n"


def multipart(r, kind, parts, parameters=""):
    boundary = "=_" + r.choice(["----=_NextPart_000_", "Apple-Mail-", "_000_"]) + token(r, 20)
    body = b"This is a multi-part message in MIME format.\n" if r.random() < 0.5 else b""
    for header, content in parts:
        body += f"\n--{boundary}\n{header}\n\n".encode() + content
    return f'Content-Type: multipart/{kind};{parameters}\n boundary="{boundary}"', body + f"\n--{boundary}--\n".encode()


def as_html(text, charset):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    paragraphs = "\n".join(
        f'<p class=MsoNormal><span style="font-size:11.0pt">{p}<o:p></o:p></span></p>'.replace("\n", "<br>\n")
        for p in escaped.split("\n\n")
    )
    return (
        f'<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta http-equiv="Content-Type" '
        f'content="text/html; charset={charset}">\n<style><!--\np.MsoNormal {{margin:0cm}}\n--></style></head>\n'
        f"<body><div class=WordSection1>\n{paragraphs}\n</div></body></html>\n"
    )


class Corpus:
    def __init__(self, seed=1, me="sales@acme.example"):
        self.seed, self.me, self.domain = seed, me, me.partition("@")[2]

    def mails(self, count):
        """The first `count` mails in the order of their dates: [(bytes with LF, truth)]."""
        found, number = [], 0
        while len(found) < count:
            found += self.conversation(number)[: count - len(found)]
            number += 1
        return sorted(found, key=lambda mail: (mail[1]["date"], mail[1]["conversation"]))

    def rng(self, *key):
        return random.Random("/".join(map(str, (self.seed, *key))))

    def conversation(self, number):
        """What the inbox sees of one: our own answers are quoted and referred to, but are not in it."""
        r = self.rng("conversation", number)
        date = START + r.randint(0, DAYS * 86400)
        if r.random() < 0.15:
            return [self.newsletter(self.rng("newsletter", number), number, date)]
        code = pick(r, {code: language.weight for code, language in LANGUAGES.items()})
        language = LANGUAGES[code]
        domain = (
            f"{r.choice(['globex', 'initech', 'umbrella', 'hooli', 'vandelay', 'wayne'])}-{r.randint(1, 900)}.example"
        )
        person = (language.name(r), f"{r.choice(['info', 'buyer', 'purchasing', 'm.k', 'office'])}{number}@{domain}")
        charset = pick(r, language.charsets)
        subject = r.choice(language.subjects).format(n=r.randint(10, 9999), c=domain.partition(".")[0])
        length = 1
        while r.random() < 0.73 and length < 40:
            length += 1

        mails, chain, history = [], [], ""
        for step in range(length):
            m = self.rng("mail", number, step)
            truth = {
                "conversation": number,
                "kind": "inquiry" if step == 0 else "reply",
                "link": "new",
                "from": person[1],
                "name": person[0],
                "subject": subject,
                "date": date,
                "charset": charset,
                "attachments": [],
            }
            mail = (
                self.bounce(m, truth, chain)
                if step and m.random() < 0.03
                else self.letter(m, truth, language, chain, history)
            )
            mails.append(mail)
            if step and m.random() < 0.003:
                mails.append((mail[0], {**mail[1], "link": "duplicate"}))
            if truth["kind"] in ("inquiry", "reply") and truth["message_id"]:
                chain.append(truth["message_id"])
            chain.append(f"<crm.{token(m, 12)}.{step}@{self.domain}>")
            ours = f"Dear {person[0]},\n\n{LANGUAGES['en'].paragraph(m)}\n\nBest regards\n{ME}\n"
            history = ours + "\n" + "\n".join("> " + line for line in history.split("\n")[:40])
            date += int(m.expovariate(1 / 100000.0)) + 900
        return mails

    def letter(self, m, truth, language, chain, history):
        headers, references = [], []
        if truth["kind"] == "reply":
            truth["subject"] = m.choice(language.replies) + truth["subject"]
            truth["link"] = pick(m, {"references": 86, "subject": 8, "in-reply-to": 6})
            if truth["link"] != "subject":
                headers.append("In-Reply-To: " + chain[-1])
            if truth["link"] == "references":
                references = chain[-20:]
        text = "\n\n".join(language.paragraph(m) for _ in range(m.randint(1, 6)))
        if truth["kind"] == "reply" and m.random() < 0.06:
            truth["kind"], truth["subject"] = "auto-reply", language.vacation + truth["subject"]
            headers += ["Auto-Submitted: auto-replied", "X-Auto-Response-Suppress: All"]
        elif history:
            text += (
                f"\n\n{language.attribution.format(when=formatdate(truth['date'] - 7200)[:16], who=ME)}\n"
                + "\n".join("> " + line for line in history.split("\n")[:80])
            )
        domain = truth["from"].partition("@")[2]
        text += f"\n\n-- \n{truth['name']}\n{domain}\nTel. +49 30 {m.randint(100000, 999999)}\n"
        nameless = truth["kind"] == "inquiry" and m.random() < 0.003
        truth["message_id"] = None if nameless else f"<{token(m, 16)}@{m.choice([domain, 'mail.gmail.com'])}>"
        if references:
            headers.append("References: " + "\n ".join(references))
        attachments = self.attachments(m, language) if m.random() < 0.08 else []
        return self.compose(m, truth, headers, text, m.random() < 0.62, attachments), truth

    def attachments(self, m, language):
        found = []
        for _ in range(pick(m, {1: 8, 2: 2})):
            content = b"%PDF-1.5\n" + m.randbytes(int(20000 * 15 ** m.random())) + b"\n%%EOF\n"
            found.append((f"{m.choice(language.files)}_{m.randint(1, 999)}.pdf", content))
        return found

    def compose(self, m, truth, headers, text, with_html, attachments=()):
        mode = m.choice("BQ")
        charset = able(truth["charset"], text)
        how = pick(
            m,
            {
                "us-ascii": {"7bit": 1},
                "utf-8": {"quoted-printable": 5, "base64": 3, "8bit": 4},
                "gb18030": {"base64": 8, "8bit": 2},
                "shift_jis": {"base64": 8, "8bit": 2},
            }.get(charset, {"quoted-printable": 6, "8bit": 3, "base64": 1}),
        )
        part = (
            f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: {how}",
            transfer(text.encode(codec(charset)), how),
        )
        if with_html:
            second = how if how in ("base64", "quoted-printable") else "quoted-printable"
            part = multipart(
                m,
                "alternative",
                [
                    part,
                    (
                        f"Content-Type: text/html; charset={charset}\nContent-Transfer-Encoding: {second}",
                        transfer(as_html(text, charset).encode(codec(charset), "xmlcharrefreplace"), second),
                    ),
                ],
            )
        if attachments:
            part = multipart(m, "mixed", [part, *(self.attach(m, truth, charset, *file) for file in attachments)])
        name, subject = truth["name"], truth["subject"]
        shown = encoded(name, able(charset, name), mode) if "'" not in name else f'"{name}"'
        lines = [
            *self.trace(m, truth),
            f"From: {shown} <{truth['from']}>",
            f"To: {ME} <{self.me}>",
            "Subject: " + encoded(subject, able(charset, subject), mode),
            "Date: " + formatdate(truth["date"]),
        ]
        if truth["message_id"]:
            lines.append(m.choice(["Message-ID: ", "Message-Id: ", "Message-ID:\n "]) + truth["message_id"])
        return "\n".join([*lines, *headers, "MIME-Version: 1.0", part[0]]).encode() + b"\n\n" + part[1]

    def attach(self, m, truth, charset, name, content):
        truth["attachments"].append({"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()})
        where = able(charset, name) if charset != "us-ascii" else "utf-8"
        raw = name.encode(codec(where))
        percent = "".join(chr(c) if chr(c).isalnum() and c < 128 or c in b"._-" else f"%{c:02X}" for c in raw)
        parameter = (
            f"filename*={where}''{percent}"
            if m.random() < 0.6
            else f'filename="=?{where}?B?{base64.b64encode(raw).decode()}?="'
        )  # not allowed, and common
        return (
            f"Content-Type: application/pdf\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment;\n"
            f" {parameter}",
            base64.encodebytes(content),
        )

    def trace(self, m, truth):
        """Headers that nobody reads and every mail has."""
        domain = truth["from"].partition("@")[2]
        for hop in range(m.randint(2, 5)):
            yield (
                f"Received: from mx{hop}.{domain} (mx{hop}.{domain} [192.0.2.{m.randint(1, 254)}])\n\tby relay.{domain} "
                f"with ESMTPS id {token(m, 11)}\n\tfor <{self.me}>; {formatdate(truth['date'] - hop)}"
            )
        if m.random() < 0.8:
            signature = token(m, 344)
            yield (
                f"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d={domain};\n\ts=sel; bh={token(m, 43)}=;\n"
                "\th=From:To:Subject:Date;\n\tb=" + "\n\t ".join(signature[i : i + 70] for i in range(0, 344, 70))
            )
        yield "X-Mailer: " + m.choice(["Microsoft Outlook 16.0", "Apple Mail (2.3654)", "Thunderbird 115.3"])

    def bounce(self, m, truth, chain):
        who, domain = truth["from"], truth["from"].partition("@")[2]
        truth.update(
            kind="bounce",
            link="dsn-embedded",
            name="Mail Delivery System",
            charset="us-ascii",
            message_id=f"<{token(m, 16)}@{domain}>",
            subject="Undelivered Mail Returned to Sender",
        )
        truth["from"] = "MAILER-DAEMON@" + domain
        said = "550 5.1.1 User unknown"
        ours = f"From: {ME} <{self.me}>\nTo: {who}\nMessage-ID: {chain[-1]}\nMIME-Version: 1.0\n"
        head, body = multipart(
            m,
            "report",
            [
                (
                    "Content-Type: text/plain; charset=us-ascii",
                    f"Your message could not be delivered.\n\n<{who}>: {said}\n".encode(),
                ),
                (
                    "Content-Type: message/delivery-status",
                    f"Reporting-MTA: dns; mx.{domain}\n\nFinal-Recipient: rfc822; {who}\n"
                    f"Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; {said}\n".encode(),
                ),
                ("Content-Type: text/rfc822-headers", ours.encode()),
            ],
            " report-type=delivery-status;",
        )
        lines = [
            f"From: {truth['name']} <{truth['from']}>",
            f"To: {self.me}",
            "Subject: " + truth["subject"],
            "Date: " + formatdate(truth["date"]),
            "Message-ID: " + truth["message_id"],
            "Auto-Submitted: auto-replied",
            "MIME-Version: 1.0",
            head,
        ]
        return "\n".join(lines).encode() + b"\n\n" + body, truth

    def newsletter(self, m, number, date):
        issue, domain = m.randint(1, 500), f"list{m.randint(1, 40)}.example"
        text = "\n\n".join(
            f"{LANGUAGES['en'].paragraph(m)}\nhttps://{domain}/c/{token(m, 40)}" for _ in range(m.randint(5, 15))
        )
        truth = {
            "message_id": f"<{token(m, 24)}@{domain}>",
            "conversation": number,
            "kind": "newsletter",
            "link": "new",
            "from": "news@" + domain,
            "name": "Industry Weekly",
            "subject": f"Industry Weekly #{issue}: Prices ↑",
            "date": date,
            "charset": "utf-8",
            "attachments": [],
        }
        headers = [
            f"List-Id: <weekly.{domain}>",
            f"List-Unsubscribe: <https://{domain}/u/{token(m, 30)}>",
            "Precedence: bulk",
        ]
        return self.compose(m, truth, headers, text, True), truth


def write_maildir(mails, folder):
    for name in ("cur", "new", "tmp"):
        (folder / "Maildir" / name).mkdir(parents=True)
    with open(folder / "manifest.jsonl", "w", encoding="utf-8") as manifest:
        for number, (raw, truth) in enumerate(mails):
            name = f"{truth['date']}.P1Q{number}.corpus,S={len(raw)},W={len(raw) + raw.count(bytes([10]))}:2,"
            (folder / "Maildir" / "cur" / name).write_bytes(raw)
            manifest.write(json.dumps({"file": f"Maildir/cur/{name}", **truth}, ensure_ascii=False) + "\n")


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--out", required=True, type=pathlib.Path)
    options.add_argument("--count", type=int, default=20000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--me", default="sales@acme.example")
    chosen = options.parse_args()
    write_maildir(Corpus(chosen.seed, chosen.me).mails(chosen.count), chosen.out)


if __name__ == "__main__":
    sys.exit(main())
