"""Some sixty inquiries that a rep passes on from his own inbox: the habits of the mail programs, with invented people."""
import html as _html
from datetime import datetime
from letter import Sample, encoded, mail

LUIS = 'Luis Ortega'
HIS = 'luis@acme.example'

DAYS = {
    'en': 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday', 'es': 'lunes martes miércoles jueves viernes sábado domingo',
    'fr': 'lundi mardi mercredi jeudi vendredi samedi dimanche', 'de': 'Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag',
    'pt': 'segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo', 'it': 'lunedì martedì mercoledì giovedì venerdì sabato domenica',
    'nl': 'maandag dinsdag woensdag donderdag vrijdag zaterdag zondag', 'pl': 'poniedziałek wtorek środa czwartek piątek sobota niedziela',
    'sv': 'måndag tisdag onsdag torsdag fredag lördag söndag',
}
MONTHS = {
    'en': 'January February March April', 'es': 'enero febrero marzo abril', 'fr': 'janvier février mars avril', 'de': 'Januar Februar März April',
    'pt': 'janeiro fevereiro março abril', 'it': 'gennaio febbraio marzo aprile', 'nl': 'januari februari maart april',
    'pl': 'stycznia lutego marca kwietnia', 'sv': 'januari februari mars april',
}
SHORT_DAYS = {
    'en': 'Mon Tue Wed Thu Fri Sat Sun', 'es': 'lun mar mié jue vie sáb dom', 'fr': 'lun. mar. mer. jeu. ven. sam. dim.', 'de': 'Mo. Di. Mi. Do. Fr. Sa. So.',
    'pt': 'seg. ter. qua. qui. sex. sáb. dom.', 'it': 'lun mar mer gio ven sab dom', 'nl': 'ma di wo do vr za zo', 'pl': 'pon. wt. śr. czw. pt. sob. niedz.',
}
SHORT_MONTHS = {'en': 'Jan Feb Mar Apr', 'es': 'ene feb mar abr', 'fr': 'janv. févr. mars avr.', 'de': 'Jan. Feb. März Apr.', 'pt': 'jan. fev. mar. abr.',
                'it': 'gen feb mar apr', 'nl': 'jan feb mrt apr', 'pl': 'sty lut mar kwi'}


def word(table, lang, index):
    return table[lang].split()[index]


def clock12(t, seconds=False, pad=False):
    hour = '%d' % (t.hour % 12 or 12)
    hour = hour.zfill(2) if pad else hour
    return hour, '%02d' % t.minute + (':%02d' % 12 if seconds else ''), 'AM' if t.hour < 12 else 'PM'


def gmail_date(lang, t, mobile=False):
    clock = '%02d:%02d' % (t.hour, t.minute)
    if lang == 'vi':
        day = 'CN' if t.weekday() == 6 else 'Th %d' % (t.weekday() + 2)
        return ('%s, %d thg %d, %d, %s' if mobile else '%s, %d thg %d, %d vào lúc %s') % (day, t.day, t.month, t.year, clock)
    day, month = word(SHORT_DAYS, lang, t.weekday()), word(SHORT_MONTHS, lang, t.month - 1)
    h, m, half = clock12(t)
    if mobile:
        return {'en': '%s, %s %d, %d, %s:%s\u202f%s' % (day, month, t.day, t.year, h, m, half), 'es': '%s, %d %s %d, %s' % (day, t.day, month, t.year, clock),
                'de': '%s, %d. %s %d, %s' % (day, t.day, month, t.year, clock), 'fr': '%s %d %s %d, %s' % (day, t.day, month, t.year, clock)}[lang]
    return {'en': '%s, %s %d, %d at %s:%s\u202f%s' % (day, month, t.day, t.year, h, m, half), 'es': '%s, %d %s %d a las %s' % (day, t.day, month, t.year, clock),
            'fr': '%s %d %s %d à %s' % (day, t.day, month, t.year, clock), 'de': '%s, %d. %s %d um %s Uhr' % (day, t.day, month, t.year, clock),
            'pt': '%s, %d de %s de %d às %s' % (day, t.day, month, t.year, clock), 'it': '%s %d %s %d alle ore %s' % (day, t.day, month, t.year, clock),
            'nl': '%s %d %s %d om %s' % (day, t.day, month, t.year, clock), 'pl': '%s, %d %s %d o %s' % (day, t.day, month, t.year, clock)}[lang]


def long_date(lang, t):
    """As Outlook for Windows writes it."""
    clock = '%02d:%02d' % (t.hour, t.minute)
    if lang == 'vi':
        day = 'Chủ Nhật' if t.weekday() == 6 else 'Thứ ' + 'Hai Ba Tư Năm Sáu Bảy'.split()[t.weekday()]
        return '%s, %d tháng %d, %d %d:%02d %s' % (day, t.day, t.month, t.year, t.hour % 12 or 12, t.minute, 'SA' if t.hour < 12 else 'CH')
    day, month = word(DAYS, lang, t.weekday()), word(MONTHS, lang, t.month - 1)
    h, m, half = clock12(t)
    return {'en': '%s, %s %d, %d %s:%s %s' % (day, month, t.day, t.year, h, m, half), 'es': '%s, %d de %s de %d %s' % (day, t.day, month, t.year, clock),
            'fr': '%s %d %s %d %s' % (day, t.day, month, t.year, clock), 'de': '%s, %d. %s %d %s' % (day, t.day, month, t.year, clock),
            'pt': '%s, %d de %s de %d %s' % (day, t.day, month, t.year, clock), 'it': '%s %d %s %d %s' % (day, t.day, month, t.year, clock),
            'nl': '%s %d %s %d %s' % (day, t.day, month, t.year, clock), 'pl': '%s, %d %s %d %s' % (day, t.day, month, t.year, clock),
            'sv': 'den %d %s %d %s' % (t.day, month, t.year, clock)}[lang]


def apple_date(lang, t):
    clock = '%02d:%02d:12' % (t.hour, t.minute)
    if lang == 'vi':
        return 'lúc %s GMT+7 Ngày %d tháng %d năm %d' % (clock, t.day, t.month, t.year)
    month = word(MONTHS, lang, t.month - 1)
    h, m, half = clock12(t, True)
    return {'en': '%s %d, %d at %s:%s\u202f%s GMT+1' % (month, t.day, t.year, h, m, half), 'es': '%d de %s de %d, %s CET' % (t.day, month, t.year, clock),
            'fr': '%d %s %d à %s UTC+1' % (t.day, month, t.year, clock), 'de': '%d. %s %d um %s MEZ' % (t.day, month, t.year, clock),
            'pt': '%d de %s de %d às %s BRT' % (t.day, month, t.year, clock), 'it': '%d %s %d alle ore %s CET' % (t.day, month, t.year, clock),
            'nl': '%d %s %d om %s CET' % (t.day, month, t.year, clock)}[lang]


def mail_date(t, zone='+0100'):
    return '%s, %d %s %d %02d:%02d:12 %s' % (word(SHORT_DAYS, 'en', t.weekday()), t.day, word(SHORT_MONTHS, 'en', t.month - 1), t.year, t.hour, t.minute, zone)


def e(text):
    return _html.escape(text, quote=False)


def divs(text):
    return ''.join('<div>%s</div>' % (e(one) or '<br>') for one in text.split('\n'))


def brs(text):
    return e(text).replace('\n', '<br>\n')


def mso(text):
    return ''.join('<p class="MsoNormal">%s<o:p></o:p></p>' % (e(one) or '&nbsp;') for one in text.split('\n'))


def quoted(text):
    return '\n'.join(('> ' + one).rstrip() if one else '>' for one in text.split('\n'))


