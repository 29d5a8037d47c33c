"""Inquiries that a rep forwards, as mail programs of many languages write it: who wrote, when, about what."""
import html as entities

from letter import Sample, mail

# from, sent/date, to, subject as the clients translate them; how a date is written there; the marks of Thunderbird and of Apple Mail.
LANGUAGES = {
    'en': dict(f='From', d='Date', s='Sent', t='To', b='Subject', cc='Cc', long='Monday, March 9, 2026 2:30 PM', apple='March 9, 2026 at 14:30:00 GMT+1',
               gmail='Mon, Mar 9, 2026 at 2:30 PM', th='Forwarded Message', ap='Begin forwarded message', fw='FW'),
    'es': dict(f='De', d='Fecha', s='Enviado', t='Para', b='Asunto', cc='CC', long='lunes, 9 de marzo de 2026 14:30',
               apple='9 de marzo de 2026, 14:30:00 CET', gmail='lun, 9 mar 2026 a las 14:30', th='Mensaje reenviado',
               ap='Inicio del mensaje reenviado', fw='RV'),
    'vi': dict(f='Từ', d='Ngày', s='Đã gửi', t='Tới', b='Chủ đề', cc='Cc', long='Thứ Hai, 9 tháng 3, 2026 14:30',
               apple='14:30:00 GMT+1, 9 tháng 3, 2026', gmail='Th 2, 9 thg 3, 2026 vào lúc 14:30', th='Thư được chuyển tiếp',
               ap='Bắt đầu thư được chuyển tiếp', fw='FW'),
    'fr': dict(f='De', d='Date', s='Envoyé', t='À', b='Objet', cc='Cc', long='lundi 9 mars 2026 14:30', apple='9 mars 2026 à 14:30:00 UTC+1',
               gmail='lun. 9 mars 2026 à 14:30', th='Message transféré', ap='Début du message réexpédié', fw='TR'),
    'de': dict(f='Von', d='Datum', s='Gesendet', t='An', b='Betreff', cc='Cc', long='Montag, 9. März 2026 14:30',
               apple='9. März 2026 um 14:30:00 MEZ', gmail='Mo., 9. März 2026 um 14:30 Uhr', th='Weitergeleitete Nachricht',
               ap='Anfang der weitergeleiteten Nachricht', fw='WG'),
    'pt': dict(f='De', d='Data', s='Enviada em', t='Para', b='Assunto', cc='Cc', long='segunda-feira, 9 de março de 2026 14:30',
               apple='9 de março de 2026 14:30:00 WET', gmail='seg., 9 de mar. de 2026 às 14:30', th='Mensagem encaminhada',
               ap='Início da mensagem encaminhada', fw='ENC'),
    'it': dict(f='Da', d='Data', s='Inviato', t='A', b='Oggetto', cc='Cc', long='lunedì 9 marzo 2026 14:30', apple='9 marzo 2026 alle ore 14:30:00 CET',
               gmail='lun 9 mar 2026 alle ore 14:30', th='Messaggio Inoltrato', ap='Inizio messaggio inoltrato', fw='I'),
    'nl': dict(f='Van', d='Datum', s='Verzonden', t='Aan', b='Onderwerp', cc='CC', long='maandag 9 maart 2026 14:30',
               apple='9 maart 2026 om 14:30:00 CET', gmail='ma 9 mrt 2026 om 14:30', th='Doorgestuurd bericht', ap='Begin doorgestuurd bericht', fw='FW'),
    'pl': dict(f='Od', d='Data', s='Wysłano', t='Do', b='Temat', cc='DW', long='poniedziałek, 9 marca 2026 14:30', apple='9 marca 2026 o 14:30:00 CET',
               gmail='pon., 9 mar 2026 o 14:30', th='Treść przekazanej wiadomości', ap='Początek przekazywanej wiadomości', fw='PD'),
    'ru': dict(f='От', d='Дата', s='Отправлено', t='Кому', b='Тема', cc='Копия', long='9 марта 2026 г. 14:30', apple='9 марта 2026 г., 14:30:00 GMT+1',
               gmail='пн, 9 мар. 2026 г. в 14:30', th='Перенаправленное сообщение', ap='Начало переадресованного сообщения', fw='FW'),
    'ja': dict(f='差出人', d='日付', s='送信日時', t='宛先', b='件名', cc='CC', long='2026年3月9日月曜日 14:30', apple='2026年3月9日 14:30:00 JST',
               gmail='2026年3月9日(月) 14:30', th='転送されたメッセージ', ap='転送されたメッセージ', fw='FW'),
    'zh': dict(f='发件人', d='日期', s='发送时间', t='收件人', b='主题', cc='抄送', long='2026年3月9日 14:30', apple='2026年3月9日 GMT+8 14:30:00',
               gmail='2026年3月9日周一 14:30', th='转发的邮件', ap='以下是转发的邮件', fw='转发'),
    'cs': dict(f='Od', d='Datum', s='Odesláno', t='Komu', b='Předmět', cc='Kopie', long='pondělí 9. března 2026 14:30',
               apple='9. března 2026 14:30:00 SEČ', gmail='po 9. 3. 2026 v 14:30', th='Přeposlaná zpráva', ap='Začátek přeposílané zprávy', fw='FW'),
    'sv': dict(f='Från', d='Datum', s='Skickat', t='Till', b='Ämne', cc='Kopia', long='den 9 mars 2026 14:30', apple='9 mars 2026 14:30:00 CET',
               gmail='mån 9 mars 2026 kl 14:30', th='Vidarebefordrat meddelande', ap='Vidarebefordrat mejl', fw='VB'),
    'da': dict(f='Fra', d='Dato', s='Sendt', t='Til', b='Emne', cc='Cc', long='9. marts 2026 14:30', apple='9. marts 2026 kl. 14.30.00 CET',
               gmail='man. 9. mar. 2026 kl. 14.30', th='Videresendt meddelelse', ap='Start på videresendt besked', fw='VS'),
    'fi': dict(f='Lähettäjä', d='Päivämäärä', s='Lähetetty', t='Vastaanottaja', b='Aihe', cc='Kopio', long='maanantai 9. maaliskuuta 2026 14.30',
               apple='9. maaliskuuta 2026 klo 14.30.00 UTC+1', gmail='ma 9. maalisk. 2026 klo 14.30', th='Välitetty viesti / Fwd.Msg',
               ap='Välitetty viesti alkaa', fw='VL'),
    'hu': dict(f='Feladó', d='Dátum', s='Elküldve', t='Címzett', b='Tárgy', cc='Másolatot kap', long='2026. március 9., hétfő 14:30',
               apple='2026. március 9. 14:30:00 CET', gmail='2026. márc. 9., H, 14:30', th='Továbbított üzenet', ap='Továbbított levél kezdete', fw='FW'),
    'ro': dict(f='De la', d='Data', s='Trimis', t='Către', b='Subiect', cc='Cc', long='luni, 9 martie 2026 14:30', apple='9 martie 2026, 14:30:00 EET',
               gmail='lun., 9 mar. 2026 la 14:30', th='Mesaj redirecționat', ap='Începe mesajul redirecționat', fw='FW'),
    'tr': dict(f='Kimden', d='Tarih', s='Gönderildi', t='Kime', b='Konu', cc='Bilgi', long='9 Mart 2026 Pazartesi 14:30', apple='9 Mart 2026 14:30:00 GMT+3',
               gmail='9 Mar 2026 Pzt, 14:30', th='İletilen İleti', ap='İleti başlangıcı', fw='İLT'),
    'uk': dict(f='Від', d='Дата', s='Надіслано', t='Кому', b='Тема', cc='Копія', long='9 березня 2026 р. 14:30', apple='9 березня 2026 р. 14:30:00 EET',
               gmail='пн, 9 бер. 2026 р. о 14:30', th='Переслане повідомлення', ap='Початок листа, що пересилається', fw='FW'),
    'ko': dict(f='보낸 사람', d='날짜', s='보낸 날짜', t='받는 사람', b='제목', cc='참조', long='2026년 3월 9일 월요일 오후 2:30',
               apple='2026년 3월 9일 오후 2시 30분 0초 GMT+9', gmail='2026년 3월 9일 (월) 오후 2:30', th='전달된 메시지', ap='전달된 메시지', fw='FW'),
}

