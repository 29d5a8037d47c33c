"""Notifications of website forms, as the builders write them by default, in six languages."""
import html as entities
import json

from letter import Sample, mail
from people import PEOPLE

LABELS = {
    'en': dict(name='Your Name', first_name='First Name', last_name='Last Name', email='Email', phone='Phone Number', company='Company',
               message='Message', product='Product of interest', city='City', country='Country', subject='Subject'),
    'es': dict(name='Nombre completo', first_name='Nombres', last_name='Apellidos', email='Correo electrónico', phone='Teléfono',
               company='Empresa', message='Mensaje', product='Producto de interés', city='Ciudad', country='País', subject='Asunto'),
    'vi': dict(name='Họ và tên', first_name='Tên gọi', last_name='Họ', email='Địa chỉ email', phone='Số điện thoại', company='Tên công ty',
               message='Nội dung', product='Sản phẩm', city='Thành phố', country='Quốc gia', subject='Tiêu đề'),
    'fr': dict(name='Nom et prénom', first_name='Prénom', last_name='Nom de famille', email='Adresse e-mail', phone='Téléphone',
               company='Société', message='Votre message', product='Produit', city='Ville', country='Pays', subject='Objet'),
    'de': dict(name='Ihr Name', first_name='Vorname', last_name='Nachname', email='E-Mail-Adresse', phone='Telefonnummer', company='Firma',
               message='Ihre Nachricht', product='Produkt', city='Ort', country='Land', subject='Betreff'),
    'pt': dict(name='Nome completo', first_name='Primeiro nome', last_name='Sobrenome', email='E-mail', phone='Telefone', company='Empresa',
               message='Mensagem', product='Produto', city='Cidade', country='País', subject='Assunto'),
}
USUAL = ('name', 'email', 'phone', 'company', 'message')
SPLIT = ('first_name', 'last_name', 'email', 'phone', 'message')
LONG = ('name', 'company', 'email', 'phone', 'city', 'country', 'product', 'message')
SHORT = ('name', 'email', 'message')


class Filled:
    """A form as one person filled it in: rows of (label, value), and what they mean."""

    def __init__(self, person, keys, labels=None):
        values = dict(person._asdict(), first_name=person.first, last_name=person.last, subject=person.product)
        self.person = person
        self.keys = {key: values[key] for key in keys}
        labels = labels or LABELS[person.lang]
        self.rows = [(labels.get(key, key), values[key]) for key in keys]


def br(value):
    return entities.escape(value, quote=False).replace('\n', '<br />\n')


def link(value):
    return '<a href="mailto:%s">%s</a>' % (value, value) if '@' in value and ' ' not in value else br(value)


def page(body):
    return '<!DOCTYPE html><html><head><meta charset="utf-8"><title>Mail</title></head><body style="margin:0">%s</body></html>' % body


def contact_form_7(form):
    p = form.person
    form.keys = {'message': p.message, 'subject': p.product, 'email': p.email, 'name': p.name}
    return dict(text='From: %s <%s>\nSubject: %s\n\nMessage Body:\n%s\n\n-- \nThis is a notification that a contact form was submitted on your '
                     'website (Acme Pumps https://acme.example).\n' % (p.name, p.email, p.product, p.message),
                sender='Acme Pumps <wordpress@acme.example>', fields=['Reply-To: ' + p.email])


def lines(form):
    return dict(text=''.join('%s: %s\n' % row for row in form.rows), sender='website@acme.example')


def spaced_lines(form):
    space = ' :' if form.person.lang == 'fr' else ':'
    return dict(text='A new request has come in from https://acme.example/contact\n\n' +
                     '\n\n'.join('%s%s %s' % (label, space, value) for label, value in form.rows) +
                     '\n\n--\nThis e-mail was sent from a contact form on Acme (https://acme.example)\n',
                sender='no-reply@acme.example')


def gravity_html(form):
    rows = ''.join('<tr bgcolor="#EAF2FA"><td colspan="2"><font style="font-family: sans-serif; font-size:12px;"><strong>%s</strong></font>'
                   '</td></tr><tr bgcolor="#FFFFFF"><td width="20">&nbsp;</td><td><font style="font-family: sans-serif; font-size:12px;">%s'
                   '</font></td></tr>' % (br(label), link(value)) for label, value in form.rows)
    return dict(html=page('<table width="99%%" border="0" cellpadding="1" cellspacing="0" bgcolor="#EAEAEA"><tr><td><table width="100%%" '
                          'border="0" cellpadding="5" cellspacing="0" bgcolor="#FFFFFF">%s</table></td></tr></table>' % rows),
                sender='Acme <wordpress@acme.example>')