class Original:
    def __init__(self, name, address, when, subject, body, cc='', to=None):
        self.name, self.address, self.subject, self.body, self.cc = name, address, subject, body, cc
        self.when = datetime.strptime(when, '%Y-%m-%d %H:%M')
        self.to = to or '%s <%s>' % (LUIS, HIS)
        self.sender = '%s <%s>' % (name, address) if name else address


# ------------------------------------------------------------------ the programs

GMAIL_FROM = {'en': 'From', 'es': 'De', 'fr': 'De', 'de': 'Von', 'pt': 'De', 'it': 'Da', 'nl': 'Van', 'pl': 'Od', 'vi': 'Từ', 'ru': 'От', 'tr': 'Gönderen'}


def gmail(o, lang, note='', sign='', mobile=False, date=None, html=True):
    date = date or gmail_date(lang, o.when, mobile)
    head = '---------- Forwarded message ---------\n%s: %s\nDate: %s\nSubject: %s\nTo: %s\n' % (
        GMAIL_FROM[lang], o.sender if o.name else '<%s>' % o.address, date, o.subject, '<%s>' % HIS if mobile else o.to)
    if o.cc:
        head += 'Cc: %s\n' % o.cc
    text = (note + '\n\n' if note else '') + head + '\n\n' + o.body + ('\n\n\n-- \n' + sign if sign else '') + '\n'
    name = '<strong class="gmail_sendername" dir="auto">%s</strong> <span dir="auto">&lt;<a href="mailto:%s">%s</a>&gt;</span>' % (e(o.name), o.address, o.address) if o.name else \
        '<span dir="auto">&lt;<a href="mailto:%s">%s</a>&gt;</span>' % (o.address, o.address)
    body = '<div dir="ltr">%s<br><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">---------- Forwarded message ---------<br>%s: %s<br>Date: %s<br>Subject: %s<br>To: %s<br>%s</div><br><br><div dir="ltr">%s</div>\n</div>%s</div>\n' % (
        divs(note) if note else '', GMAIL_FROM[lang], name, e(date), e(o.subject), e(o.to), 'Cc: %s<br>' % e(o.cc) if o.cc else '', divs(o.body),
        '<br clear="all"><div><br></div><span class="gmail_signature_prefix">-- </span><br><div dir="ltr" class="gmail_signature">%s</div>' % divs(sign) if sign else '')
    return {'text': text, 'html': body if html else None}


OUTLOOK = {'en': ('From', 'Sent', 'To', 'Cc', 'Subject'), 'es': ('De', 'Enviado el', 'Para', 'CC', 'Asunto'), 'fr': ('De\xa0', 'Envoyé\xa0', 'À\xa0', 'Cc\xa0', 'Objet\xa0'),
           'de': ('Von', 'Gesendet', 'An', 'Cc', 'Betreff'), 'pt': ('De', 'Enviada em', 'Para', 'Cc', 'Assunto'), 'it': ('Da', 'Inviato', 'A', 'Cc', 'Oggetto'),
           'nl': ('Van', 'Verzonden', 'Aan', 'CC', 'Onderwerp'), 'pl': ('Od', 'Wysłano', 'Do', 'DW', 'Temat'), 'vi': ('Từ', 'Đã gửi', 'Tới', 'Cc', 'Chủ đề'), 'sv': ('Från', 'Skickat', 'Till', 'Kopia', 'Ämne')}


def outlook(o, lang, note='', sign='', rule='', html=True, mailto=False, to=LUIS):
    labels = OUTLOOK[lang]
    sender = '%s [mailto:%s]' % (o.name, o.address) if mailto else o.sender
    pairs = [(labels[0], sender), (labels[1], long_date(lang, o.when).strip()), (labels[2], to)] + ([(labels[3], o.cc)] if o.cc else []) + [(labels[4], o.subject)]
    top = '\n\n'.join(x for x in (note, sign) if x)
    text = (top + '\n\n' if top else '') + (rule + '\n' if rule else '') + '\n'.join('%s: %s' % p for p in pairs) + '\n\n' + o.body + '\n'
    body = ('<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body lang="%s" link="#0563C1"><div class="WordSection1">%s'
            '<p class="MsoNormal"><o:p>&nbsp;</o:p></p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b><span style="font-family:&quot;Calibri&quot;,sans-serif">%s</o:p></span></p></div></div>'
            '<p class="MsoNormal"><o:p>&nbsp;</o:p></p>%s</div></body></html>') % (
        lang, mso(top) if top else '', '<br></span>'.join('%s%s:</b><span> %s' % ('' if i == 0 else '<b>', a, e(b)) for i, (a, b) in enumerate(pairs)).replace('</b><span>', '</span></b><span>', 1) + '<o:p>', mso(o.body))
    return {'text': text, 'html': body if html else None}


def owa(o, lang, note='', sign='', html=True, app=''):
    labels = [x.strip() for x in OUTLOOK[lang]]
    if lang in ('es', 'pt'):
        labels[1] = 'Enviado'
    sep = '\xa0:' if lang == 'fr' else ':'
    pairs = [(labels[0], o.sender), (labels[1], long_date(lang, o.when).strip()), (labels[2], o.to)] + ([(labels[3], o.cc)] if o.cc else []) + [(labels[4], o.subject)]
    top = '\n\n'.join(x for x in (note, sign, app) if x)
    text = (top + '\n' if top else '') + '________________________________\n' + '\n'.join('%s%s %s' % (a, sep, b) for a, b in pairs) + '\n\n' + o.body + '\n'
    body = ('<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body dir="ltr"><div class="elementToProof" style="font-family:Aptos">%s</div><div id="appendonsend"></div>'
            '<hr style="display:inline-block;width:98%%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif" style="font-size:11pt" color="#000000">%s</font><div>&nbsp;</div></div><div dir="ltr">%s</div></body></html>') % (
        divs(top), '<br>\n'.join('<b>%s%s</b> %s' % (a, sep, e(b)) for a, b in pairs), divs(o.body))
    return {'text': text, 'html': body if html else None}


def outlook_mac(o, note='', sign=''):
    h, m, half = clock12(o.when)
    date = '%s, %s %d, %d at %s:%s\u202f%s' % (word(DAYS, 'en', o.when.weekday()), word(MONTHS, 'en', o.when.month - 1), o.when.day, o.when.year, h, m, half)
    pairs = [('From', o.sender), ('Date', date), ('To', o.to)] + ([('Cc', o.cc)] if o.cc else []) + [('Subject', o.subject)]
    top = '\n\n'.join(x for x in (note, sign) if x)
    return {'text': top + '\n\n' + '\n'.join('%s: %s' % p for p in pairs) + '\n\n' + o.body + '\n',
            'html': '<html><body lang="EN-US"><div class="WordSection1">%s<div id="mail-editor-reference-message-container"><div><div style="border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0in 0in 0in"><p class="MsoNormal" style="margin-bottom:12.0pt">%s</p></div>%s</div></div></div></body></html>' % (
                mso(top), '<br>'.join('<b><span style="color:black">%s: </span></b><span style="color:black">%s</span>' % (a, e(b)) for a, b in pairs), mso(o.body))}


APPLE = {'en': ('Begin forwarded message:', 'From', 'Subject', 'Date', 'To', 'Cc'), 'es': ('Inicio del mensaje reenviado:', 'De', 'Asunto', 'Fecha', 'Para', 'Cc'),
         'fr': ('Début du message réexpédié :', 'De', 'Objet', 'Date', 'À', 'Cc'), 'de': ('Anfang der weitergeleiteten Nachricht:', 'Von', 'Betreff', 'Datum', 'An', 'Kopie'),
         'it': ('Inizio messaggio inoltrato:', 'Da', 'Oggetto', 'Data', 'A', 'Cc'), 'nl': ('Begin doorgestuurd bericht:', 'Van', 'Onderwerp', 'Datum', 'Aan', 'Kopie'),
         'pt': ('Início da mensagem encaminhada:', 'De', 'Assunto', 'Data', 'Para', 'Cc'), 'vi': ('Bắt đầu thư được chuyển tiếp:', 'Từ', 'Chủ đề', 'Ngày', 'Đến', 'Cc')}


