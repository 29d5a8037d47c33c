"""Mail that somebody else's machine hands on: groups, portals, contact forms, forwarding services. Who wrote it, and where an answer reaches him."""
from letter import Sample, encoded, mail

# Name and address of who wrote, and what.
PEOPLE = [
    ("Siobhan O'Rourke", 'siobhan@orourke-dairy.ie', 'Vacuum pumps', 'Hi,\n\nplease quote for 3 new vacuum pumps for our milking parlours in Cork.\n\nSiobhan'),
    ('Íñigo Etxeberria', 'inigo@etxe-mekanika.eus', 'Consulta de stock', 'Hola:\n\n¿tienen stock de la referencia ZX-77/B? Necesitamos ocho unidades.\n\nÍñigo'),
    ('Lê Hoàng Phúc', 'phuc.le@thephoaphat.com.vn', 'Hỏi giá thép tấm', 'Chào anh chị,\n\nbên em cần 10 tấn thép tấm dày 12 mm.\n\nPhúc'),
    ('Maëlys Le Goff', 'maelys.legoff@conserverie-legoff.bzh', 'Sertisseuse', "Bonjour,\n\nnous cherchons une sertisseuse d'occasion.\n\nMaëlys Le Goff"),
    ('Florian Übelacker', 'florian.uebelacker@gmx.at', 'Säge mit 3,5 kW', 'Guten Tag,\n\nwas kostet die Säge mit 3,5 kW, und wie schnell ist sie da?\n\nFlorian Übelacker'),
    ('Thiago Lima', 'thiago@lima-agro.com.br', 'Orçamento de tratores', 'Bom dia,\n\ngostaria de um orçamento de dois tratores com frete para Goiânia.\n\nThiago'),
]
US = 'sales@acme.example'


def word(name):
    return encoded(name) if not name.isascii() else '"%s"' % name if not name.replace(' ', '').isalnum() else name


def shown(name, address):
    return '%s <%s>' % (word(name), address)


class Case:
    def __init__(self, number):
        self.name, self.address, self.subject, self.text = PEOPLE[number % len(PEOPLE)]
        self.who = shown(self.name, self.address)


# Each gives header fields (From among them) and, where it is not the person's own, what the writer's name and address are.
def google_group(c, by='via'):
    return dict(sender=shown("'%s' %s Sales" % (c.name, by), US), fields=[
        'Reply-To: ' + c.who, 'X-Original-Sender: ' + c.address, 'X-Original-From: ' + c.who, 'Precedence: list', 'Mailing-list: list sales@acme.example; contact '
        'sales+owners@acme.example', 'List-ID: <sales.acme.example>', 'X-Google-Group-Id: 123456789', 'List-Post: <https://groups.google.com/a/acme.example/group/sales/post>',
        'List-Help: <https://support.google.com/a/acme.example/bin/topic.py?topic=25838>', 'List-Unsubscribe: <mailto:googlegroups-manage+123456789+unsubscribe@googlegroups.com>'])


def google_group_plain(c):
    """A group that did not have to rewrite From."""
    return dict(sender=c.who, fields=['X-Original-Sender: ' + c.address, 'Precedence: list', 'Mailing-list: list sales@acme.example; contact sales+owners@acme.example',
                                      'List-ID: <sales.acme.example>', 'X-Google-Group-Id: 123456789'])


def google_group_no_reply_to(c):
    return dict(sender=shown("%s via Sales" % c.name, US), fields=['X-Original-From: ' + c.who, 'List-ID: <sales.acme.example>', 'Precedence: list'])


def mailman(c):
    return dict(sender=shown('%s via Sales' % c.name, 'sales@lists.acme.example'), to='sales@lists.acme.example', fields=[
        'Reply-To: ' + c.who, 'X-Mailman-Version: 2.1.39', 'Precedence: list', 'List-Id: Sales <sales.lists.acme.example>', 'X-BeenThere: sales@lists.acme.example'])


def site_as_itself(c):
    return dict(sender='Acme Website <sales@acme.example>', fields=['Reply-To: ' + c.who, 'X-Mailer: PHPMailer 6.9.1 (https://github.com/PHPMailer/PHPMailer)'])


def wordpress(c):
    return dict(sender='WordPress <wordpress@acme.example>', fields=['Reply-To: ' + c.address], name='')


def name_over_noreply(c):
    return dict(sender=shown(c.name, 'noreply@acme.example'), fields=['Reply-To: ' + c.address])


def in_brackets(c):
    return dict(sender=shown('%s (via Acme contact form)' % c.name, 'no-reply@acme.example'), fields=['Reply-To: ' + c.address])


def noreply_word(address):
    def relay(c):
        return dict(sender=shown('Portal', address), fields=['Reply-To: ' + c.who])
    return relay


def linkedin(c):
    return dict(sender=shown('%s via LinkedIn' % c.name, 'messaging-digest-noreply@linkedin.example'), fields=[
        'Reply-To: %s' % shown(c.name, 'm-abc123def456@reply.linkedin.example'), 'X-LinkedIn-Class: INMAIL', 'List-Unsubscribe: <https://linkedin.example/u>'],
        address='m-abc123def456@reply.linkedin.example')


def masked_by_portal(c):
    return dict(sender=shown('%s über Kleinanzeigen' % c.name, 'interessent-1a2b3c@mail.kleinanzeigen.example'), fields=[], address='interessent-1a2b3c@mail.kleinanzeigen.example')


