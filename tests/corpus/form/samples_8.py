"""Ninety mails that website forms send: the habits of the builders' default notifications, with invented visitors."""
import html as _html
import json
from letter import Sample, mail

N, F, L, E, P, C, T, W = 'name', 'first_name', 'last_name', 'email', 'phone', 'company', 'title', 'website'
CI, R, Z, CO, A = 'city', 'state', 'postal_code', 'country', 'address'
PR, Q, B, S, M = 'product', 'quantity', 'budget', 'subject', 'message'


def e(value):
    return _html.escape(value, quote=False)


def br(value, tag='<br />'):
    return e(value).replace('\n', tag + '\n')


def get(rows, key):
    return next((v for _, k, v in rows if k == key), '')


def linked(key, value):
    if key == E and value:
        return '<a href="mailto:%s">%s</a>' % (value, value)
    if key == W and value.startswith('http'):
        return '<a href="%s" target="_blank">%s</a>' % (value, value)
    return br(value)


# ---------------------------------------------------------------- WordPress

CF7 = {
    'en': ('From: %s <%s>\nSubject: %s\n\nMessage Body:\n%s\n\n-- \nThis e-mail was sent from a contact form on Acme Tools (https://www.acme.example)'),
    'en2': ('From: %s [%s]\nSubject: %s\n\nMessage Body:\n%s\n\n-- \nThis is a notification that a contact form was submitted on your website (Acme Tools https://www.acme.example).'),
    'es': ('De: %s <%s>\nAsunto: %s\n\nCuerpo del mensaje:\n%s\n\n-- \nEste mensaje se ha enviado desde un formulario de contacto en Acme (https://www.acme.example)'),
    'vi': ('Gửi đến từ: %s <%s>\nTiêu đề: %s\n\nNội dung thông điệp:\n%s\n\n-- \nEmail này được gửi đến từ form liên hệ của website Acme Việt Nam (https://acme.example)'),
    'fr': ('De : %s <%s>\nObjet : %s\n\nCorps du message :\n%s\n\n-- \nCet e-mail a été envoyé via le formulaire de contact de Acme France (https://www.acme.example)'),
    'de': ('Von: %s <%s>\nBetreff: %s\n\nNachrichtentext:\n%s\n\n--\nDiese E-Mail wurde von einem Kontaktformular von Acme GmbH (https://www.acme.example) gesendet'),
    'pt': ('De: %s <%s>\nAssunto: %s\n\nCorpo da mensagem:\n%s\n\n-- \nEste e-mail foi enviado de um formulário de contato em Acme Brasil (https://www.acme.example)'),
}


def cf7(rows, lang='en'):
    return {'text': CF7[lang] % (get(rows, N), get(rows, E), get(rows, S), get(rows, M))}


def lines(rows, sep=': ', intro='', outro='', gap='\n', own_line=True, skip_empty=False):
    """label: value lines; a value of several lines starts below its label."""
    out = []
    for label, key, value in rows:
        if not value and skip_empty:
            continue
        if '\n' in value and own_line:
            out.append('%s%s\n%s' % (label, sep.rstrip(), value))
        else:
            out.append('%s%s%s' % (label, sep, value))
    return {'text': intro + gap.join(out) + outro}


def wpforms(rows, site='Acme'):
    body = ''.join(
        '<tr><td style="color:#333333;padding-top: 20px;padding-bottom: 3px;" class="field-name"><strong>%s</strong></td></tr>\n'
        '<tr class="field-text"><td style="color:#555555;padding-top: 3px;padding-bottom: 20px;border-bottom:1px solid #ececec" '
        'class="field-value">%s</td></tr>\n' % (e(label), linked(key, value))
        for label, key, value in rows if value)
    return {'html': '<!doctype html><html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head>'
            '<body><table width="100%%" height="100%%" class="body" bgcolor="#e9eaec"><tr><td align="center" valign="top" class="body-inner wpforms">'
            '<table border="0" cellpadding="0" cellspacing="0" width="100%%" class="container"><tr><td class="wrapper-inner" bgcolor="#ffffff" style="padding:30px 75px 25px 75px">'
            '<table width="100%%" cellpadding="0" cellspacing="0"><tbody>\n%s</tbody></table></td></tr>'
            '<tr><td class="footer" align="center" style="font-size:12px;color:#72777c">Sent from <a href="https://www.acme.example">%s</a></td></tr>'
            '</table></td></tr></table></body></html>' % (body, site)}


def wpforms_text(rows):
    return {'text': ''.join('--- %s ---\n\n%s\n\n' % (label, value if value else '(empty)') for label, key, value in rows if value)}


def gravity(rows, title='', mapit=False):
    out = []
    for label, key, value in rows:
        if not value:
            continue
        shown = linked(key, value)
        if key == A and mapit:
            shown += "<br/><a href='http://maps.google.com/maps?q=%s' target='_blank' class='map-it-link'>Map It</a>" % e(value).replace('\n', '+').replace(' ', '+')
        out.append('<tr bgcolor="#EAF2FA">\n<td colspan="2">\n<font style="font-family: sans-serif; font-size:12px;"><strong>%s</strong></font>\n</td>\n</tr>\n'
                   '<tr bgcolor="#FFFFFF">\n<td width="20">&nbsp;</td>\n<td>\n<font style="font-family: sans-serif; font-size:12px;">%s</font>\n</td>\n</tr>\n'
                   % (e(label), shown))
    return {'html': '<html><head><title>%s</title></head><body>\n<table width="99%%" border="0" cellpadding="1" cellspacing="0" bgcolor="#EAEAEA"><tr><td>\n'
            '<table width="100%%" border="0" cellpadding="5" cellspacing="0" bgcolor="#FFFFFF">\n%s</table>\n</td></tr></table></body></html>' % (title, ''.join(out))}


def ninja(rows):
    return {'html': '<table><tbody>%s</tbody></table>' % ''.join(
        '<tr><td>%s:</td><td>%s</td></tr>' % (e(label), linked(key, value)) for label, key, value in rows)}


ELEMENTOR = {
    'en': ('Date', 'March 10, 2026', 'Time', '9:14 am', 'Page URL', 'User Agent', 'Remote IP', 'Powered by'),
    'es': ('Fecha', '10 de marzo de 2026', 'Hora', '09:14', 'URL de la página', 'Agente de usuario', 'IP remota', 'Funciona gracias a'),
    'vi': ('Ngày', '10 Tháng 3, 2026', 'Thời gian', '9:14 sáng', 'URL trang', 'User Agent', 'IP từ xa', 'Được cung cấp bởi'),
    'fr': ('Date', '10 mars 2026', 'Heure', '9h14', 'URL de la page', 'Agent utilisateur', 'IP distante', 'Propulsé par'),
    'de': ('Datum', '10. März 2026', 'Zeit', '9:14', 'Seiten-URL', 'Benutzer-Agent', 'Remote-IP', 'Unterstützt von'),
    'pt': ('Data', '10 de março de 2026', 'Hora', '09:14', 'URL da página', 'Agente de usuário', 'IP remoto', 'Desenvolvido por'),
}
AGENT = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/133.0.0.0 Safari/537.36'


def elementor(rows, lang='en', page='https://www.acme.example/contact/', ip='203.0.113.24'):
    m = ELEMENTOR[lang]
    body = '<br>'.join('%s: %s' % (e(label), br(value)) for label, key, value in rows)
    meta = '<br>'.join(('%s: %s' % pair) for pair in ((m[0], m[1]), (m[2], m[3]), (m[4], '<a href="%s">%s</a>' % (page, page)),
                                                     (m[5], AGENT), (m[6], ip), (m[7], 'Elementor')))
    return {'html': '%s<br><br>---<br><br>%s<br>' % (body, meta)}


def formidable(rows):
    out = []
    for i, (label, key, value) in enumerate(r for r in rows if r[2]):
        style = 'text-align:left;color:#555555;padding:7px 9px;vertical-align:top;border-top:1px solid #cccccc'
        out.append('<tr style="background-color:#%s"><th style="%s;font-weight:bold">%s</th><td style="%s">%s</td></tr>'
                   % ('f7f7f7' if i % 2 == 0 else 'ffffff', style, e(label), style, br(value)))
    return {'html': '<table cellspacing="0" style="font-size:14px;line-height:135%%;border-bottom:1px solid #cccccc"><tbody>\n%s\n</tbody></table>' % '\n'.join(out)}


def fluent(rows):
    return {'html': '<p>%s</p>' % ('<table class="ff_all_data" width="600" cellpadding="0" cellspacing="0"><tbody>%s</tbody></table>' % ''.join(
        '<tr class="field-label"><th style="padding: 6px 12px; background-color: #f8f8f8; text-align: left;"><strong>%s</strong></th></tr>'
        '<tr class="field-value"><td style="padding: 6px 12px 12px 12px;">%s</td></tr>' % (e(label), linked(key, value))
        for label, key, value in rows if value))}


def forminator(rows, intro='You have a new website form submission:', outro='This message was sent from https://www.acme.example.'):
    return {'html': '<p>%s</p><ul>%s</ul><br/>---<br/>%s' % (intro, ''.join(
        '<li><b>%s</b><br/>%s</li>' % (e(label), br(value)) for label, key, value in rows), outro)}


JETPACK = {
    'en': ('Time: March 10, 2026 at 9:14 am', 'IP Address: 203.0.113.77', 'Source URL: https://acme.example/contact/', 'Sent by an unverified visitor to your site.'),
    'es': ('Hora: 10 marzo 2026 a las 9:14 am', 'Dirección IP: 203.0.113.77', 'URL de origen: https://acme.example/contacto/', 'Enviado por un visitante sin verificar a tu sitio.'),
    'fr': ('Heure : mars 10, 2026 à 9:14', 'Adresse IP : 203.0.113.77', 'URL source : https://acme.example/contact/', 'Envoyé par un visiteur non vérifié de votre site.'),
    'de': ('Zeit: 10. März 2026 um 9:14', 'IP-Adresse: 203.0.113.77', 'URL der Quelle: https://acme.example/kontakt/', 'Von einem nicht verifizierten Besucher an deine Website gesendet.'),
    'pt': ('Horário: março 10, 2026 às 9:14', 'Endereço IP: 203.0.113.77', 'URL de origem: https://acme.example/contato/', 'Enviada por um visitante não verificado do seu site.'),
}


