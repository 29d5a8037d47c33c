"""Form notifications, seventh batch: small, blind like the fifth and the sixth; the labels that templates of builders and themes come with.

At first try 78 of its 132 fields (59 %) were right, and 16 of 24 were taken for forms; of the lost ones 38 stood in layouts without a
sign between label and value ("<b>Your name</b> Bob", "Your name? Bob")."""
import html as entities

from letter import Sample, mail
from people import Person

GUESTS = [
    Person('en', 'Dilys Penhaligon', 'Dilys', 'Penhaligon', 'dilys@penhaligon-nursery.co.uk', '01736 555 204', 'Penhaligon Nursery', 'We would like a price for three polytunnels.\nIs assembly included?', 'Polytunnel',
           'Penzance', 'United Kingdom'),
    Person('es', 'Baltasar Echeverri', 'Baltasar', 'Echeverri', 'becheverri@cafealtura.co', '+57 310 555 4433', 'Café Altura SAS', 'Buen día, requiero una tostadora de 15 kg.\nQuedo atento.', 'Tostadora', 'Manizales',
           'Colombia'),
    Person('vi', 'Hồ Thị Thu Hà', 'Thu Hà', 'Hồ Thị', 'thuha@gomphucuong.vn', '0913 444 555', 'Gốm Phú Cường', 'Cho mình xin giá lò nung 200 lít.\nGiao Bình Dương.', 'Lò nung', 'Thuận An', 'Việt Nam'),
    Person('fr', 'Corentin Ollivier', 'Corentin', 'Ollivier', 'c.ollivier@ferme-ollivier.fr', '06 88 77 66 55', 'Ferme Ollivier', 'Nous cherchons une serre de 200 m².\nUne visite est-elle possible ?', 'Serre', 'Vannes', 'France'),
    Person('de', 'Ruprecht Oellerich', 'Ruprecht', 'Oellerich', 'oellerich@werft-oellerich.de', '04421 55 66 77', 'Werft Oellerich', 'Wir brauchen zwei Schiffskräne.\nWann ist eine Besichtigung möglich?', 'Schiffskran', 'Wilhelmshaven',
           'Deutschland'),
    Person('pt', 'Otávio Lacerda', 'Otávio', 'Lacerda', 'otavio@lacerdamoveis.com.br', '(41) 99555-1122', 'Lacerda Móveis', 'Preciso de uma serra esquadrejadeira.\nFazem parcelado?', 'Serra', 'Curitiba', 'Brasil'),
]
# Each form has the fields that it has.
LABELS = {
    'en': (dict(name="What's your name?", email="What's your email address?", phone='Contact telephone (incl. area code)', message='Your enquiry in a few words'),
           dict(first_name='First Name:*', last_name='Last Name:*', company='Name of your organisation (if any)', email='Email Address:*', city='Town or village', product='What would you like a quote for?',
                message='Further information')),
    'es': (dict(name='Nombres y apellidos', company='Nombre de tu empresa', phone='Número de WhatsApp', email='Email corporativo', message='Escríbenos tu mensaje'),
           dict(name='¿Cómo te llamas?', email='¿Cuál es tu correo?', phone='¿A qué número te llamamos?', city='¿Desde qué ciudad nos escribes?', message='¿Qué necesitas?')),
    'vi': (dict(name='Họ & tên', phone='Điện thoại liên hệ', email='Địa chỉ e-mail', product='Sản phẩm bạn quan tâm', message='Nội dung tin nhắn của bạn'),
           dict(name='Tên anh/chị', company='Công ty/Cửa hàng', phone='SĐT (Zalo)', email='Email (nếu có)', city='Tỉnh/TP', message='Anh/chị cần tư vấn gì?')),
    'fr': (dict(last_name='NOM *', first_name='PRÉNOM *', email='E-MAIL *', phone='TÉLÉPHONE', company='SOCIÉTÉ', message='VOTRE MESSAGE *'),
           dict(name='Nom, prénom', email='Votre adresse courriel', phone='Téléphone fixe ou portable', city="Ville d'intervention", product='Type de prestation', message='Détails de votre demande')),
    'de': (dict(name='Vorname & Nachname', company='Firma (falls vorhanden)', email='E-Mail-Adresse für die Antwort', phone='Telefon (für Rückfragen)', message='Ihre Nachricht an uns'),
           dict(first_name='Ihr Vorname *', last_name='Ihr Nachname *', email='Ihre Mailadresse *', city='Stadt/Gemeinde', product='Welches Produkt interessiert Sie?', message='Beschreiben Sie Ihr Vorhaben')),
    'pt': (dict(name='Qual é o seu nome?', email='Qual é o seu e-mail?', phone='Telefone com DDD', company='Nome da sua empresa ou loja', message='Em que podemos ajudar?'),
           dict(name='Seu nome completo', phone='Celular/WhatsApp', email='E-mail (para retorno)', city='Cidade/Estado', product='Qual produto você procura?', message='Detalhes do seu pedido')),
}


def esc(text):
    return entities.escape(text, quote=False).replace('\n', '<br>')


def lines(rows):
    return dict(text=''.join('%s %s\n' % (label if label.endswith(('?', ':*')) else label + ':', value) for label, value in rows))


def below(rows):
    return dict(text='Hi there,\n\nyou have a new message:\n\n' + '\n\n'.join('%s\n%s' % row for row in rows) + '\n\n--\nForm sent from acme.example\n')


def table(rows):
    return dict(html='<table>%s</table>' % ''.join('<tr><td><b>%s</b></td><td>%s</td></tr>' % (esc(label), esc(value)) for label, value in rows))


def bold(rows):
    return dict(html=''.join('<p><b>%s</b> %s</p>' % (esc(label), esc(value)) for label, value in rows))


def samples():
    for number, layout in enumerate((lines, below, table, bold)):
        for turn in range(6):
            person = GUESTS[turn]
            labels = LABELS[person.lang][(number + turn) % 2]
            values = dict(person._asdict(), first_name=person.first, last_name=person.last)
            rows = [(label, values[key]) for key, label in labels.items()]
            yield Sample('%s-%s' % (layout.__name__, person.lang), mail('New message', sender='Website <web@acme.example>', **layout(rows)), kind='form',
                         form_fields={key: values[key] for key in labels})
