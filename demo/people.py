"""Who writes to Acme in the demo. Each inquiry is a mail as the programs of real people send it."""

import dataclasses
import email.message
import itertools

import letters

SALES = "sales@acme.example"


@dataclasses.dataclass
class Inquiry:
    name: str  # of the lead that it has to become
    address: str
    language: str
    mail: email.message.EmailMessage

    @property
    def subject(self):
        return str(self.mail["Subject"])


def plain(name, address, language, subject, text, **more):
    return Inquiry(name, address, language, letters.write((name, address), SALES, subject, text, **more))


def from_form():
    """The notification of a web form: written by a robot, about a person."""
    text = (
        "New message from your web site\n\nNombre: Carlos Ruiz\nEmpresa: Hoteles del Caribe\n"
        "Correo: carlos@hoteles.example\nTeléfono: +52 998 123 4567\n"
        "Mensaje: Necesitamos cuatro bombas para albercas antes de mayo.\n"
    )
    mail = letters.write(
        ("acme.example", "web@acme-site.example"),
        SALES,
        "Contact form: Carlos Ruiz",
        text,
        headers=[("Reply-To", "Carlos Ruiz <carlos@hoteles.example>")],
    )
    return Inquiry("Carlos Ruiz", "carlos@hoteles.example", "es", mail)


def in_html_only():
    html = (
        "<html><head><style>p{margin:0}</style></head><body><p>Bonjour,</p><p>Nous cherchons <b>12 pompes</b> pour notre "
        "usine de Lyon. Pouvez-vous nous envoyer un devis&nbsp;?</p><p>Cordialement,<br>Hélène Dupré</p></body></html>"
    )
    mail = letters.write(("Hélène Dupré", "helene@usine-lyon.example"), SALES, "Demande de devis", None, html=html)
    return Inquiry("Hélène Dupré", "helene@usine-lyon.example", "fr", mail)


def with_drawing():
    found = plain(
        "Jürgen Müller",
        "j.mueller@pumpen.example",
        "de",
        "Angebotsanfrage: Größe 40",
        "Guten Tag,\n\nbitte bieten Sie uns die Pumpe laut Zeichnung an.\n\n-- \nJürgen Müller\nMüller Pumpen GmbH\n"
        "Tel. +49 30 123456\n",
    )
    found.mail.set_content(found.mail.get_content(), charset="iso-8859-1", cte="quoted-printable")
    found.mail.add_attachment(
        b"%PDF-1.5\n%%EOF\n", maintype="application", subtype="pdf", filename="Zeichnung Größe 40.pdf"
    )
    return found


def in_shift_jis():
    found = plain("佐藤 健太", "sato@kogyo.example", "ja", "お見積り依頼", "ポンプ 5 台の価格表と納期をお知らせください。\n\n佐藤 健太\n")
    found.mail.set_content(found.mail.get_content(), charset="shift_jis", cte="base64")
    return found


def ten_inquiries():
    return [
        plain(
            "María Pérez",
            "maria@riegos.example",
            "es",
            "Precio de bombas centrífugas",
            "Buenos días:\n\n¿Cuánto cuestan 20 bombas centrífugas puestas en Puebla? Las necesitamos este mes.\n\n"
            "María Pérez\nCompras, Riegos del Sur SA\n+52 222 123 4567\n",
        ),
        plain(
            "James O'Neill",
            "james@northfarm.example",
            "en",
            "Quote needed: pumps for a dairy farm",
            "Hi,\n\nwe are rebuilding our milking parlour and need six pumps. Could you send a quote?\n\nThanks\n"
            "James O'Neill\nNorth Farm Ltd\n",
        ),
        plain(
            "Nguyễn Thị Lan",
            "lan@thanhcong.example",
            "vi",
            "Báo giá máy bơm",
            "Xin chào,\n\nCông ty chúng tôi cần mua 10 máy bơm công nghiệp. Vui lòng gửi báo giá.\n\nNguyễn Thị Lan\n",
        ),
        from_form(),
        in_html_only(),
        with_drawing(),
        in_shift_jis(),
        plain(
            "Grace Wilson",
            "grace@brewery.example",
            "en",
            "pump for hot wort?",
            "Do you have anything that takes 95 C? Two of them.\n\nSent from my iPhone\n",
        ),
        plain(
            "João Silva",
            "joao@adega.example",
            "pt",
            "Pedido de orçamento",
            "Bom dia,\n\nprecisamos de três bombas para a adega. Qual é o prazo de entrega?\n\nJoão Silva\n",
        ),
        plain(
            "Anna Kowalska",
            "anna@wodociagi.example",
            "en",
            "RFQ 4711 centrifugal pumps",
            "Dear Sir or Madam,\n\nplease quote for the pumps of RFQ 4711.\n\nBest regards,\nAnna Kowalska\nPurchasing\n"
            "Wodociagi SA\n\nThis e-mail is confidential.\n",
        ),
    ]


def newsletter():
    return letters.write(
        ("Pump Weekly", "news@pumpweekly.example"),
        SALES,
        "Pump Weekly 47: prices ↑",
        "This week in pumps.\n",
        headers=[
            ("List-Id", "<weekly.pumpweekly.example>"),
            ("List-Unsubscribe", "<https://pumpweekly.example/u>"),
            ("Precedence", "bulk"),
        ],
    )


def out_of_office(original):
    """What Grace's mail program answers to our acknowledgement."""
    return letters.answer(
        original,
        ("Grace Wilson", "grace@brewery.example"),
        "I am away until Monday.",
        quote="no",
        to=SALES,
        subject="Automatic reply: " + str(original["Subject"]),
        headers=[("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All")],
    )


def later_ones():
    """New inquiries without end, for those who go on watching."""
    things = [
        "a booster pump",
        "spare seals",
        "ten valves",
        "a submersible pump",
        "a quote for maintenance",
        "a dosing pump",
    ]
    people = [
        "Olga Smirnova",
        "Peter Young",
        "Lucía Gómez",
        "Thomas Clark",
        "Céline Moreau",
        "Diego Ortiz",
        "Emily Hall",
    ]
    for number, name in enumerate(itertools.cycle(people), 1):
        thing, company = things[number % len(things)], f"company{number}.example"
        yield plain(
            name,
            f"{name.split()[0].lower()}@{company}".replace("í", "i").replace("é", "e"),
            "en",
            f"Price of {thing}",
            f"Hello,\n\nhow much is {thing}, and how long does delivery take?\n\n{name}\n",
        )