def gravity_text(form):
    return dict(text='\n\n'.join('%s: %s' % row for row in form.rows), sender='Acme <wordpress@acme.example>')


def wpforms_html(form):
    rows = ''.join('<table class="field"><tr><td class="field-name" style="font-weight:bold;padding:20px 0 3px;border-top:1px solid #ddd">'
                   '<strong>%s</strong></td></tr><tr><td class="field-value" style="padding:0 0 20px">%s</td></tr></table>'
                   % (br(label), link(value)) for label, value in form.rows)
    return dict(html=page('<table><tr><td>%s</td></tr><tr><td>Sent from <a href="https://acme.example">Acme Pumps</a></td></tr></table>'
                          % rows), sender='Acme Pumps <wordpress@acme.example>')


def wpforms_text(form):
    return dict(text='You have a new submission.\n\n' + ''.join('--- %s ---\n\n%s\n\n' % row for row in form.rows),
                sender='wordpress@acme.example')


def ninja_table(form):
    rows = ''.join('<tr><td valign="top">%s:</td><td>%s</td></tr>' % (br(label), br(value)) for label, value in form.rows)
    return dict(html='<table border=0 cellpadding=4><tbody>%s</tbody></table>' % rows, sender='wordpress@acme.example')


def elementor(form):
    rows = '<br>'.join('%s: %s' % (br(label), br(value)) for label, value in form.rows)
    return dict(html=rows + '<br><br>---<br><br>Date: March 10, 2026<br>Time: 9:30 am<br>Page URL: https://acme.example/contact/<br>'
                     'User Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36<br>Remote IP: 203.0.113.9<br>'
                     'Powered by: Elementor<br>', sender='Acme <email@acme.example>')


def hubspot(form):
    rows = ''.join('<tr><td style="font-size:14px"><p style="margin:0;color:#516f90;font-weight:bold">%s:</p>'
                   '<p style="margin:0 0 16px">%s</p></td></tr>' % (br(label), br(value)) for label, value in form.rows)
    return dict(html=page('<table><tr><td><h1>You\'ve got a new submission on HubSpot Form "Contact"</h1></td></tr><tr><td>'
                          '<p>Page submitted on: <a href="https://acme.example/contact">Contact us</a></p></td></tr>%s<tr><td>'
                          '<a href="https://app.hubspot.example/contacts/1">View in HubSpot</a></td></tr></table>' % rows),
                sender='HubSpot Forms <noreply@notifications.hubspot.com>', fields=['Reply-To: ' + form.person.email])


def typeform(form):
    rows = ''.join('<p><b>%s</b><br>%s</p>' % (br(label), br(value)) for label, value in form.rows)
    return dict(html=page('<p>Your typeform <b>Request a quote</b> has a new response:</p>%s<p>Log in to view or download your responses at '
                          '<a href="https://admin.typeform.example/form/x/results">https://admin.typeform.example/form/x/results</a></p>'
                          % rows), sender='Typeform <notifications@followups.typeform.io>')


def wix(form):
    rows = ''.join('<tr><td><div style="font-size:16px">%s: <span>%s</span></div></td></tr>' % (br(label), br(value))
                   for label, value in form.rows)
    return dict(html=page('<table><tr><td><h2>%s just submitted your form: Contact Form 2</h2><p>on Acme Pumps</p></td></tr><tr><td>'
                          '<b>Message Details:</b></td></tr>%s<tr><td><p>If you think this submission is spam, '
                          '<a href="https://wix.example/spam">report it as spam</a>.</p><p>To edit your email settings, go to your Inbox on '
                          'desktop.</p></td></tr></table>' % (form.person.name, rows)), sender='Acme Pumps <notifications@wix-forms.com>')


def squarespace(form):
    text = ''.join('*%s:* %s\n\n' % row for row in form.rows)
    rows = ''.join('<p><b>%s:</b> <span>%s</span></p>' % (br(label), link(value)) for label, value in form.rows)
    return dict(text='Sent via form submission from *Acme Pumps*\n\n' + text + '(Sent via Acme Pumps)\n\nManage Submissions\n',
                html=page('<p>Sent via form submission from <a href="https://acme.example"><i>Acme Pumps</i></a></p>%s<p>'
                          '<a href="https://acme.example/config">Manage Submissions</a></p><p>Does this submission look like spam? '
                          '<a href="https://acme.example/report">Report it here.</a></p>' % rows),
                sender='Squarespace <form-submission@squarespace.info>', fields=['Reply-To: ' + form.person.email])


