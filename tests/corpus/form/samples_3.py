"""Form notifications, third batch: more builders, portals, marketplaces and hand-made scripts, with other words for the same things."""
import html as entities
import json

from letter import Sample, mail
from visitors import VISITORS

# Three ways to say it in each language; a form takes one column.
LABELS = {
    'en': dict(name=('Full name', 'Contact name', 'Name'), first_name=('First', 'Given name', 'First name'), last_name=('Last', 'Surname', 'Family name'),
               email=('E-mail address', 'Your email', 'Business Email'), phone=('Telephone', 'Mobile number', 'Contact Number'),
               company=('Company Name', 'Organisation', 'Business name'), message=('How can we help?', 'Comments', 'Enquiry'),
               product=('Which product are you interested in?', 'Product', 'Service'), city=('City', 'Town', 'Town/City'),
               country=('Country', 'Country/Region', 'Country'), subject=('Subject', 'Topic', 'Subject')),
    'es': dict(name=('Nombre y apellidos', 'Nombre', 'Persona de contacto'), first_name=('Nombre', 'Nombre(s)', 'Primer nombre'),
               last_name=('Apellidos', 'Apellido(s)', 'Apellido'), email=('E-mail', 'Correo', 'Tu correo electrónico'),
               phone=('Teléfono móvil', 'Celular', 'Teléfono de contacto'), company=('Nombre de la empresa', 'Compañía', 'Razón social'),
               message=('Comentarios', 'Tu mensaje', '¿En qué podemos ayudarte?'), product=('Producto', 'Servicio', 'Producto que le interesa'),
               city=('Localidad', 'Ciudad', 'Población'), country=('País', 'País', 'País/Región'), subject=('Asunto', 'Motivo', 'Tema')),
    'vi': dict(name=('Họ tên', 'Tên khách hàng', 'Họ và tên của bạn'), first_name=('Tên', 'Tên', 'Tên'), last_name=('Họ', 'Họ và tên đệm', 'Họ'),
               email=('Email', 'E-mail', 'Email liên hệ'), phone=('Điện thoại', 'SĐT', 'Số điện thoại liên hệ'),
               company=('Công ty', 'Đơn vị', 'Tên công ty'), message=('Lời nhắn', 'Ghi chú', 'Nội dung liên hệ'),
               product=('Sản phẩm quan tâm', 'Sản phẩm', 'Dịch vụ'), city=('Tỉnh/Thành phố', 'Thành phố', 'Tỉnh thành'),
               country=('Quốc gia', 'Nước', 'Quốc gia'), subject=('Chủ đề', 'Tiêu đề', 'Chủ đề')),
    'fr': dict(name=('Nom complet', 'Votre nom', 'Nom'), first_name=('Prénom', 'Votre prénom', 'Prénom'), last_name=('Nom', 'Votre nom', 'Nom de famille'),
               email=('Courriel', 'Votre e-mail', 'Adresse mail'), phone=('Tél.', 'Numéro de téléphone', 'Portable'),
               company=('Entreprise', 'Raison sociale', 'Nom de la société'), message=('Message', 'Commentaire', 'Votre demande'),
               product=('Produit concerné', 'Produit', 'Service souhaité'), city=('Ville', 'Commune', 'Ville'), country=('Pays', 'Pays', 'Pays'),
               subject=('Sujet', 'Objet de la demande', 'Sujet')),
    'de': dict(name=('Vor- und Nachname', 'Name', 'Ansprechpartner'), first_name=('Vorname', 'Ihr Vorname', 'Vorname'),
               last_name=('Name', 'Ihr Nachname', 'Familienname'), email=('E-Mail', 'Ihre E-Mail-Adresse', 'Mailadresse'),
               phone=('Tel.', 'Rückrufnummer', 'Handynummer'), company=('Unternehmen', 'Firmenname', 'Firma/Institution'),
               message=('Nachricht', 'Ihr Anliegen', 'Mitteilung'), product=('Produkt', 'Gewünschtes Produkt', 'Leistung'),
               city=('Stadt', 'Wohnort', 'Ort'), country=('Land', 'Land', 'Land'), subject=('Betreff', 'Thema', 'Betreff')),
    'pt': dict(name=('Nome', 'Seu nome', 'Nome e sobrenome'), first_name=('Nome', 'Nome próprio', 'Primeiro nome'),
               last_name=('Sobrenome', 'Apelido', 'Último nome'), email=('Seu e-mail', 'Endereço de e-mail', 'E-mail de contato'),
               phone=('Celular', 'Telemóvel', 'Telefone/WhatsApp'), company=('Nome da empresa', 'Organização', 'Empresa'),
               message=('Sua mensagem', 'Observações', 'Como podemos ajudar?'), product=('Produto de interesse', 'Produto', 'Serviço'),
               city=('Cidade', 'Localidade', 'Município'), country=('País', 'País', 'País'), subject=('Assunto', 'Assunto', 'Motivo do contato')),
}
KEYS = (('name', 'email', 'phone', 'company', 'message'), ('first_name', 'last_name', 'email', 'phone', 'country', 'message'),
        ('company', 'name', 'phone', 'email', 'city', 'product', 'message'), ('name', 'email', 'subject', 'message'))