def apple(o, lang, note='', sign='', ios=False, html=True, device=''):
    a = APPLE[lang]
    sep = ' :' if lang == 'fr' else ':'
    first = 'Début du message transféré :' if ios and lang == 'fr' else a[0]
    pairs = {'f': (a[1], o.sender), 's': (a[2], o.subject), 'd': (a[3], apple_date(lang, o.when)), 't': (a[4], o.to), 'c': (a[5], o.cc)}
    order = [pairs[k] for k in ('fdtcs' if ios else 'fsdtc') if pairs[k][1]]
    top = '\n\n'.join(x for x in (note, sign, device) if x)
    inner = '\n'.join('%s%s %s' % (x, sep, y) for x, y in order) + '\n\n' + o.body
    text = (top + '\n\n' if top else '') + first + '\n\n' + quoted(inner) + '\n'
    if ios:
        body = '<html><head></head><body dir="auto">%s<div dir="ltr"><br><blockquote type="cite">%s<br><br></blockquote></div><blockquote type="cite"><div dir="ltr">\ufeff%s</div></blockquote></body></html>' % (
            divs(top), first + '<br><br>' + '<br>'.join('<b>%s%s</b> %s' % (x, sep, e(y)) for x, y in order), divs(o.body))
    else:
        body = '<html><body style="overflow-wrap: break-word;">%s<br id="lineBreakAtBeginningOfMessage"><div><br><blockquote type="cite"><div>%s</div><br class="Apple-interchange-newline">%s<br><div><div>%s</div></div></blockquote></div><br></body></html>' % (
            divs(top), first, ''.join('<div style="margin: 0px;"><span style="font-family: -webkit-system-font, Helvetica Neue, Helvetica, sans-serif; color:rgba(0, 0, 0, 1.0);"><b>%s%s </b></span><span style="font-family: -webkit-system-font">%s<br></span></div>' % (x, sep, e(y)) for x, y in order), divs(o.body))
    return {'text': text, 'html': body if html else None}


BIRD = {'en': ('-------- Forwarded Message --------', 'Subject', 'Date', 'From', 'To', 'CC'), 'es': ('-------- Mensaje reenviado --------', 'Asunto', 'Fecha', 'De', 'Para', 'CC'),
        'fr': ('-------- Message transféré --------', 'Sujet\xa0', 'Date\xa0', 'De\xa0', 'Pour\xa0', 'Copie à\xa0'), 'de': ('-------- Weitergeleitete Nachricht --------', 'Betreff', 'Datum', 'Von', 'An', 'Kopie (CC)'),
        'it': ('-------- Messaggio Inoltrato --------', 'Oggetto', 'Data', 'Mittente', 'A', 'CC'), 'pl': ('-------- Treść przekazanej wiadomości --------', 'Temat', 'Data', 'Nadawca', 'Adresat', 'Kopia'),
        'pt': ('-------- Mensagem encaminhada --------', 'Assunto', 'Data', 'De', 'Para', 'CC'), 'nl': ('-------- Doorgestuurd bericht --------', 'Onderwerp', 'Datum', 'Van', 'Aan', 'CC')}


def bird(o, lang, note='', sign='', html=True, zone='+0100'):
    b = BIRD[lang]
    pairs = [(b[1], o.subject), (b[2], mail_date(o.when, zone)), (b[3], o.sender), (b[4], o.to)] + ([(b[5], o.cc)] if o.cc else [])
    top = (note + '\n\n' if note else '') + ('-- \n' + sign + '\n\n' if sign else '')
    text = top + b[0] + '\n' + '\n'.join('%s: \t%s' % p for p in pairs) + '\n\n\n\n' + o.body + '\n'
    body = '<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html; charset=UTF-8"></head><body><p>%s</p><div class="moz-forward-container"><br><br>%s<table class="moz-email-headers-table" cellspacing="0" cellpadding="0" border="0"><tbody>%s</tbody></table><br><br>%s</div></body></html>' % (
        brs(top.strip()), b[0], ''.join('<tr><th valign="BASELINE" nowrap="nowrap" align="RIGHT">%s: </th><td>%s</td></tr>' % (x, e(y)) for x, y in pairs), brs(o.body))
    return {'text': text, 'html': body if html else None}


def block(o, first, pairs, note='', sign='', after='', body=None):
    """A plain block: a line, the fields, the text."""
    top = '\n\n'.join(x for x in (note, sign) if x)
    return {'text': (top + '\n\n' if top else '') + (first + '\n' if first else '') + '\n'.join('%s%s' % p for p in pairs) + '\n\n' + (body or o.body) + after + '\n'}


def yahoo(o, first, labels, date, note='', glued=False):
    pairs = list(zip(labels, (o.sender, o.to, o.cc, date, o.subject)))
    pairs = [p for p in pairs if p[1]]
    text = (note + '\n\n' if note else '') + (('   ' + first + ' ' + ''.join('%s %s' % p for p in pairs)) if glued else first + '\n' + '\n'.join('%s %s' % p for p in pairs)) + '\n' + ('' if glued else '\n') + o.body + '\n'
    return {'text': text, 'html': '<html><head></head><body><div class="ydp1a2b3cyahoo-style-wrap" style="font-family:Helvetica Neue"><div dir="ltr">%s</div><div><br></div></div><div id="yahoo_quoted_4410" class="yahoo_quoted"><div style="font-size:13px;color:#26282a;"><div>%s</div>%s<div><br></div><div>%s</div></div></div></body></html>' % (
        e(note), first, ''.join('<div><b>%s</b> %s</div>' % (a, e(b)) for a, b in pairs), divs(o.body))}