WRITERS = {
    'en': ('Margaret Holloway', 'm.holloway@brightwater-labs.example', 'Dosing pumps for Leeds', 'Hello,\n\nwe are looking for 40 dosing pumps.\n\nMargaret'),
    'es': ('José Ramón Núñez', 'jr.nunez@talleresnunez.example', 'Cotización de compresores', 'Buenos días:\n\nnecesito 12 compresores.\n\nJosé Ramón'),
    'vi': ('Trần Thị Mai', 'mai.tran@anphat.example', 'Báo giá máy bơm', 'Chào anh,\n\nchúng tôi muốn mua 20 máy bơm.\n\nMai'),
    'fr': ('Hélène Dubreuil', 'h.dubreuil@atelier-dubreuil.example', 'Demande de devis', 'Bonjour,\n\nje souhaite un devis.\n\nHélène'),
    'de': ('Jürgen Groß', 'gross@gross-metallbau.example', 'Anfrage Typ B', 'Guten Tag,\n\nwir benötigen 200 Stück.\n\nJürgen Groß'),
}
DEFAULT = WRITERS['en']
NOTES = {'en': 'Can you take care of this one?', 'es': '¿Lo ves tú?', 'de': 'Bitte übernehmen.', 'fr': 'Peux-tu voir ?', 'vi': 'Em xử lý nhé.'}