MACHINE = dict(name='full_name', first_name='firstname', last_name='lastname', email='email', phone='mobilephone', company='company', message='message',
               product='product_interest', city='city', country='country', subject='subject')


class Form:
    def __init__(self, person, keys, column, labels=None):
        values = dict(person._asdict(), first_name=person.first, last_name=person.last, subject=person.product)
        self.person = person
        self.keys = {key: values[key] for key in keys}
        self.rows = [(labels[key] if labels else LABELS[person.lang][key][column], values[key]) for key in keys]


def esc(text):
    return entities.escape(text, quote=False).replace('\n', '<br>\n')


def linked(text):
    return '<a href="mailto:%s" style="color:#1155cc">%s</a>' % (text, text) if '@' in text and ' ' not in text else esc(text)


def page(body, style=''):
    return ('<!doctype html><html lang="en"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><style>%s</style></head>'
            '<body bgcolor="#f6f6f6">%s</body></html>' % (style, body))


SITE = 'https://www.acme.example/contact-us/'
AGENT = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/133.0.0.0 Safari/537.36'


def wpforms_legacy(f):
    return dict(text=''.join('--- %s ---\n\n%s\n\n' % row for row in f.rows) + '\nSent from Acme Pumps (https://www.acme.example)\n')


def elementor_meta(f):
    return dict(text='\n'.join('%s: %s' % row for row in f.rows) + '\n\n---\n\nDate: March 10, 2026\nTime: 9:30 am\nPage URL: %s\nUser Agent: %s\n'
                'Remote IP: 203.0.113.77\nPowered by: Elementor\n' % (SITE, AGENT))


def elementor_html(f):
    return dict(html='<br>'.join('%s: %s' % (esc(label), esc(value)) for label, value in f.rows) + '<br><br>---<br><br>Date: March 10, 2026<br>Time: '
                '9:30 am<br>Page URL: <a href="%s">%s</a><br>User Agent: %s<br>Remote IP: 203.0.113.77<br>Powered by: Elementor' % (SITE, SITE, AGENT))


def ninja(f):
    rows = ''.join('<tr><td>%s:</td><td>%s</td></tr>' % (esc(label), linked(value)) for label, value in f.rows)
    return dict(html=page('<table><tbody>%s</tbody></table><br>' % rows))


def gravity_sections(f):
    rows = ''.join('<tr><td colspan="2" style="font-size:14px;font-weight:bold;background-color:#eee;border-bottom:1px solid #dfdfdf;padding:7px 7px">%s</td></tr>'
                   '<tr><td width="20">&nbsp;</td><td>%s</td></tr>' % (esc(label), linked(value)) for label, value in f.rows)
    return dict(html=page('<table width="99%%" border="0" cellpadding="1" cellspacing="0" bgcolor="#EAEAEA"><tr><td>\n<table width="100%%" border="0" '
                          'cellpadding="5" cellspacing="0" bgcolor="#FFFFFF">%s</table>\n</td></tr></table>' % rows),
                text='\n'.join('%s: %s\n' % row for row in f.rows))