def webflow(form):
    rows = ''.join('<p style="margin:0"><strong>%s</strong>: %s</p>' % (br(label), br(value)) for label, value in form.rows)
    return dict(html=page('<h1>You just got a form submission!</h1><p>Form<br>Contact Form</p><p>Site<br>Acme Pumps</p><p>Submitted content</p>'
                          '%s<p>Submitted at<br>03/10/2026, 9:30 AM</p><p><a href="https://webflow.example/d/acme">View all submissions</a></p>'
                          % rows), sender='Webflow Forms <no-reply-forms@webflow.com>')


def shopify(form):
    rows = [('Country Code', 'US')] + form.rows
    return dict(text="You received a new message from your online store's contact form.\n\n" +
                     '\n\n'.join('%s:\n%s' % row for row in rows) + '\n', sender='Acme Store (Shopify) <mailer@shopify.com>',
                fields=['Reply-To: ' + form.person.email])


def formspree(form):
    return dict(text='Hey there,\n\nSomeone just submitted your form on https://acme.example/contact. Here\'s what they had to say:\n\n' +
                     ''.join('%s:\n%s\n\n\n' % row for row in form.rows) +
                     'Submitted 09:30 AM - 10 March 2026 UTC.\n\nMark as spam: https://formspree.example/x\n',
                sender='Formspree <noreply@formspree.io>', fields=['Reply-To: ' + form.person.email])


def formspree_table(form):
    rows = ''.join('<tr><td><table><tr><th align="left">%s</th></tr><tr><td><pre style="white-space:pre-wrap">%s</pre></td></tr></table></td></tr>'
                   % (br(label), entities.escape(value)) for label, value in form.rows)
    return dict(html=page('<table><tr><td><h3>New form submission</h3><p>Someone just submitted your form on acme.example.</p></td></tr>%s'
                          '<tr><td>Submitted 09:30 AM UTC - 10 March 2026</td></tr></table>' % rows), sender='Formspree <noreply@formspree.io>')


def netlify(form):
    rows = ''.join('<p><strong>%s</strong>: %s</p>' % (br(label), br(value)) for label, value in form.rows)
    return dict(html=page('<p>New form submission on <a href="https://acme.example">acme.example</a></p><p>Form: contact</p>%s<p>'
                          '<a href="https://app.netlify.example/x">View submission in Netlify</a></p>' % rows),
                sender='Netlify <formresponses@netlify.com>')


def jotform(form):
    rows = ''.join('<tr class="questionRow"><td class="questionColumn" width="170" style="padding:12px">%s</td><td class="valueColumn" '
                   'style="padding:12px">%s</td></tr>' % (br(label), link(value)) for label, value in form.rows)
    return dict(html=page('<table class="mailWrapper"><tr><td><table><tbody><tr><td colspan="2"><h2>Request form</h2></td></tr>%s</tbody></table>'
                          '</td></tr></table><p><a href="https://www.jotform.example/edit">Edit Submission</a></p>' % rows),
                sender='Jotform <noreply@jotform.com>')


def google_forms(form):
    rows = ''.join('<div style="margin:12px 0"><div style="font-weight:bold">%s <span style="color:#d93025">*</span></div><div>%s</div></div>'
                   % (br(label), br(value)) for label, value in form.rows)
    return dict(html=page('<div><h2>Request a quote</h2><div>A new response was received.</div>%s<div>Google Forms</div></div>' % rows),
                sender='Google Forms <forms-receipts-noreply@google.com>')


def json_body(form):
    return dict(text=json.dumps(dict(form.rows), ensure_ascii=False, indent=2), sender='webhook@acme.example')


def bullet_list(form):
    rows = ''.join('<li><strong>%s:</strong> %s</li>' % (br(label), br(value)) for label, value in form.rows)
    return dict(html=page('<p>Hello team,</p><p>a visitor has sent this:</p><ul>%s</ul>' % rows), sender='cms@acme.example')


def equals(form):
    return dict(text=''.join('%s = %s\n' % row for row in form.rows), sender='nobody@web12.provider.example')


def stacked(form):
    return dict(text='\n\n'.join('%s\n%s' % row for row in form.rows) + '\n', sender='forms@acme.example')


def definition_list(form):
    rows = ''.join('<dt><b>%s</b></dt><dd>%s</dd>' % (br(label), br(value)) for label, value in form.rows)
    return dict(html=page('<h3>New request</h3><dl>%s</dl>' % rows), sender='forms@acme.example')


def header_cells(form):
    rows = ''.join('<tr><th style="text-align:left;background:#f0f0f0">%s</th></tr><tr><td style="padding-left:20px">%s</td></tr>'
                   % (br(label), br(value)) for label, value in form.rows)
    return dict(html=page('<table class="ff_all_data" width="600">%s</table><p>This is a notification of Fluent Forms on Acme.</p>' % rows),
                sender='wordpress@acme.example')