def esc(text):
    return entities.escape(text, quote=False)


def para(text):
    return esc(text).replace('\n', '<br>')


class Case:
    def __init__(self, lang, note=True):
        self.lang = lang
        self.l = LANGUAGES[lang]
        self.name, self.address, self.subject, self.text = WRITERS.get(lang, DEFAULT)
        self.note = NOTES.get(lang, NOTES['en']) + '\n\n' if note else ''

    def sender(self):
        return '%s <%s>' % (self.name, self.address)


def gmail(c):
    l = c.l
    text = (c.note + '---------- Forwarded message ---------\n%s: %s\n%s: %s\nSubject: %s\nTo: <sales@acme.example>\n\n\n%s\n'
            % (l['f'], c.sender(), 'Date', l['gmail'], c.subject, c.text))
    html = ('<div dir="ltr">%s<br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">---------- Forwarded message '
            '---------<br>%s: <strong class="gmail_sendername" dir="auto">%s</strong> <span dir="auto">&lt;<a href="mailto:%s">%s</a>&gt;</span>'
            '<br>Date: %s<br>Subject: %s<br>To:  &lt;<a href="mailto:sales@acme.example">sales@acme.example</a>&gt;<br></div><br><br>'
            '<div>%s</div></div></div>' % (para(c.note), l['f'], esc(c.name), c.address, c.address, l['gmail'], esc(c.subject), para(c.text)))
    return dict(subject='Fwd: ' + c.subject, text=text, html=html)