def hubspot(f):
    rows = ''.join('<p style="margin:0;font-weight:bold">%s</p><p style="margin:0 0 16px">%s</p>' % (esc(label), linked(value)) for label, value in f.rows)
    return dict(html=page('<h1>You\'ve got a new submission on HubSpot Form "Talk to sales"</h1><p><b>Page submitted on:</b> <a href="%s">Contact us</a></p>%s'
                          '<p><a href="https://app.hubspot.com/contacts/1/contact/2">View contact</a></p><p>HubSpot, Inc. 2 Canal Park, Cambridge MA</p>'
                          % (SITE, rows)), sender='HubSpot <noreply@notifications.hubspot.com>')


def typeform(f):
    return dict(html=page('<p>Hi,</p><p>Your typeform <b>Get a quote</b> has a new response:</p>' + ''.join(
        '<p><strong>%s</strong><br>%s</p>' % (esc(label), linked(value)) for label, value in f.rows) + '<p><a href="https://admin.typeform.com">View all results</a></p>'
        '<p>You\'re receiving this email because notifications are turned on for this form.</p>'), sender='Typeform <notifications@followups.typeform.io>')


def jotform_plain(f):
    width = max(len(label) for label, _ in f.rows) + 4
    return dict(text='Question'.ljust(width) + 'Answer\n' + '=' * 60 + '\n' + ''.join(label.ljust(width) + value.replace('\n', '\n' + ' ' * width) + '\n'
                                                                                      for label, value in f.rows),
                sender='Jotform <noreply@jotform.com>')


def jotform_html(f):
    rows = ''.join('<tr><td style="padding:5px!important" bgcolor="#eeeeee" width="170">%s</td><td style="padding:5px!important">%s</td></tr>'
                   % (esc(label), linked(value)) for label, value in f.rows)
    return dict(html=page('<table bgcolor="#f7f9fc" width="100%%"><tr><td>&nbsp;</td></tr><tr><td align="center"><table bgcolor="#ffffff" width="800"><tr>'
                          '<td colspan="2"><strong>Get a Quote</strong></td></tr>%s</table></td></tr><tr><td align="center">You can <a href="https://www.jotform'
                          '.com/edit/1">edit this submission</a> and <a href="https://www.jotform.com/view">view all your submissions</a> easily.</td></tr></table>' % rows),
                sender='Jotform <noreply@jotform.com>')


def squarespace(f):
    return dict(html=page('<div>Sent via form submission from <em><a href="https://www.acme.example">Acme Pumps</a></em></div>' + ''.join(
        '<p><b>%s:</b> %s</p>' % (esc(label), linked(value)) for label, value in f.rows) + '<p><a href="https://acme.squarespace.com/config">Manage Submissions</a></p>'
        '<p>Does this submission look like spam? <a href="https://x.example">Report it here.</a></p>'), sender='Squarespace <form-submission@squarespace.info>')


def wix(f):
    rows = ''.join('<tr><td style="font-weight:bold;padding-top:12px">%s</td></tr><tr><td>%s</td></tr>' % (esc(label), linked(value)) for label, value in f.rows)
    return dict(html=page('<table><tr><td>Contact 2 just got a new submission</td></tr><tr><td><b>Submission summary:</b></td></tr>%s<tr><td><a href='
                          '"https://manage.wix.com">View Submission</a></td></tr><tr><td>If you don\'t want to get this notification, <a href="https://x.example">'
                          'edit your settings</a>. Wix.com</td></tr></table>' % rows), sender='Acme <notifications@wix-forms.com>')


def webflow(f):
    return dict(text='You just got a form submission!\n\nForm\nContact Form\n\nSite\nAcme (https://www.acme.example)\n\nSubmitted content\n\n' +
                     '\n'.join('%s: %s\n' % row for row in f.rows) + '\nView all form submissions https://webflow.com/dashboard/sites/acme/forms\n\n'
                     'Thanks!\nThe Webflow Team\n', sender='Webflow Forms <no-reply-forms@webflow.com>')


def formspree_md(f):
    return dict(text='Hey there,\n\nSomeone just submitted your form on www.acme.example/contact-us. Here\'s what they had to say:\n\n' +
                     '\n'.join('%s:\n%s\n' % row for row in f.rows) + '\nSubmitted 09:30 AM UTC - 10 March 2026\nMark as spam\nYou are receiving this because you '
                     'confirmed this email address on Formspree.io. If you don\'t remember doing that, or no longer wish to receive these emails, please remove '
                     'the form on www.acme.example or click here to unsubscribe from this endpoint.\n', sender='Formspree <noreply@formspree.io>',
                fields=['List-Unsubscribe: <https://formspree.io/unsubscribe/x>', 'List-Unsubscribe-Post: List-Unsubscribe=One-Click'])


