"""Form notifications, fourth batch: small, written after the reader was generalised, with tools and people that it had not met."""
import html as entities

from letter import Sample, mail
from people import Person

GUESTS = [
    Person('en', 'Hamish Drummond', 'Hamish', 'Drummond', 'hamish@drummond-distillery.scot', '01463 555 012', 'Drummond Distillery',
           'We need 6 copper stills, 500 l each.\nWhen could you deliver?', 'Copper still', 'Inverness', 'Scotland'),
    Person('es', 'Ximena Tapia', 'Ximena', 'Tapia', 'ximena.tapia@frutasdelvalle.cl', '+56 9 6543 2109', 'Frutas del Valle Ltda.',
           'Favor cotizar 3 cámaras de frío para cerezas.', 'Cámara de frío', 'Curicó', 'Chile'),
    Person('vi', 'Bùi Quốc Việt', 'Việt', 'Bùi Quốc', 'viet.bui@nongsanxanh.vn', '0987 654 321', 'HTX Nông Sản Xanh', 'Cần mua 5 máy sấy trái cây.\nGiao tại Tiền Giang.',
           'Máy sấy', 'Mỹ Tho', 'Việt Nam'),
    Person('fr', 'Noémie Vasseur', 'Noémie', 'Vasseur', 'noemie@brasserie-vasseur.fr', '03 20 12 34 56', 'Brasserie Vasseur', "Quel est le délai pour une cuve de 20 hl ?", 'Cuve 20 hl',
           'Lille', 'France'),
    Person('de', 'Hannes Brandstätter', 'Hannes', 'Brandstätter', 'hannes@brandstaetter-obst.at', '+43 676 1234567', 'Obsthof Brandstätter',
           'Wir suchen eine Obstpresse für 2 Tonnen am Tag.\nBitte mit Preis frei Haus.', 'Obstpresse', 'Krems', 'Österreich'),
    Person('pt', 'Beatriz Sampaio', 'Beatriz', 'Sampaio', 'beatriz@queijariasampaio.com.br', '(35) 99876-1234', 'Queijaria Sampaio', 'Preciso de um tanque de 1000 litros, qual o prazo?',
           'Tanque', 'Itajubá', 'Brasil'),
]
LABELS = {
    'en': ('Name of contact', 'E-mail', 'Daytime phone', 'Company or organisation', 'Your enquiry'),
    'es': ('Nombre y Apellido', 'Dirección de email', 'Número de celular', 'Empresa u organización', 'Escriba su mensaje'),
    'vi': ('Tên của bạn', 'Địa chỉ thư điện tử', 'Số điện thoại di động', 'Tên công ty/đơn vị', 'Nội dung yêu cầu'),
    'fr': ('Prénom et nom', 'Votre adresse e-mail', 'Téléphone portable', 'Société / organisme', 'Précisez votre besoin'),
    'de': ('Vorname und Nachname', 'Ihre E-Mail', 'Telefon (tagsüber)', 'Firma (optional)', 'Ihre Anfrage an uns'),
    'pt': ('Nome e Sobrenome', 'E-mail para contato', 'Telefone celular', 'Empresa/Organização', 'Deixe sua mensagem'),
}
KEYS = ('name', 'email', 'phone', 'company', 'message')


def esc(text):
    return entities.escape(text, quote=False).replace('\n', '<br>')


def forminator(rows, p):
    return dict(html='<p>You have a new website form submission:</p><ul>%s</ul><p>---</p><p>This message was sent from https://acme.example.</p>'
                     % ''.join('<li><b>%s</b><br>%s</li>' % (esc(label), esc(value)) for label, value in rows))


def fluent(rows, p):
    return dict(html='<table class="ff_all_data" width="600"><tbody>%s</tbody></table>' % ''.join(
        '<tr class="field-label"><th style="padding:6px 12px;background-color:#f8f8f8;text-align:left"><strong>%s</strong></th></tr><tr class="field-value"><td style="padding:6px 12px '
        '12px">%s</td></tr>' % (esc(label), esc(value)) for label, value in rows))


def formidable(rows, p):
    return dict(text='\r\n\r\n'.join('%s: %s' % row for row in rows) + '\r\n\r\nUser Information\r\nIP Address: 198.51.100.4\r\nReferrer: https://acme.example/contact\r\n')


def cognito(rows, p):
    return dict(text='Contact form\n\nEntry Details\n\n' + '\n\n'.join('%s\n\n%s' % row for row in rows) + '\n\nView full entry at CognitoForms.com\n',
                sender='Cognito Forms <notifications@cognitoforms.example>')


def paperform(rows, p):
    return dict(html='<h2>New submission for <b>Quote</b></h2>' + ''.join('<div style="margin:0 0 20px"><div style="font-size:12px;color:#999">%s</div><div>%s</div></div>'
                                                                       % (esc(label), esc(value)) for label, value in rows) + '<div>Powered by Paperform</div>')


def pardot(rows, p):
    return dict(text=''.join('%s\t%s\n' % (label, value.replace('\n', ' ')) for label, value in rows), message_in_one_line=True)


def wufoo(rows, p):
    return dict(html='<table cellpadding="0" cellspacing="0">%s</table><p>Created<br>10 Mar 2026</p>' % ''.join(
        '<tr><th style="border-bottom:1px solid #dedede" valign="top">%s *</th><td style="border-bottom:1px solid #dedede">%s</td></tr>' % (esc(label), esc(value)) for label, value in rows))


def cold_fusion(rows, p):
    return dict(text='\n'.join('%s = %s' % row for row in rows) + '\n\n')


SETS = (forminator, fluent, formidable, cognito, paperform, pardot, wufoo, cold_fusion)


def samples():
    for number, layout in enumerate(SETS):
        for turn in range(5):
            person = GUESTS[(number + turn) % len(GUESTS)]
            values = person._asdict()
            rows = [(label, values[key]) for label, key in zip(LABELS[person.lang], KEYS)]
            content = dict(dict(sender='Website <web@acme.example>'), **layout(rows, person))
            wanted = {key: values[key] for key in KEYS}
            content.pop('message_in_one_line', None)
            yield Sample('%s-%s' % (layout.__name__, person.lang), mail('New entry', **content), kind='form', form_fields=wanted)