def masked_with_dash(c):
    return dict(sender=shown('%s - Marketplace' % c.name, 'xk4v7+9f8e@marketplace.example'), fields=[], address='xk4v7+9f8e@marketplace.example', name=None)


def houzz(c):
    return dict(sender=shown('%s via Houzz' % c.name, 'reply-77aa88bb@messages.houzz.example'), fields=[], address='reply-77aa88bb@messages.houzz.example')


def forwarding_service(c):
    return dict(sender='"%s" <no-reply@forwarder.example>' % c.address, fields=['Reply-To: ' + c.address, 'X-Forwarded-For: ' + c.address], name='')


def shopify(c):
    return dict(sender='"Acme (Shopify)" <mailer@shopify.example>', fields=['Reply-To: ' + c.address], name='')


def wix(c):
    return dict(sender=shown(c.name, 'notifications@wix-forms.example'), fields=['Reply-To: ' + c.address])


def web_server(c):
    return dict(sender='Apache <apache@srv12.hosting.example>', fields=['Reply-To: ' + c.who, 'X-PHP-Originating-Script: 33:contact.php'])


def many_reply_to(c):
    return dict(sender='Portal <noreply@portal.example>', fields=['Reply-To: %s, Portal <copy@portal.example>' % c.who])


def help_desk(c):
    return dict(sender=shown('%s (Acme Helpdesk)' % c.name, 'support@acme.helpdesk.example'), fields=['Reply-To: ' + c.who, 'X-Mailer: Helpdesk'])


def on_behalf(c):
    return dict(sender=shown('%s via Typeform' % c.name, 'hello@followups.typeform.example'), fields=['Reply-To: ' + c.address, 'Sender: hello@followups.typeform.example'])


# The mail shows who wrote, and other fields must not change it.
def srs(c):
    return dict(sender=c.who, fields=['Return-Path: <SRS0=hHhH=TT=%s=%s@forwarder.example>' % tuple(reversed(c.address.split('@')))])


def redirected(c):
    return dict(sender=c.who, fields=['Resent-From: Luis Ortega <luis@acme.example>', 'Resent-To: sales@acme.example', 'Resent-Date: Tue, 10 Mar 2026 10:00:00 +0100'])


def filter_forward(c):
    return dict(sender=c.who, fields=['X-Forwarded-For: luis@acme.example sales@acme.example', 'X-Forwarded-To: sales@acme.example', 'Delivered-To: luis@acme.example'])


def secretary(c):
    return dict(sender=c.who, fields=['Sender: Front Office <office@%s>' % c.address.split('@')[1]])


def other_reply_to(c):
    return dict(sender=c.who, fields=['Reply-To: %s' % shown(c.name, 'private.inbox@gmail.com')])


def reply_to_us(c):
    return dict(sender=c.who, fields=['Reply-To: Sales <sales@acme.example>'])


def team_reply_to(c):
    return dict(sender=c.who, fields=['Reply-To: Purchasing <purchasing@%s>' % c.address.split('@')[1]])


NO_REPLY = ('ne-pas-repondre@portail.example', 'nepasrepondre@portail.example', 'nicht-antworten@portal.example', 'noresponder@portal.example', 'no-responder@portal.example',
            'nao-responda@portal.example', 'naoresponda@portal.example', 'donotreply@portal.example', 'do_not_reply@portal.example', 'no.reply@portal.example', 'noreply-leads@portal.example',
            'leads-noreply@portal.example', 'mailer@portal.example', 'notifications@portal.example', 'notification@portal.example', 'www-data@web1.portal.example',
            'nobody@web1.portal.example', 'automailer@portal.example', 'khongtraloi@portal.example', 'niet-beantwoorden@portal.example', 'non-rispondere@portal.example')
LAYOUTS = ((google_group, 3), (google_group_plain, 2), (google_group_no_reply_to, 1), (mailman, 2), (site_as_itself, 2), (wordpress, 2), (name_over_noreply, 2), (in_brackets, 2),
           (linkedin, 2), (masked_by_portal, 1), (masked_with_dash, 1), (houzz, 1), (forwarding_service, 1), (shopify, 1), (wix, 1), (web_server, 1), (many_reply_to, 1),
           (help_desk, 2), (on_behalf, 2), (srs, 2), (redirected, 2), (filter_forward, 1), (secretary, 1), (other_reply_to, 1), (reply_to_us, 1), (team_reply_to, 1))
BY = (('über', 4), ('a través de', 1), ('par', 3), ('por meio de', 5), ('qua', 2))


def one(name, case, content):
    writer = dict(address=content.pop('address', case.address))
    if (said := content.pop('name', case.name)) is not None:
        writer['name'] = said
    # A list that is not known to be ours may be anybody's: only its writer is stated.
    unknown_list = name.startswith(('mailman', 'google_group_no_reply_to'))
    return Sample(name, mail(case.subject, case.text, **content), writer=writer, **({} if unknown_list else dict(kind='person')))


def samples():
    number = 0
    for layout, times in LAYOUTS:
        for turn in range(times):
            number += 1
            case = Case(number)
            yield one('%s-%d' % (layout.__name__, turn), case, layout(case))
    for by, person in BY:
        case = Case(person)
        yield one('google_group-' + by.replace(' ', '-'), case, google_group(case, by))
    for person, address in enumerate(NO_REPLY):
        case = Case(person)
        yield one(address.split('@')[0], case, noreply_word(address)(case))