def netlify(f):
    rows = ''.join('<tr><th align="left" valign="top">%s</th><td>%s</td></tr>' % (esc(label), linked(value)) for label, value in f.rows)
    return dict(html=page('<h2>New form submission on <a href="https://acme.netlify.app">acme</a></h2><p>You\'ve received a new <b>contact</b> form submission.</p>'
                          '<table>%s</table><p>Submitted from IP address 203.0.113.9</p><p><a href="https://app.netlify.com">See all submissions</a> '
                          'Mark as spam: <a href="https://x.example">link</a></p>' % rows), sender='formresponses@netlify.com')


def google_form(f):
    return dict(text='Form Responder\n\nA new response has been submitted to "Quote request"\n\nTimestamp: 3/10/2026 9:30:00\n' +
                     ''.join('%s: %s\n' % row for row in f.rows) + '\nThis email was sent via the Google Forms Notifications add-on.\n', sender='Ana <ana@acme.example>')


def shopify(f):
    return dict(text="You received a new message from your online store's contact form.\n\nCountry Code:\nGB\n\n" +
                     ''.join('%s:\n%s\n\n' % row for row in f.rows), sender='Acme (Shopify) <mailer@shopify.com>')


def magento(f):
    rows = ''.join('<tr><td><strong>%s</strong></td><td>%s</td></tr>' % (esc(label), linked(value)) for label, value in f.rows[:-1])
    return dict(html=page('<table class="wrapper"><tr><td class="header"><img alt="Acme" src="https://www.acme.example/logo.png"></td></tr><tr><td '
                          'class="main-content"><table class="message-details">%s</table><p><strong>%s</strong></p><p>%s</p></td></tr><tr><td>Thank you, Acme!</td>'
                          '</tr></table>' % (rows, esc(f.rows[-1][0]), esc(f.rows[-1][1]))))


def drupal(f):
    return dict(text='Submitted on Tue, 03/10/2026 - 09:30\n\nSubmitted by: Anonymous\n\nSubmitted values are:\n\n' + '\n'.join(
        '%s\n%s\n' % row if '\n' in row[1] else '%s: %s' % row for row in f.rows) + '\n\nThe results of this submission may be viewed at:\n'
        'https://www.acme.example/node/3/submission/77\n')


def drupal_fieldset(f):
    rows = ['  %s: %s' % (label, value.replace('\n', '\n    ')) for label, value in f.rows]
    return dict(text='Submitted on Tuesday, March 10, 2026 - 09:30\nSubmitted by anonymous user: 203.0.113.5\nSubmitted values are:\n\n   ==Contact==\n' +
                     '\n'.join(rows) + '\n\nThe results of this submission may be viewed at:\nhttps://www.acme.example/node/3/submission/78\n')


def powermail(f):
    rows = ''.join('<tr><td class="powermail_all_label" valign="top">%s</td><td class="powermail_all_value" valign="top">%s</td></tr>'
                   % (esc(label), linked(value)) for label, value in f.rows)
    return dict(html=page('<p>Neue Anfrage auf acme.example</p><table class="powermail_all">%s</table>' % rows))


def joomla_rsform(f):
    return dict(html=page('<p>You have a new submission on Contact.</p><dl>' + ''.join('<dt><strong>%s</strong></dt><dd>%s</dd>' % (esc(label), linked(value))
                                                                                      for label, value in f.rows) + '</dl>'))


def bold_paragraphs(f):
    return dict(html=page('<p>Hello admin,</p><p>there is a new request on your website.</p>' + ''.join(
        '<p><b>%s</b>:<br>%s</p>' % (esc(label), linked(value)) for label, value in f.rows) + '<p>--<br>This mail was made by your website.</p>'))


def strong_breaks(f):
    return dict(html=page('<div style="font-family:Arial">' + '<br>\n'.join('<strong>%s:</strong>&nbsp;%s' % (esc(label), linked(value)) for label, value in f.rows)
                          + '</div>'))