def jetpack(rows, lang='en', title='You got a new response!'):
    return {'html': '<html><body><table role="presentation" width="100%%"><tr><td><h1 style="font-size:24px">%s</h1>%s<hr />'
            '<p style="color:#646970">%s<br /><br />%s</p></td></tr></table></body></html>' % (
                title, ''.join('<p><strong>%s</strong><br /><span>%s</span></p>' % (e(label if label.endswith('?') else label + ':'), br(value))
                               for label, key, value in rows if value),
                '<br />'.join(JETPACK[lang][:3]), JETPACK[lang][3])}


def jetpack_old(rows, lang='en'):
    return {'html': '<!doctype html>\n<html>\n<body>\n%s<br /><hr />%s<br />\n<p>%s</p></body></html>' % (
        ''.join('<b>%s:</b> %s<br /><br />' % (e(label), br(value)) for label, key, value in rows),
        '<br />'.join(JETPACK[lang][:3]), JETPACK[lang][3])}


# ---------------------------------------------------------------- hosted builders

def typeform(rows, form='Contact', intro="Your typeform %s just got a new response:", outro='Log in to view or download your responses'):
    pairs = [(label, value) for label, key, value in rows if value]
    return {'text': (intro % form) + '\n\n' + '\n\n'.join('%s\n%s' % p for p in pairs) + '\n\n' + outro + '\nhttps://admin.typeform.example/form/x8Kq2/results',
            'html': '<html><body style="font-family:Arial"><table width="100%%"><tr><td><p>%s</p>%s<hr><p style="font-size:11px;color:#999">'
            '<a href="https://admin.typeform.example/form/x8Kq2/results">%s</a></p></td></tr></table></body></html>' % (
                e(intro % form), ''.join('<p style="margin:0 0 4px"><strong>%s</strong></p><p style="margin:0 0 18px">%s</p>' % (e(a), br(b)) for a, b in pairs), outro)}


def jotform(rows, form='Contact form', footer='You can <a href="https://www.jotform.example/edit/6012">edit this submission</a> and <a href="https://www.jotform.example/inbox/2406">view all your submissions</a> easily.'):
    out = []
    for i, (label, key, value) in enumerate(r for r in rows if r[2]):
        out.append('<tr class="questionRow" bgcolor="%s"><td width="170" class="questionColumn" style="padding:5px !important" valign="top">%s</td>'
                   '<td class="valueColumn" style="padding:5px !important">%s</td></tr>' % ('#f3f3f3' if i % 2 else 'white', e(label), linked(key, value)))
    return {'html': '<table style="width:100%%;background-color:#f7f9fc" border="0" cellspacing="0" cellpadding="0"><tbody><tr><td>&nbsp;</td></tr><tr><td align="center">'
            '<table style="width:600px;background:#fff" border="0" cellspacing="0" cellpadding="0" align="center"><tbody>'
            '<tr><td style="background-color:#33373e;color:#fff;font-size:15px;padding:12px">%s</td></tr>'
            '<tr><td><table id="emailFieldsTable" class="mceEditable" style="width:100%%" border="0" cellspacing="0" cellpadding="5"><tbody id="emailFieldsTableBody">%s</tbody></table></td></tr>'
            '<tr><td style="font-size:12px;color:#888;padding:12px">%s</td></tr></tbody></table></td></tr></tbody></table>' % (e(form), ''.join(out), footer)}


def google(rows, form='Contact form', intro='Someone just submitted a response to your form'):
    return {'html': '<div style="font-family:Roboto,Arial"><div style="background:#673ab7;height:10px"></div><h2>%s</h2><p>%s</p>%s<p><a href="https://docs.google.example/forms/d/e/1FAIp/viewform">Create your own Google Form</a></p></div>' % (
        e(form), intro, ''.join('<div role="listitem" style="border:1px solid #dadce0;padding:22px;margin-bottom:12px"><div style="font-size:16px">%s<span style="color:#d93025"> *</span></div>'
                                '<div style="margin-top:12px;font-size:14px">%s</div></div>' % (e(label), br(value)) for label, key, value in rows if value))}


def automate(rows, intro='A new response has been submitted.'):
    return {'html': '<html><head>\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body><p class="editor-paragraph">%s</p><p class="editor-paragraph">%s</p></body></html>'
            % (intro, '<br>'.join('%s: %s' % (e(label), br(value, '<br>')) for label, key, value in rows))}


def wix(rows, intro='Acme just got a form submission on', where='Acme', sub='Submission Details', outro='If you think this submission is spam, report it as spam.'):
    pairs = [(a, b) for a, k, b in rows if b]
    return {'text': '%s\n%s\n\n%s:\n\n%s\n\n%s' % (intro, where, sub, '\n'.join('%s: %s' % p for p in pairs), outro),
            'html': '<table width="100%%"><tbody><tr><td align="center"><table width="600"><tbody><tr><td><div style="font-size:26px">%s <a href="https://www.acme.example">%s</a></div></td></tr>'
            '<tr><td><table width="100%%"><tbody><tr><td style="font-weight:bold;padding:20px 0">%s:</td></tr>%s</tbody></table></td></tr>'
            '<tr><td style="font-size:12px">%s</td></tr></tbody></table></td></tr></tbody></table>' % (
                intro, where, sub, ''.join('<tr><td><table><tbody><tr><td style="color:#868aa5;vertical-align:top">%s:</td><td style="padding-left:6px">%s</td></tr></tbody></table></td></tr>'
                                           % (e(a), br(b)) for a, b in pairs), outro)}


def squarespace(rows, sent='(Sent via <a href="https://www.acme.example">Acme</a>)', spam='Does this submission look like spam? <a href="https://acme.example/r">Report it here</a>.'):
    return {'html': '<html><body><div style="font-family:Helvetica,Arial,sans-serif;font-size:14px">%s<br>%s<br><br><hr>%s</div></body></html>' % (
        ''.join('<b>%s:</b> %s<br><br>' % (e(label), linked(key, value)) for label, key, value in rows), sent, spam)}


def shopify(rows, intro="You received a new message from your online store's contact form.", code='US'):
    both = [('Country Code', '', code)] + [r for r in rows]
    pre = '<div style="margin-top:8px"><b>%s:</b>\n<pre style="font-size:14px;font-weight:400;white-space:pre-line;margin:0;padding:0">\n%s</pre>\n</div>'
    return {'text': intro + '\n\n' + '\n\n'.join('%s:\n%s' % (a, b) for a, k, b in both),
            'html': '<table style="width:100%%"><tbody><tr><td><table><tbody><tr><td>%s</td></tr></tbody></table><table><tbody><tr><td style="padding:20px 0 0">%s</td></tr></tbody></table></td></tr></tbody></table>'
            % (intro, ''.join(pre % (e(a), e(b)) for a, k, b in both))}


def webflow(rows, form='Contact Form', site='Acme'):
    pairs = [(a, b) for a, k, b in rows]
    return {'html': '<div><p>Hello,</p><p>You just received a new form submission on <a href="https://www.acme.example">%s</a>:</p><p>Form: %s<br>Page: https://www.acme.example/contact</p><p>%s</p>'
            '<p>View this and all of your form submissions in your Webflow dashboard.</p><p style="color:#999">You are receiving this email because you enabled form notifications.</p></div>' % (
                site, form, '<br>'.join('<strong>%s:</strong> %s' % (e(a), br(b)) for a, b in pairs))}


def hubspot(rows, form='Contact us', page='Contact | Acme', intro='You have a new submission on form %s', on='Page submitted on'):
    pairs = [(a, b) for a, k, b in rows if b]
    return {'text': '%s\n\n%s: %s\nhttps://www.acme.example/contact\n\n%s\n\nHubSpot, Inc.\n2 Canal Park, Cambridge, MA 02141' % (intro % form, on, page, '\n\n'.join('%s:\n%s' % p for p in pairs)),
            'html': '<table role="presentation" width="100%%"><tr><td style="padding:24px"><h2>%s</h2><p><strong>%s:</strong> <a href="https://www.acme.example/contact">%s</a></p>%s'
            '<a href="https://app.hubspot.example/contacts/1" style="background:#ff7a59;color:#fff">View Contact</a></td></tr><tr><td style="font-size:11px;color:#7c98b6">HubSpot, Inc.<br>2 Canal Park, Cambridge, MA 02141</td></tr></table>' % (
                e(intro % form), on, page, ''.join('<p style="margin:0"><strong>%s:</strong></p><p style="margin:0 0 16px">%s</p>' % (e(a), br(b)) for a, b in pairs))}


def formspree(rows):
    pairs = [(a, b) for a, k, b in rows]
    return {'text': "Hey there,\n\nSomeone just submitted your form on https://www.acme.example/contact. Here's what they had to say:\n\n---\n\n%s\n\n---\n\nThis form was submitted at 09:14 AM UTC - 10 March 2026.\n\nYou are receiving this because you confirmed this email address on Formspree." % '\n\n'.join('%s:\n%s' % p for p in pairs),
            'html': '<table class="body-wrap"><tr><td class="container"><p>Hey there,</p><p>Someone just submitted your form on <a href="https://www.acme.example/contact">www.acme.example/contact</a>. Here\'s what they had to say:</p>'
            '<table>%s</table><p style="color:#999">Submitted 09:14 AM UTC - 10 March 2026</p><p>You are receiving this because you confirmed this email address on <a href="https://formspree.example">Formspree</a>. <a href="https://formspree.example/mark">Mark as spam</a></p></td></tr></table>' % ''.join(
                '<tr><td><h3 style="font-size:14px;margin-bottom:0">%s</h3><pre style="white-space:pre-wrap;margin:0">%s</pre></td></tr>' % (e(a), e(b)) for a, b in pairs)}


