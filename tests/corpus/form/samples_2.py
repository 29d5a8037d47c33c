"""A second batch, written after the rules: other builders, shops, portals and home-made forms."""
import html as entities
import os
import importlib.util

from letter import Sample, mail
from people import PEOPLE

_spec = importlib.util.spec_from_file_location('form_samples', os.path.join(os.path.dirname(__file__), 'samples.py'))
first = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(first)
br, link, page, Filled = first.br, first.link, first.page, first.Filled

# Other words for the same fields.
OTHER = {
    'en': dict(name='Full Name', first_name='First', last_name='Last', email='E-mail address', phone='Mobile', company='Organisation', message='How can we help you?',
               product='Service required', city='Town/City', country='Country/Region', subject='Topic'),
    'es': dict(name='Nombre y apellidos', first_name='Nombre', last_name='Apellidos', email='E-mail', phone='Móvil', company='Nombre de la empresa', message='Comentarios',
               product='Servicio', city='Localidad', country='País', subject='Motivo de la consulta'),
    'vi': dict(name='Họ tên', first_name='Tên', last_name='Họ', email='Email của bạn', phone='Điện thoại', company='Công ty', message='Lời nhắn', product='Dịch vụ quan tâm',
               city='Tỉnh/Thành phố', country='Nước', subject='Chủ đề'),
    'fr': dict(name='Nom complet', first_name='Prénom', last_name='Nom', email='Courriel', phone='Numéro de téléphone', company='Entreprise', message='Message',
               product='Prestation souhaitée', city='Ville', country='Pays', subject='Sujet'),
    'de': dict(name='Name', first_name='Vorname', last_name='Name', email='E-Mail', phone='Tel.', company='Firma / Organisation', message='Mitteilung', product='Gewünschtes Produkt',
               city='Wohnort', country='Land', subject='Thema'),
    'pt': dict(name='Nome', first_name='Nome', last_name='Apelido', email='Endereço de e-mail', phone='Telemóvel', company='Nome da empresa', message='Comentários',
               product='Serviço de interesse', city='Cidade', country='País', subject='Assunto'),
}


def drupal(form):
    return dict(text='Submitted on Tuesday, March 10, 2026 - 09:30\nSubmitted by: Anonymous\nSubmitted values are:\n\n' +
                     ''.join('%s: %s\n' % row for row in form.rows) + '\n\nThe results of this submission may be viewed at:\nhttps://acme.example/node/4/submission/12\n',
                sender='Acme <webmaster@acme.example>')


def joomla(form):
    return dict(text='This is an enquiry email via https://acme.example/ from:\n%s <%s>\n\n%s' % (form.person.name, form.person.email, form.person.message),
                sender='Acme <joomla@acme.example>', fields=['Reply-To: ' + form.person.email],
                keys={'name': form.person.name, 'email': form.person.email, 'message': form.person.message})


def microsoft_forms(form):
    return dict(html=page('<p>A new response was submitted.</p>' + ''.join('<p>%d. %s<br>%s</p>' % (n + 1, br(label), br(value)) for n, (label, value) in enumerate(form.rows))),
                sender='Microsoft Forms <forms@email.formspro.microsoft.com>')


def zoho_forms(form):
    rows = ''.join('<tr><td style="padding:8px;width:35%%"><b>%s</b></td><td style="padding:8px">: </td><td style="padding:8px">%s</td></tr>' % (br(label), br(value))
                   for label, value in form.rows)
    return dict(html=page('<p>Hi,</p><p>A new entry has been submitted for the form Contact.</p><table>%s</table><p>Regards,<br>Zoho Forms</p>' % rows),
                sender='Zoho Forms <notification@zohoforms.com>')


