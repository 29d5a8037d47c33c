"""Forwarded inquiries, third batch: each client's own words in more languages, programs that few use, and mails enclosed in other ways."""
import base64
import html as entities

from letter import Sample, mail, part

# Who wrote, about what, and what; one a script, so that names and texts are in the language of the mail.
WRITERS = {
    'latin': ("Siobhán O'Rourke", 'siobhan@orourke-dairy.ie', 'Vacuum pumps for 3 parlours', 'Hi there,\n\nplease quote for new vacuum pumps.\n\nSiobhán'),
    'cyrillic': ('Олена Коваленко', 'kovalenko@agrodnipro.com.ua', 'Запит на насоси', 'Добрий день!\n\nПотрібні 12 насосів до квітня.\n\nОлена'),
    'greek': ('Γιώργος Παπαδάκης', 'papadakis@kriti-oil.gr', 'Ζήτηση προσφοράς', 'Καλημέρα σας,\n\nχρειαζόμαστε 4 αντλίες λαδιού.\n\nΓιώργος'),
    'hebrew': ('נועה כהן', 'noa@cohen-agro.co.il', 'הצעת מחיר למשאבות', 'שלום,\n\nנשמח להצעת מחיר לשתי משאבות.\n\nנועה'),
    'arabic': ('أحمد المنصوري', 'ahmed@mansoori-trading.ae', 'طلب عرض سعر', 'السلام عليكم،\n\nنرجو إرسال عرض سعر لعشر مضخات.\n\nأحمد'),
    'chinese': ('陳怡君', 'yijun.chen@daan-machinery.com.tw', '詢價：真空幫浦', '您好，\n\n我們需要五台真空幫浦的報價。\n\n怡君'),
    'japanese': ('佐藤 健', 'sato@sato-kikai.co.jp', '真空ポンプのお見積り', 'お世話になっております。\n\n真空ポンプ三台のお見積りをお願いいたします。\n\n佐藤'),
    'korean': ('박지훈', 'jhpark@hanil-pump.co.kr', '펌프 견적 요청', '안녕하세요.\n\n진공 펌프 세 대의 견적을 부탁드립니다.\n\n박지훈'),
    'thai': ('สมชาย ใจดี', 'somchai@jaidee-engineering.co.th', 'ขอใบเสนอราคาปั๊ม', 'สวัสดีครับ\n\nขอใบเสนอราคาปั๊มสุญญากาศ 3 เครื่อง\n\nสมชาย'),
    'vietnamese': ('Lê Hoàng Phúc', 'phuc.le@thephoaphat.com.vn', 'Hỏi giá bơm chân không', 'Chào anh chị,\n\nbên em cần 3 bơm chân không.\n\nPhúc'),
}
SCRIPT = {'uk': 'cyrillic', 'ru': 'cyrillic', 'bg': 'cyrillic', 'el': 'greek', 'he': 'hebrew', 'ar': 'arabic', 'zh': 'chinese', 'ja': 'japanese', 'ko': 'korean', 'th': 'thai',
          'vi': 'vietnamese'}
US = 'sales@acme.example'


class Case:
    def __init__(self, lang):
        self.lang = lang
        self.name, self.address, self.subject, self.text = WRITERS[SCRIPT.get(lang, 'latin')]
        self.who = '%s <%s>' % (self.name, self.address)


def esc(text):
    return entities.escape(text, quote=False)


def lines(text):
    return esc(text).replace('\n', '<br>')


def quoted(text):
    return ''.join(('> ' + line).rstrip() + '\n' for line in text.split('\n'))