def apple(c):
    l = c.l
    quoted = '\n'.join('> ' + line if line else '>' for line in c.text.split('\n'))
    text = (c.note + '> %s:\n> \n> %s: %s\n> %s: %s\n> %s: %s\n> %s: sales@acme.example\n> \n%s\n'
            % (l['ap'], l['f'], c.sender(), l['b'], c.subject, l['d'], l['apple'], l['t'], quoted))
    row = '<div style="margin: 0px;"><span style="color:rgba(0,0,0,1)"><b>%s: </b></span><span>%s<br></span></div>'
    html = ('<html><body style="overflow-wrap: break-word;">%s<br><div><blockquote type="cite"><div>%s:</div><br class="Apple-interchange-newline">%s'
            '<br><div><div>%s</div></div></blockquote></div></body></html>'
            % (para(c.note), l['ap'], ''.join(row % (a, b) for a, b in (
                (l['f'], '%s &lt;<a href="mailto:%s">%s</a>&gt;' % (esc(c.name), c.address, c.address)),
                (l['b'], '<b>%s</b>' % esc(c.subject)), (l['d'], l['apple']),
                (l['t'], '<a href="mailto:sales@acme.example">sales@acme.example</a>'))), para(c.text)))
    return dict(subject='Fwd: ' + c.subject, text=text, html=html)


def iphone(c):
    l = c.l
    quoted = '\n'.join('> ' + line if line else '> ' for line in c.text.split('\n'))
    return dict(subject='Fwd: ' + c.subject,
                text='%s\n\nSent from my iPhone\n\n%s:\n\n> %s: %s\n> %s: %s\n> %s: sales@acme.example\n> %s: %s\n> \n> %s\n'
                     % (c.note, l['ap'], l['f'], c.sender(), l['d'], l['apple'], l['t'], l['b'], c.subject, quoted))


def outlook_desktop(c):
    l = c.l
    text = (c.note + '%s: %s \n%s: %s\n%s: sales@acme.example\n%s: %s\n\n%s\n'
            % (l['f'], c.sender(), l['s'], l['long'], l['t'], l['b'], c.subject, c.text))
    html = ('<html xmlns:o="urn:schemas-microsoft-com:office:office"><body lang="EN-US"><div class="WordSection1"><p class="MsoNormal">%s<o:p></o:p></p>'
            '<p class="MsoNormal"><o:p>&nbsp;</o:p></p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm">'
            '<p class="MsoNormal"><b>%s:</b> %s &lt;%s&gt; <br><b>%s:</b> %s<br><b>%s:</b> sales@acme.example<br><b>%s:</b> %s<o:p></o:p></p></div>'
            '</div><p class="MsoNormal"><o:p>&nbsp;</o:p></p><p class="MsoNormal">%s</p></div></body></html>'
            % (para(c.note), l['f'], esc(c.name), c.address, l['s'], l['long'], l['t'], l['b'], esc(c.subject), para(c.text)))
    return dict(subject='%s: %s' % (l['fw'], c.subject), text=text, html=html)


def outlook_old(c):
    l = c.l
    return dict(subject='%s: %s' % (l['fw'], c.subject),
                text=c.note + '-----Original Message-----\n%s: %s [mailto:%s] \n%s: %s\n%s: sales@acme.example\n%s: %s\n\n%s\n'
                     % (l['f'], c.name, c.address, l['s'], l['long'], l['t'], l['b'], c.subject, c.text))


def outlook_web(c):
    l = c.l
    text = (c.note + '________________________________\n%s: %s\n%s: %s\n%s: sales@acme.example <sales@acme.example>\n%s: %s\n\n%s\n'
            % (l['f'], c.sender(), l['s'], l['long'], l['t'], l['b'], c.subject, c.text))
    html = ('<html><body dir="ltr"><div class="elementToProof">%s</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%%" '
            'tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif" style="font-size:11pt" color="#000000"><b>%s:</b> %s '
            '&lt;%s&gt;<br><b>%s:</b> %s<br><b>%s:</b> sales@acme.example &lt;sales@acme.example&gt;<br><b>%s:</b> %s</font><div>&nbsp;</div></div>'
            '<div>%s</div></body></html>' % (para(c.note), l['f'], esc(c.name), c.address, l['s'], l['long'], l['t'], l['b'], esc(c.subject),
                                              para(c.text)))
    return dict(subject='%s: %s' % (l['fw'], c.subject), text=text, html=html)


def outlook_web_html(c):
    return dict(outlook_web(c), text=None)


