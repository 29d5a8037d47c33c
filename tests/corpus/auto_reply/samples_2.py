"""A second batch, written after the rules."""
from letter import Sample, mail

WHEN = 'Thu, 16 Jul 2026 15:05:00 +0200'  # a Thursday

MACHINES = [
    ('en-through', ['Auto-Submitted: auto-replied'], 'Automatic reply: Quote', 'I will be out of the office Monday, July 13 through Friday, July 24.', '2026-07-25'),
    ('en-resume', ['Auto-Submitted: auto-replied'], 'Automatic reply: Quote', 'Our office is closed for the summer break. We resume work on 3 August 2026.', '2026-08-03'),
    ('en-return-short', [], 'Out of Office: Quote', 'OOO - returning 7/27. Contact reception for anything urgent.', '2026-07-27'),
    ('en-back-weekday', ['X-Autoreply: yes'], 'Re: Quote', "Thanks for your email! I'm on holiday and I'll be back on Tuesday.", '2026-07-21'),
    ('en-iso', ['Auto-Submitted: auto-generated'], 'Automatic reply: Quote', 'Absent until 2026-07-29.', '2026-07-29'),
    ('en-maternity', ['Auto-Submitted: auto-replied'], 'Automatic reply: Quote', 'I am on maternity leave from 1st June 2026 until 31st January 2027. Please contact Tom.', '2027-02-01'),
    ('en-conference', ['Auto-Submitted: auto-replied'], 'Automatic reply: Quote', 'I am attending a conference this week and have limited access to email.', None),
    ('en-dates-dash', ['Auto-Submitted: auto-replied'], 'Automatic reply: Quote', 'Annual leave 13 July - 31 July 2026. For sales call extension 12.', '2026-08-01'),
    ('de-wieder', ['Auto-Submitted: auto-replied'], 'Automatische Antwort: Anfrage', 'Ich bin derzeit im Urlaub und am 27. Juli 2026 wieder im Büro. Ihre Mail wird nicht gelesen.', '2026-07-27'),
    ('de-inkl', [], 'Abwesenheitsnotiz', 'Ich bin bis inkl. 24.07. abwesend.', '2026-07-25'),
    ('de-kw', ['Auto-Submitted: auto-replied'], 'Automatische Antwort: Anfrage', 'Unser Büro ist vom 20.07. - 31.07.2026 geschlossen.', '2026-08-01'),
    ('de-zurueck', ['Auto-Submitted: auto-replied'], 'Automatische Antwort: Anfrage', 'Ab Montag, 20. Juli, bin ich wieder für Sie erreichbar.', '2026-07-20'),
    ('es-vuelvo', [], 'Respuesta automática: Consulta', 'Hola, estoy de vacaciones. Vuelvo el 3 de agosto.', '2026-08-03'),
    ('es-desde', ['Auto-Submitted: auto-replied'], 'Respuesta automática: Consulta', 'Estaré ausente desde el 13 de julio hasta el 24 de julio.', '2026-07-25'),
    ('es-reincorporo', ['Auto-Submitted: auto-replied'], 'Fuera de la oficina', 'Me reincorporo el martes 28/07/2026.', '2026-07-28'),
    ('es-inclusive', ['Auto-Submitted: auto-replied'], 'Respuesta automática: Consulta', 'Estoy fuera hasta el día 24 de julio inclusive.', '2026-07-25'),
    ('vi-nghi', [], 'Trả lời tự động: Hỏi giá', 'Tôi đang đi công tác đến ngày 20/7/2026.', '2026-07-20'),
    ('vi-tu-den', ['Auto-Submitted: auto-replied'], 'Trả lời tự động: Hỏi giá', 'Tôi nghỉ phép từ 13/07/2026 đến 17/07/2026. Xin cảm ơn.', '2026-07-18'),
    ('vi-quay-lai', ['Auto-Submitted: auto-replied'], 'Tự động trả lời: Hỏi giá', 'Tôi sẽ quay lại văn phòng ngày 21 tháng 7.', '2026-07-21'),
    ('fr-retour', [], 'Réponse automatique : Demande', 'Absent du bureau. Retour prévu le 27 juillet.', '2026-07-27'),
    ('fr-du-au', ['Auto-Submitted: auto-replied'], 'Réponse automatique : Demande', 'Je suis en congés du 13 au 31 juillet inclus et ne consulte pas ma messagerie.', '2026-08-01'),
    ('fr-reprise', ['Auto-Submitted: auto-replied'], 'Réponse automatique : Demande', 'Nos bureaux sont fermés. Nous reprendrons le lundi 3 août 2026.', '2026-08-03'),
    ('pt-volto', [], 'Resposta automática: Pedido', 'Estou de férias e volto ao escritório no dia 27/07.', '2026-07-27'),
    ('pt-entre', ['Auto-Submitted: auto-replied'], 'Resposta automática: Pedido', 'Estarei ausente entre 13 de julho e 24 de julho.', '2026-07-25'),
    ('pt-ate', ['Auto-Submitted: auto-replied'], 'Ausência temporária', 'Ausente até 24/07/2026 inclusive.', '2026-07-25'),
    ('it-torno', [], 'Risposta automatica: Richiesta', 'Sono in ferie, torno in ufficio il 27 luglio.', '2026-07-27'),
    ('it-fino', ['Auto-Submitted: auto-replied'], 'Risposta automatica: Richiesta', 'Sarò fuori sede fino a venerdì 24 luglio incluso.', '2026-07-25'),
    ('it-chiusura', ['Auto-Submitted: auto-replied'], 'Risposta automatica: Richiesta', 'Chiusura estiva dal 3 agosto al 21 agosto 2026.', '2026-08-22'),
    ('nl-terug', [], 'Automatisch antwoord: Aanvraag', 'Ik ben met vakantie en vanaf 27 juli weer aanwezig.', '2026-07-27'),
    ('nl-tem', ['Auto-Submitted: auto-replied'], 'Afwezigheidsbericht', 'Van 13 juli t/m 24 juli ben ik afwezig.', '2026-07-25'),
    ('nl-tot', ['Auto-Submitted: auto-replied'], 'Automatisch antwoord: Aanvraag', 'Ik ben tot 27-07-2026 niet bereikbaar.', '2026-07-27'),
    ('pl', ['Auto-Submitted: auto-replied'], 'Odpowiedź automatyczna: Zapytanie', 'Jestem nieobecny od 13 do 24 lipca 2026.', '2026-07-25'),
    ('pl-wracam', [], 'Autoodpowiedź: Zapytanie', 'Przebywam na urlopie. Wracam 27 lipca.', '2026-07-27'),
    ('ru', ['Auto-Submitted: auto-replied'], 'Автоматический ответ: Запрос', 'Я в отпуске с 13 по 24 июля. В срочных случаях звоните в офис.', '2026-07-25'),
    ('cs', ['Auto-Submitted: auto-replied'], 'Automatická odpověď: Poptávka', 'Od 13. do 24. července čerpám dovolenou.', '2026-07-25'),
    ('sv', ['Auto-Submitted: auto-replied'], 'Autosvar: Förfrågan', 'Jag har semester till och med den 31 juli.', '2026-08-01'),
    ('ja', ['Auto-Submitted: auto-replied'], '自動応答: お問い合わせ', '7月20日まで不在にしております。', '2026-07-21'),
    ('zh', ['Auto-Submitted: auto-replied'], '自动答复: 询价', '我将于7月27日返回。', '2026-07-27'),
    ('mail-com', ['X-Autoresponse: yes'], 'Re: Quote', 'Got your mail.', None),
    ('bulk-vacation', ['Precedence: bulk', 'Auto-Submitted: auto-replied', 'X-Vacation-Message: yes'], 'Vacation reply', 'Back in a while.', None),
    ('hmail', ['Auto-Submitted: auto-replied', 'X-hMailServer-LoopCount: 1'], 'Out of office', 'On leave.', None),
    ('ews', ['X-Auto-Response-Suppress: All', 'Auto-Submitted: auto-generated'], 'Αυτόματη απάντηση: Ερώτηση', 'Λείπω από το γραφείο έως 27 Ιουλίου.', '2026-07-27'),
    ('kayako', ['Precedence: auto_reply'], '[#ABC-123-45678]: Quote', 'Thank you for contacting us. This is an automated response confirming the receipt of your ticket.', None),
    ('jp-brackets', [], '【自動返信】お問い合わせありがとうございます', 'お問い合わせを受け付けました。', None),
    ('ro', [], 'Răspuns automat: Cerere', 'Sunt plecat până la 27 iulie.', '2026-07-27'),
    ('da', [], 'Autosvar: Tilbud', 'Jeg holder ferie og er tilbage mandag den 3. august.', '2026-08-03'),
]