# Gmail: the word for From, and how it writes the date.
GMAIL = {'cs': ('Od', 'po 9. 3. 2026 v 14:30'), 'da': ('Fra', 'man. 9. mar. 2026 kl. 14.30'), 'et': ('Saatja', 'E, 9. märts 2026 kell 14:30'),
         'fi': ('Lähettäjä', 'ma 9. maalisk. 2026 klo 14.30'), 'hr': ('Šalje', 'pon, 9. ožu 2026. u 14:30'), 'no': ('Fra', 'man. 9. mars 2026 kl. 14:30'),
         'sk': ('Od', 'po 9. 3. 2026 o 14:30'), 'sl': ('Od', 'V pon., 9. mar. 2026 ob 14:30'), 'tr': ('Gönderen', '9 Mar 2026 Pzt, 14:30'), 'uk': ('Від', 'пн, 9 бер. 2026 р. о 14:30'),
         'bg': ('От', 'пн, 9.03.2026 г. в 14:30'), 'el': ('Από', 'Δευ 9 Μαρ 2026 στις 2:30 μ.μ.'), 'he': ('מאת', 'יום ב׳, 9 במרץ 2026 ב-14:30'), 'lt': ('Nuo', '2026-03-09, pr, 14:30'),
         'lv': ('No', 'pirmd., 2026. g. 9. marts, plkst. 14:30'), 'th': ('จาก', 'จ. 9 มี.ค. 2026 เวลา 14:30'), 'id': ('Dari', 'Sen, 9 Mar 2026 pukul 14.30'),
         'zh': ('寄件者', '2026年3月9日 週一 下午2:30'), 'ca': ('De', 'dl., 9 de març 2026 a les 14:30'), 'vi': ('Từ', '14:30, Th 2, 9 thg 3, 2026')}


def gmail(c):
    word, date = GMAIL[c.lang]
    return dict(text='FYI\n\n---------- Forwarded message ---------\n%s: %s\nDate: %s\nSubject: %s\nTo: <%s>\n\n\n%s\n' % (word, c.who, date, c.subject, US, c.text))


def gmail_html(c):
    word, date = GMAIL[c.lang]
    return dict(html='<div dir="ltr"><div>Please handle.</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">---------- Forwarded message '
                     '---------<br>%s: <b class="gmail_sendername" dir="auto">%s</b> <span dir="auto">&lt;<a href="mailto:%s">%s</a>&gt;</span><br>Date: %s<br>Subject: %s<br>'
                     'To:  &lt;<a href="mailto:%s">%s</a>&gt;<br></div><br><br><div dir="ltr">%s</div></div></div>'
                     % (word, esc(c.name), c.address, c.address, date, esc(c.subject), US, US, lines(c.text)))


# Apple Mail: its line above, From, Subject, Date, To, and the date.
APPLE = {'cs': ('Začátek přeposílané zprávy', 'Od', 'Předmět', 'Datum', 'Komu', '9. března 2026 14:30:00 GMT+1'),
         'hr': ('Započni proslijeđenu poruku', 'Šalje', 'Predmet', 'Datum', 'Prima', '9. ožujka 2026. u 14:30:00 CET'),
         'no': ('Videresendt melding', 'Fra', 'Emne', 'Dato', 'Til', '9. mars 2026 kl. 14:30:00 CET'),
         'sk': ('Začiatok preposlanej správy', 'Od', 'Predmet', 'Dátum', 'Pre', '9. marca 2026, 14:30:00 GMT+1'),
         'ro': ('Începe mesajul redirecționat', 'Expeditorul', 'Subiectul', 'Dată', 'Destinatarul', '9 martie 2026, 14:30:00 EET'),
         'uk': ('Початок листа, що пересилається', 'Від кого', 'Тема', 'Дата', 'Кому', '9 березня 2026 р. о 14:30:00 GMT+2'),
         'ru': ('Начало переадресованного сообщения', 'Отправитель', 'Тема', 'Дата', 'Кому', '9 марта 2026 г., 14:30:00 GMT+3'),
         'pt': ('Início da mensagem reencaminhada', 'De', 'Assunto', 'Data', 'Para', '9 de março de 2026, 14:30:00 WET'),
         'el': ('Έναρξη προωθημένου μηνύματος', 'Από', 'Θέμα', 'Ημερομηνία', 'Προς', '9 Μαρτίου 2026 στις 2:30:00 μ.μ. EET'),
         'zh': ('開始轉寄郵件', '寄件人', '主旨', '日期', '收件人', '2026年3月9日 下午2:30:00 [GMT+8]')}