def list_items(f):
    return dict(html=page('<h3>Contact form</h3><ul>' + ''.join('<li><b>%s</b>: %s</li>' % (esc(label), linked(value)) for label, value in f.rows) + '</ul>'))


def mjml(f):
    row = ('<div class="mj-column-per-30" style="display:inline-block;width:30%%"><table role="presentation"><tr><td style="font-size:13px;color:#888">%s</td></tr>'
           '</table></div><div class="mj-column-per-70" style="display:inline-block;width:70%%"><table role="presentation"><tr><td>%s</td></tr></table></div>')
    rows = ''.join('<table role="presentation" width="100%%"><tbody><tr><td>%s</td></tr></tbody></table>' % (row % (esc(label), linked(value)))
                   for label, value in f.rows)
    return dict(html=page('<div>New lead</div>' + rows))


def table_heading_message(f):
    """Details in a table, the message below its own heading."""
    rows = ''.join('<tr><td>%s:</td><td><strong>%s</strong></td></tr>' % (esc(label), esc(value)) for label, value in f.rows[:-1])
    return dict(html=page('<h1>Anfrage über Kontaktformular</h1><p>Über die Webseite wurde eine Anfrage gestellt.</p><h2>Kundendaten</h2><table>%s</table>'
                          '<h2>%s</h2><p>%s</p>' % (rows, esc(f.rows[-1][0]), esc(f.rows[-1][1]))))


def tabbed_below(f):
    return dict(text='Folgende Anfrage wurde über das Kontaktformular erstellt:\n\n' + ''.join('%s\n\t%s\n' % (label, value.replace('\n', '\n\t'))
                                                                                          for label, value in f.rows))


def machine_lines(f):
    return dict(text=''.join('%s: %s\n' % row for row in f.rows) + 'gclid: Cj0KCQiA\nutm_source: google\nip: 203.0.113.8\n')


def lead_ad(f):
    return dict(text='You have a new lead!\n\n' + '\n'.join('%s: %s' % row for row in f.rows) + '\n\nform_name: Quote form\nplatform: ig\nis_organic: false\n'
                'created_time: 2026-03-10T08:30:00+0000\n', sender='Leads <leads@leadsync.example>')


def json_fields(f):
    body = {'event': 'form.submitted', 'form': {'id': 'fm_12', 'name': 'Contact'}, 'fields': [{'label': label, 'value': value} for label, value in f.rows]}
    return dict(text=json.dumps(body, ensure_ascii=False, indent=2))


def json_flat(f):
    return dict(text='New webhook payload:\n\n' + json.dumps(dict([*f.rows, ('submitted_at', '2026-03-10T08:30:00Z')]), ensure_ascii=False))


def tawk(f):
    return dict(text='Offline message sent on Acme by %s\n\n' % f.person.name + '\n'.join('%s : %s' % row for row in f.rows) +
                     '\n\nIP address: 203.0.113.4\nSent from: %s\n' % SITE, sender='tawk.to <noreply@tawk.to>')


def stars(f):
    return dict(text='NEW ENQUIRY\n***********\n\n' + ''.join('* %s: %s\n' % row for row in f.rows) + '\n***********\nDo not reply to this mail.\n')


def dashes(f):
    return dict(text=''.join('%s - %s\n' % (label, value) for label, value in f.rows))


def markdown(f):
    return dict(text='### New submission\n\n' + '\n\n'.join('**%s**\n%s' % row for row in f.rows))


def both_but_poor(f):
    rows = ''.join('<tr><td><b>%s</b></td><td>%s</td></tr>' % (esc(label), linked(value)) for label, value in f.rows)
    return dict(text='Please use an HTML capable mail program to view this message.', html=page('<table cellpadding="4">%s</table>' % rows))


def quoted_rules(f):
    return dict(text='-' * 50 + '\n' + ('\n' + '-' * 50 + '\n').join('%s:\n%s' % row for row in f.rows) + '\n' + '-' * 50 + '\n')