PEOPLE = [
    ('automatic-doors', 'Automatic doors: offer wanted', 'We need three automatic doors for a clinic.', []),
    ('auto-reply-software', 'Auto reply software', 'Which auto reply software do you sell?', []),
    ('ooo-meeting', 'Meeting about out of office lunch catering', 'We plan a lunch out of the office for 30 people on 20 July. Can you cater?', []),
    ('vacation-rental', 'Vacation rental 13-24 July', 'Is the house free from 13 July to 24 July?', []),
    ('baja', 'Ausencias y vacaciones: software', 'Buscamos un programa para gestionar vacaciones y ausencias.', []),
    ('conge', 'Congés: quel logiciel ?', 'Nous cherchons un logiciel pour les congés de 40 personnes.', []),
    ('ferien', 'Ferienwohnung', 'Haben Sie vom 13.7. bis 24.7. noch eine Wohnung frei?', []),
    ('away-signature', 'Order of 12 pumps', 'Please send an offer.\n\nBob\n\n--\nBob Ray\nI am out of the office on Fridays.', ['X-Auto-Response-Suppress: All']),
    ('thanks', 'Re: Your offer', 'Thank you for your email, the price is fine. I am back on Monday and will order then.', ['In-Reply-To: <1@acme.example>']),
    ('ferie', 'Ferie aziendali e fornitura', 'Prima delle ferie vorremmo ordinare 20 pezzi.', []),
    ('nghi', 'Nghỉ phép cho 20 nhân viên: phần mềm', 'Chúng tôi cần phần mềm quản lý nghỉ phép.', []),
    ('received', 'We have received your catalogue', 'We have received your catalogue and want to buy 3 units.', []),
]


def samples():
    for name, fields, subject, text, returns in MACHINES:
        yield Sample(name, mail(subject, text, sender='Ann Example <ann@customer.example>', fields=fields, date=WHEN), auto_reply=True, returns=returns)
    for name, subject, text, fields in PEOPLE:
        yield Sample('person-' + name, mail(subject, text, sender='Bob Ray <bob@customer.example>', fields=fields, date=WHEN), kind='person')