def apple(c):
    above, sender, subject, date, to, when = APPLE[c.lang]
    return dict(text='%s:\n\n%s' % (above, quoted('%s: %s\n%s: %s\n%s: %s\n%s: %s\n\n%s' % (sender, c.who, subject, c.subject, date, when, to, US, c.text))))


def apple_all_quoted(c):
    above, sender, subject, date, to, when = APPLE[c.lang]
    return dict(text='Ana, can you?\n\n' + quoted('%s:\n\n%s: %s\n%s: %s\n%s: %s\n%s: %s\n\n%s' % (above, sender, c.who, subject, c.subject, date, when, to, US, c.text)))


def apple_html(c):
    above, sender, subject, date, to, when = APPLE[c.lang]
    head = ''.join('<div style="margin-top: 0px; margin-right: 0px; margin-bottom: 0px; margin-left: 0px;"><span style="font-family: -webkit-system-font; color:rgba(0, 0, 0, 1.0);">'
                   '<b>%s: </b></span><span style="font-family: -webkit-system-font;">%s<br></span></div>' % row
                   for row in ((sender, '%s &lt;<a href="mailto:%s">%s</a>&gt;' % (esc(c.name), c.address, c.address)), (subject, '<b>%s</b>' % esc(c.subject)), (date, when), (to, US)))
    return dict(html='<html><body><div>Yours.</div><div><br><blockquote type="cite"><div>%s:</div><br class="Apple-interchange-newline">%s<br><div>%s</div></blockquote></div></body></html>'
                     % (above, head, lines(c.text)))


# Outlook: From, Sent, To, Subject, the date.
OUTLOOK = {'el': ('Από', 'Στάλθηκε', 'Προς', 'Θέμα', 'Δευτέρα, 9 Μαρτίου 2026 2:30 μμ'), 'he': ('מאת', 'נשלח', 'אל', 'נושא', 'יום שני 09 מרץ 2026 14:30'),
           'ar': ('من', 'تم الإرسال', 'إلى', 'الموضوع', '09 مارس, 2026 02:30 م'), 'hr': ('Šalje', 'Poslano', 'Prima', 'Predmet', '9. ožujka 2026. 14:30'),
           'sk': ('Od', 'Odoslané', 'Komu', 'Predmet', 'pondelok 9. marca 2026 14:30'), 'no': ('Fra', 'Sendt', 'Til', 'Emne', 'mandag 9. mars 2026 14:30'),
           'bg': ('От', 'Изпратено', 'До', 'Относно', 'понеделник, 9 март 2026 г. 14:30'), 'sl': ('Od', 'Poslano', 'Za', 'Zadeva', 'ponedeljek, 09. marec 2026 14:30'),
           'et': ('Saatja', 'Saadetud', 'Adressaat', 'Teema', 'esmaspäev, 9. märts 2026 14:30'), 'lt': ('Nuo', 'Išsiųsta', 'Kam', 'Tema', '2026 m. kovo 9 d., pirmadienis 14:30'),
           'lv': ('No', 'Nosūtīts', 'Kam', 'Tēma', 'pirmdiena, 2026. gada 9. marts 14:30'), 'th': ('จาก', 'ส่งแล้ว', 'ถึง', 'เรื่อง', '9 มีนาคม 2569 14:30'),
           'zh': ('寄件者', '寄件日期', '收件者', '主旨', '2026年3月9日 下午 02:30'), 'id': ('Dari', 'Dikirim', 'Kepada', 'Subjek', 'Senin, 09 Maret 2026 14:30'),
           'ca': ('De', 'Enviat', 'Per a', 'Tema', 'dilluns, 9 de març de 2026 14:30'), 'vi': ('Từ', 'Đã gửi', 'Đến', 'Chủ đề', 'Thứ Hai, 9 Tháng Ba 2026 2:30 CH')}


def outlook(c):
    sender, sent, to, subject, when = OUTLOOK[c.lang]
    return dict(text='Best,\nAna\n\n%s: %s\n%s: %s\n%s: %s\n%s: %s\n\n%s\n' % (sender, c.who, sent, when, to, US, subject, c.subject, c.text))


