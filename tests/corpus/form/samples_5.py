"""Form notifications, fifth batch: two-part labels, questions, empty answers and sections, from tools that the earlier ones left out.

Written before the reader was looked at; at first try 209 of its 320 fields (65 %) were right, and 36 of 40 were taken for forms."""
import html as entities
import json

from letter import Sample, mail
from people import Person

GUESTS = [
    Person('en', "Siobhán O'Keeffe", 'Siobhán', "O'Keeffe", 'siobhan@okeeffe-dairy.ie', '+353 86 123 4567', "O'Keeffe Dairy",
           'We run two shops and want to replace the chillers.\nNote: the doors are 90 cm wide.\n\nWhat would you suggest?', 'Chiller C4', 'Ennis', 'Ireland'),
    Person('es', 'Iker Zubizarreta', 'Iker', 'Zubizarreta', 'iker@zubi-sidreria.es', '943 12 34 56', 'Sidrería Zubi SL',
           'Quisiera saber el precio de 2 tinas.\nEntrega: en septiembre.', 'Tina de roble', 'Astigarraga', 'España'),
    Person('vi', 'Phan Thị Ngọc Ánh', 'Ngọc Ánh', 'Phan Thị', 'ngocanh@tradalat.com.vn', '0263 382 2233', 'Công ty TNHH Trà Đà Lạt',
           'Xin báo giá 10 máy sao chè.\nThanh toán: chuyển khoản.', 'Máy sao chè', 'Đà Lạt', 'Việt Nam'),
    Person('fr', 'Gwenaël Le Goff', 'Gwenaël', 'Le Goff', 'contact@legoff-maree.bzh', '02 98 76 54 32', 'Le Goff Marée',
           "Bonjour,\nnous cherchons une machine à glace.\nBudget : 8 000 €", 'Machine à glace', 'Concarneau', 'France'),
    Person('de', 'Käthe Petersen-Voß', 'Käthe', 'Petersen-Voß', 'k.petersen-voss@moorhof.de', '04821 / 99 88 77', 'Moorhof GbR',
           'Moin,\nwas kostet die Melkanlage M2?\nHinweis: Stall mit 60 Plätzen.', 'Melkanlage M2', 'Itzehoe', 'Deutschland'),
    Person('pt', 'Thiago Nascimento', 'Thiago', 'Nascimento', 'thiago@padarianascimento.com.br', '(81) 3456-7890', 'Padaria Nascimento ME',
           'Gostaria de um orçamento para 2 fornos.\nPrazo: até maio.', 'Forno F2', 'Olinda', 'Brasil'),
    Person('en', 'Priya Raghunathan', 'Priya', 'Raghunathan', 'priya.r@gmail.com', '0412 555 019', 'Saffron Table Catering', 'Do you hire out ovens for a weekend?', 'Oven hire', 'Parramatta',
           'Australia'),
    Person('es', 'Milagros Quispe Huamán', 'Milagros', 'Quispe Huamán', 'mquispe@hotmail.com', '+51 987 654 321', 'Textiles Huamán', '¿Tienen stock? Necesito 4 unidades.', 'Telar', 'Arequipa', 'Perú'),
    Person('fr', 'Anne-Sophie Lambert', 'Anne-Sophie', 'Lambert', 'as.lambert@bluewin.ch', '+41 79 123 45 67', 'Lambert & Fils', 'Livrez-vous en Suisse ?', 'Pressoir', 'Sion', 'Suisse'),
    Person('de', 'Urs Zwahlen', 'Urs', 'Zwahlen', 'urs.zwahlen@gmx.ch', '031 555 12 34', 'Käserei Zwahlen', 'Bitte um Rückruf am Vormittag.', 'Käsekessel', 'Thun', 'Schweiz'),
]
KEYS = ('name', 'email', 'phone', 'company', 'product', 'city', 'country', 'message')
LABELS = {
    'en': (('Your full name (required)', 'E-mail address (required)', 'Best number to reach you', 'Practice / company', 'Item of interest', 'City / Town', 'Country of residence',
            'Tell us about your project'),
           ('First & last name', 'Work email', 'Phone / WhatsApp', 'Business or trading name', 'Model', 'Location', 'Country/Territory', 'Questions or comments')),
    'es': (('Nombre completo (obligatorio)', 'Correo electrónico (obligatorio)', 'Teléfono / Móvil', 'Empresa / Institución', 'Producto o servicio de interés', 'Ciudad / Provincia',
            'País de residencia', 'Cuéntenos qué necesita'),
           ('Tu nombre y apellidos', 'Tu e-mail', 'WhatsApp o teléfono', 'Nombre comercial', 'Modelo', 'Ciudad', 'País', 'Consulta')),
    'vi': (('Họ và tên (*)', 'Địa chỉ email (*)', 'Số điện thoại/Zalo', 'Tên doanh nghiệp', 'Sản phẩm cần báo giá', 'Tỉnh / Thành phố', 'Quốc gia', 'Nội dung cần tư vấn'),
           ('Tên người liên hệ', 'Email của bạn', 'Di động', 'Cơ quan / Đơn vị', 'Sản phẩm muốn mua', 'Khu vực', 'Quốc gia', 'Yêu cầu của quý khách')),
    'fr': (('Nom / Prénom (obligatoire)', 'Adresse électronique', 'N° de téléphone', 'Entreprise ou organisme', 'Produit souhaité', 'Votre ville', 'Votre pays', 'Décrivez votre projet'),
           ('Nom et prénom du contact', 'E-mail professionnel', 'Tél. mobile', 'Enseigne', 'Référence du produit', 'Ville', 'Pays', 'Vos questions')),
    'de': (('Ihr vollständiger Name', 'E-Mail-Adresse (Pflichtfeld)', 'Telefonnummer für Rückfragen', 'Firma / Verein', 'Artikel', 'Wohnort / Firmensitz', 'Land', 'Worum geht es?'),
           ('Name des Ansprechpartners', 'Mail', 'Mobil / Festnetz', 'Betrieb', 'Produkt/Leistung', 'Standort', 'Staat', 'Was können wir für Sie tun?')),
    'pt': (('Nome completo (obrigatório)', 'Seu melhor e-mail', 'WhatsApp (com DDD)', 'Empresa / Instituição', 'Produto desejado', 'Cidade / UF', 'País de origem', 'Conte-nos sobre o seu projeto'),
           ('Nome do responsável', 'Correio eletrónico', 'Contacto telefónico', 'Razão social / Nome fantasia', 'Modelo pretendido', 'Localidade', 'País', 'Descreva o que precisa')),
}
SECTIONS = {'en': ('Contact details', 'Your request'), 'es': ('Datos de contacto', 'Su solicitud'), 'vi': ('Thông tin liên hệ', 'Yêu cầu'), 'fr': ('Vos coordonnées', 'Votre demande'),
            'de': ('Kontaktdaten', 'Ihre Anfrage'), 'pt': ('Dados de contato', 'Seu pedido')}