def netlify(rows, form='contact'):
    return {'html': '<html><body><table width="100%%"><tr><td><h1 style="font-size:20px">New form submission</h1><p>A new submission on your form <strong>%s</strong> was received:</p><dl>%s</dl>'
            '<p><a href="https://app.netlify.example/sites/acme/forms">View the submission</a></p><p style="font-size:12px">You are receiving this email because you set up form notifications on Netlify.</p></td></tr></table></body></html>' % (
                form, ''.join('<dt style="font-weight:bold">%s</dt><dd style="margin:0 0 12px">%s</dd>' % (e(a), br(b)) for a, k, b in rows + [('ip', '', '198.51.100.9'), ('user_agent', '', AGENT), ('referrer', '', 'https://www.acme.example/contact')]))}


def basin(rows):
    return {'html': '<table width="100%%"><tr><td align="center"><table width="600"><tr><td><h2>New submission for "Acme website"</h2></td></tr><tr><td><table width="100%%">%s</table></td></tr>'
            '<tr><td><a href="https://usebasin.example/s/1">View submission</a> &middot; <a href="https://usebasin.example/spam/1">Report spam</a></td></tr></table></td></tr></table>' % ''.join(
                '<tr><td style="border-bottom:1px solid #eee;padding:10px 0"><strong>%s</strong><br>%s</td></tr>' % (e(a), br(b)) for a, k, b in rows)}


def cognito(rows, form='Request a Quote', section='Contact Information'):
    return {'html': '<table width="100%%" cellpadding="0"><tr><td><h1 style="font-size:22px">%s</h1></td></tr><tr><td><table width="100%%"><tr><td colspan="2" style="border-bottom:1px solid #ccc"><h3>%s</h3></td></tr>%s</table></td></tr>'
            '<tr><td><a href="https://www.cognitoforms.example/acme/entries/41">View full entry at CognitoForms.com.</a></td></tr></table>' % (
                form, section, ''.join('<tr><td style="width:160px;font-weight:bold;vertical-align:top">%s</td><td>%s</td></tr>' % (e(a), linked(k, b)) for a, k, b in rows if b))}


def zoho(rows, intro='A new entry has been submitted for', form='Contact Us'):
    return {'html': '<div style="font-family:Verdana;font-size:12px"><p>%s <b>%s</b></p><table border="0" cellspacing="0" cellpadding="8" style="border:1px solid #ddd;border-collapse:collapse" width="100%%">%s</table>'
            '<br><div style="color:#999">Powered by <a href="https://zoho.example/forms">Zoho Forms</a></div></div>' % (intro, form, ''.join(
                '<tr style="background:%s"><td width="30%%" style="border:1px solid #ddd"><b>%s</b></td><td style="border:1px solid #ddd">%s</td></tr>' % ('#f5f5f5' if i % 2 else '#ffffff', e(a), br(b))
                for i, (a, k, b) in enumerate(rows)))}


# ---------------------------------------------------------------- other systems

def typo3(rows, title='Kontakt'):
    return {'text': '%s\n\n%s\n' % (title, '\n'.join('%s: %s' % (a, b if b else '-') for a, k, b in rows)),
            'html': '<html><body><table class="body"><tr><td class="container"><h4>%s</h4><table width="600" cellpadding="0" cellspacing="0" border="0">%s</table></td></tr></table></body></html>' % (
                e(title), ''.join('<tr><td width="200" style="padding:5px"><b>%s</b></td><td style="padding:5px">%s</td></tr>' % (e(a), br(b) if b else '-') for a, k, b in rows))}


def drupal(rows, on='Submitted on Tue, 03/10/2026 - 09:14', by='Submitted by: Anonymous', are='Submitted values are:', outro='The results of this submission may be viewed at:\nhttps://www.acme.example/admin/structure/webform/manage/contact/submission/418'):
    return {'text': '%s\n\n%s\n\n%s\n\n%s\n\n%s\n' % (on, by, are, '\n'.join(('%s:\n%s' if '\n' in b else '%s: %s') % (a, b) for a, k, b in rows if b), outro)}


def drupal_html(rows, on='Submitted on Tue, 03/10/2026 - 09:14', by='Submitted by: Anonymous', are='Submitted values are:'):
    return {'html': '<p>%s</p>\n<p>%s</p>\n<p>%s</p>\n%s' % (on, by, are, ''.join('<b>%s</b><br />%s<br /><br />\n' % (e(a), linked(k, b)) for a, k, b in rows if b))}


def rsform(rows, intro='You have a new submission.'):
    return {'html': '<p>%s</p>\n%s' % (intro, '\n'.join('<p><strong>%s:</strong> %s</p>' % (e(a), br(b)) for a, k, b in rows))}


def chrono(rows):
    return {'html': '<table border="0" cellpadding="4" cellspacing="0">%s</table><br /><br />Submitted by 203.0.113.90' % ''.join(
        '<tr><td style="vertical-align:top"><strong>%s</strong></td><td>%s</td></tr>' % (e(a), br(b)) for a, k, b in rows)}


PRESTA = {
    'en': ('Message from a customer of your shop', 'Customer e-mail address:', 'Customer message:', 'Order ID #:', 'Attached file:', '%s powered by PrestaShop™'),
    'es': ('Mensaje de un cliente de su tienda', 'Dirección de correo electrónico del cliente:', 'Mensaje del cliente:', 'Pedido n.º:', 'Archivo adjunto:', '%s desarrollado por PrestaShop™'),
    'fr': ("Message d'un client de votre boutique", 'Adresse e-mail du client :', 'Message du client :', 'Commande n° :', 'Fichier joint :', '%s réalisé avec PrestaShop™'),
}


def presta(rows, lang):
    m = PRESTA[lang]
    mail_, message = get(rows, E), get(rows, M)
    return {'text': '[https://www.acme.example]\n\n%s\n\n%s %s\n\n%s %s\n\n%s %s\n\n%s %s\n\nAcme [https://www.acme.example] %s' % (m[0], m[1], mail_, m[2], message, m[3], '-', m[4], '-', m[5] % ''),
            'html': '<table class="table table-mail"><tr><td class="titleblock"><span class="title">%s</span></td></tr><tr><td class="box"><table><tr><td width="10">&nbsp;</td><td><span style="color:#777"><span style="color:#333"><strong>%s</strong></span> <a href="mailto:%s">%s</a><br /><br />'
            '<span style="color:#333"><strong>%s</strong></span> %s<br /><br /><span style="color:#333"><strong>%s</strong></span> -<br /><span style="color:#333"><strong>%s</strong></span> -</span></td></tr></table></td></tr><tr><td class="footer">%s</td></tr></table>' % (
                m[0], m[1], mail_, mail_, m[2], br(message), m[3], m[4], m[5] % '<a href="https://www.acme.example">Acme</a>')}


def magento(rows):
    message = get(rows, M)
    top = ''.join('<tr><td><b>%s</b></td><td>%s</td></tr>' % (e(a), linked(k, b)) for a, k, b in rows if k != M)
    label = next(a for a, k, b in rows if k == M)
    return {'html': '<table class="wrapper" width="100%%"><tr><td class="wrapper-inner" align="center"><table class="main" align="center"><tr><td class="header"><a class="logo" href="https://www.acme.example/"><img width="180" height="52" alt="Acme" border="0"/></a></td></tr>'
            '<tr><td class="main-content"><table class="message-details">%s</table><p class="message-details"><b>%s</b><br />%s</p></td></tr><tr><td class="footer"><p class="closing">Acme Store</p></td></tr></table></td></tr></table>' % (top, e(label), br(message))}


def odoo(rows, intro='This message has been posted on your website!'):
    return {'html': '<div><p>%s</p><p>%s</p><p>---<br/>Metadata<br/>IP : 203.0.113.5<br/>USER_AGENT : %s<br/>ACCEPT_LANGUAGE : en<br/>REFERER : https://www.acme.example/contactus</p></div>' % (
        intro, '<br/>\n'.join('%s : %s' % (e(a), br(b, '<br/>')) for a, k, b in rows), AGENT)}


def as_json(rows, names, indent=2, extra=None):
    data = {name: value for name, (_, _, value) in zip(names, rows)}
    data.update(extra or {})
    return {'text': json.dumps(data, ensure_ascii=False, indent=indent)}


def table(rows, intro='', border='1', th=False, sep='', outro='', head=None):
    cell = 'th align="left"' if th else 'td'
    close = 'th' if th else 'td'
    top = '<tr><th>%s</th><th>%s</th></tr>' % head if head else ''
    return {'html': '<html><body>%s<table border="%s" cellpadding="5" style="border-collapse:collapse">%s%s</table>%s</body></html>' % (
        intro, border, top, ''.join('<tr><%s>%s%s</%s><td>%s</td></tr>\n' % (cell, e(a), sep, close, br(b)) for a, k, b in rows), outro)}


def bullets(rows, intro='', sep=':', outro='', tag='strong'):
    return {'html': '%s<ul>%s</ul>%s' % (intro, ''.join('<li><%s>%s%s</%s> %s</li>' % (tag, e(a), sep, tag, br(b)) for a, k, b in rows), outro)}


def dl(rows, intro='', outro=''):
    return {'html': '%s<dl>%s</dl>%s' % (intro, ''.join('<dt>%s</dt><dd>%s</dd>' % (e(a), br(b)) for a, k, b in rows), outro)}


def paragraphs(rows, intro='', sep=':', outro=''):
    return {'html': '<div style="font-family:Arial,sans-serif;max-width:600px">%s%s%s</div>' % (intro, ''.join('<p><strong>%s%s</strong> %s</p>' % (e(a), sep, br(b)) for a, k, b in rows), outro)}


def cards(rows, intro='', outro=''):
    return {'html': '<div class="wrap">%s%s%s</div>' % (intro, ''.join(
        '<div class="field" style="margin-bottom:14px"><div class="label" style="font-weight:bold;color:#555">%s</div><div class="value" style="background:#f4f4f4;padding:8px">%s</div></div>' % (e(a), br(b)) for a, k, b in rows if b), outro)}


def brs(rows, intro='', sep=': ', outro='', tag='b'):
    return {'html': intro + '<br>'.join('<%s>%s%s</%s>%s' % (tag, e(a), sep.rstrip(), tag, ' ' + br(b, '<br>')) for a, k, b in rows) + outro}


def above(rows, intro='', outro='', under=False):
    """label above value, as text."""
    return {'text': intro + '\n\n'.join('%s\n%s%s' % (a, '-' * len(a) + '\n' if under else '', b) for a, k, b in rows if b) + outro}