def tally(form):
    rows = ''.join('<div style="padding:10px 0"><p style="margin:0;font-weight:600">%s</p><p style="margin:4px 0 0">%s</p></div>' % (br(label), br(value))
                   for label, value in form.rows)
    return dict(html=page('<h2>New Tally Form Submission for Contact</h2>%s<p><a href="https://tally.example/x">View submissions</a></p>' % rows),
                sender='Tally <notifications@tally.so>')


def framer(form):
    return dict(text='You have received a new submission.\n\n' + ''.join('%s\n%s\n\n' % row for row in form.rows) + 'Sent by Framer\n', sender='Framer <no-reply@framer.com>')


def typo3(form):
    rows = ''.join('<tr><td>%s</td><td>%s</td></tr>' % (br(label), br(value)) for label, value in form.rows)
    return dict(text=None, html=page('<h1>Kontaktanfrage</h1><table class="table"><thead><tr><th>Feld</th><th>Wert</th></tr></thead><tbody>%s</tbody></table>' % rows),
                sender='TYPO3 <noreply@acme.example>')


def magento(form):
    return dict(text='Name: %s\nEmail: %s\nPhone Number: %s\n\nMessage:\n%s\n' % (form.person.name, form.person.email, form.person.phone, form.person.message),
                sender='CustomerSupport <support@acme.example>', fields=['Reply-To: ' + form.person.email],
                keys={'name': form.person.name, 'email': form.person.email, 'phone': form.person.phone, 'message': form.person.message})


def prestashop(form):
    return dict(html=page('<h2>Message from Acme</h2><p>Customer e-mail address: <strong>%s</strong></p><p>Customer message: %s</p><p>Order #: </p><p>Attached file: </p>'
                          % (form.person.email, br(form.person.message))), sender='Acme <shop@acme.example>',
                keys={'email': form.person.email, 'message': form.person.message})


def portal(form):
    p = form.person
    return dict(text='Dear Acme,\n\nYou have received a new enquiry from a buyer on TradeHub.\n\nBuyer details\n-------------\nName        : %s\nCompany     : %s\nEmail       : %s\n'
                     'Mobile      : %s\nCity        : %s\nCountry     : %s\n\nRequirement\n-----------\nProduct     : %s\nQuantity    : 40 Piece\nDescription : %s\n\n'
                     'Reply to this buyer now.\nTeam TradeHub\n' % (p.name, p.company, p.email, p.phone, p.city, p.country, p.product, p.message.split('\n')[0]),
                sender='TradeHub <buyleads@tradehub.example>',
                keys=dict(name=p.name, company=p.company, email=p.email, phone=p.phone, city=p.city, country=p.country, product=p.product, message=p.message.split('\n')[0]))


def lead_ads(form):
    p = form.person
    return dict(text='New lead from Facebook Lead Ads\n\nfull_name: %s\nemail: %s\nphone_number: %s\ncity: %s\ncompany_name: %s\nwhat_are_you_looking_for?: %s\n\nad_name: Spring\nform_id: 1234567890\n'
                     'created_time: 2026-03-10T09:30:00+0100\n' % (p.name, p.email, p.phone, p.city, p.company, p.product), sender='Zapier <noreply@zapiermail.com>',
                keys=dict(name=p.name, email=p.email, phone=p.phone, city=p.city, company=p.company))


def unbounce(form):
    return dict(text='A new lead has been captured!\n\n' + ''.join('%s: %s\n' % (label.lower(), value) for label, value in form.rows) + '\nip address: 203.0.113.9\npage name: Offer\nvariant: a\n',
                sender='Unbounce <notifications@unbounce.com>')


def nested_json(form):
    import json
    return dict(text=json.dumps({'event': 'form_submit', 'form': {'id': 7, 'title': 'Contact'}, 'fields': dict(form.rows)}, ensure_ascii=False), sender='hooks@acme.example')


