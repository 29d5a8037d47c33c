"""A second batch, written after the rules: other programs, other settings, mixed languages."""
from letter import Sample, mail

NAME, ADDRESS, SUBJECT, TEXT = 'Peter Foster', 'p.foster@brightwater-labs.example', 'Price list 2026', 'Please send us your price list for 2026.'


def forward(case, subject, text=None, html=None, **wanted):
    expected = dict(dict(address=ADDRESS, name=NAME, date='2026-07-15T16:05', subject=SUBJECT, text=TEXT), **wanted)
    return Sample(case, mail(subject, text, html, date='Thu, 16 Jul 2026 09:00:00 +0200'), forwarded={k: v for k, v in expected.items() if v is not None})


def samples():
    yield forward('mailspring', 'Fwd: ' + SUBJECT, 'FYI\n\n---------- Forwarded Message ---------\n\nFrom: Peter Foster <%s>\nSubject: %s\nDate: Jul 15 2026, at 4:05 pm\nTo: Sales '
                  '<sales@acme.example>\n\n%s\n' % (ADDRESS, SUBJECT, TEXT))
    yield forward('em-client', 'Fwd: ' + SUBJECT, '\n------ Forwarded Message ------\nFrom: "Peter Foster" <%s>\nTo: sales@acme.example\nSent: 15/07/2026 16:05:11\nSubject: %s\n\n%s\n' % (ADDRESS, SUBJECT, TEXT))
    yield forward('em-client-de', 'Fwd: ' + SUBJECT, '------ Weitergeleitete Nachricht ------\nVon "Peter Foster" <%s>\nAn sales@acme.example\nDatum 15.07.2026 16:05:11\nBetreff %s\n\n%s\n' % (ADDRESS, SUBJECT, TEXT))
    yield forward('evolution', 'Fwd: ' + SUBJECT, 'Hello\n\n-------- Forwarded Message --------\nFrom: Peter Foster <%s>\nTo: sales@acme.example\nSubject: %s\nDate: Wed, 15 Jul 2026 16:05:11 +0200\n\n%s\n' % (ADDRESS, SUBJECT, TEXT))
    yield forward('kmail', 'Fwd: ' + SUBJECT, '\n----------  Forwarded Message  ----------\n\nSubject: %s\nDate: Wednesday, 15 July 2026, 16:05:11 CEST\nFrom: Peter Foster <%s>\nTo: sales@acme.example\n\n%s\n'
                  '-----------------------------------------\n' % (SUBJECT, ADDRESS, TEXT))
    yield forward('claws', 'Fw: ' + SUBJECT, '\n\nBegin forwarded message:\n\nDate: Wed, 15 Jul 2026 16:05:11 +0200\nFrom: Peter Foster <%s>\nTo: sales@acme.example\nSubject: %s\n\n\n%s\n' % (ADDRESS, SUBJECT, TEXT))
    yield forward('mutt', '[p.foster@brightwater-labs.example: Price list 2026]', '----- Forwarded message from Peter Foster <%s> -----\n\nDate: Wed, 15 Jul 2026 16:05:11 +0200\nFrom: Peter Foster <%s>\nTo: '
                  'sales@acme.example\nSubject: %s\n\n%s\n\n----- End forwarded message -----\n' % (ADDRESS, ADDRESS, SUBJECT, TEXT))
    yield forward('fastmail', 'Fwd: ' + SUBJECT, '----- Original message -----\nFrom: Peter Foster <%s>\nTo: sales@acme.example\nSubject: %s\nDate: Wednesday, 15 July 2026 4:05 PM\n\n%s\n' % (ADDRESS, SUBJECT, TEXT))
    yield forward('aol', 'Fwd: ' + SUBJECT, 'Please handle.\n\n-----Original Message-----\nFrom: Peter Foster <%s>\nTo: sales@acme.example\nSent: Wed, Jul 15, 2026 4:05 pm\nSubject: %s\n\n%s\n' % (ADDRESS, SUBJECT, TEXT))
    yield forward('icloud-web', 'Fwd: ' + SUBJECT, '\nBegin forwarded message:\n\nFrom: Peter Foster <%s>\nSubject: %s\nDate: July 15, 2026 at 16:05:11 GMT+2\nTo: sales@acme.example\n\n%s\n' % (ADDRESS, SUBJECT, TEXT))
    yield forward('outlook-owa-classic', 'FW: ' + SUBJECT, 'Ana\n________________________________________\nFrom: Peter Foster [%s]\nSent: 15 July 2026 16:05\nTo: sales@acme.example\nSubject: %s\n\n%s\n' % (ADDRESS, SUBJECT, TEXT))
    yield forward('outlook-no-address', 'FW: ' + SUBJECT, 'From: Peter Foster\nSent: Wednesday, July 15, 2026 4:05 PM\nTo: Sales\nSubject: %s\n\n%s\n' % (SUBJECT, TEXT), address='')
    yield forward('blank-between', 'FW: ' + SUBJECT, 'See below\n\nFrom: Peter Foster <%s>\n\nSent: Wednesday, July 15, 2026 4:05 PM\n\nTo: sales@acme.example\n\nSubject: %s\n\n\n%s\n' % (ADDRESS, SUBJECT, TEXT))
    yield forward('stars', 'Fwd: ' + SUBJECT, '---------- Forwarded message ----------\nFrom: *Peter Foster* <%s>\nDate: Wednesday, July 15, 2026 at 4:05 PM\nSubject: %s\nTo: "sales@acme.example" <sales@acme.example>\n\n%s\n' % (ADDRESS, SUBJECT, TEXT))
    yield forward('surname-first', 'WG: ' + SUBJECT, 'Bitte Angebot.\n\nVon: Foster, Peter <%s>\nGesendet: Mittwoch, 15. Juli 2026 16:05\nAn: Vertrieb <vertrieb@acme.example>\nCc: Miller, Jane <j.miller@brightwater-labs.example>\n'
                  'Betreff: %s\nAnlagen: plan.pdf\n\n%s\n' % (ADDRESS, SUBJECT, TEXT), name='Foster, Peter')
    yield forward('ca-gmail', 'Fwd: ' + SUBJECT, '---------- Forwarded message ---------\nDe: Peter Foster <%s>\nDate: dc., 15 de jul. 2026 a les 16:05\nSubject: %s\nTo: <sales@acme.example>\n\n%s\n' % (ADDRESS, SUBJECT, TEXT))
    yield forward('el-outlook', 'ΠΡΘ: ' + SUBJECT, 'Από: Peter Foster <%s>\nΣτάλθηκε: Τετάρτη, 15 Ιουλίου 2026 16:05\nΠρος: sales@acme.example\nΘέμα: %s\n\n%s\n' % (ADDRESS, SUBJECT, TEXT))
    yield forward('id-gmail', 'Fwd: ' + SUBJECT, '---------- Forwarded message ---------\nDari: Peter Foster <%s>\nDate: Rab, 15 Jul 2026 pukul 16.05\nSubject: %s\nTo: <sales@acme.example>\n\n%s\n' % (ADDRESS, SUBJECT, TEXT))
    yield forward('bg-outlook', 'FW: ' + SUBJECT, 'От: Peter Foster <%s>\nИзпратено: 15 юли 2026 г. 16:05\nДо: sales@acme.example\nОтносно: %s\n\n%s\n' % (ADDRESS, SUBJECT, TEXT))
    yield forward('he-gmail', 'Fwd: ' + SUBJECT, '---------- Forwarded message ---------\nמאת: Peter Foster <%s>\nDate: יום ד׳, 15 ביולי 2026 ב-16:05\nSubject: %s\nTo: <sales@acme.example>\n\n%s\n' % (ADDRESS, SUBJECT, TEXT), date=None)
    yield forward('th-outlook', 'FW: ' + SUBJECT, 'จาก: Peter Foster <%s>\nส่งเมื่อ: 15 กรกฎาคม 2026 16:05\nถึง: sales@acme.example\nเรื่อง: %s\n\n%s\n' % (ADDRESS, SUBJECT, TEXT), date=None)
    yield forward('tw-outlook', '轉寄: ' + SUBJECT, '寄件者: Peter Foster <%s>\n寄件日期: 2026年7月15日 下午 04:05\n收件者: sales@acme.example\n主旨: %s\n\n%s\n' % (ADDRESS, SUBJECT, TEXT))
    yield forward('outlook-html-only', 'RV: ' + SUBJECT, html='<html><body><p class=MsoNormal>Para ti<o:p></o:p></p><div><div style=\'border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm\'><p class=MsoNormal>'
                  '<b><span>De:</span></b><span> Peter Foster [mailto:%s] <br><b>Enviado el:</b> miércoles, 15 de julio de 2026 16:05<br><b>Para:</b> sales@acme.example<br><b>Asunto:</b> %s<o:p></o:p></span></p></div></div>'
                  '<p class=MsoNormal>%s</p></body></html>' % (ADDRESS, SUBJECT, TEXT))
    yield forward('mac-outlook-html', 'FW: ' + SUBJECT, html='<html><body><div>Ana, please.</div><div id="mail-editor-reference-message-container"><div><div style="border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0in 0in 0in">'
                  '<p><b>From: </b>Peter Foster &lt;%s&gt;<br><b>Date: </b>Wednesday, 15. July 2026 at 16:05<br><b>To: </b>sales@acme.example &lt;sales@acme.example&gt;<br><b>Subject: </b>%s</p></div><p>%s</p></div></div></body></html>'
                  % (ADDRESS, SUBJECT, TEXT))
    yield forward('thrice', 'FW: FW: ' + SUBJECT, 'From: Luis Ortega <luis@acme.example>\nSent: Thursday, July 16, 2026 8:00 AM\nTo: Ana López <ana@acme.example>\nSubject: FW: %s\n\n\n\nFrom: Sales <sales@acme.example>\nSent: Wednesday, '
                  'July 15, 2026 5:00 PM\nTo: Luis Ortega <luis@acme.example>\nSubject: FW: %s\n\nLuis?\n\n---------- Forwarded message ---------\nFrom: Peter Foster <%s>\nDate: Wed, Jul 15, 2026 at 4:05 PM\nSubject: %s\nTo: '
                  '<sales@acme.example>\n\n%s\n' % (SUBJECT, SUBJECT, ADDRESS, SUBJECT, TEXT))
    for name, subject, text in (
            ('none-reply-sv', 'SV: Offert', 'Tack.\n\nFrån: Sales <sales@acme.example>\nSkickat: den 15 juli 2026 16:05\nTill: Karin\nÄmne: Offert\n\nHej\n'),
            ('none-quote', 'Re: Price list', '> From: Peter\n> To: Ana\n> Subject: x\n\nYes.\n'),
            ('none-announcing', 'I will forward it', 'I will forward the message.\n\nFrom: Leeds\nTo: York\nDate: 15 July\n')):
        yield Sample(name, mail(subject, text, sender='k.lind@lindab.example'), forwarded=None)