def outlook_mac(c):
    l = c.l
    return dict(subject='%s: %s' % (l['fw'], c.subject),
                text=c.note + '%s: %s\n%s: %s\n%s: sales@acme.example\n%s: %s\n%s\n'
                     % (l['f'], c.sender(), l['d'], l['long'], l['t'], l['b'], c.subject, c.text))


def outlook_phone(c):
    l = c.l
    return dict(subject='%s: %s' % (l['fw'], c.subject),
                text='\n' + c.note + 'Get Outlook for iOS<https://aka.ms/o0ukef>\n________________________________\n%s: %s\n%s: %s\n'
                     '%s: Sales <sales@acme.example>; Info <info@acme.example>\n%s: Peter Foster <p.foster@brightwater-labs.example>\n%s: %s\n\n%s\n'
                     % (l['f'], c.sender(), l['s'], l['long'], l['t'], l['cc'], l['b'], c.subject, c.text))


def thunderbird(c):
    l = c.l
    text = (c.note + '-------- %s --------\n%s: \t%s\n%s: \tMon, 9 Mar 2026 14:30:00 +0100\n%s: \t%s\n%s: \tsales@acme.example\n\n\n\n%s\n'
            % (l['th'], l['b'], c.subject, l['d'], l['f'], c.sender(), l['t'], c.text))
    rows = ''.join('<tr><th nowrap="nowrap" valign="BASELINE" align="RIGHT">%s: </th><td>%s</td></tr>' % pair for pair in (
        (l['b'], esc(c.subject)), (l['d'], 'Mon, 9 Mar 2026 14:30:00 +0100'),
        (l['f'], '%s <a class="moz-txt-link-rfc2396E" href="mailto:%s">&lt;%s&gt;</a>' % (esc(c.name), c.address, c.address)),
        (l['t'], '<a class="moz-txt-link-abbreviated" href="mailto:sales@acme.example">sales@acme.example</a>')))
    html = ('<html><body><p>%s</p><div class="moz-forward-container">-------- %s --------<table class="moz-email-headers-table" cellspacing="0">'
            '<tbody>%s</tbody></table><br><br>%s</div></body></html>' % (para(c.note), l['th'], rows, para(c.text)))
    return dict(subject='Fwd: ' + c.subject, text=text, html=html)


def thunderbird_html(c):
    return dict(thunderbird(c), text=None)


def yahoo(c):
    l = c.l
    return dict(subject='Fw: ' + c.subject,
                text=' %s\n\n   ----- %s ----- %s: "%s" <%s>%s: "sales@acme.example" <sales@acme.example>%s: %s%s: %s\n   %s\n'
                     % (c.note, l['th'].split(' / ')[0], l['f'], c.name, c.address, l['t'], l['s'], l['long'], l['b'], c.subject, c.text),
                html='<html><body><div class="yahoo-style-wrap"><div>%s</div><div class="yahoo_quoted" id="yahoo_quoted_1"><div>----- %s -----</div>'
                     '<div><b>%s:</b> "%s" &lt;%s&gt;</div><div><b>%s:</b> "sales@acme.example" &lt;sales@acme.example&gt;</div><div><b>%s:</b> %s'
                     '</div><div><b>%s:</b> %s</div><div><br></div><div>%s</div></div></div></body></html>'
                     % (para(c.note), l['th'].split(' / ')[0], l['f'], esc(c.name), c.address, l['t'], l['s'], l['long'], l['b'], esc(c.subject),
                        para(c.text)))


def yahoo_html(c):
    return dict(yahoo(c), text=None)


def gmx(c):
    l = c.l
    return dict(subject='%s: %s' % (l['fw'], c.subject),
                html='<html><body><div style="font-family: Verdana;"><div>%s</div><div name="quote" style="margin:10px 5px 5px 10px; padding: 10px 0 10px '
                     '10px; border-left:2px solid #C3D9E5;"><div style="margin:0 0 10px 0;"><b>%s:</b>&nbsp;%s<br/><b>%s:</b>&nbsp;"%s" &lt;%s&gt;<br/>'
                     '<b>%s:</b>&nbsp;sales@acme.example<br/><b>%s:</b>&nbsp;%s</div><div name="quoted-content">%s</div></div></div></body></html>'
                     % (para(c.note), l['s'], l['long'], l['f'], esc(c.name), c.address, l['t'], l['b'], esc(c.subject), para(c.text)))


