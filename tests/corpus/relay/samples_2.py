"""Relays, a second batch: small, written after the reader was generalised."""
from letter import Sample, mail

TEXT = 'Good morning,\n\nwe need 6 copper stills of 500 litres. When could you deliver?\n\nHamish Drummond'
WHO, HIS = 'Hamish Drummond', 'hamish@drummond-distillery.scot'
# From, further fields, name and address of who wrote.
RELAYS = {
    'groups-capital-via': ("'Hamish Drummond' Via Sales <sales@acme.example>", ['Reply-To: Hamish Drummond <%s>' % HIS, 'X-Google-Group-Id: 1', 'List-Id: <sales.acme.example>'], WHO, HIS),
    'office-form': ('"Microsoft Power Apps and Power Automate" <microsoft@powerapps.example>', ['Reply-To: Hamish Drummond <%s>' % HIS], WHO, HIS),
    'sendgrid-site': ('Acme Contact <contact@em1234.acme.example>', ['Reply-To: "Hamish Drummond" <%s>' % HIS, 'X-SG-EID: abc'], WHO, HIS),
    'webmaster': ('webmaster@acme.example', ['Reply-To: Hamish Drummond <%s>' % HIS, 'X-Mailer: PHP/8.2'], WHO, HIS),
    'info-as-itself': ('Acme <info@acme.example>', ['Reply-To: Hamish Drummond <%s>' % HIS, 'X-Mailer: WPMailSMTP'], WHO, HIS),
    'forwardemail': ('"hamish@drummond-distillery.scot" <no-reply@forwardemail.example>', ['Reply-To: hamish@drummond-distillery.scot'], '', HIS),
    'simplelogin': ('"Hamish Drummond - hamish(a)drummond-distillery.scot" <ra+abc.xyz@alias.example>', [], None, 'ra+abc.xyz@alias.example'),
    'ebay': ('"Hamish Drummond via eBay" <hamish_7f3a@members.ebay.example>', [], WHO, 'hamish_7f3a@members.ebay.example'),
    'gumtree': ('Hamish Drummond via Gumtree <a1b2c3@reply.gumtree.example>', ['Reply-To: Hamish Drummond <a1b2c3@reply.gumtree.example>'], WHO, 'a1b2c3@reply.gumtree.example'),
    'leboncoin': ('Hamish Drummond via leboncoin <messagerie-77@leboncoin.example>', ['Reply-To: messagerie-77@leboncoin.example'], WHO, 'messagerie-77@leboncoin.example'),
    'front-shared': ('Hamish Drummond <%s>' % HIS, ['Sender: bounce@front.example', 'X-Front-Id: 1'], WHO, HIS),
    'cc-list': ('Hamish Drummond <%s>' % HIS, ['Cc: distillers@lists.example', 'Reply-To: Hamish Drummond <%s>' % HIS], WHO, HIS),
    'antwort-nicht': ('Portal <bitte-nicht-antworten@portal.example>', ['Reply-To: Hamish Drummond <%s>' % HIS], WHO, HIS),
    'auto-no-reply': ('Portal <portal-no-reply@portal.example>', ['Reply-To: Hamish Drummond <%s>' % HIS], WHO, HIS),
    'zendesk-agent': ('Hamish Drummond (Drummond) <support@acme.zendesk.example>', ['Reply-To: Hamish Drummond <%s>' % HIS], WHO, HIS),
    'yahoo-groups': ('"Hamish Drummond %s [sales]" <sales@groups.acme.example>' % HIS, ['Reply-To: Hamish Drummond <%s>' % HIS, 'X-Original-From: Hamish Drummond <%s>' % HIS], WHO, HIS),
    'assistant-reply-to': ('Hamish Drummond <%s>' % HIS, ['Reply-To: office@drummond-distillery.scot'], WHO, HIS),
    'exchange-send-as': ('Hamish Drummond <%s>' % HIS, ['Sender: Mairi Ross <mairi@drummond-distillery.scot>'], WHO, HIS),
    'mail-to-itself-bcc': ('Hamish Drummond <%s>' % HIS, ['X-Original-To: sales@acme.example'], WHO, HIS),
    'helpscout': ('Hamish Drummond <help@acme.helpscout.example>', ['Reply-To: Hamish Drummond <%s>' % HIS], WHO, HIS),
}


def samples():
    for name, (sender, fields, who, address) in RELAYS.items():
        to = HIS if name == 'mail-to-itself-bcc' else 'info@acme.example' if name == 'info-as-itself' else 'sales@acme.example'
        writer = dict(address=address) if who is None else dict(address=address, name=who)
        yield Sample(name, mail('Copper stills', TEXT, sender=sender, fields=fields, to=to), kind='person', writer=writer)