def outlook_html(c):
    sender, sent, to, subject, when = OUTLOOK[c.lang]
    return dict(html='<html xmlns:o="urn:schemas-microsoft-com:office:office"><body lang=EN-US><div class=WordSection1><p class=MsoNormal>For you.<o:p></o:p></p><p class=MsoNormal>'
                     '<o:p>&nbsp;</o:p></p><div><div style=\'border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm\'><p class=MsoNormal><b><span>%s:</span></b><span> '
                     '%s &lt;%s&gt; <br><b>%s:</b> %s<br><b>%s:</b> %s<br><b>%s:</b> %s<o:p></o:p></span></p></div></div><p class=MsoNormal><o:p>&nbsp;</o:p></p>%s</div></body></html>'
                     % (sender, esc(c.name), c.address, sent, when, to, US, subject, esc(c.subject),
                        ''.join('<p class=MsoNormal>%s<o:p></o:p></p>' % (esc(line) or '&nbsp;') for line in c.text.split('\n'))))


# Yahoo's text part runs the whole head together.
YAHOO = {'en': ('Forwarded Message', 'From:', 'To:', 'Sent:', 'Subject:', 'Monday, March 9, 2026, 02:30:00 PM GMT+1'),
         'fr': ('Message transmis', 'De :', 'À :', 'Envoyé :', 'Objet :', 'lundi 9 mars 2026, 14:30:00 UTC+1'),
         'tr': ('İletilmiş Mesaj', 'Kimden:', 'Kime:', 'Gönderilen:', 'Konu:', '9 Mart 2026 Pazartesi 14:30:00 GMT+3'),
         'de': ('Weitergeleitete Nachricht', 'Von:', 'An:', 'Gesendet:', 'Betreff:', 'Montag, 9. März 2026, 14:30:00 MEZ'),
         'it': ('Messaggio inoltrato', 'Da:', 'A:', 'Inviato:', 'Oggetto:', 'lunedì 9 marzo 2026, 14:30:00 CET')}


def yahoo(c):
    above, sender, to, sent, subject, when = YAHOO[c.lang]
    return dict(text='   ----- %s ----- %s %s%s "%s" <%s>%s %s%s %s\n %s' % (above, sender, c.who, to, US, US, sent, when, subject, c.subject, c.text))


# Thunderbird: its line, Subject, Date, From, To.
THUNDERBIRD = {'pl': ('--- Treść przekazanej wiadomości ---', 'Temat', 'Data', 'Nadawca', 'Adresat'), 'uk': ('-------- Переслане повідомлення --------', 'Тема', 'Дата', 'Від', 'Кому'),
               'sk': ('-------- Preposlaná správa --- Forwarded Message --------', 'Predmet', 'Dátum', 'Od', 'Pre'),
               'hr': ('-------- Proslijeđena poruka --------', 'Naslov', 'Datum', 'Šalje', 'Prima'), 'ro': ('-------- Mesaj redirecționat --------', 'Subiectul', 'Data', 'De la', 'Către'),
               'fi': ('-------- Välitetty viesti / Fwd.Msg --------', 'Aihe', 'Päiväys', 'Lähettäjä', 'Vastaanottaja'),
               'no': ('-------- Videresendt melding --------', 'Emne', 'Dato', 'Fra', 'Til'), 'el': ('-------- Προωθημένο μήνυμα --------', 'Θέμα', 'Ημερομηνία', 'Από', 'Προς')}


def thunderbird(c):
    above, subject, date, sender, to = THUNDERBIRD[c.lang]
    return dict(text='\n\n\n%s\n%s: \t%s\n%s: \tMon, 9 Mar 2026 14:30:00 +0100\n%s: \t%s\n%s: \t%s\n\n\n\n%s\n' % (above, subject, c.subject, date, sender, c.who, to, US, c.text))


# HubSpot's own words for it.
HUBSPOT = {'ja': ('メッセージを転送', '送信元：', '日付：', '件名：', '送信先：', '2026年3月9日月曜日 14:30:00 +0100'),
           'pl': ('Wiadomość przesłana dalej', 'Od: ', 'Data: ', 'Temat: ', 'Do: ', 'poniedziałek, 9 marca 2026, 14:30:00 +0100')}