def zoho(c):
    return dict(subject='Fwd: ' + c.subject,
                text=c.note + '============ Forwarded message ============\nFrom: %s<%s>\nTo: "sales"<sales@acme.example>\nDate: Mon, 09 Mar 2026 14:30:00 '
                     '+0100\nSubject: %s\n============ Forwarded message ============\n\n%s\n' % (c.name, c.address, c.subject, c.text))


def roundcube(c):
    l = c.l
    return dict(subject='Fwd: ' + c.subject,
                text=c.note + '-------- %s --------\n%s: %s\n%s: 2026-03-09 14:30\n%s: %s\n%s: sales@acme.example\n\n%s\n'
                     % ({'de': 'Originalnachricht', 'fr': 'Message original', 'es': 'Mensaje original', 'pt': 'Mensagem original',
                         'it': 'Messaggio originale', 'nl': 'Oorspronkelijk bericht', 'pl': 'Wiadomość oryginalna'}.get(c.lang, 'Original Message'),
                        l['b'], c.subject, l['d'], l['f'], c.sender(), l['t'], c.text))


def samsung(c):
    l = c.l
    return dict(subject='Fwd: ' + c.subject,
                text=c.note + 'Sent from my Galaxy\n\n\n-------- Original message --------\n%s: %s \n%s: 09/03/2026  14:30  (GMT+01:00) \n%s: '
                     'sales@acme.example \n%s: %s \n\n%s\n' % (l['f'], c.sender(), l['d'], l['t'], l['b'], c.subject, c.text))


def spark(c):
    return dict(subject='Fwd: ' + c.subject,
                text=c.note + '---------- Forwarded message ----------\nFrom: %s\nDate: 9 Mar 2026, 14:30 +0100\nTo: sales@acme.example\nSubject: %s\n\n'
                     '> %s\n' % (c.sender(), c.subject, c.text.replace('\n', '\n> ')))


def notes(c):
    return dict(subject='Fw: ' + c.subject,
                text=c.note + '----- Forwarded by Ana Lopez/Acme on 10.03.2026 09:29 -----\n\nFrom:        "%s" <%s>\nTo:        <sales@acme.example>\nDate:'
                     '        09.03.2026 14:30\nSubject:        %s\n\n\n\n%s\n' % (c.name, c.address, c.subject, c.text))


def zimbra(c):
    l = c.l
    marks = {'fr': 'Mail transféré', 'de': 'Weitergeleitete Mail', 'es': 'Mensaje reenviado', 'it': 'Messaggio inoltrato', 'pt': 'Mensagem encaminhada'}
    return dict(subject='Fwd: ' + c.subject,
                text=c.note + '----- %s -----\n%s: "%s" <%s>\n%s: "sales" <sales@acme.example>\n%s: %s\n%s: %s\n\n%s\n'
                     % (marks.get(c.lang, 'Forwarded Message'), l['f'], c.name, c.address, l['t'], l['s'], l['long'], l['b'], c.subject, c.text))


def proton(c):
    return dict(subject='Fw: ' + c.subject,
                text=c.note + '------- Forwarded Message -------\nFrom: %s\nDate: On Monday, March 9th, 2026 at 14:30\nSubject: %s\nTo: '
                     'sales@acme.example <sales@acme.example>\n\n\n> %s\n' % (c.sender(), c.subject, c.text.replace('\n', '\n> ')))


