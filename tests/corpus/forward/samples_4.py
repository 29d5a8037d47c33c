"""Forwarded inquiries, fourth batch: small, written after the reader was generalised."""
from letter import Sample, mail

NAME, ADDRESS, SUBJECT = 'Hamish Drummond', 'hamish@drummond-distillery.scot', 'Copper stills'
TEXT = 'Good morning,\n\nwe need 6 copper stills of 500 litres.\n\nHamish'
US = 'sales@acme.example'
# Labels and date of a header block: From, date, To, Subject; the line above.
BLOCKS = {
    'outlook-sr': ('', 'Šalje', 'Poslato', 'Za', 'Tema', 'ponedeljak, 9. mart 2026. 14:30'),
    'outlook-ms': ('', 'Daripada', 'Dihantar', 'Kepada', 'Subjek', 'Isnin, 9 Mac 2026 2:30 PTG'),
    'outlook-eu': ('', 'Nork', 'Bidalia', 'Nori', 'Gaia', '2026(e)ko martxoak 9, astelehena 14:30'),
    'outlook-gl': ('', 'De', 'Enviado', 'Para', 'Asunto', 'luns, 9 de marzo de 2026 14:30'),
    'outlook-is': ('', 'Frá', 'Sent', 'Til', 'Efni', 'mánudagur, 9. mars 2026 14:30'),
    'outlook-uk': ('', 'Від', 'Надіслано', 'Кому', 'Тема', '9 березня 2026 р. 14:30'),
    'outlook-fa': ('', 'از', 'ارسال شده', 'به', 'موضوع', 'Monday, March 9, 2026 2:30 PM'),
    'outlook-hi': ('', 'से', 'भेजा गया', 'प्रति', 'विषय', 'सोमवार, 9 मार्च 2026 2:30 PM'),
    'apple-ja': ('転送されたメッセージ:', '差出人', '日付', '宛先', '件名', '2026年3月9日 14:30:00 JST'),
    'apple-ko': ('전달된 메시지:', '보낸 사람', '날짜', '받는 사람', '제목', '2026년 3월 9일 오후 2:30:00 GMT+9'),
    'apple-th': ('ข้อความที่ส่งต่อ:', 'จาก', 'วันที่', 'ถึง', 'เรื่อง', '9 มีนาคม 2569 เวลา 14:30:00 GMT+7'),
    'apple-he': ('תחילת ההודעה שהועברה:', 'מאת', 'תאריך', 'אל', 'נושא', '9 במרץ 2026 בשעה 14:30:00 GMT+2'),
    'apple-ca': ('Inici del missatge reenviat:', 'De', 'Data', 'Per a', 'Assumpte', '9 març 2026, 14:30:00 CET'),
    'apple-hu': ('Továbbított levél kezdete:', 'Feladó', 'Dátum', 'Címzett', 'Tárgy', '2026. március 9. 14:30:00 CET'),
    'thunderbird-ja': ('-------- 転送メッセージ --------', '差出人', '日付', '宛先', '件名', 'Mon, 9 Mar 2026 14:30:00 +0100'),
    'thunderbird-ko': ('-------- 전달된 메시지 --------', '보낸 사람', '날짜', '받는 사람', '제목', 'Mon, 9 Mar 2026 14:30:00 +0100'),
    'thunderbird-zh': ('-------- 转发的消息 --------', '发件人', '日期', '收件人', '主题', 'Mon, 9 Mar 2026 14:30:00 +0100'),
    'thunderbird-ca': ('-------- Missatge reenviat --------', 'De', 'Data', 'A', 'Assumpte', 'Mon, 9 Mar 2026 14:30:00 +0100'),
    'thunderbird-bg': ('-------- Препратено съобщение --------', 'От', 'Дата', 'До', 'Относно', 'Mon, 9 Mar 2026 14:30:00 +0100'),
    'hubspot-es': ('---------- Mensaje reenviado ---------', 'De', 'Fecha', 'Para', 'Asunto', 'lun, 9 mar 2026 14:30:00 +0100'),
    'hubspot-fr': ('---------- Message transféré ---------', 'De', 'Date', 'À', 'Objet', 'lundi 9 mars 2026 14:30:00 +0100'),
    'spark-es': ('---------- Mensaje reenviado ----------', 'De', 'Fecha', 'Para', 'Asunto', '9 mar. 2026 14:30 +0100'),
    'mailbird': ('---------- Forwarded message ----------', 'From', 'Date', 'To', 'Subject', '3/9/2026 2:30:00 PM'),
    'bluemail': ('-------- Original Message --------', 'From', 'Sent', 'To', 'Subject', 'Mon Mar 09 14:30:00 GMT+01:00 2026'),
    'zimbra-fr': ('----- Mail transféré -----', 'De', 'Envoyé', 'À', 'Objet', 'Lundi 9 Mars 2026 14:30:00'),
    'zimbra-es': ('----- Mensaje reenviado -----', 'De', 'Enviados', 'Para', 'Asunto', 'Lunes, 9 de Marzo 2026 14:30:00'),
    'roundcube-nl': ('-------- Oorspronkelijk bericht --------', 'Van', 'Datum', 'Aan', 'Onderwerp', '2026-03-09 14:30'),
    'web-de': ('-----Weitergeleitete Nachricht-----', 'Von', 'Gesendet', 'An', 'Betreff', '09.03.2026 14:30'),
    'libero-it': ('---------- Messaggio inoltrato ----------', 'Da', 'Data', 'A', 'Oggetto', '9 marzo 2026 alle 14:30'),
    'onet-pl': ('---------- Wiadomość przekazana ----------', 'Od', 'Data', 'Do', 'Temat', '9 marca 2026 14:30'),
}


def samples():
    for name, (above, sender, date, to, subject, when) in BLOCKS.items():
        rows = ['%s: %s <%s>' % (sender, NAME, ADDRESS), '%s: %s' % (date, when), '%s: %s' % (to, US), '%s: %s' % (subject, SUBJECT)]
        if name.startswith(('apple', 'thunderbird')):
            rows = [rows[0], rows[3], rows[1], rows[2]] if name.startswith('apple') else [rows[3], rows[1], rows[0], rows[2]]
        block = '\n'.join(rows) + '\n\n' + TEXT
        if name.startswith('apple'):
            block = '\n'.join(('> ' + line).rstrip() for line in ('\n' + block).split('\n'))
        text = 'For you?\n\n%s%s\n' % (above + '\n' if above else '', block)
        yield Sample(name, mail('Fwd: ' + SUBJECT, text, sender='Luis Ortega <luis@acme.example>'),
                     forwarded=dict(address=ADDRESS, name=NAME, date='2026-03-09T14:30', subject=SUBJECT, text=TEXT.split('\n')[2]))