def samples():
    seen = set()

    def one(name, subject, o, parts, date=True, line=None, wanted=None, **more):
        assert name not in seen, name
        seen.add(name)
        o = wanted or o
        line = line or next(x for x in o.body.split('\n') if len(x) > 25)
        assert line in o.body
        told = dict(address=o.address, subject=o.subject, text=line)
        if o.name:
            told['name'] = o.name
        if date:
            told['date'] = o.when.strftime('%Y-%m-%dT%H:%M')
        return Sample(name, mail(subject, sender='%s <%s>' % (LUIS, HIS), **parts, **more), forwarded=told)

    def enclosed(o, html=None, zone='+0100', fields=()):
        return mail(o.subject, text=o.body + '\n', html=html, sender='%s <%s>' % (encoded(o.name), o.address), to=HIS, date=mail_date(o.when, zone), fields=fields)

    sign_en = 'Luis Ortega\nAccount Manager | Acme Tools\n+34 600 111 222 | www.acme.example'
    sign_es = 'Luis Ortega\nComercial zona norte\nAcme · Tel. 600 111 222'
    sign_de = 'Mit freundlichen Grüßen\nLuis Ortega\nVertrieb Acme'

    # ------------------------------------------------------------ English
    o = Original('Hattie Lindqvist', 'hattie@lindqvistfloors.example', '2026-03-09 14:30', 'Sanding machines for a school gym', 'Hi Luis,\n\nWe were given your name by Tom at Brewster.\nWe have 900 square metres of gym floor to sand in July.\n\nWhat would two drum sanders cost?\n\nHattie Lindqvist\nLindqvist Floors')
    yield one('f5-en-gmail', 'Fwd: ' + o.subject, o, gmail(o, 'en', 'New one, please register.', sign_en))
    o = Original('Omar Siddiqui', 'omar.s@tidewater.example', '2026-03-06 08:05', 'pump enquiry', 'Morning,\nneed a submersible pump that handles grit, 3 inch outlet.\nOmar\nSent from my iPhone')
    yield one('f5-en-gmail-ios', 'Fwd: pump enquiry', o, gmail(o, 'en', mobile=True))
    o = Original('Geraldine Foss', 'g.foss@fossprinting.example', '2026-03-03 16:48', 'RFQ 2231 - guillotine blades', 'Dear Mr Ortega,\n\nPlease find below our request:\n- 6 blades, 115 cm\n- 2 blades, 92 cm\n\nWe would need delivery before Easter.\n\nKind regards,\n\nGeraldine Foss\nBuyer\nFoss Printing Ltd | 01632 960 118', cc='Accounts <accounts@fossprinting.example>')
    yield one('f5-en-outlook', 'FW: ' + o.subject, o, outlook(o, 'en', 'Please put this in the system.', sign_en))
    o = Original('Nils Hargreave', 'nils@hargreavecider.example', '2026-03-05 11:20', 'Bottling line', 'Hello,\nwe are a small cider maker and want to bottle 600 an hour.\nCan you suggest something used?\n\nNils')
    yield one('f5-en-owa', 'Fw: Bottling line', o, owa(o, 'en', '', sign_en))
    o = Original('Patricia Vandermeer', 'pvandermeer@citygreens.example', '2026-03-04 09:15', 'Leaf vacuums', 'Good morning,\n\nThe parks department plans to buy four leaf vacuums this spring.\nCould you demo one on site?\n\nPatricia Vandermeer\nFleet Supervisor')
    yield one('f5-en-outlook-mac', 'FW: Leaf vacuums', o, outlook_mac(o, 'See below, I am on the road till Friday.', sign_en))
    o = Original('Dominic Achebe', 'dominic@achebefilm.example', '2026-03-02 19:42', 'Generator hire 12-14 May', 'Hey Luis,\n\nwe shoot in the woods and need a silent 20 kVA generator.\nDo you deliver to Glen Arran?\n\nCheers,\nDom')
    yield one('f5-en-apple', 'Fwd: ' + o.subject, o, apple(o, 'en', 'Can you answer him?'))
    o = Original('Rosalind Pryce', 'rosalind.pryce@yahoo.example', '2026-03-08 13:07', 'Kiln for pottery class', 'Hello, I teach pottery and our kiln has died.\nIs the K80 available on instalments?\nThank you, Rosalind')
    yield one('f5-en-yahoo', 'Fw: Kiln for pottery class', o, yahoo(o, '----- Forwarded Message -----', ('From:', 'To:', 'Cc:', 'Sent:', 'Subject:'), 'Sunday, March 8, 2026 at 01:07:12 PM GMT+1', 'For the showroom', glued=True))
    o = Original('Walt Jennings', 'waltj@aol.example', '2026-03-07 17:55', 'tractor seat', 'Luis, do you carry seats for the old 240?\nMine is cracked right through.\nWalt')
    yield one('f5-en-aol', 'Fwd: tractor seat', o, block(o, '-----Original Message-----', [('From: ', o.sender), ('To: ', HIS), ('Sent: ', 'Sat, Mar 7, 2026 5:55 pm'), ('Subject: ', o.subject)], 'Anyone know?'))
    o = Original('Freya Tomlin', 'freya.tomlin@proton.example', '2026-03-09 10:02', 'Confidential: lab equipment', 'Dear Luis,\n\nOur start-up is fitting out a lab in Leeds and needs two fume cupboards.\nPlease sign the NDA first.\n\nFreya', cc='legal@tomlinbio.example')
    yield one('f5-en-proton', 'Fw: Confidential: lab equipment', o, block(o, '------- Forwarded Message -------', [('From: ', o.sender), ('Date: ', 'On Monday, March 9th, 2026 at 10:02 AM'), ('Subject: ', o.subject), ('To: ', o.to), ('CC: ', o.cc)], 'fyi', 'Sent with Proton Mail secure email.'))
    o = Original('Edmund Castellan', 'ed@castellanclocks.example', '2026-03-06 15:33', 'Lathe collets', 'Hello Luis,\n\nI restore turret clocks and am after a set of 8 mm collets.\nHave you any, new or used?\n\nEd Castellan')
    yield one('f5-en-fastmail', 'Fwd: Lathe collets', o, block(o, '----- Original message -----', [('From: ', o.sender), ('To: ', o.to), ('Subject: ', o.subject), ('Date: ', 'Friday, March 06, 2026 3:33 PM')], 'Spare parts question:'))
    o = Original('Yusuf Demirel-Scott', 'yusuf@opengauge.example', '2026-03-05 22:14', 'Load cells, 10 pcs', 'Hello,\n\nwe build open hardware scales and look for ten 50 kg load cells.\nCSV of the tolerances would be great.\n\n-- \nYusuf')
    yield one('f5-en-mutt', '[yusuf@opengauge.example: Load cells, 10 pcs]', o, {'text': 'To the queue.\n\n----- Forwarded message from %s -----\n\nDate: %s\nFrom: %s\nTo: %s\nSubject: %s\nUser-Agent: Mutt/2.2.12 (2023-09-09)\n\n%s\n\n----- End forwarded message -----\n\n-- \n%s\n' % (o.sender, mail_date(o.when), o.sender, HIS, o.subject, o.body, sign_en)})
    o = Original('Constance Mbeki', 'cmbeki@ridgehospital.example', '2026-03-04 14:10', 'Tender 77/26 washer disinfectors', 'Dear Sirs,\n\nyou are invited to quote for tender 77/26.\nClosing date is 27 March at noon.\n\nC. Mbeki, Procurement')
    yield one('f5-en-notes', 'Fw: Tender 77/26 washer disinfectors', o, {'text': 'Who takes this?\n\nLuis\n\n----- Forwarded by Luis Ortega/Sales/Acme on 03/10/2026 09:28 AM -----\n\nFrom:   Constance Mbeki <cmbeki@ridgehospital.example>\nTo:     luis@acme.example,\nDate:   03/04/2026 02:10 PM\nSubject:        Tender 77/26 washer disinfectors\n\n\n\n%s\n' % o.body})
    o = Original('Beatrix Fenn', 'beatrix@fennandco.example', '2026-03-09 09:41', 'Re: Your visit last week', "Hi Luis,\n\nyes, Tuesday works. We would take three benches to start with.\n\nBea\n\nOn Fri, Mar 6, 2026 at 4:10 PM Luis Ortega <luis@acme.example> wrote:\n\n> Hi Beatrix,\n> thank you for the tour. Shall I come by on Tuesday with the samples?\n> Luis")
    yield one('f5-en-gmail-reply-inside', 'Fwd: Re: Your visit last week', o, gmail(o, 'en', 'She said yes!'), line='yes, Tuesday works. We would take three benches to start with.')

    # ------------------------------------------------------------ Spanish
    o = Original('Amparo Izquierdo', 'amparo@izquierdoceramica.example', '2026-03-09 17:22', 'Horno túnel segunda mano', 'Buenas tardes, Luis:\n\nBuscamos un horno túnel de segunda mano para Onda.\n¿Tenéis alguno revisado?\n\nUn saludo,\nAmparo Izquierdo')
    yield one('f5-es-gmail', 'Fwd: ' + o.subject, o, gmail(o, 'es', 'Os paso este contacto de la feria.', sign_es))
    o = Original('Nicanor Sepúlveda', 'nsepulveda@pesquerasur.example', '2026-03-03 10:37', 'Cotización huinches', 'Estimado Luis:\n\nNecesitamos cotizar 3 huinches hidráulicos de 5 toneladas.\nPuerto Montt, entrega en mayo.\n\nAtte.\nNicanor Sepúlveda\nJefe de flota', cc='Bodega <bodega@pesquerasur.example>')
    yield one('f5-es-outlook', 'RV: Cotización huinches', o, outlook(o, 'es', 'Buenos días, ¿podéis dar de alta esta petición? Gracias.', sign_es))
    o = Original('Leire Goñi', 'leire.goni@sidreriagoni.example', '2026-03-05 20:11', 'Prensas', 'Kaixo Luis,\nqueremos cambiar las dos prensas antes de septiembre.\n¿Nos visitas?\nLeire')
    yield one('f5-es-outlook-ios', 'RV: Prensas', o, owa(o, 'es', '', '', app='Obtener Outlook para iOS<https://aka.ms/o0ukef>'))
    o = Original('Gonzalo Requena', 'gonzalo.requena@icloud.example', '2026-03-07 12:59', 'Pregunta por la fresadora', 'Hola, vi la fresadora F4 en vuestra web.\n¿Se puede pagar en dos plazos?\n\nEnviado desde mi iPhone')
    yield one('f5-es-apple-ios', 'Fwd: Pregunta por la fresadora', o, apple(o, 'es', ios=True, device='Enviado desde mi iPhone'))
    o = Original('Herminia Vaquero', 'h.vaquero@coopvaldeorras.example', '2026-03-02 08:50', 'Cajas de vendimia', 'Buenos días:\n\nLa cooperativa necesita 1.500 cajas apilables de 20 kg.\nRogamos precio puesto en O Barco.\n\nHerminia Vaquero')
    yield one('f5-es-thunderbird', 'Fwd: Cajas de vendimia', o, bird(o, 'es', 'Petición de la cooperativa:', sign_es))
    o = Original('Saturnino Bel', 'saturnino.bel@yahoo.example', '2026-03-08 18:26', 'motoazada', 'buenas, quiero una motoazada para un huerto de 400 metros\nque no sea muy cara\ngracias', cc='Pili Bel <pilibel@correo.example>')
    yield one('f5-es-yahoo', 'RV: motoazada', o, yahoo(o, '----- Mensaje reenviado -----', ('De:', 'Para:', 'CC:', 'Enviado:', 'Asunto:'), 'domingo, 8 de marzo de 2026, 18:26:12 CET', 'Para tienda'))
    o = Original('Maite Zubeldia', 'maite@zubeldiaeventos.example', '2026-03-06 21:03', 'Alquiler carpas 20 junio', 'Hola Luis, ¿tenéis carpas de 6x12 libres el 20 de junio?\nSerían cuatro, con suelo.\nMaite')
    yield one('f5-es-samsung', 'Fwd: Alquiler carpas 20 junio', o, block(o, '-------- Mensaje original --------', [('De: ', o.sender), ('Fecha: ', '6/3/26 21:03 (GMT+01:00)'), ('A: ', HIS), ('Asunto: ', o.subject)], '', 'Enviado desde mi Galaxy'))
    o = Original('Crescencio Arteaga', 'carteaga@ingenioarteaga.example', '2026-03-04 07:31', 'Refacciones para molino', 'Ing. Ortega:\n\nNos urge el juego de catarinas del molino 3.\nEstamos parados desde ayer.\n\nIng. Crescencio Arteaga')
    yield one('f5-es-roundcube', 'Fwd: Refacciones para molino', o, block(o, '-------- Mensaje Original --------', [('Asunto: ', o.subject), ('Fecha: ', '2026-03-04 07:31'), ('Remitente: ', o.sender), ('Destinatario: ', o.to)], 'Urgente!!'))
    o = Original('Eulalia Comas', 'eulalia@comasdental.example', '2026-03-05 13:18', 'Sillones para clínica', 'Hola Luis,\n\nabrimos segunda clínica en Reus y necesitamos cuatro sillones.\nAdjunto plano.\n\nEulalia')
    yield one('f5-es-adjunto', 'RV: Sillones para clínica', o, {'text': 'Os lo paso como adjunto.\n\n' + sign_es + '\n', 'attached': enclosed(o, html='<div>Hola Luis,</div><div><br></div><div>abrimos segunda clínica en Reus y necesitamos cuatro sillones.</div><div>Adjunto plano.</div><div><br></div><div>Eulalia</div>')}, line='abrimos segunda clínica en Reus y necesitamos cuatro sillones.')
    o = Original('Basilio Ferrándiz', 'basilio@ferrandizturron.example', '2026-03-03 12:44', 'Envasadora flow-pack', 'Buenos días,\n\nqueremos envasar barritas de turrón de 25 g.\n¿Qué modelo de flow-pack nos recomienda?\n\nBasilio Ferrándiz')
    mid = Original('Ana López', 'ana@acme.example', '2026-03-04 09:02', 'RV: Envasadora flow-pack', outlook(o, 'es', 'Luis, esto es de tu zona.', 'Ana', html=False, to='Ana López <ana@acme.example>')['text'].strip())
    yield one('f5-es-dos-veces', 'Fwd: RV: Envasadora flow-pack', o, gmail(mid, 'es', 'Me lo manda Ana, lo registro aquí.'), wanted=o)

    # ------------------------------------------------------------ Vietnamese
    o = Original('Nguyễn Hoài Nam', 'nam.nguyen@baobigiay.example', '2026-03-09 09:18', 'Báo giá máy bế hộp', 'Chào anh Luis,\n\nXưởng em cần máy bế hộp tự động khổ 1050.\nAnh gửi em báo giá và thời gian giao hàng nhé.\n\nNam')
    yield one('f5-vi-gmail', 'Fwd: Báo giá máy bế hộp', o, gmail(o, 'vi', 'Khách mới, nhờ phòng kinh doanh xử lý.'))
    o = Original('Trịnh Thị Lan', 'lan.trinh@chexanh.example', '2026-03-06 16:40', 'Hỏi máy sấy', 'Anh ơi máy sấy chè 100kg/mẻ còn hàng không?\nEm ở Thái Nguyên.')
    yield one('f5-vi-gmail-android', 'Fwd: Hỏi máy sấy', o, gmail(o, 'vi', mobile=True, html=False))
    o = Original('Phùng Đức Anh', 'anhpd@xaydungviet.example', '2026-03-04 14:25', 'Yêu cầu báo giá cẩu tháp', 'Kính gửi ông Luis,\n\nCông ty chúng tôi cần thuê 02 cẩu tháp trong 8 tháng tại Quảng Ninh.\nĐề nghị gửi báo giá trước ngày 15/3.\n\nTrân trọng,\nPhùng Đức Anh\nPhòng vật tư', cc='Vật tư <vattu@xaydungviet.example>')
    yield one('f5-vi-outlook', 'FW: Yêu cầu báo giá cẩu tháp', o, outlook(o, 'vi', 'Anh chị xem giúp.', 'Luis Ortega'))
    o = Original('Võ Thị Diễm My', 'diemmy@tiembanhmy.example', '2026-03-07 11:08', 'Tủ mát trưng bày', 'Dạ em chào anh,\nem mở tiệm bánh, cần tủ mát 1m5 kính cong.\nGiá bao nhiêu ạ?')
    yield one('f5-vi-apple-ios', 'Fwd: Tủ mát trưng bày', o, apple(o, 'vi', ios=True, device='Đã gửi từ iPhone của tôi'))
    o = Original('Lâm Quốc Vinh', 'vinhlam@thuysancamau.example', '2026-03-05 19:36', 'quạt nước ao tôm', 'Cho hỏi giá dàn quạt nước 10 cánh, lấy 20 dàn.\nGiao Cà Mau.')
    yield one('f5-vi-samsung', 'Fwd: quạt nước ao tôm', o, block(o, '-------- Tin nhắn gốc --------', [('Từ: ', o.sender), ('Ngày: ', '05/03/2026 19:36 (GMT+07:00)'), ('Tới: ', HIS), ('Chủ đề: ', o.subject)], 'Nhờ mọi người.'))
    o = Original('Huỳnh Bảo Trâm', 'tram.huynh@khachsanbien.example', '2026-03-03 08:12', 'Máy giặt công nghiệp 50kg', 'Chào anh,\n\nKhách sạn em cần thay 2 máy giặt 50kg trong tháng 4.\nAnh có thể qua khảo sát không?\n\nBảo Trâm')
    yield one('f5-vi-owa', 'Fw: Máy giặt công nghiệp 50kg', o, owa(o, 'vi', 'Khách Đà Nẵng.'))
    o = Original('Tôn Thất Hiếu', 'hieu.ton@gomsuhue.example', '2026-03-06 10:55', 'Lò nung gốm 2 khối', 'Kính chào anh Luis,\n\nchúng tôi muốn mua lò nung gốm dung tích 2 khối dùng gas.\n\nHiếu')
    yield one('f5-vi-dinh-kem', 'Fwd: Lò nung gốm 2 khối', o, {'text': 'Xem thư đính kèm.\n', 'attached': enclosed(o, zone='+0700')})

    # ------------------------------------------------------------ French
    o = Original('Clémence Aubry', 'clemence@aubry-fleurs.example', '2026-03-09 15:04', 'Chambre froide fleurs', 'Bonjour Luis,\n\nje cherche une chambre froide de 8 m3 pour mes fleurs coupées.\nPouvez-vous me rappeler demain ?\n\nClémence Aubry')
    yield one('f5-fr-gmail', 'Fwd: Chambre froide fleurs', o, gmail(o, 'fr', 'Une piste à Rennes.'))
    o = Original('Fabrice Lagarde', 'f.lagarde@lagarde-tp.example', '2026-03-03 11:29', 'Location mini-pelles', 'Bonjour,\n\nnous aurions besoin de trois mini-pelles 2,5 t en avril.\nMerci de nous indiquer vos tarifs à la semaine.\n\nCordialement,\n\nFabrice Lagarde\nConducteur de travaux', cc='Achats <achats@lagarde-tp.example>')
    yield one('f5-fr-outlook', 'TR: Location mini-pelles', o, outlook(o, 'fr', 'Bonjour, merci de traiter.', 'Luis Ortega\nAcme'))
    o = Original('Véronique Sabatier', 'v.sabatier@lycee-mistral.example', '2026-03-05 09:53', 'Équipement atelier bois', 'Monsieur Ortega,\n\nle lycée renouvelle son atelier bois à la rentrée.\nNous attendons une proposition pour dix établis.\n\nV. Sabatier')
    yield one('f5-fr-apple', 'Tr : Équipement atelier bois', o, apple(o, 'fr', 'À traiter avant vendredi'))
    o = Original('Rémi Castaing', 'remi.castaing@ostrea.example', '2026-03-06 18:47', 'Calibreuse à huîtres', "Bonjour,\n\nvotre calibreuse accepte-t-elle les huîtres plates ?\nNous traitons 2 tonnes par jour.\n\nRémi")
    yield one('f5-fr-thunderbird', 'Fwd: Calibreuse à huîtres', o, bird(o, 'fr', 'Pour info', 'Luis'))
    o = Original('Odile Marchetti', 'odile.marchetti@mairie-vence.example', '2026-03-04 16:02', 'Bancs publics', "Bonjour Monsieur,\n\nla commune souhaite remplacer vingt-cinq bancs publics.\nMerci d'envoyer votre catalogue.\n\nOdile Marchetti\nServices techniques", cc='"Services techniques" <st@mairie-vence.example>')
    yield one('f5-fr-zimbra', 'Fwd: Bancs publics', o, block(o, '----- Mail transféré -----', [('De: ', '"Odile Marchetti" <odile.marchetti@mairie-vence.example>'), ('À: ', '"Luis Ortega" <luis@acme.example>'), ('Cc: ', o.cc), ('Envoyé: ', 'Mercredi 4 Mars 2026 16:02:12'), ('Objet: ', o.subject)], 'À vous.'))
    o = Original('Lucienne Pasquier', 'l.pasquier@laposte.example', '2026-03-07 10:21', 'four à pain', 'Bonjour, je voudrais un petit four à pain\npour une association de village, deux fournées par semaine.\nMerci')
    yield one('f5-fr-laposte', 'TR: four à pain', o, {'text': 'Petit projet.\n\n> Message du 07/03/26 10:21\n> De : "Lucienne Pasquier" <l.pasquier@laposte.example>\n> A : luis@acme.example\n> Copie à : \n> Objet : four à pain\n> \n%s\n' % quoted(o.body)})
    o = Original('Gaëtan Voisin', 'gaetan.voisin@yahoo.example', '2026-03-08 20:35', 'Tarif désherbeur', 'Bonjour,\nquel est le tarif du désherbeur vapeur DV2 ?\nGaëtan Voisin, maraîcher')
    yield one('f5-fr-yahoo', 'Tr : Tarif désherbeur', o, yahoo(o, '----- Message transmis -----', ('De :', 'À :', 'Cc :', 'Envoyé :', 'Objet :'), 'dimanche 8 mars 2026 à 20:35:12 UTC+1', 'Voir ci-dessous'))

    # ------------------------------------------------------------ German
    o = Original('Wiebke Harms', 'wiebke@harms-reetdach.example', '2026-03-09 12:12', 'Gerüst für Reetdach', 'Moin Herr Ortega,\n\nwir brauchen ab Mai ein Gerüst für ein Reetdach in Husum.\nKönnen Sie uns etwas anbieten?\n\nWiebke Harms')
    yield one('f5-de-gmail', 'Fwd: Gerüst für Reetdach', o, gmail(o, 'de', 'Bitte anlegen.', sign_de))
    o = Original('Dr. Lothar Meinke', 'meinke@labor-meinke.example', '2026-03-04 08:26', 'Anfrage Zentrifuge', 'Sehr geehrter Herr Ortega,\n\nfür unser Labor suchen wir eine Kühlzentrifuge, 4 x 750 ml.\nBitte nennen Sie uns Preis und Lieferzeit.\n\nMit freundlichen Grüßen\nDr. Lothar Meinke\nLabor Meinke GmbH\nTel. 0551 555010', cc='Einkauf <einkauf@labor-meinke.example>')
    yield one('f5-de-outlook', 'WG: Anfrage Zentrifuge', o, outlook(o, 'de', 'Zur Bearbeitung.', sign_de, rule='-----Ursprüngliche Nachricht-----', html=False))
    o = Original('Cornelia Wirth', 'c.wirth@wirth-zelte.example', '2026-03-05 17:38', 'Heizgeräte', 'Hallo Luis,\nfür das Zeltfest brauchen wir sechs Heizgeräte.\nGeht das zum alten Preis?\nConny')
    yield one('f5-de-apple-ios', 'Fwd: Heizgeräte', o, apple(o, 'de', ios=True, device='Von meinem iPhone gesendet'))
    o = Original('Matthias Rödl', 'm.roedl@roedl-saegewerk.example', '2026-03-02 15:51', 'Blockbandsäge', 'Servus Herr Ortega,\n\nunsere Blockbandsäge ist von 1988 und soll ersetzt werden.\nSchauen Sie sich das einmal an?\n\nMatthias Rödl', cc='buero@roedl-saegewerk.example')
    yield one('f5-de-thunderbird', 'Fwd: Blockbandsäge', o, bird(o, 'de', '', ''))
    o = Original('Hannelore Brix', 'hannelore.brix@gmx.example', '2026-03-07 09:44', 'Hochbeet Bausatz', 'Guten Morgen,\ngibt es den Bausatz auch in Lärche?\nIch bräuchte drei Stück.\nH. Brix')
    date = 'Samstag, 07. März 2026 um 09:44 Uhr'
    yield one('f5-de-gmx', 'Fw: Hochbeet Bausatz', o, {'text': 'Bitte übernehmen\n \nGesendet: %s\nVon: "Hannelore Brix" <%s>\nAn: luis@acme.example\nBetreff: Hochbeet Bausatz\n%s\n' % (date, o.address, o.body),
                  'html': '<html><head></head><body><div style="font-family: Verdana;font-size: 12.0px;"><div>Bitte übernehmen</div><div>&nbsp;<div name="quote" style="margin:10px 5px 5px 10px; padding: 10px 0 10px 10px; border-left:2px solid #C3D9E5; word-wrap: break-word;"><div style="margin:0 0 10px 0;"><b>Gesendet:</b>&nbsp;%s<br/><b>Von:</b>&nbsp;&quot;Hannelore Brix&quot; &lt;%s&gt;<br/><b>An:</b>&nbsp;luis@acme.example<br/><b>Betreff:</b>&nbsp;Hochbeet Bausatz</div><div name="quoted-content">%s</div></div></div></div></body></html>' % (date, o.address, brs(o.body))},
                  line='gibt es den Bausatz auch in Lärche?')
    o = Original('Siegfried Kunz', 'kunz@kunz-pumpen.example', '2026-03-06 13:05', 'Partnerschaft Österreich', 'Sehr geehrter Herr Ortega,\n\nwir vertreiben Pumpen in Tirol und möchten Ihr Programm aufnehmen.\n\nS. Kunz')
    yield one('f5-de-notes', 'WG: Partnerschaft Österreich', o, {'text': 'Wer ist dafür zuständig?\n\n----- Weitergeleitet von Luis Ortega/Acme am 10.03.2026 09:28 -----\n\nVon:\tSiegfried Kunz <kunz@kunz-pumpen.example>\nAn:\tluis@acme.example,\nDatum:\t06.03.2026 13:05\nBetreff:\tPartnerschaft Österreich\n\n\n\n%s\n' % o.body})
    o = Original('Ansgar Feldmann', 'ansgar.feldmann@hof-feldmann.example', '2026-03-05 06:58', 'Melkroboter Ersatzteile', 'Moin,\nuns fehlt der Greifarm vom Melkroboter M2.\nBitte dringend melden, 0171 5550144.\nFeldmann')
    yield one('f5-de-k9', 'Fwd: Melkroboter Ersatzteile', o, block(o, '-------- Ursprüngliche Nachricht --------', [('Von: ', o.sender), ('Gesendet: ', '5. März 2026 06:58:12 MEZ'), ('An: ', HIS), ('Betreff: ', o.subject)], 'Eilt!', 'Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.'))
    o = Original('Edeltraud Simon', 'simon@buchbinderei-simon.example', '2026-03-04 10:16', 'Schneidemaschine A3', 'Guten Tag Herr Ortega,\n\nbitte um ein Angebot für die Schneidemaschine A3 mit Untergestell.\n\nEdeltraud Simon\nBuchbinderei Simon', to='Ana Lopez <ana@acme.example>')
    mid = Original('Ana Lopez', 'ana@acme.example', '2026-03-05 08:15', 'Fwd: Schneidemaschine A3', apple(o, 'de', 'Luis, deins?', html=False)['text'].strip())
    yield one('f5-de-zweimal', 'Fwd: Fwd: Schneidemaschine A3', o, apple(mid, 'de', 'Bitte erfassen', html=False), wanted=o, line='bitte um ein Angebot für die Schneidemaschine A3 mit Untergestell.')

    # ------------------------------------------------------------ Portuguese
    o = Original('Anderson Queiroz', 'anderson@queirozpescados.example', '2026-03-09 10:44', 'Câmara fria 40 m3', 'Bom dia Luis,\n\nprecisamos de uma câmara fria de 40 m3 em Itajaí.\nQual o prazo de instalação?\n\nAnderson Queiroz')
    yield one('f5-pt-gmail', 'Fwd: Câmara fria 40 m3', o, gmail(o, 'pt', 'Segue lead.'))
    o = Original('Rosângela Tibiriçá', 'rosangela@tibiricaeventos.example', '2026-03-03 15:27', 'Orçamento palco', 'Prezado Luis,\n\nSolicitamos orçamento de palco 12x8 para 30 de maio.\nLocal: Londrina, PR.\n\nAtenciosamente,\nRosângela Tibiriçá')
    yield one('f5-pt-outlook', 'ENC: Orçamento palco', o, outlook(o, 'pt', 'Pessoal, favor cadastrar.', 'Att,\nLuis Ortega'))
    o = Original('Gonçalo Vasconcelos', 'goncalo@vasconcelosvinhos.example', '2026-03-05 18:09', 'Barricas', 'Boa tarde,\n\nprocuramos barricas de carvalho francês, 225 litros, cerca de 40.\nPode enviar preços?\n\nGonçalo')
    yield one('f5-pt-owa', 'FW: Barricas', o, owa(o, 'pt', '', 'Luis Ortega\nAcme'))
    o = Original('Dirce Mascarenhas', 'dirce@cacauforte.example', '2026-03-06 09:31', 'Melanger 30 kg', 'Oi Luis, tudo bem?\nQueremos uma melanger de 30 kg para nossa fábrica de chocolate.\nDirce')
    yield one('f5-pt-apple', 'Fwd: Melanger 30 kg', o, apple(o, 'pt', 'Ver isso, por favor.', html=False))
    o = Original('Evandro Paranhos', 'evandro@paranhosusina.example', '2026-03-04 13:50', 'Manutenção de caldeira', 'Boa tarde.\n\nA caldeira 2 precisa de inspeção NR-13 até o fim do mês.\nTêm equipe disponível?\n\nEvandro Paranhos')
    yield one('f5-pt-roundcube', 'Fwd: Manutenção de caldeira', o, block(o, '-------- Mensagem original --------', [('Assunto:\t', o.subject), ('Data:\t', '04/03/2026 13:50'), ('De:\t', o.sender), ('Para:\t', HIS)], 'Serviço novo'))

    # ------------------------------------------------------------ Italian, Dutch, Polish, others
    o = Original('Ilaria Bonfanti', 'ilaria@bonfantisete.example', '2026-03-09 11:36', 'Telai usati', 'Buongiorno Luis,\n\ncerchiamo due telai jacquard usati in buono stato.\nAvete qualcosa in magazzino?\n\nIlaria Bonfanti')
    yield one('f5-it-gmail', 'Fwd: Telai usati', o, gmail(o, 'it', 'Da gestire'))
    o = Original('Carmelo Strano', 'c.strano@agrumistrano.example', '2026-03-03 17:14', 'Preventivo calibratrice arance', 'Gentile sig. Ortega,\n\nci serve un preventivo per una calibratrice da 5 t/ora.\nLa stagione inizia a novembre.\n\nCordiali saluti\nCarmelo Strano', cc='Ufficio <ufficio@agrumistrano.example>')
    yield one('f5-it-outlook', 'I: Preventivo calibratrice arance', o, outlook(o, 'it', 'Buongiorno, giro a voi.', 'Luis Ortega'))
    o = Original('Ottavia Lanzi', 'ottavia@lanzirestauri.example', '2026-03-05 08:39', 'Ponteggio chiesa', 'Buongiorno,\n\nper il restauro della chiesa ci serve un ponteggio di 14 metri.\nNoleggio da giugno.\n\nArch. Ottavia Lanzi')
    yield one('f5-it-thunderbird', 'Fwd: Ponteggio chiesa', o, bird(o, 'it', 'Vedi sotto', html=False))
    o = Original('Sietske Hoekstra', 'sietske@hoekstrakaas.example', '2026-03-09 13:21', 'Kaaspers', 'Hallo Luis,\n\nwij zoeken een pneumatische kaaspers voor twaalf kazen tegelijk.\nWat is de levertijd?\n\nSietske Hoekstra')
    yield one('f5-nl-gmail', 'Fwd: Kaaspers', o, gmail(o, 'nl', 'Graag opvolgen.'))
    o = Original('Joost van Wieringen', 'joost@wieringenbollen.example', '2026-03-04 09:07', 'Offerte sorteermachine bollen', 'Beste Luis,\n\ngraag ontvangen wij een offerte voor een sorteermachine.\nCapaciteit ongeveer 20.000 bollen per uur.\n\nMet vriendelijke groet,\nJoost van Wieringen')
    yield one('f5-nl-outlook', 'FW: Offerte sorteermachine bollen', o, outlook(o, 'nl', '', 'Luis Ortega'))
    o = Original('Grażyna Wójtowicz', 'grazyna@wojtowicz-meble.example', '2026-03-06 12:48', 'Zapytanie o okleiniarkę', 'Dzień dobry,\n\nszukamy okleiniarki do zakładu stolarskiego pod Kielcami.\nProszę o ofertę z transportem.\n\nGrażyna Wójtowicz')
    yield one('f5-pl-outlook', 'PD: Zapytanie o okleiniarkę', o, outlook(o, 'pl', 'Do obsłużenia.', 'Luis'))
    o = Original('Zbigniew Rakowski', 'z.rakowski@rakowski-sad.example', '2026-03-05 14:59', 'Skrzyniopalety', 'Witam Panie Luis,\n\npotrzebuję 300 skrzyniopalet do jabłek na sierpień.\nJaka cena z dostawą do Grójca?\n\nZ. Rakowski')
    yield one('f5-pl-thunderbird', 'Fwd: Skrzyniopalety', o, bird(o, 'pl', '', 'Luis Ortega'))
    o = Original('Torbjörn Ekdahl', 'torbjorn@ekdahlsnickeri.example', '2026-03-03 07:45', 'Offert kantlistmaskin', 'Hej Luis,\n\nvi vill ha offert på en kantlistmaskin till vårt snickeri i Växjö.\n\nVänliga hälsningar\nTorbjörn Ekdahl')
    yield one('f5-sv-outlook', 'VB: Offert kantlistmaskin', o, outlook(o, 'sv', 'Se nedan.', 'Luis'))
    o = Original('Selin Karagöz', 'selin@karagoztekstil.example', '2026-03-09 16:55', 'Dikiş makinesi teklifi', 'Merhaba Luis Bey,\n\natölyemiz için 15 adet overlok makinesi teklifi rica ederiz.\n\nSelin Karagöz')
    yield one('f5-tr-gmail', 'Fwd: Dikiş makinesi teklifi', o, gmail(o, 'tr', 'Türkiye', date='9 Mar 2026 Pzt, 16:55'))

    # ------------------------------------------------------------ some rarer ones
    o = Original('Ingrid Solberg-Hayes', 'ingrid@solbergboats.example', '2026-03-06 10:27', 'Trailer winch', 'Hi,\n\nwould your 1200 kg winch fit a Norsk 5000 trailer?\nWe would stock ten of them.\n\nIngrid')
    yield one('f5-en-zoho', 'Fwd: Trailer winch', o, {'text': 'Dealer request\n\n\n============ Forwarded message ============\nFrom: %s\nTo: "luis"<luis@acme.example>\nDate: Fri, 06 Mar 2026 10:27:12 +0100\nSubject: Trailer winch\n============ Forwarded message ============\n\n%s\n' % (o.sender, o.body),
                  'html': '<div style="font-family: Verdana, Arial, Helvetica, sans-serif; font-size: 10pt;"><div>Dealer request</div><br /><br /><div class="zmail_extra" style=""><div id="Zm-_Id_-Sgn1">============ Forwarded message ============<br />From: %s<br />To: "luis"&lt;luis@acme.example&gt;<br />Date: Fri, 06 Mar 2026 10:27:12 +0100<br />Subject: Trailer winch<br />============ Forwarded message ============</div><br /><blockquote style="margin: 0px;">%s</blockquote></div></div>' % (e(o.sender), divs(o.body))},
                  line='would your 1200 kg winch fit a Norsk 5000 trailer?')
    o = Original('Barnaby Quill', 'barnaby.quill@quillbooks.example', '2026-03-08 21:16', 'Shelving for a bookshop', 'Dear Luis,\n\nI am opening a second-hand bookshop in Hay and need 60 m of oak shelving.\n\nBarnaby Quill')
    yield one('f5-en-fairemail', 'Fwd: Shelving for a bookshop', o, {'text': 'Oak?\n\nFrom: %s\nTo: %s\nDate: 8 March 2026 21:16:12\nSubject: %s\n\n%s\n' % (o.sender, o.to, o.subject, o.body),
                  'html': '<html><head></head><body><p>Oak?</p><div fairemail="reference"><p><strong>From:</strong> %s<br><strong>To:</strong> %s<br><strong>Date:</strong> 8 March 2026 21:16:12<br><strong>Subject:</strong> %s</p><div>%s</div></div></body></html>' % (e(o.sender), e(o.to), e(o.subject), divs(o.body))})
    o = Original('Wolfram Teichert', 'w.teichert@teichert-kaelte.example', '2026-03-06 14:33', 'Wärmepumpen für Schwimmbad', 'Hallo Herr Ortega,\n\ndas Freibad Bernau fragt nach zwei Wärmepumpen mit je 60 kW.\n\nW. Teichert')
    yield one('f5-de-schrieb', 'WG: Wärmepumpen für Schwimmbad', o, {'text': 'Kann das jemand kalkulieren?\n\nLuis\n\nAm 06.03.26, 14:33 schrieb "Wolfram Teichert" <w.teichert@teichert-kaelte.example>:\n\n%s\n' % '\n'.join('    ' + x if x else '' for x in o.body.split('\n'))})
    o = Original('Modesto Quiroga', 'mquiroga@lacteosquiroga.example', '2026-03-02 13:09', 'Pasteurizador', 'Buenas tardes, Sr. Ortega:\n\nPrecisamos un pasteurizador de 1.000 l/h para quesería.\n¿Qué plazo manejan?\n\nModesto Quiroga\nGerente')
    yield one('f5-es-outlook-mailto', 'RV: Pasteurizador', o, outlook(o, 'es', 'Para Galicia.', 'Luis', rule='-----Mensaje original-----', html=False, mailto=True))
    o = Original('Samuele Pedretti', 'samuele@pedrettimarmi.example', '2026-03-05 16:20', 'Ponte gru 10 t', 'Buongiorno,\n\nper il nuovo capannone di Carrara ci serve un ponte gru da 10 tonnellate.\n\n-- \nSamuele Pedretti\nPedretti Marmi')
    yield one('f5-it-allegato', 'Fwd: Ponte gru 10 t', o, {'text': 'In allegato la richiesta.\n\n-- \nLuis Ortega\n', 'attached': enclosed(o)})
    o = Original('Hortense Vallier', 'hortense@vallier-bijoux.example', '2026-03-09 08:48', 'RE: Vitrines sur mesure', "Bonjour Luis,\n\nmerci, nous validons les quatre vitrines au prix indiqué.\nQuand pouvez-vous livrer ?\n\nHortense\n\nDe : Luis Ortega <luis@acme.example>\nEnvoyé : vendredi 6 mars 2026 17:02\nÀ : Hortense Vallier <hortense@vallier-bijoux.example>\nObjet : Vitrines sur mesure\n\nBonjour Hortense,\nci-joint notre offre pour les vitrines.\nLuis")
    yield one('f5-fr-outlook-reponse', 'TR: Vitrines sur mesure', o, outlook(o, 'fr', 'Commande à venir !', html=False), line='merci, nous validons les quatre vitrines au prix indiqué.')