def foxmail(c):
    return dict(subject='转发：' + c.subject,
                text=c.note + '------------------ 原始邮件 ------------------\n发件人: "%s"<%s>;\n发送时间: 2026年3月9日(星期一) 下午2:30\n收件人: '
                     '"sales"<sales@acme.example>;\n\n主题: %s\n\n\n\n%s\n' % (c.name, c.address, c.subject, c.text))


def netease(c):
    return dict(subject='Fw:' + c.subject,
                text=c.note + '---- 转发的邮件 ----\n| 发件人 | %s<%s> |\n| 发送日期 | 2026年3月9日 14:30 |\n| 收件人 | <sales@acme.example> |\n| 主题 | %s |\n%s\n'
                     % (c.name, c.address, c.subject, c.text))


def yandex(c):
    return dict(subject='Fwd: ' + c.subject,
                text=c.note + '-------- Пересылаемое сообщение --------\n09.03.2026, 14:30, "%s" <%s>:\n\n%s\n-------- Конец пересылаемого сообщения '
                     '--------\n' % (c.name, c.address, c.text), no_subject=True)


def mac_attribution(c):
    words = {'en': 'On 09/03/2026, 14:30, "%s" <%s> wrote:', 'de': 'Am 09.03.26, 14:30 schrieb "%s" <%s>:', 'fr': 'Le 09/03/2026 14:30, « %s » <%s> a écrit :',
             'es': 'El 9/3/26, 14:30, "%s" <%s> escribió:', 'it': 'Il giorno 09/03/26, 14:30 "%s" <%s> ha scritto:'}
    return dict(subject='%s: %s' % (c.l['fw'], c.subject),
                text=c.note + words.get(c.lang, words['en']) % (c.name, c.address) + '\n\n    ' + c.text.replace('\n', '\n    ') + '\n', no_subject=True)


def bare_address(c):
    c.name = ''
    return dict(subject='Fwd: ' + c.subject,
                text=c.note + '---------- Forwarded message ---------\nFrom: <%s>\nDate: Mon, Mar 9, 2026 at 2:30 PM\nSubject: %s\nTo: Sales '
                     '<sales@acme.example>, Info <info@acme.example>\nCc: Peter Foster <p.foster@brightwater-labs.example>\n\n\n%s\n'
                     % (c.address, c.subject, c.text))


def linked_address(c):
    return dict(subject='Fwd: ' + c.subject,
                text=c.note + '*From:* %s <%s <mailto:%s>>\n*Sent:* Monday, March 9, 2026 2:30 PM\n*To:* sales@acme.example <mailto:sales@acme.example>\n'
                     '*Subject:* %s\n\n%s\n' % (c.name, c.address, c.address, c.subject, c.text))


def name_only(c):
    address, c.address = c.address, ''
    return dict(subject='WG: ' + c.subject,
                text=c.note + 'Von: %s\nGesendet: Montag, 9. März 2026 14:30\nAn: Vertrieb\nBetreff: %s\n\n%s\n\n%s\n' % (c.name, c.subject, c.text, address))


def nested(c):
    """Ana forwards what Luis forwarded: a salesperson expects the customer."""
    inner = ('---------- Forwarded message ---------\nFrom: %s\nDate: Mon, Mar 9, 2026 at 2:30 PM\nSubject: %s\nTo: <info@acme.example>\n\n\n%s\n'
             % (c.sender(), c.subject, c.text))
    return dict(subject='Fwd: Fwd: ' + c.subject,
                text=c.note + '---------- Forwarded message ---------\nFrom: Luis Ortega <luis@acme.example>\nDate: Tue, Mar 10, 2026 at 8:00 AM\nSubject: Fwd: '
                     '%s\nTo: Ana López <ana@acme.example>\n\n\nAna, yours I think.\n\n%s' % (c.subject, inner))


def nested_outlook(c):
    return dict(subject='FW: FW: ' + c.subject,
                text=c.note + 'From: Luis Ortega <luis@acme.example>\nSent: Tuesday, March 10, 2026 8:00 AM\nTo: Ana López <ana@acme.example>\nSubject: FW: %s\n\n'
                     'Yours.\n\nFrom: %s\nSent: Monday, March 9, 2026 2:30 PM\nTo: info@acme.example\nSubject: %s\n\n%s\n'
                     % (c.subject, c.sender(), c.subject, c.text))


