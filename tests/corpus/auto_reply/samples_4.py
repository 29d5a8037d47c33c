"""Automatic answers and what looks like them, fourth batch: small, written after the reader was generalised."""
from letter import Sample, mail

WHEN = 'Tue, 10 Mar 2026 09:30:00 +0100'  # a Tuesday
AUTO = ['Auto-Submitted: auto-replied']
MACHINES = [
    ('en-thu', AUTO, 'Automatic reply: Stills', 'I am out of office today and will be back on Thursday.', '2026-03-12'),
    ('en-week', AUTO, 'Out of office Re: Stills', 'I am on annual leave, returning to work on Monday the 23rd of March.', '2026-03-23'),
    ('de', [], 'Automatische Antwort: Brennblasen', 'Ich bin bis Freitag, den 13. März, auf Dienstreise.', '2026-03-13'),
    ('es', AUTO, 'Respuesta automática: Alambiques', 'No estaré en la oficina del 10 al 13 de marzo. Volveré el lunes 16.', '2026-03-16'),
    ('fr', AUTO, 'Réponse automatique : Alambics', 'Je suis en déplacement et serai de retour le 17/03/2026.', '2026-03-17'),
    ('pt', AUTO, 'Resposta automática: Alambiques', 'Estou em viagem e regresso no dia 17 de março.', '2026-03-17'),
    ('vi', AUTO, 'Trả lời tự động: Nồi chưng cất', 'Tôi nghỉ từ 10/3 đến hết 13/3, sẽ phản hồi sau.', '2026-03-14'),
    ('it', AUTO, 'Risposta automatica: Alambicchi', 'Sarò in trasferta fino al 18 marzo incluso.', '2026-03-19'),
    ('pl', AUTO, 'Automatyczna odpowiedź: Alembiki', 'Do 17 marca jestem na urlopie.', '2026-03-17'),
    ('uk', AUTO, 'Автоматична відповідь: Апарати', 'Мене немає в офісі. Повернуся 17 березня 2026 року.', '2026-03-17'),
    ('eu', [], 'Erantzun automatikoa: Alanbikeak', 'Oporretan nago.', None),
    ('freshservice', ['X-Auto-Response-Suppress: All', 'Auto-Submitted: auto-generated', 'Precedence: bulk'], 'Ticket received: Stills', 'Your ticket has been logged.', None),
]
PEOPLE = [
    ('rfq-portal', 'RFQ 2026-118 copper stills', 'Please quote 6 copper stills.', ['Auto-Submitted: auto-generated', 'X-Mailer: Coupa']),
    ('ooo-topic', 'Out-of-office lockers', 'We need 40 lockers for our office. Price?', []),
    ('returning-customer', 'Returning on Monday', 'We are a returning customer and will be back on Monday to see the stills.', []),
    ('auto-parts', 'Automatic valves reply requested', 'Please reply with a price for 6 automatic valves.', []),
    ('mailchimp-user', 'Question about stills', 'Saw your ad. Do you deliver to Skye?', ['X-Mailer: MailChimp Mailer', 'List-Unsubscribe: <mailto:x@y.example>']),
    ('abwesend', 'Abwesenheit: Lieferung im Mai?', 'Wir sind im April nicht da. Können Sie im Mai liefern?', []),
    ('noreply-name', 'Stills for no reply distillery', 'Our brand is called No Reply. We need 6 stills.', []),
    ('undeliverable', 'Undeliverable to islands?', 'Is Skye undeliverable for you? We need 6 stills there.', []),
]


def samples():
    for name, fields, subject, text, returns in MACHINES:
        yield Sample(name, mail(subject, text, sender='Ann Example <ann@customer.example>', fields=fields, date=WHEN), auto_reply=True, returns=returns)
    for name, subject, text, fields in PEOPLE:
        yield Sample('inquiry-' + name, mail(subject, text, sender='Bob Ray <bob@customer.example>', fields=fields, date=WHEN), kept=True)