def esc(text):
    return entities.escape(text, quote=False).replace('\n', '<br />\n')


def each(form, rows):
    return ''.join(form % (esc(label), esc(value)) for label, value in rows)


def dotted(rows, p):
    return dict(text='Form submission\n\n' + ''.join('%s: %s\n' % (label.ljust(34, '.'), value) for label, value in rows[:-1]) + '\n%s:\n%s\n' % rows[-1])


def numbered_below(rows, p):
    return dict(text=''.join('%d) %s\n   %s\n\n' % (n, label, value.replace('\n', '\n   ')) for n, (label, value) in enumerate(rows, 1)))


def sectioned(rows, p):
    first, second = SECTIONS[p.lang]
    return dict(text='== %s ==\n' % first.upper() + ''.join('%s: %s\n' % row for row in rows[:-1]) + '\n== %s ==\n' % second.upper() + '%s:\n%s\n' % rows[-1])


def underlined_below(rows, p):
    return dict(text='\n\n'.join('%s\n%s\n%s' % (label, '-' * len(label), value) for label, value in rows) + '\n')


def odoo(rows, p):
    return dict(html='<div><p>%s</p></div>' % '</p><p>'.join('%s : %s' % (esc(label), esc(value)) for label, value in rows), sender='Odoo <noreply@acme.odoo.example>')