def hubspot(c):
    above, sender, date, subject, to, when = HUBSPOT[c.lang]
    return dict(text='---------- %s ---------\n%s%s\n%s%s\n%s%s\n%s%s\n\n%s\n' % (above, sender, c.who, date, when, subject, c.subject, to, US, c.text))


# The new Outlook forwards with the line of an answer above an indented text, and no subject.
ATTRIBUTED = {'en': 'On 09/03/2026 14:30, "%s" <%s> wrote:', 'hu': '09/03/2026 14:30 időpontban %s (%s) ezt írta:', 'tr': '"%s" <%s>, 09/03/2026 14:30 tarihinde şunu yazdı:',
              'sk': '09/03/2026 14:30 používateľ %s (<%s>) napísal:', 'no': '%s <%s> skrev følgende den 09/03/2026, 14:30:', 'fi': '%s <%s> kirjoitti 09/03/2026 14.30:'}


def attributed(c):
    return dict(text=ATTRIBUTED[c.lang] % (c.name, c.address) + '\n\n' + ''.join('    %s\n' % line for line in c.text.split('\n')), no_subject=True)


# Programs that write it in one way only.
ONE_WAY = {
    'missive': 'Ana?\n\n---------- Forwarded message ----------\nFrom: {who}\nDate: March 9, 2026 at 2:30 PM\nTo: {us}\nSubject: {subject}\n\n{quoted}',
    'mailmate': 'Forwarded message:\n\n> From: {who}\n> To: {us}\n> Subject: {subject}\n> Date: Mon, 9 Mar 2026 14:30:00 +0100\n>\n{quoted}',
    'ionos': '> ---------- Original Message ----------\n> From: {who}\n> To: "{us}" <{us}>\n> Date: 03/09/2026 2:30 PM CET\n> Subject: {subject}\n>  \n>  \n{quoted}',
    'em-client': 'See below\n\n------ Forwarded Message ------\nFrom: "{name}" <{address}>\nTo: {us}\nSent: 09/03/2026 14:30:00\nSubject: {subject}\n\n{text}\n',
    'the-bat': 'Hello Ana,\n\nThis is a forwarded message\nFrom: {name} <{address}>\nTo: {us}\nDate: Monday, March 9, 2026, 2:30:00 PM\nSubject: {subject}\n\n'
               '===8<==============Original message text===============\n{text}\n\n===8<===========End of original message text===========\n\n-- \nBest regards,\n Luis\n',
    'squirrel': '---------------------------- Original Message ----------------------------\nSubject: {subject}\nFrom:    "{name}" <{address}>\nDate:    Mon, March 9, 2026 '
                '2:30 pm\nTo:      {us}\n--------------------------------------------------------------------------\n\n{text}\n',
    'horde': 'Take this.\n\n----- Forwarded message from {who} -----\n    Date: Mon, 09 Mar 2026 14:30:00 +0100\n    From: {who}\n Subject: {subject}\n      To: {us}\n\n{text}\n\n'
             '----- End forwarded message -----\n',
    'mutt': '----- Forwarded message from {who} -----\n\nDate: Mon, 9 Mar 2026 14:30:00 +0100\nFrom: {who}\nTo: {us}\nSubject: {subject}\n\n{text}\n\n----- End forwarded message '
            '-----\n',
    'alpine': '---------- Forwarded message ----------\nDate: Mon, 9 Mar 2026 14:30:00\nFrom: {who}\nTo: {us}\nSubject: {subject}\n\n{text}\n',
    'gnus': '-------------------- Start of forwarded message --------------------\nFrom: {who}\nTo: {us}\nSubject: {subject}\nDate: Mon, 09 Mar 2026 14:30:00 +0100\n\n{text}\n'
            '-------------------- End of forwarded message --------------------\n',
    'proton': 'Luis\n\n------- Forwarded Message -------\nFrom: {who}\nDate: On Monday, March 9th, 2026 at 2:30 PM\nSubject: {subject}\nTo: {us} <{us}>\n\n{quoted}',
    'zoho': '============ Forwarded message ============\nFrom: {name} <{address}>\nTo: <{us}>\nDate: Mon, 09 Mar 2026 14:30:00 +0100\nSubject: {subject}\n'
            '============ Forwarded message ============\n\n{text}\n',
    'k9': 'Sent from my phone\n\n-------- Original Message --------\nFrom: {who}\nSent: March 9, 2026 2:30:00 PM GMT+01:00\nTo: {us}\nSubject: {subject}\n\n{text}\n',
    'evolution': '-------- Forwarded Message --------\nFrom: {who}\nTo: {us}\nSubject: {subject}\nDate: 03/09/26 14:30:00\n\n{text}\n',
    'samsung': '\n\nSent from my Galaxy\n\n\n-------- Original message --------\nFrom: {who} \nDate: 09/03/2026  14:30  (GMT+01:00) \nTo: {us} \nSubject: {subject} \n\n{text}\n',
    'notes': '----- Forwarded by Luis Ortega/Sales/Acme on 10/03/2026 09:20 -----\n\nFrom:\t{name} <{address}>\nTo:\t{us}\nDate:\t09/03/2026 14:30\nSubject:\t{subject}\n\n\n\n{text}\n',
    'gmx': 'Kannst du?\n \nGesendet: Montag, 09. März 2026 um 14:30 Uhr\nVon: "{name}" <{address}>\nAn: {us}\nBetreff: {subject}\n{text}\n',
    'mail-ru': '-------- Пересылаемое сообщение --------\nОт: {who}\nКому: {us}\nДата: понедельник, 9 марта 2026, 14:30 +03:00\nТема: {subject}\n\n{text}\n',
    'qq': '------------------&nbsp;原始邮件&nbsp;------------------\n发件人: "{name}" <{address}>;\n发送时间: 2026年3月9日(星期一) 下午2:30\n收件人: "sales"<{us}>;\n主题: {subject}\n\n{text}\n',
    'naver': '-----Original Message-----\nFrom: "{name}" <{address}>\nTo: <{us}>;\nCc:\nSent: 2026-03-09 (월) 14:30:00 (GMT+09:00)\nSubject: {subject}\n\n{text}\n',
    'outlook-phone': 'Get Outlook for Android<https://aka.ms/AAb9ysg>\n________________________________\nFrom: {who}\nSent: Monday, March 9, 2026 2:30:00 PM\nTo: {us} <{us}>\nSubject: '
                     '{subject}\n\n{text}\n',
    'stars': '*From:* {name} <{address}>\n*Sent:* Monday, March 9, 2026 2:30 PM\n*To:* {us}\n*Subject:* {subject}\n\n{text}\n',
    'mailto': 'From: {name} [mailto:{address}]\nSent: Monday, March 9, 2026 2:30 PM\nTo: {us}\nSubject: {subject}\n\n{text}\n',
    'tutanota': '\n--\nSecured with Tuta Mail\n\n\n9 Mar 2026, 14:30 by {address}:\n\n{quoted}',
    'fastmail': 'Ana\n\n----- Original message -----\nFrom: {name} <{address}>\nTo: {us}\nSubject: {subject}\nDate: Monday, March 09, 2026 2:30 PM\n\n{text}\n',
}
ENCLOSED = {'qq': 'zh', 'naver': 'ko', 'mail-ru': 'ru'}