def questions(form):
    p = form.person
    asked = {'en': ("What's your name?", 'Where can we reach you by email?', 'And your phone number?', 'Tell us about your project'),
             'es': ('¿Cuál es su nombre?', '¿Cuál es su correo electrónico?', '¿Y su teléfono?', '¿En qué podemos ayudarle?'),
             'de': ('Wie lautet Ihr Name?', 'Wie lautet Ihre E-Mail-Adresse?', 'Unter welcher Telefonnummer erreichen wir Sie?', 'Was ist Ihr Anliegen?'),
             'fr': ('Quel est votre nom ?', 'Quelle est votre adresse e-mail ?', 'Votre numéro de téléphone ?', 'Décrivez votre projet'),
             'pt': ('Qual é o seu nome?', 'Qual é o seu e-mail?', 'Qual é o seu telefone?', 'Como podemos ajudar?'),
             'vi': ('Tên của bạn là gì?', 'Email của bạn?', 'Số điện thoại của bạn?', 'Yêu cầu của bạn')}[p.lang]
    rows = list(zip(asked, (p.name, p.email, p.phone, p.message)))
    return dict(html=page('<h3>New response</h3>' + ''.join('<p><strong>%s</strong></p><p>%s</p>' % (br(a), br(b)) for a, b in rows)), sender='forms@acme.example',
                keys=dict(name=p.name, email=p.email, phone=p.phone, message=p.message))


def div_pairs(form):
    rows = ''.join('<div class="row"><div class="label">%s:</div><div class="value">%s</div></div>' % (br(label), link(value)) for label, value in form.rows)
    return dict(html=page('<h2>Website enquiry</h2>' + rows), sender='www@acme.example')


def span_pairs(form):
    rows = ''.join('<p><span style="color:#888">%s</span><br/><span>%s</span></p>' % (br(label), br(value)) for label, value in form.rows)
    return dict(html=page('<h2>Website enquiry</h2>' + rows), sender='www@acme.example')


def numbered(form):
    return dict(text=''.join('%d) %s: %s\n' % (n + 1, label, value) for n, (label, value) in enumerate(form.rows)), sender='www@acme.example')


def arrows(form):
    return dict(text='Nueva solicitud\n\n' + ''.join('%s => %s\n' % row for row in form.rows), sender='www@acme.example')


def required_marks(form):
    return dict(text=''.join('%s*: %s\n\n' % row for row in form.rows), sender='www@acme.example')


def shouted(form):
    return dict(text=''.join('%s: %s\n' % (label.upper(), value) for label, value in form.rows), sender='www@acme.example')


def shown_in_brackets(form):
    return dict(text=''.join('[%s] %s\n' % row for row in form.rows), sender='www@acme.example')


def samples():
    layouts = [drupal, joomla, microsoft_forms, zoho_forms, tally, framer, typo3, magento, prestashop, portal, lead_ads, unbounce, nested_json, questions, div_pairs,
               span_pairs, numbered, arrows, required_marks, shouted, shown_in_brackets]
    sets = (first.USUAL, first.SPLIT, first.LONG, first.SHORT)
    for number, layout in enumerate(layouts):
        for turn in range(4):
            person = PEOPLE[(number * 7 + turn * 5 + 3) % len(PEOPLE)]
            keys = sets[(number + turn) % len(sets)]
            if person.lang in ('de', 'pt', 'fr', 'es') and 'first_name' in keys:
                keys = first.USUAL  # "Nombre" or "Name" beside "Apellidos" means the first name there; stated in the next lines
            form = Filled(person, keys, OTHER[person.lang])
            content = layout(form)
            wanted = content.pop('keys', form.keys)
            yield Sample('%s-%d-%s' % (layout.__name__, turn, person.lang), mail('Website enquiry', **content), kind='form', form_fields=wanted)
    for person in (PEOPLE[3], PEOPLE[6], PEOPLE[9], PEOPLE[11]):
        form = Filled(person, first.SPLIT, OTHER[person.lang])
        yield Sample('two_names-' + person.lang, mail('Website enquiry', **first.lines(form)), kind='form', form_fields=form.keys)