LAYOUTS = (wpforms_legacy, elementor_meta, elementor_html, ninja, gravity_sections, hubspot, typeform, jotform_plain, jotform_html, squarespace, wix, webflow,
           formspree_md, netlify, google_form, shopify, magento, drupal, drupal_fieldset, powermail, joomla_rsform, bold_paragraphs, strong_breaks, list_items,
           mjml, table_heading_message, tabbed_below, stars, dashes, markdown, both_but_poor, quoted_rules, tawk, json_fields, json_flat)


# What portals and marketplaces send: their own words around the same things.
def cf7_german(p):
    return dict(text='Von: %s <%s>\nBetreff: %s\n\nNachrichtentext:\n%s\n\n-- \nDiese E-Mail wurde über das Kontaktformular auf Acme (https://www.acme.example) '
                     'gesendet\n' % (p.name, p.email, p.product, p.message), sender='Acme <wordpress@acme.example>', fields=['Reply-To: ' + p.email],
                keys=dict(name=p.name, email=p.email, subject=p.product, message=p.message))


def idealista(p):
    return dict(html=page('<p>Tienes un nuevo mensaje sobre tu inmueble con ref. <b>A-102</b></p><p>Nombre: %s<br>Teléfono: %s<br>Email: <a href="mailto:%s">%s</a></p>'
                          '<p>Mensaje:<br>%s</p><p>Responde desde idealista/tools</p>' % (p.name, p.phone, p.email, p.email, esc(p.message))),
                sender='idealista <noreply.pro.es@idealista.example>', keys=dict(name=p.name, phone=p.phone, email=p.email, message=p.message))


def immoscout(p):
    return dict(text='Guten Tag Ana López,\n\nSie haben eine neue Kontaktanfrage zu Ihrer Immobilie erhalten.\n\nScout-ID: 123456789\n\nAnrede: Frau\nVorname: %s\n'
                     'Nachname: %s\nE-Mail: %s\nTelefon: %s\nNachricht: %s\n\nMit freundlichen Grüßen\nIhr Team\n' % (p.first, p.last, p.email, p.phone, p.message),
                sender='Anfrage <anfrage@immo-portal.example>', keys=dict(first_name=p.first, last_name=p.last, email=p.email, phone=p.phone))


def rightmove(p):
    return dict(text='You have received a new enquiry from Rightmove.\n\nDetails of the enquirer\nName: %s\nEmail: %s\nTelephone: %s\nPostcode: LS1 4AB\nCountry: %s\n\n'
                     'Property details\nReference: ACM-77\nPrice: £450,000\n\nComments:\n%s\n' % (p.name, p.email, p.phone, p.country, p.message),
                sender='Rightmove <autoresponder@rightmove.example>', fields=['Reply-To: ' + p.email],
                keys=dict(name=p.name, email=p.email, phone=p.phone, country=p.country, message=p.message))


def adf(p):
    xml = ('<?xml version="1.0" encoding="UTF-8"?>\n<?adf version="1.0"?>\n<adf>\n <prospect status="new">\n  <requestdate>2026-03-10T09:30:00+01:00</requestdate>\n'
           '  <vehicle interest="buy" status="used">\n   <year>2022</year>\n   <make>Volvo</make>\n   <model>FH 460</model>\n  </vehicle>\n  <customer>\n   <contact>\n'
           '    <name part="first">%s</name>\n    <name part="last">%s</name>\n    <email>%s</email>\n    <phone type="voice" time="day">%s</phone>\n    <address>\n'
           '     <city>%s</city>\n     <country>%s</country>\n    </address>\n   </contact>\n   <comments><![CDATA[%s]]></comments>\n  </customer>\n  <vendor>\n'
           '   <contact>\n    <name part="full">Acme Trucks</name>\n    <email>sales@acme.example</email>\n   </contact>\n  </vendor>\n  <provider>\n'
           '   <name part="full">TruckPortal</name>\n  </provider>\n </prospect>\n</adf>\n' % (p.first, p.last, p.email, p.phone, p.city, p.country, p.message))
    return dict(text=xml, sender='TruckPortal <leads@truckportal.example>',
                keys=dict(first_name=p.first, last_name=p.last, email=p.email, phone=p.phone, city=p.city, country=p.country, message=p.message))