def one_way(name):
    c = Case(ENCLOSED.get(name, 'en'))
    body = ONE_WAY[name].format(who=c.who, name=c.name, address=c.address, us=US, subject=c.subject, text=c.text, quoted=quoted(c.text))
    if name == 'tutanota':  # shows no name and no subject
        c.name = ''
        return c, dict(text=body, no_subject=True)
    return c, dict(text=body.replace('&nbsp;', ' '))


def enclosed(kind):
    """The mail as a file: of its own type, by name alone, in base64, or as HTML."""
    c = Case('uk' if kind == 'base64' else 'en')
    sender = '=?utf-8?b?%s?= <%s>' % (base64.b64encode(c.name.encode()).decode(), c.address)
    inner = mail(c.subject, None if kind == 'html' else c.text, '<p>%s</p>' % '</p><p>'.join(c.text.split('\n\n')) if kind == 'html' else None, sender=sender,
                 date='Mon, 9 Mar 2026 14:30:00 +0100', to=US)
    head = {'plain': 'Content-Type: message/rfc822; name="inquiry.eml"\r\nContent-Disposition: attachment; filename="inquiry.eml"\r\n\r\n',
            'html': 'Content-Type: message/rfc822\r\n\r\n',
            'base64': 'Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment\r\n\r\n',
            'octets': 'Content-Type: application/octet-stream; name="Vacuum pumps.eml"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; '
                      'filename="Vacuum pumps.eml"\r\n\r\n'}[kind]
    body = inner.decode() if kind in ('plain', 'html') else base64.encodebytes(inner).decode().replace('\n', '\r\n')
    outer = ('From: Ana <ana@acme.example>\r\nTo: %s\r\nSubject: Fwd: =?utf-8?b?%s?=\r\nDate: Tue, 10 Mar 2026 09:30:00 +0100\r\nMessage-ID: <enclosed-%s@acme.example>\r\n'
             'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="=_enclosed"\r\n\r\n--=_enclosed\r\n%s\r\n--=_enclosed\r\n%s%s\r\n--=_enclosed--\r\n'
             % (US, base64.b64encode(c.subject.encode()).decode(), kind, part('plain', 'Please look after it.\n'), head, body))
    return Sample('enclosed-' + kind, outer.encode(), forwarded=wanted(c))