def conversation(c):
    """A forward of a customer's answer: what he quotes below is our own mail, and not the inquiry."""
    return dict(subject='Fwd: Re: ' + c.subject,
                text=c.note + '---------- Forwarded message ---------\nFrom: %s\nDate: Mon, Mar 9, 2026 at 2:30 PM\nSubject: Re: %s\nTo: Sales '
                     '<sales@acme.example>\n\n\n%s\n\nOn Fri, Mar 6, 2026 at 9:00 AM Sales <sales@acme.example> wrote:\n\n> We have your request.\n'
                     % (c.sender(), c.subject, c.text), subject_said='Re: ' + c.subject)


def attached(c):
    inner = mail(c.subject, c.text, sender='%s <%s>' % ('Margaret Holloway', c.address) if c.lang == 'en' else c.address,
                 date='Mon, 9 Mar 2026 14:30:00 +0100')
    c.name = 'Margaret Holloway' if c.lang == 'en' else ''
    return dict(subject='Fwd: ' + c.subject, text=c.note or 'See attached.', attached=inner)


EVERYWHERE = (gmail, apple, outlook_desktop, outlook_web, thunderbird)
SOME = {iphone: 'en es fr de ja vi', outlook_old: 'en es de fr it nl', outlook_web_html: 'en es pt ru zh pl', outlook_mac: 'en de fr es sv it',
        outlook_phone: 'en de fr pt nl', thunderbird_html: 'en de fr ru ja es', yahoo: 'en es fr de it pt', yahoo_html: 'en es de', gmx: 'de en fr es',
        zoho: 'en es', roundcube: 'en de fr es pt it nl pl', samsung: 'en es de fr', spark: 'en de', notes: 'en de', zimbra: 'en fr de es it pt',
        proton: 'en de', foxmail: 'zh en', netease: 'zh', yandex: 'ru en', mac_attribution: 'en de fr es it', bare_address: 'en de',
        linked_address: 'en es', name_only: 'de', nested: 'en es', nested_outlook: 'en de', conversation: 'en fr', attached: 'en es vi'}

NONE = {  # answers and letters that carry something alike
    'reply-outlook': ('RE: Dosing pumps', 'Fine, thank you.\n\nFrom: Sales <sales@acme.example>\nSent: Monday, March 9, 2026 2:30 PM\nTo: Margaret Holloway\n'
                                          'Subject: Dosing pumps\n\nHere is the offer.\n'),
    'reply-gmail': ('Re: Dosing pumps', 'Fine.\n\nOn Mon, Mar 9, 2026 at 2:30 PM Sales <sales@acme.example> wrote:\n\n> Here is the offer.\n'),
    'letter': ('Dosing pumps', 'Hello,\n\nI forwarded your message to our buyer. From: next week on he will call you.\n\nMargaret\n'),
}


def samples():
    for layout in EVERYWHERE:
        for number, lang in enumerate(LANGUAGES):
            yield one(layout, Case(lang, note=number % 3 != 2))
    for layout, languages in SOME.items():
        for number, lang in enumerate(languages.split()):
            yield one(layout, Case(lang, note=number % 3 != 2))
    for name, (subject, text) in NONE.items():
        yield Sample(name, mail(subject, text, sender='m.holloway@brightwater-labs.example'), forwarded=None)


def one(layout, case):
    content = layout(case)
    no_subject = content.pop('no_subject', False)
    said = content.pop('subject_said', case.subject)
    wanted = dict(address=case.address, name=case.name, date='2026-03-09T14:30', text=case.text.split('\n')[2])
    if not no_subject:
        wanted['subject'] = said
    return Sample('%s-%s' % (layout.__name__, case.lang), mail(**content), forwarded=wanted)