def samples():
    seen = set()

    def one(name, subject, rows, body, sender='Website <web@acme.example>', reply=True):
        assert name not in seen, name
        seen.add(name)
        fields = {k: v for _, k, v in rows if k and v}
        head = ['Reply-To: ' + fields['email']] if reply and fields.get('email') else []
        return Sample(name, mail(subject, sender=sender, fields=head, **body), kind='form', form_fields=fields)

    wp = 'WordPress <wordpress@acme.example>'

    # ============================================================ English
    r = [('Your name', N, 'Hannah Whitlock'), ('Your email', E, 'hannah@whitlockjoinery.example'), ('Subject', S, 'Trade account for sliding table saws'),
         ('Your message', M, "Good morning,\n\nWe run a joinery shop with six benches and would like to open a trade account.\nCould somebody call us on Thursday?\n\nHannah")]
    yield one('b8-en-cf7', 'Acme Tools "Trade account for sliding table saws"', r, cf7(r), wp)
    r = [('Name', N, 'Marcus Adeyemi'), ('Email', E, 'm.adeyemi@northfield.example'), ('Phone', P, '(312) 555-0147'), ('Comment or Message', M, 'Do you ship the R200 to Illinois?\nWe need two by the end of April.')]
    yield one('b8-en-wpforms', 'New Entry: Simple Contact Form', r, wpforms(r), wp)
    r = [('Name', N, 'Ms. Claire Donnelly'), ('Company', C, 'Donnelly & Sons Ltd'), ('Email', E, 'claire@donnellysons.example'), ('Phone', P, '+353 1 555 0182'),
         ('Address', A, '14 Harbour Row\nDun Laoghaire, Dublin A96 X2Y4\nIreland'), ('Product of interest', PR, 'Dust extractor DX-9'), ('Quantity', Q, '3'), ('Message', M, 'Please quote incl. delivery & installation.\nBudget is tight but not fixed.'),
         ('Consent', '', '✔ I agree to the privacy policy.')]
    yield one('b8-en-gravity', 'New submission from Quote Request', r, gravity(r, 'New submission from Quote Request', mapit=True), 'Acme Tools <noreply@acme.example>')
    r = [('Name', N, 'Priya Raghunathan'), ('Email', E, 'priya.r@lumenworks.example'), ('Job Title', T, 'Procurement Manager'), ('Organisation', C, 'Lumen Works'), ('Message', M, 'Looking for a supplier of 400 brackets a month.')]
    yield one('b8-en-cognito', 'Request a Quote #41', r, cognito(r), 'Cognito Forms <notifications@cognitoforms.example>')
    r = [('Name', N, 'Tom Beresford'), ('Email', E, 'tom.beresford@mailbox.example'), ('Tel', P, '01632 960 471'), ('What can we help you with?', M, 'Our press leaks oil at the rear valve.\nIs it covered?'), ('I accept the terms', '', 'on')]
    yield one('b8-en-basin', 'New submission for "Acme website"', r, basin(r), 'Basin <no-reply@usebasin.example>')
    r = [('First Name', F, 'Gwen'), ('Last Name', L, "O'Hara"), ('Company Name', C, 'Marlow Estates'), ('Work Email', E, 'gwen.ohara@marlow.example'), ('Website URL', W, 'https://www.marlow-estates.example'),
         ('Country/Region', CO, 'New Zealand'), ('How can we help?', M, 'We manage 40 flats & want a maintenance contract.')]
    yield one('b8-en-hubspot', "New submission on HubSpot Form 'Contact us'", r, hubspot(r), 'HubSpot <noreply@notifications.hubspot.example>')
    r = [('name', N, 'Diego Fuentes-Hall'), ('_replyto', E, 'dfh@harborline.example'), ('company', C, 'Harborline Freight'), ('message', M, 'Hi team,\n\nneed 12 pallet jacks in Oakland.\n- rated 5000 lb\n- polyurethane wheels\n\nThanks')]
    yield one('b8-en-formspree', 'New submission from www.acme.example/contact', r, formspree(r), 'Formspree <noreply@formspree.example>')
    r = [('Name', N, 'Aisha Karim'), ('Email', E, 'aisha@karimbakes.example'), ('Phone', P, '0204 555 776'), ('Body', M, 'Is the planetary mixer 20 L back in stock soon?')]
    yield one('b8-en-shopify', 'New customer message on March 10, 2026 at 9:14 am', r, shopify(r, code='GB'), 'Acme (Shopify) <mailer@shopify.example>')
    r = [("What's your name?", N, 'Bella Strand'), ("What's your email address?", E, 'bella.strand@orrefors.example'), ('Which company do you work for?', C, 'Strand Interiors'),
         ('What is your budget?', B, '$10,000 - $25,000'), ('How did you hear about us?', '', 'Instagram'), ('Anything else you would like to tell us?', M, 'We open the showroom on May 4, so timing matters.')]
    yield one('b8-en-typeform', 'Typeform: New response for Project brief', r, typeform(r, 'Project brief'), 'Typeform Notifications <notifications@followups.typeform.example>', reply=False)
    r = [('Name', N, 'Oliver Pike'), ('Email', E, 'oliver@pikemarine.example'), ('Phone Number', P, '+44 7700 900812'), ('Comment', M, "What's on your mind? Nothing much:\nI want to return order 100234 & buy the larger one.")]
    yield one('b8-en-magento', 'Contact Form', r, magento([('Name', N, r[0][2]), ('E-mail', E, r[1][2]), ('Phone Number', P, r[2][2]), ('Message', M, r[3][2])]), 'Acme Store <store@acme.example>')
    r = [('Your name', N, 'Ruth Abernathy'), ('Your email', E, 'ruth.abernathy@glenpark.example'), ('Department', '', 'Sales'), ('Subject', S, 'Bulk order for schools'), ('Message', M, 'We buy for eleven schools.\nPlease send the education price list.')]
    yield one('b8-en-drupal', 'Webform submission from: Contact', r, drupal(r), 'Acme <site@acme.example>')
    r = [('name', N, 'Jonas Webb'), ('email', E, 'jonas@webbaudio.example'), ('phone', P, ''), ('budget', B, 'under 5k'), ('message', M, "Could you build a flight case?\nInner size: 120 x 60 x 40 cm\nColour: black")]
    yield one('b8-en-netlify', 'New form submission from acme.example', r, netlify(r), 'Netlify <formresponses@netlify.example>')
    r = [('Full name', N, 'Shanice Bright'), ('Email address', E, 'shanice.bright@coastal.example'), ('Telephone', P, ''), ('Postcode', Z, 'PL4 8AA'), ('Town', CI, 'Plymouth'), ('Enquiry', M, 'Please send a brochure by post.')]
    yield one('b8-en-php-lines', 'Website enquiry', r, lines(r, intro='You have received a new enquiry from the website.\n\n', outro='\n\n--\nIP: 198.51.100.33\nSent: 2026-03-10 09:14:02\nPage: https://www.acme.example/brochure.php\n'), 'www-data <www-data@web3.acme.example>')
    r = [('', N, 'Leo Marchetti'), ('', E, 'leo@marchettipasta.example'), ('', C, 'Marchetti Pasta Co.'), ('', P, '+1 917 555 0123'), ('', PR, 'Packaging line P4'), ('', M, 'Line speed 60 ppm needed.\nWhen can we visit?')]
    yield one('b8-en-json', 'contact-form: new lead', r, as_json(r, ['fullName', 'email', 'company', 'phone', 'product', 'message'], extra={'consent': True, 'ip': '203.0.113.19', 'submittedAt': '2026-03-10T09:14:22Z', 'page': 'https://www.acme.example/lp/packaging'}), 'Lead API <api@acme.example>', reply=False)
    r = [('Name', N, 'Wendy Okafor'), ('Email', E, 'wendy@okafordental.example'), ('Phone', P, '972-555-0166'), ('Practice name', C, 'Okafor Dental'), ('Street Address', A, '2200 Preston Rd, Suite 5'), ('City', CI, 'Plano'), ('State', R, 'TX'), ('ZIP Code', Z, '75093'), ('What do you need a quote for?', PR, 'Autoclave 23 L'), ('Details', M, 'Two units, one with printer.')]
    yield one('b8-en-jotform', 'Re: Quote request - Wendy Okafor', r, jotform(r, 'Quote request'), 'Jotform <noreply@jotform.example>')

    # ============================================================ Spanish
    r = [('Nombre', N, 'Rocío Valverde'), ('Correo electrónico', E, 'rocio@valverdeinox.example'), ('Asunto', S, 'Tarifa para distribuidores'), ('Mensaje', M, 'Buenos días:\n\nSomos distribuidores en Murcia y nos gustaría recibir la tarifa de 2026.\n\nUn saludo')]
    yield one('b8-es-cf7', 'Acme "Tarifa para distribuidores"', r, cf7(r, 'es'), wp)
    r = [('Nombre y apellidos', N, 'Íñigo Larrañaga Sáez'), ('Teléfono de contacto', P, '688 12 34 90'), ('E-mail', E, 'inigo.larranaga@talleres-ls.example'), ('Empresa', C, 'Talleres LS'), ('Población', CI, 'Eibar'), ('Provincia', R, 'Gipuzkoa'), ('Consulta', M, '¿Tienen recambio de la bomba B-12?\nLa nuestra es de 2009.'), ('He leído y acepto la política de privacidad', '', 'Sí')]
    yield one('b8-es-cf7-lineas', 'Consulta desde la web', r, lines(r, outro='\n\n-- \nEste mensaje se ha enviado desde un formulario de contacto en Acme (https://www.acme.example)'), wp)
    r = [('Nombre', N, 'Camila Restrepo'), ('Email', E, 'camila.restrepo@cafesdelsur.example'), ('Celular', P, '+57 310 555 0199'), ('Ciudad', CI, 'Pereira'), ('Mensaje', M, 'Quiero cotizar una tostadora de 15 kg.')]
    yield one('b8-es-elementor', 'Nuevo mensaje de «Acme»', r, elementor(r, 'es', 'https://www.acme.example/contacto/'), 'Acme <email@acme.example>')
    r = [('Nombre', F, 'Lautaro'), ('Apellido', L, 'Benegas'), ('Razón social', C, 'Benegas Hnos. S.R.L.'), ('Cargo', T, 'Jefe de compras'), ('Correo', E, 'lautaro@benegashnos.example'), ('WhatsApp', P, '+54 9 11 5555-0143'), ('Comentarios', M, 'Necesitamos presupuesto para:\n1) 40 válvulas esféricas 2"\n2) 10 filtros Y')]
    yield one('b8-es-gravity', 'Nuevo envío de Solicitud de presupuesto', r, gravity(r, 'Solicitud de presupuesto'), 'Acme <noreply@acme.example>')
    r = [('Nombre', N, 'Montserrat Puig'), ('Correo electrónico', E, 'mpuig@hotelcalablava.example'), ('Teléfono', P, '972 55 50 18'), ('¿En qué podemos ayudarte?', M, 'Queremos renovar las hamacas de la piscina (unas 60).')]
    yield one('b8-es-wpforms', 'Nueva entrada: Contacto', r, wpforms(r, 'Acme Mobiliario'), wp)
    r = [('Nombre', N, 'Fermín Ocaña'), ('Email', E, 'fermin@ocanasolar.example'), ('Web', W, 'https://ocanasolar.example'), ('Comentario', M, 'Me interesa ser instalador autorizado.')]
    yield one('b8-es-jetpack', '[Acme] Contacto', r, jetpack(r, 'es', '¡Tienes una nueva respuesta!'), 'Fermin Ocana <wordpress@acme.example>')
    r = [('Correo', E, 'gloria.mendez@correo.example'), ('Mensaje', M, 'Hola, el paquete llegó abierto.\n¿Cómo hago la devolución?')]
    yield one('b8-es-prestashop', '[Acme] Mensaje de contacto', r, presta(r, 'es'), 'Acme <tienda@acme.example>')
    r = [('Tu nombre', N, 'Xavier Tomás'), ('Tu correo electrónico', E, 'xtomas@vinyesaltes.example'), ('Producto', PR, 'Prensa neumática PN-30'), ('Cantidad', Q, '1 unidad'), ('Presupuesto aproximado', B, 'entre 15.000 y 20.000 €'), ('Mensaje', M, 'La vendimia empieza el 25 de agosto.\n¿Plazo de entrega?')]
    yield one('b8-es-formidable', 'Formulario de presupuesto enviado', r, formidable(r), wp)
    r = [('Nombre', N, 'Yolanda Criado'), ('E-mail', E, 'yolanda@criadoabogados.example'), ('Teléfono', P, ''), ('Mensaje', M, 'Solicito visita comercial.')]
    yield one('b8-es-divi', 'Nuevo mensaje de Acme', r, lines(r, own_line=False), wp)
    r = [('Nombre', F, 'Ezequiel'), ('Apellidos', L, 'Montoya Prat'), ('Email', E, 'ezequiel.montoya@rutanorte.example'), ('Empresa', C, 'Ruta Norte Logística'), ('Código postal', Z, '50012'), ('Asunto', S, 'Estanterías para almacén'), ('Mensaje', M, 'Almacén de 1.200 m2, altura libre 9 m.\nPueden medir la semana que viene.')]
    yield one('b8-es-wix', 'Contacto tiene un nuevo envío', r, wix(r, 'Acme acaba de recibir un envío de formulario en', 'Acme Estanterías', 'Detalles del envío', 'Si crees que este envío es spam, repórtalo.'), 'Acme <no-reply@crm.wix.example>')
    r = [('Nombre', N, 'Paloma Iriarte'), ('Dirección', A, 'C/ del Prado 8, 2º B'), ('C.P.', Z, '28014'), ('Localidad', CI, 'Madrid'), ('País', CO, 'España'), ('Tlf.', P, '+34 600 555 012'), ('Correo-e', E, 'paloma@iriartearquitectos.example'), ('Observaciones', M, 'Muestras de los acabados, por favor.')]
    yield one('b8-es-tabla', 'Solicitud de muestras', r, table(r, '<h3>Datos de la solicitud</h3>', sep=':', outro='<p><small>Enviado el 10/03/2026 a las 09:14 desde 203.0.113.8</small></p>'))
    r = [('Nombre completo', N, 'Anselmo Quispe Huamán'), ('Documento', '', '45871236'), ('Celular', P, '987 555 310'), ('Correo', E, 'aquispe@mineraaltiplano.example'), ('Empresa', C, 'Minera Altiplano S.A.C.'), ('Servicio que le interesa', PR, 'Alquiler de compresoras'), ('Detalle', M, 'Dos compresoras de 750 cfm por 3 meses en Juliaca.')]
    yield one('b8-es-lista', 'Lead web', r, bullets(r, '<h2>Nuevo contacto</h2>'))
    r = [('Nombre', N, 'Begoña Astiz'), ('Correo electrónico', E, 'bego.astiz@panaderiaastiz.example'), ('Teléfono móvil', P, '655550177'), ('Escriba aquí su mensaje', M, 'Buenas tardes,\n¿hacen cámaras de fermentación a medida?\nGracias')]
    yield one('b8-es-rsform', 'Formulario de contacto', r, rsform(r, 'Ha recibido un nuevo mensaje desde la web:'), 'Joomla <joomla@acme.example>')
    r = [('Nombre', N, 'Tadeo Villagrán'), ('Correo', E, 'tadeo@agricolavillagran.example'), ('Estado', R, 'Jalisco'), ('¿Cuántas unidades necesita?', Q, '25'), ('¿Qué producto busca?', PR, 'Motobomba de 3 pulgadas'), ('Comentarios adicionales', M, 'Con factura y entrega en Tepatitlán.')]
    yield one('b8-es-google', 'Nueva respuesta: Cotizaciones', r, google(r, 'Cotizaciones', 'Se ha recibido una nueva respuesta'), 'Formularios de Google <forms-receipts-noreply@google.example>', reply=False)
    r = [('', N, 'Silvia Bermejo'), ('', E, 'silvia.bermejo@clinicasol.example'), ('', P, '+34 91 555 01 44'), ('', C, 'Clínica Sol'), ('', M, 'Precio de 6 camillas eléctricas.\nEntrega en Alcorcón.')]
    yield one('b8-es-json', 'Formulario web', r, as_json(r, ['nombre', 'correo', 'telefono', 'empresa', 'mensaje'], 4, {'acepto_privacidad': 'si', 'fecha': '2026-03-10 09:14:00'}), reply=False)

    # ============================================================ Vietnamese
    r = [('Họ và tên', N, 'Nguyễn Thị Thu Hằng'), ('Email', E, 'thuhang@noithatanphu.example'), ('Tiêu đề', S, 'Hỏi giá máy cắt CNC'), ('Nội dung', M, 'Chào anh chị,\n\nBên em cần 1 máy cắt CNC khổ 1325.\nNhờ báo giá giúp em.')]
    yield one('b8-vi-cf7', 'Acme Việt Nam "Hỏi giá máy cắt CNC"', r, cf7(r, 'vi'), wp)
    r = [('Họ tên', N, 'Trần Quốc Bảo'), ('Số điện thoại', P, '0903 555 128'), ('Email', E, 'bao.tran@minhlong-steel.example'), ('Công ty', C, 'Công ty TNHH Thép Minh Long'), ('Nội dung', M, 'Cần báo giá con lăn băng tải phi 89.\nSố lượng khoảng 200 cái.')]
    yield one('b8-vi-cf7-dong', 'Liên hệ từ website', r, lines(r, intro='Thông tin khách hàng:\n', outro='\n\n-- \nEmail này được gửi đến từ form liên hệ của website Acme (https://acme.example)'), wp)
    r = [('Họ và Tên', N, 'Lê Hoàng Minh'), ('Số Điện Thoại', P, '0912345698'), ('Email', E, ''), ('Bạn cần tư vấn sản phẩm nào?', PR, 'Máy nén khí trục vít'), ('Lời nhắn', M, 'Gọi cho tôi sau 17h.')]
    yield one('b8-vi-elementor', 'Tin nhắn mới từ "Acme"', r, elementor(r, 'vi', 'https://acme.example/lien-he/'), 'Acme <email@acme.example>', reply=False)
    r = [('Họ và tên *', N, 'Phạm Ngọc Ánh'), ('Địa chỉ email *', E, 'anh.pham@lotusfoods.example'), ('Điện thoại', P, '028 3555 0166'), ('Địa chỉ', A, '12 Nguyễn Trãi, Phường 3, Quận 5'), ('Thành phố', CI, 'Hồ Chí Minh'), ('Lời nhắn', M, 'Xin catalogue dây chuyền đóng gói.')]
    yield one('b8-vi-bang', 'Khách hàng liên hệ', r, table(r, '<p>Có khách hàng vừa gửi thông tin liên hệ:</p>', outro='<p>IP: 203.0.113.52 - Thời gian: 09:14 10/03/2026</p>'))
    r = [('Tên của bạn', N, 'Vũ Đức Thắng'), ('Email của bạn', E, 'thang.vu@hatangxanh.example'), ('Tên doanh nghiệp', C, 'CP Hạ Tầng Xanh'), ('Chức vụ', T, 'Trưởng phòng mua hàng'), ('Ngân sách dự kiến', B, '500 - 700 triệu đồng'), ('Yêu cầu cụ thể', M, 'Hệ thống lọc nước 5 m3/h.\nLắp tại Bình Dương.\nBàn giao trước 30/6.')]
    yield one('b8-vi-fluent', 'Yêu cầu báo giá mới', r, fluent(r), wp)
    r = [('Họ tên', N, 'Đặng Thị Mai'), ('SĐT', P, '+84 98 555 0102'), ('Email', E, 'maidang@spa-hoasen.example'), ('Ghi chú', M, 'Mình muốn mua 10 giường massage, giá sỉ thế nào ạ?')]
    yield one('b8-vi-gravity', 'Thông báo: Đăng ký tư vấn', r, gravity(r, 'Đăng ký tư vấn'), 'Acme <noreply@acme.example>')
    r = [('Họ tên', N, 'Bùi Văn Khánh'), ('Điện thoại', P, '0977.555.018'), ('E-mail', E, 'khanhbv@cokhihp.example'), ('Sản phẩm quan tâm', PR, 'Máy hàn TIG 315A'), ('Số lượng', Q, '02 máy'), ('Nội dung yêu cầu', M, 'Báo giá có VAT, giao Hải Phòng.')]
    yield one('b8-vi-lienhe', 'Yêu cầu báo giá - Bùi Văn Khánh', r, brs(r, '<p>Thông tin yêu cầu báo giá:</p>', outro='<br><br><i>Email được gửi tự động từ hệ thống, vui lòng không trả lời.</i>'))
    r = [('Name', N, 'Hồ Gia Huy'), ('Email', E, 'giahuy.ho@techpark.example'), ('Phone', P, '0868 555 233'), ('Body', M, 'Shop còn màu đen không ạ?\nMình lấy 2 cái.')]
    yield one('b8-vi-shopify', 'Tin nhắn mới của khách hàng vào 10 Tháng 3, 2026 lúc 09:14', r, shopify(r, 'Bạn đã nhận được tin nhắn mới từ biểu mẫu liên hệ của cửa hàng trực tuyến.', 'VN'), 'Acme (Shopify) <mailer@shopify.example>')
    r = [('Họ và tên của anh/chị?', N, 'Ngô Thanh Tùng'), ('Email liên hệ?', E, 'tung.ngo@phuongnam-edu.example'), ('Số điện thoại?', P, '0935550171'), ('Anh/chị đang làm việc tại công ty nào?', C, 'Giáo dục Phương Nam'), ('Anh/chị muốn hỏi điều gì?', M, 'Cần 30 bộ bàn ghế học sinh cấp 2.')]
    yield one('b8-vi-google', 'Biểu mẫu: có phản hồi mới', r, google(r, 'Đăng ký nhận báo giá', 'Có phản hồi mới cho biểu mẫu của bạn'), 'Google Forms <forms-receipts-noreply@google.example>', reply=False)
    r = [('Họ tên', N, 'Cao Thị Bích Ngọc'), ('Email', E, 'bichngoc@homedecor.example'), ('Quốc gia', CO, 'Việt Nam'), ('Website', W, 'http://homedecor.example'), ('Nội dung', M, 'Muốn làm đại lý khu vực miền Tây.\nChính sách chiết khấu ra sao?')]
    yield one('b8-vi-ninja', 'Gửi từ form liên hệ', r, ninja(r), wp)
    r = [('Họ và tên', N, 'Đỗ Hải Yến'), ('Số điện thoại', P, '0243 555 0190'), ('Email', E, 'haiyen.do@vinatex-hn.example'), ('Nội dung liên hệ', M, 'Kính gửi Quý công ty,\n\nChúng tôi cần bảo trì 3 nồi hơi.\n\nTrân trọng.')]
    yield one('b8-vi-wpforms', 'Mục mới: Liên hệ', r, wpforms(r, 'Acme Việt Nam'), wp)
    r = [('Tên khách hàng', N, 'Lý Kiến Quốc'), ('Điện thoại liên lạc', P, '0283 5550 144'), ('Thư điện tử', E, 'quocly@kientao.example'), ('Tên công ty', C, 'Xây dựng Kiến Tạo'), ('Thông điệp', M, 'Xin báo giá thuê giàn giáo 2 tháng.')]
    yield one('b8-vi-danhsach', '[Website] Liên hệ mới', r, bullets(r, '<p>Xin chào, website vừa nhận được liên hệ mới:</p>', tag='b', outro='<p>--<br>Acme Việt Nam</p>'))
    r = [('Họ tên', N, 'Mai Xuân Trường'), ('Email', E, 'truongmx@dongahotel.example'), ('Tiêu đề', S, 'Bảo hành máy giặt công nghiệp'), ('Nội dung', M, 'Máy số 2 báo lỗi E7.\nĐã tắt mở lại nhưng không hết.')]
    yield one('b8-vi-tren', 'Phản hồi từ khách hàng', r, above(r, 'Bạn nhận được phản hồi mới\n\n', '\n\nGửi lúc\n10/03/2026 09:14\n'))
    r = [('', N, 'Tạ Minh Châu'), ('', P, '+84905550163'), ('', E, 'chau.ta@seafoodmt.example'), ('', PR, 'Kho lạnh mini 20 m3'), ('', M, 'Khảo sát ở Nha Trang được không?')]
    yield one('b8-vi-json', 'webhook: lead', r, as_json(r, ['ho_ten', 'so_dien_thoai', 'email', 'san_pham', 'noi_dung'], None, {'utm_source': 'facebook', 'ip': '203.0.113.60'}), reply=False)
    r = [('Họ tên', N, 'Phan Thị Kim Oanh'), ('Điện thoại', P, '0989 555 047'), ('Email', E, 'oanhphan@kimlongfarm.example'), ('Khu vực', R, 'Đồng Nai'), ('Bạn cần bao nhiêu?', Q, '500 kg'), ('Lời nhắn', M, 'Giao hàng tuần, thanh toán chuyển khoản.')]
    yield one('b8-vi-the', 'Đơn hỏi hàng từ trang chủ', r, cards(r, '<h2>Đơn hỏi hàng</h2>', '<p>© 2026 Acme</p>'))

    # ============================================================ French
    r = [('Nom', N, 'Élodie Charpentier'), ('E-mail', E, 'elodie@charpentier-paysage.example'), ('Objet', S, 'Demande de devis tondeuses'), ('Message', M, "Bonjour,\n\nNous avons besoin de trois tondeuses autoportées pour avril.\nMerci de m'envoyer un devis.\n\nCordialement,\nÉlodie Charpentier")]
    yield one('b8-fr-cf7', 'Acme France « Demande de devis tondeuses »', r, cf7(r, 'fr'), wp)
    r = [('Nom', L, 'Le Guen'), ('Prénom', F, 'Yann'), ('Société', C, 'Le Guen Conserverie'), ('Adresse e-mail', E, 'yann@leguen-conserverie.example'), ('Téléphone', P, '02 98 55 01 77'), ('Votre demande', M, 'Devis pour une sertisseuse semi-auto.\nDélai souhaité : juin.')]
    yield one('b8-fr-lignes', 'Formulaire de contact', r, lines(r, ' : ', intro='Nouveau message reçu depuis le site\n-----------------------------------\n', outro='\n\nEnvoyé le 10/03/2026 à 09h14 - IP : 203.0.113.14'))
    r = [('Votre nom', N, 'Mathilde Rousseau'), ('Votre e-mail', E, 'm.rousseau@atelier-rousseau.example'), ('Téléphone', P, '+33 6 12 55 01 20'), ('Message', M, "Je cherche un four céramique 100 L.\nL'avez-vous en stock ?")]
    yield one('b8-fr-elementor', 'Nouveau message de « Acme »', r, elementor(r, 'fr', 'https://www.acme.example/contact/'), 'Acme <email@acme.example>')
    r = [('Nom', N, 'Baptiste Lemoine'), ('E-mail', E, 'baptiste.lemoine@domainelemoine.example'), ('Site web', W, 'https://www.domainelemoine.example'), ('Commentaire', M, "Bonjour, livrez-vous en Corse ?")]
    yield one('b8-fr-jetpack', '[Acme] Contact', r, jetpack_old(r, 'fr'), 'Baptiste Lemoine <wordpress@acme.example>')
    r = [('Civilité', '', 'Mme'), ('Nom', L, 'Girard'), ('Prénom', F, 'Solène'), ('Fonction', T, 'Responsable achats'), ('Entreprise', C, 'Hôpital Saint-Luc'), ('E-mail', E, 's.girard@saint-luc.example'), ('Code postal', Z, '69007'), ('Ville', CI, 'Lyon'), ('Votre message', M, 'Consultation pour 20 fauteuils de soins.')]
    yield one('b8-fr-gravity', 'Nouvelle soumission de Demande de devis', r, gravity(r, 'Demande de devis'), 'Acme <noreply@acme.example>')
    r = [('E-mail', E, 'vincent.perrot@courriel.example'), ('Message', M, "Bonjour,\nla référence 88-201 est-elle compatible avec l'ancien modèle ?")]
    yield one('b8-fr-prestashop', '[Acme] Message depuis le formulaire de contact', r, presta(r, 'fr'), 'Acme <boutique@acme.example>')
    r = [('Nom complet', N, 'Noémie Fabre'), ('Courriel', E, 'nfabre@erabliere-fabre.example'), ('Téléphone', P, '418 555-0164'), ('Province', R, 'Québec'), ('Message', M, 'Prix pour un évaporateur 3x10 svp.')]
    yield one('b8-fr-drupal-html', 'Nouvelle soumission : Nous joindre', r, drupal_html(r, 'Soumis le mar 2026-03-10 09:14', 'Soumis par : Anonyme', 'Les valeurs soumises sont :'), 'Acme Canada <site@acme.example>')
    r = [('Nom', N, 'Aurélien Masson'), ('Courriel', E, 'aurelien@masson-bois.example'), ('Sujet', S, 'Visite du showroom'), ('Message', M, 'Peut-on passer samedi matin ?\nNous serions quatre.')]
    yield one('b8-fr-drupal', 'Soumission de formulaire de : Contact', r, drupal(r, 'Soumis le mar 10/03/2026 - 09:14', 'Soumis par : Anonyme', 'Les valeurs soumises sont :', 'Les résultats de cette soumission peuvent être consultés ici :\nhttps://www.acme.example/node/12/submission/90'), 'Acme <site@acme.example>')
    r = [('Nom et prénom', N, 'Capucine Delmas'), ('Entreprise', C, 'Delmas Événements'), ('Email', E, 'capucine@delmas-evenements.example'), ('Tél.', P, '06.55.01.22.18'), ('Budget', B, '8 000 à 12 000 €'), ('Quantité souhaitée', Q, '150 chaises'), ('Précisions', M, 'Location du 12 au 15 juin.\nLivraison à Antibes.')]
    yield one('b8-fr-tableau', 'Demande de location', r, table(r, '<h2>Demande de location</h2>', border='0', th=True, outro='<p><em>Ce message a été envoyé automatiquement par acme.example.</em></p>'))
    r = [('Nom', N, 'Gaspard Thiry'), ('E-mail', E, 'gaspard.thiry@brasserie-thiry.example'), ('Pays', CO, 'Belgique'), ('Produit concerné', PR, 'Cuve inox 500 L'), ('Message', M, 'Avec ou sans double paroi ?')]
    yield one('b8-fr-zoho', 'Contact - nouvelle entrée', r, zoho(r, 'Une nouvelle entrée a été soumise pour', 'Contact'), 'Zoho Forms <notifications@zohoforms.example>')
    r = [('Quel est votre nom ?', N, 'Inès Benali'), ('Quelle est votre adresse e-mail ?', E, 'ines.benali@studiobenali.example'), ('Pour quelle entreprise travaillez-vous ?', C, 'Studio Benali'), ('Quel est votre budget ?', B, 'Moins de 3 000 €'), ('Décrivez votre projet', M, "Une enseigne lumineuse de 2 m.\nPose comprise.")]
    yield one('b8-fr-typeform', 'Typeform : nouvelle réponse à Votre projet', r, typeform(r, 'Votre projet', 'Votre typeform %s a reçu une nouvelle réponse :', 'Connectez-vous pour voir vos réponses'), 'Typeform Notifications <notifications@followups.typeform.example>', reply=False)
    r = [('Nom', N, 'Thibault Roche'), ('Téléphone', P, '04 76 55 01 09'), ('Email', E, ''), ('Adresse', A, '3 chemin des Vignes\n38240 Meylan'), ('Message', M, 'Rappelez-moi pour un ramonage.')]
    yield one('b8-fr-forminator', 'Nouvelle soumission du formulaire', r, forminator([x for x in r if x[2]], 'Vous avez reçu une nouvelle soumission de formulaire :', 'Ce message a été envoyé depuis https://www.acme.example.'), wp)
    r = [('Nom / Prénom', N, 'Roxane Villiers'), ('Mail', E, 'roxane.villiers@maisonvilliers.example'), ('Portable', P, '0755012233'), ('Sujet', S, 'Partenariat boutique'), ('Votre message', M, 'Nous aimerions revendre votre gamme à Nantes.\nQui contacter ?')]
    yield one('b8-fr-dl', 'Contact site', r, dl(r, '<h1>Contact depuis le site</h1>', '<p>RGPD : accord donné le 10/03/2026</p>'))
    r = [('Prénom', F, 'Loïc'), ('Nom de famille', L, 'Kerbrat'), ('Adresse email', E, 'loic@kerbrat-nautisme.example'), ('Nom de la société', C, 'Kerbrat Nautisme'), ('Comment pouvons-nous vous aider ?', M, 'Treuils 12 V : remise à partir de combien ?')]
    yield one('b8-fr-hubspot', 'Nouvelle soumission du formulaire "Contact"', r, hubspot(r, 'Contact', 'Contact | Acme', 'Nouvelle soumission du formulaire %s', 'Page de soumission'), 'HubSpot <noreply@notifications.hubspot.example>')
    r = [('', L, 'Bonnefoy'), ('', F, 'Agathe'), ('', E, 'agathe@bonnefoy-traiteur.example'), ('', P, '0155501299'), ('', M, 'Devis vitrine réfrigérée 1,5 m svp')]
    yield one('b8-fr-json', 'Nouveau contact', r, as_json(r, ['nom', 'prenom', 'email', 'telephone', 'message'], 2, {'rgpd': 'oui', 'page': '/contact'}), reply=False)

    # ============================================================ German
    r = [('Ihr Name', N, 'Jürgen Albrecht'), ('Ihre E-Mail-Adresse', E, 'j.albrecht@albrecht-metallbau.example'), ('Betreff', S, 'Angebot Säulenbohrmaschine'), ('Ihre Nachricht', M, 'Guten Tag,\n\nbitte senden Sie uns ein Angebot über zwei Säulenbohrmaschinen SB 40.\n\nMit freundlichen Grüßen\nJürgen Albrecht')]
    yield one('b8-de-cf7', 'Acme GmbH „Angebot Säulenbohrmaschine“', r, cf7(r, 'de'), wp)
    r = [('Anrede', '', 'Frau'), ('Vorname', F, 'Annegret'), ('Nachname', L, 'von der Heide'), ('Firma', C, 'Heide Gartenbau GmbH & Co. KG'), ('Straße/Nr.', A, 'Am Deich 7'), ('PLZ', Z, '26441'), ('Ort', CI, 'Jever'), ('Telefon', P, '04461 / 55 50 17'), ('E-Mail', E, 'info@heide-gartenbau.example'), ('Nachricht', M, 'Bitte um Rückruf wegen Miettraktor.\nAm besten vormittags.'), ('Datenschutz', '', 'Ich habe die Datenschutzerklärung gelesen.')]
    yield one('b8-de-typo3', 'Kontaktformular', r, typo3(r, 'Kontaktformular'), 'Acme <formular@acme.example>')
    r = [('Name', N, 'Felix Wagenknecht'), ('E-Mail', E, 'felix@wagenknecht-it.example'), ('Telefonnummer', P, '+49 151 55501234'), ('Nachricht', M, 'Wir suchen 19-Zoll-Schränke, 42 HE.\nLiefertermin?')]
    yield one('b8-de-elementor', 'Neue Nachricht von „Acme“', r, elementor(r, 'de', 'https://www.acme.example/kontakt/'), 'Acme <email@acme.example>')
    r = [('Name', N, 'Silke Ostermann'), ('E-Mail-Adresse', E, 'ostermann@kita-sonnenhof.example'), ('Telefon (optional)', P, ''), ('Ihre Anfrage', M, 'Haben Sie Sandkastenabdeckungen 3 x 3 m?')]
    yield one('b8-de-wpforms-text', 'Neuer Eintrag: Kontakt', r, wpforms_text(r), wp)
    r = [('Vor- und Nachname', N, 'Bernd Zöllner'), ('Unternehmen', C, 'Zöllner Logistik AG'), ('Position', T, 'Einkaufsleiter'), ('E-Mail', E, 'b.zoellner@zoellner-logistik.example'), ('Produkt', PR, 'Hubwagen HW 25'), ('Menge', Q, '8 Stück'), ('Anmerkungen', M, 'Mit Bremse und Tandemrollen.\nBitte Staffelpreise angeben.')]
    yield one('b8-de-gravity', 'Neue Einsendung von Angebotsanfrage', r, gravity(r, 'Angebotsanfrage'), 'Acme <noreply@acme.example>')
    r = [('Name', N, 'Katharina Bühler'), ('Email', E, 'k.buehler@buehler-optik.example'), ('Website', W, 'https://www.buehler-optik.example'), ('Kommentar', M, 'Liefern Sie auch in die Schweiz?')]
    yield one('b8-de-jetpack', '[Acme] Kontakt', r, jetpack(r, 'de', 'Du hast eine neue Antwort!'), 'Katharina Buehler <wordpress@acme.example>')
    r = [('Name', N, 'Detlef Hartung'), ('Mailadresse', E, 'detlef.hartung@post.example'), ('Rückrufnummer', P, '0341 5550188'), ('Betreff', S, 'Ersatzteil für Häcksler'), ('Mitteilung', M, 'Typ: GH 2200\nBaujahr: 2014\nIch brauche das Untermesser.')]
    yield one('b8-de-php', 'Anfrage von der Homepage', r, lines(r, intro='Folgende Anfrage wurde über das Kontaktformular gesendet:\n\n', outro='\n\n------------------------------\nDatum: 10.03.2026, 09:14 Uhr\nIP-Adresse: 203.0.113.201\nBrowser: Firefox/135.0\n'), 'Webserver <noreply@acme.example>')
    r = [('Ihr Name', N, 'Ulrike Sommerfeld'), ('Ihre E-Mail', E, 'u.sommerfeld@pension-seeblick.example'), ('Ihr Ort', CI, 'Waren (Müritz)'), ('Ihr Budget', B, 'ca. 4.000 €'), ('Was können wir für Sie tun?', M, 'Strandkörbe, 6 Stück, blau-weiß.')]
    yield one('b8-de-tabelle', 'Neue Anfrage', r, table(r, '<p>Es ist eine neue Anfrage eingegangen.</p>', head=('Feld', 'Wert'), outro='<p>Diese E-Mail wurde automatisch erzeugt.</p>'))
    r = [('Name', N, 'Rüdiger Kaltenbach'), ('E-Mail', E, 'kaltenbach@sv-kaltenbach.example'), ('Firma', C, ''), ('Nachricht', M, 'Bitte Datenblatt zum Messkoffer MK3.')]
    yield one('b8-de-rsform', 'Kontaktanfrage über die Webseite', r, rsform(r, 'Sie haben eine neue Nachricht erhalten:'), 'Joomla <joomla@acme.example>')
    r = [('Vorname', F, 'Lena'), ('Nachname', L, 'Pfisterer'), ('E-Mail', E, 'lena.pfisterer@weingut-p.example'), ('Telefon', P, '06321 555017'), ('Land', CO, 'Deutschland'), ('Ihre Nachricht', M, 'Etikettiermaschine: auch zur Miete?\nZeitraum August bis Oktober')]
    yield one('b8-de-wix', 'Kontaktformular hat eine neue Einsendung', r, wix(r, 'Acme hat soeben eine Formulareinsendung erhalten auf', 'Acme', 'Details der Einsendung', 'Wenn Sie glauben, dass diese Einsendung Spam ist, melden Sie sie.'), 'Acme <no-reply@crm.wix.example>')
    r = [('Wie heißen Sie?', N, 'Tobias Grünwald'), ('Wie lautet Ihre E-Mail-Adresse?', E, 't.gruenwald@gw-architekten.example'), ('In welchem Unternehmen arbeiten Sie?', C, 'GW Architekten'), ('Beschreiben Sie kurz Ihr Vorhaben', M, 'Vordach aus Glas,\nca. 4 x 1,5 m')]
    yield one('b8-de-automate', 'Neue Antwort: Projektanfrage', r, automate(r, 'Es wurde eine neue Antwort übermittelt.'), 'Microsoft Power Automate <noreply@microsoft.example>', reply=False)
    r = [('Name', N, 'Mareike Cordes'), ('E-Mail', E, 'mareike@cordes-catering.example'), ('Mobil', P, '0170 5550143'), ('Bundesland', R, 'Niedersachsen'), ('Nachricht', M, 'Wärmewagen mieten, 3 Tage im Mai.')]
    yield one('b8-de-ninja', 'Neue Formulareinsendung', r, ninja(r), wp)
    r = [('Name', N, 'Holger Brandis'), ('Firma', C, 'Brandis Fördertechnik'), ('Telefon', P, '+49 (0)231 555-0127'), ('E-Mail', E, 'brandis@brandis-ft.example'), ('Gewünschtes Produkt', PR, 'Rollenbahn 600 mm'), ('Stückzahl', Q, '24 m'), ('Bemerkung', M, 'Angetrieben, 0,3 m/s.')]
    yield one('b8-de-odoo', 'Kontaktformular', r, odoo(r, 'Diese Nachricht wurde auf Ihrer Website hinterlassen!'), 'OdooBot <odoobot@acme.example>')
    r = [('Name', N, 'Gisela Neuhaus'), ('E-Mail', E, 'gisela.neuhaus@posteo.example'), ('Betreff', S, 'Reklamation Lieferung 4471'), ('Nachricht', M, 'Die Kiste war feucht.\nFotos schicke ich gern.')]
    yield one('b8-de-oben', 'Neue Nachricht über das Kontaktformular', r, above(r, 'Neue Nachricht\n==============\n\n', '\n\n-- \nacme.example\n', under=True))
    r = [('', N, 'Sven Oltmanns'), ('', C, 'Oltmanns Bootsbau'), ('', E, 'sven@oltmanns-bootsbau.example'), ('', P, '+494931555012'), ('', M, 'Edelstahlreling nach Zeichnung?\nPDF folgt.')]
    yield one('b8-de-json', 'Formular: Kontakt', r, as_json(r, ['name', 'firma', 'email', 'telefon', 'nachricht'], 2, {'datenschutz': True, 'zeitpunkt': '2026-03-10T09:14:00+01:00'}), reply=False)

    # ============================================================ Portuguese
    r = [('Seu nome', N, 'Thaís Albuquerque'), ('Seu e-mail', E, 'thais@albuquerquemoveis.example'), ('Assunto', S, 'Revenda no Recife'), ('Sua mensagem', M, 'Bom dia,\n\ntemos duas lojas no Recife e queremos revender a linha de cadeiras.\nAguardo retorno.')]
    yield one('b8-pt-cf7', 'Acme Brasil "Revenda no Recife"', r, cf7(r, 'pt'), wp)
    r = [('Nome', N, 'Wellington Prado'), ('E-mail', E, 'wellington@pradousinagem.example'), ('Telefone', P, '(19) 3555-0142'), ('Empresa', C, 'Prado Usinagem Ltda.'), ('Cidade', CI, 'Piracicaba'), ('Estado', R, 'SP'), ('Mensagem', M, 'Solicito orçamento de óleo de corte.\nConsumo mensal: 400 litros')]
    yield one('b8-pt-linhas', 'Contato pelo site', r, lines(r, outro='\n\n--\nMensagem enviada pelo formulário de contato do site www.acme.example em 10/03/2026 09:14\n'))
    r = [('Nome', N, 'Jussara Lins'), ('E-mail', E, 'jussara@linsfestas.example'), ('WhatsApp', P, '(81) 98555-0133'), ('Mensagem', M, 'Vocês alugam tendas 10x10?')]
    yield one('b8-pt-elementor', 'Nova mensagem de "Acme"', r, elementor(r, 'pt', 'https://www.acme.example/contato/'), 'Acme <email@acme.example>')
    r = [('Nome completo', N, 'Ademir Fontoura'), ('CNPJ', '', '12.345.678/0001-90'), ('Razão social', C, 'Fontoura Agro S.A.'), ('E-mail', E, 'compras@fontouraagro.example'), ('Celular', P, '+55 62 99555-0170'), ('Cargo', T, 'Gerente de suprimentos'), ('Endereço', A, 'Rod. GO-060, km 12'), ('CEP', Z, '75380-000'), ('Mensagem', M, 'Cotação de 5 silos bolsa.\nFrete CIF.')]
    yield one('b8-pt-gravity', 'Novo envio de Orçamento', r, gravity(r, 'Orçamento'), 'Acme <noreply@acme.example>')
    r = [('Nome', N, 'Inês Carvalhal'), ('E-mail', E, 'ines.carvalhal@quintadoalto.example'), ('Telemóvel', P, '912 555 018'), ('Localidade', CI, 'Peso da Régua'), ('Mensagem', M, 'Pretendo orçamento para rolhas personalizadas (5000 un.).')]
    yield one('b8-pt-wpforms', 'Nova entrada: Contacto', r, wpforms(r, 'Acme Portugal'), wp)
    r = [('Nome', F, 'Duarte'), ('Apelido', L, 'Seabra'), ('Empresa', C, 'Seabra & Filhos, Lda'), ('Email', E, 'duarte@seabrafilhos.example'), ('Assunto', S, 'Pedido de catálogo'), ('Mensagem', M, 'Agradeço envio do catálogo em papel.\nRua do Cais 40, Aveiro')]
    yield one('b8-pt-squarespace', 'Form Submission - Contacto', r, squarespace(r), 'Squarespace <form-submission@squarespace.info.example>')
    r = [('Nome', N, 'Raimunda Tavares'), ('Email', E, 'raimunda@tavarespolpas.example'), ('Telefone/WhatsApp', P, '91 98555 0121'), ('Produto de interesse', PR, 'Despolpadeira 100 kg/h'), ('Quantidade', Q, '2'), ('Observações', M, 'Voltagem 220 trifásico.')]
    yield one('b8-pt-formidable', 'Pedido de cotação', r, formidable(r), wp)
    r = [('Nome', N, 'Caio Bittencourt'), ('E-mail', E, 'caio@bittencourt-eng.example'), ('Site', W, 'www.bittencourt-eng.example'), ('Mensagem', M, 'Projeto de ventilação para galpão.\nÁrea: 2.400 m²\nPé-direito: 8 m')]
    yield one('b8-pt-tabela', 'Novo lead do site', r, table(r, '<h3>Novo lead</h3>', border='0', sep=':', outro='<p style="color:#999">Origem: /servicos/ventilacao | IP 203.0.113.140</p>'))
    r = [('Qual é o seu nome?', N, 'Larissa Nogueira'), ('Qual é o seu e-mail?', E, 'larissa@nogueiramodas.example'), ('Qual é o nome da sua empresa?', C, 'Nogueira Modas'), ('Qual o seu orçamento?', B, 'até R$ 20 mil'), ('Conte mais sobre o projeto', M, 'Araras e manequins para loja de 80 m2.')]
    yield one('b8-pt-typeform', 'Typeform: nova resposta para Projeto', r, typeform(r, 'Projeto', 'Seu typeform %s recebeu uma nova resposta:', 'Entre para ver suas respostas'), 'Typeform Notifications <notifications@followups.typeform.example>', reply=False)
    r = [('Nome', N, 'Geraldo Pimenta'), ('Telefone', P, '(31) 3555-0109'), ('E-mail', E, 'geraldo.pimenta@correio.example'), ('Motivo do contato', '', 'Orçamento'), ('Mensagem', M, 'Boa tarde!\nQuanto custa trocar o motor do portão?')]
    yield one('b8-pt-jotform', 'Contato - Geraldo Pimenta', r, jotform(r, 'Contato', 'Você pode <a href="https://www.jotform.example/edit/7">editar este envio</a> e <a href="https://www.jotform.example/inbox/7">ver todos os seus envios</a>.'), 'Jotform <noreply@jotform.example>')
    r = [('Nome', N, 'Beatriz Sampaio'), ('Email', E, 'beatriz@sampaioclinica.example'), ('Telefone', P, ''), ('Mensagem', M, 'Gostaria de agendar uma demonstração do equipamento a laser.')]
    yield one('b8-pt-webflow', 'You have a new form submission on Acme!', r, webflow(r, 'Contato'), 'Webflow Forms <no-reply-forms@webflow.example>')
    r = [('Nome', N, 'Otávio Guerra'), ('E-mail', E, 'otavio@guerratransportes.example'), ('Mensagem', M, 'Rastreadores para 35 caminhões.\nInstalação em Betim.'), ('Aceito receber novidades', '', 'sim')]
    yield one('b8-pt-lista', 'Formulário: fale conosco', r, bullets(r, '<p>Fale conosco</p>', outro='<p>Enviado por acme.example</p>'))
    r = [('O seu nome', N, 'Matilde Figueira'), ('O seu email', E, 'matilde@figueiradesign.example'), ('Telefone', P, '+351 21 555 0148'), ('País', CO, 'Portugal'), ('A sua mensagem', M, 'Boa tarde,\nfazem entregas nos Açores?\nObrigada')]
    yield one('b8-pt-paragrafos', 'Novo contacto no site', r, paragraphs(r, '<h2>Novo contacto</h2>', outro='<hr><p><small>Recebeu este email porque é administrador de acme.example</small></p>'))
    r = [('Nome', N, 'Sebastião Moura'), ('Email', E, 'tiao@mouraapicultura.example'), ('Assunto', S, 'Centrífuga de mel'), ('Mensagem', M, 'Tem assistência técnica no Piauí?')]
    yield one('b8-pt-chrono', 'Contato - Centrífuga de mel', r, chrono(r), 'Joomla <joomla@acme.example>')
    r = [('', N, 'Vitória Lacerda'), ('', E, 'vitoria@lacerdacosmeticos.example'), ('', P, '+5541995550166'), ('', C, 'Lacerda Cosméticos'), ('', M, 'Envasadora semiautomática.\nFrascos de 30 a 250 ml.')]
    yield one('b8-pt-json', 'novo contato', r, as_json(r, ['nome', 'email', 'telefone', 'empresa', 'mensagem'], 2, {'aceite_lgpd': True, 'origem': 'landing-envase'}), reply=False)