NONE = {
    'answer-below': ('Re: Vacuum pumps', "> Begin forwarded message is what your system said.\n\nThat is odd. Please send the offer again.\n\nSiobhán"),
    'answer-german': ('AW: Angebot', 'Passt, danke.\n\nVon: Sales <sales@acme.example>\nGesendet: Montag, 9. März 2026 14:30\nAn: Florian Übelacker\nBetreff: Angebot\n\nAnbei.\n'),
    'table-of-people': ('Visit', 'Our team for the visit:\n\nFrom: Cork\nTo: Leeds\nDate: 9 March 2026\n\nSee you then.\n'),
    'list': ('Order 77', 'Please ship:\nSubject: 12 pumps\nDate: 9 March 2026\nTo: our site in Cork\n\nThanks\n'),
}
INTERNAL = 'Luis Ortega <luis@acme.example>'


def wanted(case, no_subject=False):
    said = dict(address=case.address, name=case.name, date='2026-03-09T14:30', text=case.text.split('\n')[2])
    return said if no_subject else dict(said, subject=case.subject)


def samples():
    tables = ((gmail, GMAIL, None), (gmail_html, GMAIL, 'el he zh hr'), (apple, APPLE, None), (apple_all_quoted, APPLE, 'hr ro no ru'), (apple_html, APPLE, 'cs uk pt zh'),
              (outlook, OUTLOOK, None), (outlook_html, OUTLOOK, 'el he ar th hr'), (yahoo, YAHOO, None), (thunderbird, THUNDERBIRD, None), (hubspot, HUBSPOT, None),
              (attributed, ATTRIBUTED, None))
    for layout, table, languages in tables:
        for lang in languages.split() if languages else table:
            case = Case(lang)
            content = layout(case)
            said = wanted(case, content.pop('no_subject', False))
            yield Sample('%s-%s' % (layout.__name__, lang), mail('Fwd: ' + case.subject, sender=INTERNAL, **content), forwarded=said)
    for name in ONE_WAY:
        case, content = one_way(name)
        said = wanted(case, content.pop('no_subject', False))
        yield Sample(name, mail('Fw: ' + case.subject, sender=INTERNAL, **content), forwarded=said)
    for kind in ('plain', 'html', 'base64', 'octets'):
        yield enclosed(kind)
    for name, (subject, text) in NONE.items():
        yield Sample('none-' + name, mail(subject, text, sender="Siobhán O'Rourke <siobhan@orourke-dairy.ie>".replace('á', 'a')), forwarded=None)