def marketplace(p):
    return dict(html=page('<p>Dear supplier,</p><p>you have a new RFQ from a buyer in %s.</p><table><tr><td>Buyer</td><td>%s</td></tr><tr><td>Company</td><td>%s</td>'
                          '</tr><tr><td>Email</td><td>%s</td></tr><tr><td>Mobile</td><td>%s</td></tr><tr><td>Product Name</td><td>%s</td></tr><tr><td>Quantity</td>'
                          '<td>40 Pieces</td></tr><tr><td>Requirement Details</td><td>%s</td></tr></table><p><a href="https://m.example">Contact Buyer Now</a></p>'
                          % (p.country, esc(p.name), esc(p.company), linked(p.email), p.phone, esc(p.product), esc(p.message))),
                sender='BuyLeads <buyleads@marketplace.example>',
                keys=dict(name=p.name, company=p.company, email=p.email, phone=p.phone, product=p.product, message=p.message))


def calendly(p):
    return dict(text='Hi Ana,\n\nA new event has been scheduled.\n\nEvent Type:\nSales call\n\nInvitee:\n%s\n\nInvitee Email:\n%s\n\nEvent Date/Time:\n11:00am - '
                     'Thursday, March 12, 2026 (Central European Time)\n\nQuestions:\n\nPhone number\n%s\n\nCompany\n%s\n\nView event in Calendly\n'
                     % (p.name, p.email, p.phone, p.company), sender='Calendly <no-reply@calendly.example>',
                keys=dict(name=p.name, email=p.email, phone=p.phone, company=p.company))


def classified_pt(p):
    return dict(text='Olá, Ana!\n\nVocê recebeu uma nova proposta pelo anúncio "Forno elétrico".\n\nNome: %s\nE-mail: %s\nTelefone: %s\nMensagem: %s\n\nResponda '
                     'rápido e aumente suas chances de venda!\nEquipe Classificados\n' % (p.name, p.email, p.phone, p.message),
                sender='Classificados <nao-responda@classificados.example>', keys=dict(name=p.name, email=p.email, phone=p.phone))


def callback_fr(p):
    return dict(text='Bonjour,\n\nUn internaute souhaite être rappelé.\n\nCivilité : Mme\nNom : %s\nPrénom : %s\nTéléphone : %s\nE-mail : %s\nVille : %s\nMessage :\n%s\n\n'
                     "L'équipe du site\n" % (p.last, p.first, p.phone, p.email, p.city, p.message), sender='Site <ne-pas-repondre@acme.example>',
                keys=dict(first_name=p.first, last_name=p.last, phone=p.phone, email=p.email, city=p.city))


PORTALS = ((cf7_german, 'de'), (idealista, 'es'), (immoscout, 'de'), (rightmove, 'en'), (adf, 'en de pt'), (marketplace, 'en vi es'), (calendly, 'en fr'),
           (classified_pt, 'pt'), (callback_fr, 'fr'))


def people_of(languages):
    return [person for person in VISITORS if person.lang in languages.split()]


def samples():
    for number, layout in enumerate(LAYOUTS):
        for turn in range(3):
            person = VISITORS[(number * 5 + turn * 7) % len(VISITORS)]
            form = Form(person, KEYS[(number + turn) % len(KEYS)], (number + 2 * turn) % 3)
            content = dict(dict(sender='Website <noreply@acme.example>'), **layout(form))
            yield Sample('%s-%d-%s' % (layout.__name__, turn, person.lang), mail('New message from your website', **content), kind='form', form_fields=form.keys)
    for number, layout in enumerate((machine_lines, lead_ad, json_flat, json_fields)):
        for turn in range(2):
            person = VISITORS[(number * 5 + turn * 8 + 1) % len(VISITORS)]
            form = Form(person, KEYS[(number + turn) % len(KEYS)], 0, MACHINE)
            content = dict(dict(sender='Website <noreply@acme.example>'), **layout(form))
            yield Sample('%s-machine-%d-%s' % (layout.__name__, turn, person.lang), mail('New lead', **content), kind='form', form_fields=form.keys)
    for layout, languages in PORTALS:
        for person in people_of(languages)[:3]:
            content = layout(person)
            keys = content.pop('keys')
            yield Sample('%s-%s-%s' % (layout.__name__, person.lang, person.last.split()[0].lower()), mail('New enquiry', **content), kind='form', form_fields=keys)