def definitions(rows, p):
    return dict(html='<html><body><h1>%s</h1><dl>%s</dl></body></html>' % (SECTIONS[p.lang][1], each('<dt>%s:</dt><dd>%s</dd>\n', rows)))


def plain_list(rows, p):
    return dict(html='<p>Hello,</p><p>a visitor has filled in your form.</p><ul>%s</ul><p>Kind regards,<br>your website</p>' % each('<li>%s: %s</li>', rows))


def kirby(rows, p):
    return dict(html=each('<p><span style="font-weight:bold">%s</span><br>\n<span>%s</span></p>\n', rows))


def webhook(rows, p):
    return dict(text=json.dumps(dict(event='form.submitted', form='Contact', fields=[dict(title=label, answer=value) for label, value in rows]), ensure_ascii=False, indent=2))


def contao(rows, p):
    return dict(html='<table border="0"><tbody>%s</tbody></table>' % each('<tr><td valign="top"><p>%s</p></td><td valign="top"><p>%s</p></td></tr>', rows))


def indented(rows, p):
    return dict(text='A new entry was made.\n\n' + '\n'.join('%s:\n\t%s\n' % (label, value.replace('\n', '\n\t')) for label, value in rows) + '\nSent on 2026-03-10 09:30 from 203.0.113.9\n')


def padded(rows, p):
    return dict(text=''.join('%s%s\n' % (label.ljust(36), value.replace('\n', ' ')) for label, value in rows))


def piped(rows, p):
    return dict(text='| Field | Value |\n|---|---|\n' + ''.join('| %s | %s |\n' % (label, value.replace('\n', ' ')) for label, value in rows))


def divi(rows, p):
    return dict(text=''.join('%s: %s\n' % row for row in rows) + '\n--\n\nThis e-mail was sent from a contact form on Acme (https://acme.example)\n',
                fields=('Reply-To: %s' % p.email,), sender='WordPress <wordpress@acme.example>')


def ruled(rows, p):
    return dict(text='\n----------------------------------------\n'.join('%s | %s' % row for row in rows))


def chat_bot(rows, p):
    return dict(text='New conversation\n\n' + '\n\n'.join('Q: %s\nA: %s' % row for row in rows) + '\n', sender='Assistant <bot@chat-tool.example>')


def across(rows, p):
    return dict(html='<table border="1"><thead><tr>%s</tr></thead><tbody><tr>%s</tr></tbody></table>' % (
        ''.join('<th>%s</th>' % esc(label) for label, _ in rows), ''.join('<td>%s</td>' % esc(value) for _, value in rows)))


def carrd(rows, p):
    return dict(html='<h2>Form submission</h2>' + each('<h3>%s</h3>\n<p>%s</p>\n', rows))


def with_empties(rows, p):
    return dict(text=''.join('%s: %s\n' % (label, '' if n in (3, 4, 6) else value) for n, (label, value) in enumerate(rows)), empty=('company', 'product', 'country'))


def starred(rows, p):
    return dict(text='\n\n'.join('*%s*: %s' % row for row in rows))


SETS = (dotted, numbered_below, sectioned, underlined_below, odoo, definitions, plain_list, kirby, webhook, contao, indented, padded, piped, divi, ruled, chat_bot, across, carrd, with_empties,
        starred)


def samples():
    for number, layout in enumerate(SETS):
        for turn in range(2):
            person = GUESTS[(3 * number + 4 * turn) % len(GUESTS)]
            values = person._asdict()
            rows = [(label, values[key]) for label, key in zip(LABELS[person.lang][(number + turn) % 2], KEYS)]
            content = layout(rows, person)
            wanted = dict(((key, values[key]) for key in KEYS), **{key: '' for key in content.pop('empty', ())})
            yield Sample('%s-%d-%s' % (layout.__name__, turn, person.lang), mail('New entry', **dict(dict(sender='Website <web@acme.example>'), **content)), kind='form', form_fields=wanted)