def underlined(form):
    return dict(text='New request\n\n' + '\n\n'.join('%s\n------------------------\n%s' % row for row in form.rows),
                sender='www@acme.example')


def form_mail(form):
    p = form.person
    return dict(text='Below is the result of your feedback form.  It was submitted by\n%s (%s) on Tuesday, March 10, 2026 at 09:30:00\n'
                     '---------------------------------------------------------------------------\n\n%s\n\n'
                     '---------------------------------------------------------------------------\n'
                     % (p.name, p.email, '\n\n'.join('%s: %s' % row for row in form.rows)), sender=p.email)


def dotted(form):
    return dict(text='Kontaktformular\n\n' + ''.join('%s%s: %s\n' % (label, '.' * max(1, 22 - len(label)), value) for label, value in form.rows),
                sender='www@acme.example')


def aligned(form):
    return dict(text=''.join('%-24s: %s\n' % row for row in form.rows), sender='www@acme.example')


def bordered_table(form):
    rows = ''.join('<tr><td style="border:1px solid #ccc"><b>%s</b></td><td style="border:1px solid #ccc">%s</td></tr>' % (br(label), link(value))
                   for label, value in form.rows)
    return dict(html=page('<h2>Contact request</h2><table><tr><th>Field</th><th>Value</th></tr>%s</table>' % rows), sender='www@acme.example')


PROGRAM = {  # names as they stand in the page's source
    'name': 'your-name', 'first_name': 'first_name', 'last_name': 'last_name', 'email': 'your-email', 'phone': 'phone_number',
    'company': 'company_name', 'message': 'your-message', 'product': 'product', 'city': 'city', 'country': 'country', 'subject': 'your-subject'}


def by_layout():
    """Every layout with people of several languages and forms of different length."""
    layouts = [contact_form_7, lines, spaced_lines, gravity_html, gravity_text, wpforms_html, wpforms_text, ninja_table, elementor, hubspot,
               typeform, wix, squarespace, webflow, shopify, formspree, formspree_table, netlify, jotform, google_forms, json_body,
               bullet_list, equals, stacked, definition_list, header_cells, underlined, form_mail, dotted, aligned, bordered_table]
    sets = (USUAL, SPLIT, LONG, SHORT)
    for number, layout in enumerate(layouts):
        for turn in range(4):
            person = PEOPLE[(number * 5 + turn * 3) % len(PEOPLE)]
            form = Filled(person, sets[(number + turn) % len(sets)])
            yield layout.__name__ + '-%d-%s' % (turn, person.lang), layout, form
    for number, layout in enumerate((lines, json_body, equals, elementor, formspree, netlify)):
        person = PEOPLE[(number * 7) % len(PEOPLE)]
        yield layout.__name__ + '-program-' + person.lang, layout, Filled(person, LONG, PROGRAM)


LETTERS = {  # what people write, though it looks a little like a form
    'signature': 'Hello,\n\nwe would like a quotation for 40 pumps, type B, for our site in Leeds. When could you deliver?\n\nBest regards\n'
                 'Margaret Holloway\nBrightwater Labs Ltd\nPhone: +44 20 7946 0321\nEmail: m.holloway@brightwater-labs.example\n',
    'order': 'Dear team,\n\nplease send us:\nProduct: dosing pump B\nQuantity: 40\nDelivery: Leeds, in May\n\nThe invoice goes to our head office '
             'as usual. Let me know whether the date works for you, we are in a hurry this time.\n\nMargaret\n',
    'questions': 'Hola,\n\ntengo dos preguntas.\nPrecio: ¿cuánto cuesta el modelo X-200?\nPlazo: ¿cuándo lo entregan?\n\nMuchas gracias y saludos\n'
                 'Lucía Ferrer\nTel: 612 345 678\n',
    'bank': 'Guten Tag,\n\nunsere neue Adresse lautet:\nFirma: Groß Metallbau GmbH\nOrt: Stuttgart\n\nBitte senden Sie das Angebot dorthin. Wir '
            'freuen uns auf Ihre Antwort und melden uns nächste Woche noch einmal.\n\nJürgen Groß\n',
}


def samples():
    for name, layout, form in by_layout():
        content = layout(form)
        keys = form.keys
        yield Sample(name, mail('New submission from the contact form', **content), kind='form', form_fields=keys)
    for name, text in LETTERS.items():
        yield Sample('letter-' + name, mail('Pumps', text, sender='m.holloway@brightwater-labs.example'), kind='person', form_fields=None)
