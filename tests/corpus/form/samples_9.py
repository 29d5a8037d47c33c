"""Form notifications in the habits of website builders; people and companies are made up."""
import json
from html import escape

from letter import Sample, mail

SITE = 'https://www.acme.example'
UA = ('Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/122.0.0.0 Safari/537.36')


def rows_of(spec):
    """`label|key|value` a line; - for a field that is none of the keys."""
    rows = []
    for line in spec.strip('\n').split('\n'):
        label, key, value = line.split('|', 2)
        rows.append((label.strip(), key.strip(), value.strip().replace('\\n', '\n')))
    return rows


def shown(key, value):
    """A value as HTML."""
    inner = escape(value, quote=False).replace('\n', '<br />\n')
    if key == 'email' and value:
        return '<a href="mailto:%s">%s</a>' % (value, inner)
    if key == 'website' and value.startswith('http'):
        return '<a href="%s" target="_blank" rel="noopener">%s</a>' % (value, inner)
    return inner


def esc(text):
    return escape(text, quote=False)


# ---- layouts: rows, head and foot in, the bodies out ----

def plain(rows, head='', foot='', sep=': ', gap='\n', below=('message',)):
    out = []
    for label, key, value in rows:
        out.append(label + sep.rstrip() + '\n' + value if key in below and value else (label + sep + value).rstrip())
    return {'text': head + gap.join(out) + '\n' + foot}


def plain_above(rows, head='', foot='', mark=''):
    return {'text': head + '\n\n'.join(label + mark + '\n' + value for label, _, value in rows) + '\n' + foot}


def aligned(rows, head='', foot=''):
    width = max(len(label) for label, _, _ in rows) + 2
    return {'text': head + '\n'.join((label + ':').ljust(width) + value for label, _, value in rows) + '\n' + foot}


def br(rows, head='', foot='', bold=False):
    mark = '<strong>%s:</strong> %s' if bold else '%s: %s'
    return {'html': head + '<br>\n'.join(mark % (esc(l), shown('', v)) for l, k, v in rows) + foot}


def cf7(rows, head='', foot=''):
    out = ['<b>%s</b>: %s<br />' % (esc(l), shown(k, v)) for l, k, v in rows if k != 'message']
    out += ['<br />\n<b>%s</b>:<br />\n%s' % (esc(l), shown(k, v)) for l, k, v in rows if k == 'message']
    return {'html': '<!doctype html>\n<html xmlns="http://www.w3.org/1999/xhtml">\n<head>\n<title></title>\n</head>\n<body>\n<p>%s%s</p>\n<p>-- <br />\n%s</p>\n</body>\n</html>' % (
        head, '\n'.join(out), foot)}


def wpforms(rows, head='', foot='', empty=None):
    out = ''
    for l, k, v in rows:
        if not v and empty is None:
            continue
        cell = shown(k, v) if v else '<em>%s</em>' % empty
        out += ('<table class="field" border="0" cellpadding="0" cellspacing="0" width="100%%"><tbody><tr>\n'
                '<td class="field-name" valign="top" style="color:#333333;padding:25px 0;border-bottom:1px solid #e2e2e2;width:30%%"><strong>%s</strong></td>\n'
                '<td class="field-value" valign="top" style="color:#555555;padding:25px 0 25px 30px;border-bottom:1px solid #e2e2e2;">%s</td>\n'
                '</tr></tbody></table>\n') % (esc(l), cell)
    return {'html': '<!doctype html><html dir="ltr"><head><meta charset="utf-8"><style>body,.body{background-color:#e9eaec}.field-name strong{font-weight:700}</style></head>'
            '<body style="background:#e9eaec;"><table border="0" cellpadding="0" cellspacing="0" width="100%%" class="body"><tr><td align="center" valign="top" class="body-inner wpforms">'
            '<table border="0" cellpadding="0" cellspacing="0" class="container" width="700"><tr><td align="center" class="header"><div class="header-image"><img src="%s/wp-content/uploads/logo.png" width="250" alt="Acme"></div></td></tr>'
            '<tr><td class="wrapper-inner" bgcolor="#ffffff"><table width="100%%"><tr><td class="content">%s%s</td></tr></table></td></tr>'
            '<tr><td align="center" class="footer" style="font-size:12px;color:#72777c">%s</td></tr></table></td></tr></table></body></html>' % (SITE, head, out, foot)}


def wpclassic(rows, head='', foot=''):
    out = ''.join('<tr>\n\t<td class="field-name"><strong>%s</strong></td>\n</tr>\n<tr class="field-%s">\n\t<td class="field-value">%s</td>\n</tr>\n'
                  % (esc(l), k if k in ('email', 'name') else 'text', shown(k, v)) for l, k, v in rows if v)
    return {'html': '<html><body>%s<table width="100%%" class="wpforms-fields"><tbody>%s</tbody></table><p class="footer">%s</p></body></html>' % (head, out, foot)}


def gravity(rows, head='', foot='', section=None):
    out = ''
    for at, (l, k, v) in enumerate(rows):
        if section and at == section[0]:
            out += '<tr>\n<td colspan="2" style="font-size:14px; font-weight:bold; background-color:#EEE; border-bottom:1px solid #DFDFDF; padding:7px 7px">%s</td>\n</tr>\n' % section[1]
        if not v:
            continue
        cell = shown(k, v)
        if k == 'address' and '\n' in v:
            cell += "<br/><a href='http://maps.google.com/maps?q=%s' target='_blank' class='map-it-link'>Map It</a>" % v.split('\n')[0].replace(' ', '+')
        if k == '-list':
            cell = "<ul class='bulleted'>%s</ul>" % ''.join('<li>%s</li>' % esc(one) for one in v.split('\n'))
        out += ('<tr bgcolor="#EAF2FA">\n<td colspan="2">\n<font style="font-family: sans-serif; font-size:12px;"><strong>%s</strong></font>\n</td>\n</tr>\n'
                '<tr bgcolor="#FFFFFF">\n<td width="20">&nbsp;</td>\n<td>\n<font style="font-family: sans-serif; font-size:12px;">%s</font>\n</td>\n</tr>\n') % (esc(l), cell)
    return {'html': '<html><head><title></title></head><body>%s<table width="99%%" border="0" cellpadding="1" cellspacing="0" bgcolor="#EAEAEA"><tr><td>'
            '<table width="100%%" border="0" cellpadding="5" cellspacing="0" bgcolor="#FFFFFF">\n%s</table></td></tr></table>%s</body></html>' % (head, out, foot)}


def ninja(rows, head='', foot=''):
    out = ''.join('<tr valign="top"><td>%s:</td><td>%s</td></tr>' % (esc(l), shown(k, v)) for l, k, v in rows)
    return {'html': '%s<table><tbody>%s</tbody></table>%s' % (head, out, foot)}


def elementor(rows, head='', foot='', meta=('Date', 'Time', 'Page URL', 'User Agent', 'Remote IP', 'Powered by'), date='March 10, 2026', time='9:30 am', ip='203.0.113.45', page='/contact/', html=True):
    values = (date, time, SITE + page, UA, ip, 'Elementor')
    lines = ['%s: %s' % (l, v) for l, k, v in rows]
    tail = ['%s: %s' % pair for pair in zip(meta, values)]
    if html:
        return {'html': head + '<br>'.join(esc(one).replace('\n', '<br />\n') for one in lines) + '<br><br>---<br><br>' + '<br>'.join(esc(one) for one in tail) + foot}
    return {'text': head + '\n'.join(lines) + '\n\n---\n\n' + '\n'.join(tail) + '\n' + foot}


def formidable(rows, head='', foot=''):
    out = ''
    for at, (l, k, v) in enumerate(rows):
        out += ('<tr style="background-color:%s;"><th scope="row" style="text-align:left;vertical-align:top;color:#555555;padding:7px 9px;border-top:1px solid #cccccc;">%s</th>'
                '<td style="text-align:left;color:#555555;padding:7px 9px;vertical-align:top;border-top:1px solid #cccccc;">%s</td></tr>\r\n' % (('#ffffff', '#f7f7f7')[at % 2], esc(l), shown(k, v))).replace('\r', '')
    return {'html': '%s<table cellspacing="0" style="font-size:14px;line-height:135%%;border-bottom:1px solid #cccccc;"><tbody>\n%s</tbody></table>\n%s' % (head, out, foot)}


def forminator(rows, head='', foot=''):
    out = ''.join('<li><b>%s</b> : %s</li>' % (esc(l), shown(k, v)) for l, k, v in rows)
    return {'html': '%s<br/><ul>%s</ul><br/>---<br/>%s' % (head, out, foot)}


def jetpack(rows, head='', foot=''):
    out = ''.join('<b>%s:</b> %s<br /><br />\n' % (esc(l), shown('', v)) for l, k, v in rows)
    return {'html': '<!doctype html>\n<html xmlns="http://www.w3.org/1999/xhtml">\n<body>\n%s\n%s<hr />\n%s\n</body>\n</html>' % (head, out, foot)}


def question(rows, head='', foot=''):
    """Typeform, Tally: the question in bold, the answer below."""
    html = ''.join('<div style="margin:0 0 24px"><strong style="color:#262627">%s</strong><br>\n<span style="color:#737373">%s</span></div>\n' % (esc(l), shown(k, v)) for l, k, v in rows)
    return {'html': '<div style="max-width:600px;margin:0 auto;font-family:Helvetica,Arial,sans-serif">%s%s%s</div>' % (head, html, foot)}


def headings(rows, head='', foot='', h='h3'):
    html = ''.join('<%s style="margin:16px 0 4px;font-size:15px">%s</%s>\n<p style="margin:0">%s</p>\n' % (h, esc(l), h, shown(k, v)) for l, k, v in rows)
    return {'html': '<html><body>%s%s%s</body></html>' % (head, html, foot)}


def jotform(rows, head='', foot=''):
    out = ''
    for at, (l, k, v) in enumerate(rows):
        out += ('<tr style="background-color:%s"><td valign="top" width="170" style="padding:5px !important;border-bottom:1px solid #ddd;font-family:Verdana,sans-serif;font-size:12px">%s</td>'
                '<td valign="top" style="padding:5px !important;border-bottom:1px solid #ddd">%s</td></tr>\n') % (('#f3f3f3', '#ffffff')[at % 2], esc(l), shown(k, v))
    return {'html': '<html><body bgcolor="#f7f9fc"><table bgcolor="#f7f9fc" width="100%%"><tbody><tr><td height="30">&nbsp;</td></tr><tr><td align="center">'
            '<table width="600" bgcolor="#eeeeee" border="0" cellpadding="0" cellspacing="0"><tbody><tr><td width="13" height="30" bgcolor="#eeeeee">&nbsp;</td>'
            '<td align="left" bgcolor="#eeeeee"><b>%s</b></td></tr><tr><td colspan="2" bgcolor="#fff"><table width="100%%" cellpadding="5" cellspacing="0"><thead><tr><td width="170"><b>%s</b></td><td><b>%s</b></td></tr></thead><tbody>\n%s</tbody></table></td></tr></tbody></table>'
            '</td></tr></tbody></table>%s</body></html>' % (head[0], head[1], head[2], out, foot)}


def table(rows, head='', foot='', colon=':', caps=False, zebra=False, tag='td', border='1'):
    out = ''
    for at, (l, k, v) in enumerate(rows):
        out += '<tr%s><%s style="padding:8px;text-align:left;width:35%%">%s%s</%s><td style="padding:8px">%s</td></tr>\n' % (
            ' style="background:#f9f9f9"' if zebra and at % 2 == 0 else '', tag, esc(l.upper() if caps else l), colon, tag, shown(k, v))
    return {'html': '<html><body style="font-family:Arial,sans-serif">%s<table border="%s" cellspacing="0" cellpadding="5" style="border-collapse:collapse">\n%s</table>\n%s</body></html>' % (head, border, out, foot)}


def strongs(rows, head='', foot=''):
    out = ''
    for l, k, v in rows:
        if k == 'message':
            out += '<p><strong>%s :</strong></p>\n<div style="background:#fff;border-left:4px solid #c8102e;padding:12px">%s</div>\n' % (esc(l), shown(k, v))
        else:
            out += '<p><strong>%s :</strong> %s</p>\n' % (esc(l), shown(k, v))
    return {'html': '<div style="font-family: Arial, sans-serif; padding: 20px; background-color: #f8f9fa;">\n%s%s%s</div>' % (head, out, foot)}


def above(rows, head='', foot=''):
    """A small grey label in a div of its own, the value in the next."""
    out = ''.join('<div style="padding:12px 24px;border-top:1px solid #eee"><div style="font-size:11px;text-transform:uppercase;color:#8a8f98">%s</div><div style="font-size:15px;color:#111">%s</div></div>\n'
                  % (esc(l), shown(k, v)) for l, k, v in rows)
    return {'html': '<html><head><style>a{color:#0055ff}</style></head><body style="margin:0;background:#f5f5f5"><div style="width:560px;margin:32px auto;background:#fff;border-radius:12px">%s%s%s</div></body></html>' % (head, out, foot)}


def smalls(rows, head='', foot=''):
    out = ''.join('<p><small style="color:#999">%s</small><br>%s</p>\n' % (esc(l), shown(k, v)) for l, k, v in rows)
    return {'html': '%s%s%s' % (head, out, foot)}


def items(rows, head='', foot=''):
    out = ''.join('<li><strong>%s:</strong> %s</li>\n' % (esc(l), shown(k, v)) for l, k, v in rows)
    return {'html': '<html><body>%s<ul>\n%s</ul>%s</body></html>' % (head, out, foot)}


def dl(rows, head='', foot=''):
    out = ''.join('<dt style="font-weight:bold">%s</dt>\n<dd>%s</dd>\n' % (esc(l), shown(k, v) or '&nbsp;') for l, k, v in rows)
    return {'html': '<html><body>%s<dl>\n%s</dl>%s</body></html>' % (head, out, foot)}


def nested(rows, head='', foot=''):
    out = ''
    for l, k, v in rows:
        out += ('<tr><td style="padding:0 32px"><table role="presentation" width="100%%" cellpadding="0" cellspacing="0"><tr>'
                '<td style="padding:10px 0;width:160px;vertical-align:top;font-weight:600;color:#425b76">%s</td><td style="padding:10px 0;color:#33475b">%s</td></tr></table></td></tr>\n') % (esc(l), shown(k, v))
    return {'html': '<!DOCTYPE html><html><body style="margin:0"><table role="presentation" width="100%%" bgcolor="#f5f8fa"><tr><td align="center"><table role="presentation" width="600" bgcolor="#ffffff">\n'
            '<tr><td style="padding:32px 32px 12px">%s</td></tr>\n%s<tr><td style="padding:24px 32px;font-size:12px;color:#7c98b6">%s</td></tr></table></td></tr></table></body></html>' % (head, out, foot)}


def drupal(rows, head='', foot=''):
    out = ''.join('<b>%s</b><br />\n%s<br /><br />\n' % (esc(l), shown(k, v)) for l, k, v in rows)
    return {'html': '<p>%s</p>\n%s%s' % (head, out, foot)}


def as_json(rows, head='', foot=''):
    return {'text': head + json.dumps({l: v for l, k, v in rows}, ensure_ascii=False, indent=2) + '\n' + foot}


def both(one, other):
    return {'text': other['text'], 'html': one['html']}


NOBODY = ('-', '-list')


def sample(name, subject, rows, bodies, sender='Website <web@acme.example>', fields=(), date='Tue, 10 Mar 2026 09:30:00 +0100', more=None):
    wanted = {k: v for l, k, v in rows if k not in NOBODY and v}
    wanted.update(more or {})
    return Sample(name, mail(subject, sender=sender, fields=fields, date=date, **bodies), kind='form', form_fields=wanted)


def reply(rows):
    return ['Reply-To: ' + v for l, k, v in rows if k == 'email']


# ---- English ----

def english():
    r = rows_of(r'''
From|-|Margaret Holloway <m.holloway@brightwell.example>
Subject|subject|Replacement gaskets for model K-40
''')
    body = 'Hello,\n\nwe run three K-40 units and need spare gaskets before the end of April.\nPart number: GK-4012\nCould you let me know the lead time?\n\nKind regards,\nMargaret'
    yield sample('en-cf7-default', 'Acme "Replacement gaskets for model K-40"', r,
                 {'text': 'From: Margaret Holloway <m.holloway@brightwell.example>\nSubject: Replacement gaskets for model K-40\n\nMessage Body:\n' + body
                  + '\n\n-- \nThis is a notification that a contact form was submitted on your website (Acme https://www.acme.example).\n'},
                 sender='Acme <wordpress@acme.example>', fields=['Reply-To: m.holloway@brightwell.example'],
                 more={'name': 'Margaret Holloway', 'email': 'm.holloway@brightwell.example', 'message': body})

    r = rows_of(r'''
Name|name|Declan Murphy
Email|email|declan@murphyjoinery.example
Phone|phone|(028) 9045 7781
Company Name|company|Murphy & Sons Joinery
Address|address|14 Linen Quay\nBelfast, Antrim BT1 3LG\nUnited Kingdom
Services you are interested in|-list|Installation\nAnnual servicing
Approximate budget|budget|£5,000 - £10,000
How can we help?|message|We're moving to a bigger workshop in June and want the extraction system re-fitted.\n\nCan someone come out for a site survey? Mornings are best.
Consent|-|✓ I agree to the privacy policy.
''')
    yield sample('en-gravity-all-fields', 'New submission from Request a Quote', r, gravity(r), sender='Acme Ltd <no-reply@acme.example>', fields=reply(r))

    r = rows_of(r'''
Name|name|Tyler Brandt
Email|email|tbrandt@lakeshoremed.example
Phone|phone|+1 (414) 555-0137
Company|company|
Comment or Message|message|Do you ship to Wisconsin? I'd like two cases by Friday if possible.\nThanks!
''')
    yield sample('en-wpforms-modern', 'New Entry: Simple Contact Form (ID #12)', r,
                 wpforms(r, foot='Sent from <a href="https://www.acme.example">Acme Supplies</a>', empty='(empty)'), sender='Acme Supplies <wordpress@acme.example>')

    r = rows_of(r'''
Name|name|Priya Raman
Email|email|priya.raman@northgate.example
Phone|phone|(206) 555-0188
What is your role?|title|Facilities Manager
Where did you hear about us?|-|A friend
Message|message|Hi Acme team,\n\nWe have 60 desks to refurbish over the summer break.\nIs that something you take on?\n\nBest,\nPriya
''')
    text = 'Sent via form submission from Acme Interiors (https://www.acme.example)\n\n' + '\n\n'.join('%s: %s' % (l, v) for l, k, v in r) + '\n\nManage Submissions\n\nDoes this submission look like spam? Report it here.\n'
    html = ('<html><body><p>Sent via form submission from <a href="https://www.acme.example">Acme Interiors</a></p>'
            + ''.join('<p style="margin:0 0 16px"><b>%s:</b> <span>%s</span></p>' % (esc(l), shown(k, v)) for l, k, v in r)
            + '<p><a href="https://acme.squarespace.example/config/submissions">Manage Submissions</a></p><p style="font-size:12px">Does this submission look like spam? <a href="https://www.squarespace.example/spam">Report it here</a>.</p>'
            '<p>Squarespace, Inc., 225 Varick Street, 12th Floor, New York, NY 10014</p></body></html>')
    yield sample('en-squarespace', 'Form Submission - Contact - Priya Raman', r, {'text': text, 'html': html}, sender='Squarespace <form-submission@squarespace.example>', fields=reply(r))

    r = rows_of(r'''
Country Code|-|US
Name|name|Jordan Whitfield
Email|email|jwhitfield88@mailbox.example
Phone Number|phone|5035550149
Body|message|Is the walnut tray back in stock soon? I wanted to order four for a wedding.
''')
    yield sample('en-shopify', 'New customer message on March 10, 2026 at 9:30 am', r, {
        'text': "You received a new message from your online store's contact form.\n\n" + '\n\n'.join('%s:\n%s' % (l, v) for l, k, v in r) + '\n',
        'html': '<p>You received a new message from your online store\'s contact form.</p>\n' + ''.join('<p><strong>%s:</strong><br>\n<pre style="font-family:inherit;white-space:pre-wrap">%s</pre></p>\n' % (l, esc(v)) for l, k, v in r)},
        sender='Acme Home (Shopify) <mailer@shopify.example>', fields=reply(r))

    r = rows_of(r'''
name|name|Hannah Osei
email|email|hannah@oseistudio.example
company|company|Osei Studio
website|website|https://oseistudio.example
budget|budget|$8k
message|message|We need a landing page and a small shop.\nTimeline: six weeks.\n\nCheers,\nHannah
''')
    html = ('<html><body style="background:#f6f6f6"><table width="600" align="center" bgcolor="#fff"><tr><td style="padding:24px"><h2>New submission</h2><p>Someone just submitted your form on <a href="https://www.acme.example/contact">acme.example/contact</a>. Here\'s what they had to say:</p>'
            '<table width="100%" style="border-collapse:collapse"><thead><tr><th align="left">Name</th><th align="left">Value</th></tr></thead><tbody>'
            + ''.join('<tr><td style="padding:8px;border-bottom:1px solid #eee"><strong>%s</strong></td><td style="padding:8px;border-bottom:1px solid #eee"><pre style="margin:0;white-space:pre-wrap;font-family:inherit">%s</pre></td></tr>' % (l, esc(v)) for l, k, v in r)
            + '</tbody></table><p>Submitted 09:30 AM - 10 March 2026</p><p><a href="https://formspree.example/forms/xkndqwer">View in Formspree</a> | <a href="https://formspree.example/spam">Mark as spam</a></p></td></tr></table>'
            '<p align="center">You are receiving this because you confirmed this email address on Formspree. If you don\'t remember doing that, or no longer wish to receive these emails, please <a href="https://formspree.example/unblock">unsubscribe</a>.</p></body></html>')
    text = "Hey there,\n\nSomeone just submitted your form on acme.example/contact.\n\nHere's what they had to say:\n\n\n" + '\n\n\n'.join('%s:\n%s' % (l, v) for l, k, v in r) + '\n\n\nSubmitted 09:30 AM - 10 March 2026\n\n\nYou are receiving this because you confirmed this email address on Formspree.\n'
    yield sample('en-formspree-table', 'New submission from Hannah Osei', r, {'text': text, 'html': html}, sender='Formspree <noreply@formspree.example>', fields=reply(r))

    r = rows_of(r'''
first-name|first_name|Callum
last-name|last_name|Fraser
email|email|callum.fraser@glenbrew.example
phone|phone|
enquiry|message|Looking for 500ml bottles, about 12 pallets a year.\nPlease send your trade price list.
''')
    html = ('<p>You\'ve received a new form submission!</p><h1>contact</h1>' + ''.join('<p><b>%s</b></p><p>%s</p>' % (l, shown('', v)) for l, k, v in r)
            + '<hr><p>site: <a href="https://acme-bottles.netlify.example">acme-bottles</a><br>Submitted on March 10, 2026 9:30 AM UTC</p><p>Netlify, 101 2nd Street, San Francisco, CA 94105</p>')
    yield sample('en-netlify', '[Netlify] New submission from contact form', r, {'html': html}, sender='Netlify <formresponses@netlify.example>')

    r = rows_of(r'''
Name|name|Aaliyah Grant
Email|email|aaliyah@grantandco.example
Location|-|Manchester
Job title|title|Head of People
Message|message|Could you quote for onboarding packs for 40 starters?
''')
    yield sample('en-framer', 'New Submission on Contact', r,
                 above(r, head='<div style="padding:24px"><h2 style="margin:0">New Submission</h2><p>You received a new submission on <a href="https://acme.framer.example">Acme</a>.</p></div>',
                       foot='<div style="padding:24px;color:#999;font-size:12px">Sent by Framer · Rozengracht 207B, 1016 LZ Amsterdam, Netherlands<br><a href="https://framer.example/unsubscribe">Unsubscribe</a></div>'),
                 sender='Framer <forms@framer.example>')

    r = rows_of(r'''
First name|first_name|Robert
Last name|last_name|Nakamura
Email|email|rnakamura@pacificfreight.example
Mobile phone number|phone|+1 310-555-0162
Company name|company|Pacific Freight Partners
Job title|title|Operations Director
Company size|-|51-200
Street address|address|880 Harbor Blvd, Suite 4
City|city|Long Beach
State/Region|state|California
Postal code|postal_code|90802
Country/Region|country|United States
What would you like to discuss?|message|We're reviewing our fleet tracking and your Pro plan came up.\nWho can walk us through an enterprise rollout?
''')
    yield sample('en-hubspot', 'New submission on HubSpot Form "Talk to sales"', r,
                 nested(r, head='<h1 style="font-size:22px">New form submission</h1><p>Form: Talk to sales<br>Page submitted on: <a href="https://www.acme.example/demo">Book a demo | Acme</a></p>',
                        foot='<a href="https://app.hubspot.example/contacts">View contact in HubSpot</a><br>HubSpot, Inc.<br>2 Canal Park<br>Cambridge, MA 02141<br>Change your notification preferences'),
                 sender='HubSpot <noreply@notifications.hubspot.example>')

    r = rows_of(r'''
Name|name|Siobhan Keane
Email|email|siobhan.keane@postbox.example
Website|website|http://keanepottery.example
Message|message|Hi there,\n\nloved your stall at the spring fair! Do you take on wholesale customers?\n\nSiobhan
''')
    yield sample('en-jetpack', '[Acme Crafts] Contact', r,
                 jetpack(r, foot='Time: March 10, 2026 at 9:30 am<br />\nIP Address: 198.51.100.23<br />\nContact Form URL: https://www.acme.example/contact/<br />\nSent by an unverified visitor to your site.<br />'),
                 sender='Siobhan Keane <wordpress@acme.example>', fields=reply(r))

    r = rows_of(r'''
Full Name|name|Oliver Pemberton
Email Address|email|oliver.pemberton@hartsfield.example
Product of interest|product|Greenhouse kit 8x10
Quantity|quantity|3
Delivery postcode|postal_code|GL7 2PY
Message|message|Please include assembly in the quote.\nWe have a forklift on site.
''')
    yield sample('en-webflow', 'You just got a form submission!', r,
                 br(r, bold=True, head='<html><body><p>You just got a form submission!</p><p>Form Name: Quote Form<br>Site: Acme Garden<br>Date: Mar 10, 2026</p><p>Form Content:</p>\n',
                    foot='<br><br><p>Manage your form notifications in your <a href="https://webflow.example/dashboard">Site Settings</a>.</p><p>398 11th Street, 2nd Floor, San Francisco, CA 94103</p></body></html>'),
                 sender='Webflow Forms <no-reply-forms@webflow.example>')

    r = rows_of(r'''
Lead Source|-|Web
First Name|first_name|Grace
Last Name|last_name|Adeyemi
Company|company|Adeyemi Logistics
Title|title|CFO
Email|email|g.adeyemi@adeyemilog.example
Phone|phone|020 7946 0371
Street|address|5 Canning Road
City|city|Croydon
State/Province|state|
Zip|postal_code|CR0 6QD
Country|country|United Kingdom
Website|website|www.adeyemilog.example
No. of Employees|-|85
Description|message|Interested in invoice financing for two subsidiaries. Call after 2pm.
''')
    yield sample('en-salesforce', 'Salesforce Lead Notification: Grace Adeyemi', r,
                 aligned(r, head='A new lead has been submitted through Web-to-Lead. The following information was captured:\n\n', foot='\nTo view the details of this lead, click on the following link:\nhttps://acme.my.salesforce.example/00Q5g00000XyZab\n'),
                 sender='Salesforce <support@salesforce.example>')


# ---- Spanish ----

def spanish():
    r = rows_of(r'''
Nombre y apellidos|name|Lucía Ferrándiz Soler
Correo electrónico|email|lucia.ferrandiz@talleresfs.example
Teléfono|phone|961 24 58 03
Asunto|subject|Consulta sobre plazos
Mensaje|message|Buenos días:\n\n¿Cuánto tardaría un pedido de 200 unidades del modelo básico?\nLo necesitaríamos en Valencia.\n\nUn saludo,\nLucía
''')
    yield sample('es-cf7-html', 'Acme "Consulta sobre plazos"', r, cf7(r, foot='Este mensaje se ha enviado desde un formulario de contacto en Acme (<a href="https://www.acme.example">https://www.acme.example</a>).'),
                 sender='Acme <wordpress@acme.example>', fields=reply(r))

    r = rows_of(r'''
Nombre|first_name|Ramiro
Apellidos|last_name|Quintana Vega
Email|email|ramiro.quintana@correo.example
Móvil|phone|+34 612 45 78 90
Código postal|postal_code|33203
¿En qué podemos ayudarte?|message|Hola, quiero cambiar las ventanas de un piso de 90 m2.\n¿Hacéis presupuesto sin compromiso?
Acepto la política de privacidad|-|on
''')
    yield sample('es-elementor', 'Nuevo mensaje de «Acme Ventanas»', r,
                 elementor(r, meta=('Fecha', 'Hora', 'URL de la página', 'Agente de usuario', 'IP remota', 'Funciona gracias a'), date='10 de marzo de 2026', time='09:30', page='/presupuesto/'),
                 sender='Acme Ventanas <email@acme.example>', fields=reply(r))

    r = rows_of(r'''
Nombre|name|Marisol Echeverri
Dirección de correo electrónico|email|mechever@andina.example
Número de teléfono|phone|310 555 2417
Ciudad|city|Medellín
País|country|Colombia
Mensaje|message|Necesito cotización de 15 sillas ergonómicas para oficina.
''')
    yield sample('es-forminator', 'Nueva entrada de formulario para Contacto', r,
                 forminator(r, head='Tienes un nuevo envío de formulario en tu sitio web:', foot='Este mensaje fue enviado desde https://www.acme.example.'))

    body = 'Hola, mi pedido llegó con una taza rota.\n¿Me la podéis reponer?\n\nGracias'
    yield sample('es-prestashop', '[Acme Tienda] Mensaje del formulario de contacto', [], {
        'text': '[https://www.acme.example]\n\nMensaje de un cliente de Acme Tienda\n\nDIRECCIÓN DE CORREO ELECTRÓNICO DEL CLIENTE: nuria.bosch@buzon.example\n\nMENSAJE DEL CLIENTE: ' + body + '\n\nNÚMERO DE PEDIDO: XKBKNABJK\n\nARCHIVO ADJUNTO: \n\nAcme Tienda [https://www.acme.example] desarrollado por PrestaShop™\n',
        'html': '<html><body><table class="table table-mail" style="width:100%"><tr><td class="space" style="width:20px">&nbsp;</td><td align="center"><table class="table"><tr><td align="center" class="logo"><a title="Acme Tienda" href="https://www.acme.example"><img src="https://www.acme.example/img/logo.jpg" alt="Acme Tienda"></a></td></tr>'
        '<tr><td align="center" class="titleblock"><span class="title">Mensaje de un cliente de Acme Tienda</span></td></tr><tr><td class="box" style="border:1px solid #D6D4D4;background:#f8f8f8"><table><tr><td width="10">&nbsp;</td><td><font size="2"><span><strong>Dirección de correo electrónico del cliente:</strong> <a href="mailto:nuria.bosch@buzon.example">nuria.bosch@buzon.example</a><br /><br />\n'
        '<strong>Mensaje del cliente:</strong> ' + body.replace('\n', '<br />\n') + '<br /><br />\n<strong>Número de pedido:</strong> XKBKNABJK<br />\n<strong>Archivo adjunto:</strong> </span></font></td></tr></table></td></tr>'
        '<tr><td class="footer" style="border-top:4px solid #333"><span><a href="https://www.acme.example">Acme Tienda</a> desarrollado por <a href="http://www.prestashop.example/">PrestaShop&trade;</a></span></td></tr></table></td></tr></table></body></html>'},
        sender='Acme Tienda <tienda@acme.example>', fields=['Reply-To: nuria.bosch@buzon.example'], more={'email': 'nuria.bosch@buzon.example', 'message': body})

    r = rows_of(r'''
Nombre|name|Gonzalo Iriarte
Correo electrónico|email|giriarte@hostalpuerto.example
Teléfono|phone|943 55 21 08
Empresa|company|Hostal Puerto Viejo
Mensaje|message|¿Hay descuento por cantidad?
''')
    html = ('<div style="background:#f7f7f7;padding:40px"><table width="600" align="center" style="background:#fff"><tr><td style="background:#7f54b3;color:#fff;padding:24px"><h1>Solicitud de presupuesto</h1></td></tr><tr><td style="padding:32px"><p>Has recibido una solicitud de presupuesto de Gonzalo Iriarte. La solicitud es la siguiente:</p><h2>Solicitud de presupuesto #1843</h2>'
            '<table cellspacing="0" cellpadding="6" border="1" style="width:100%;border:1px solid #eee"><thead><tr><th scope="col">Producto</th><th scope="col">Cantidad</th><th scope="col">Subtotal</th></tr></thead><tbody><tr><td><a href="https://www.acme.example/producto/toalla-500">Toalla rizo 500 g</a></td><td>120</td><td>1.188,00 €</td></tr></tbody></table>'
            '<h2>Datos del cliente</h2>' + ''.join('<p><strong>%s:</strong> %s</p>' % (l, shown(k, v)) for l, k, v in r) + '</td></tr><tr><td align="center" style="font-size:12px">Acme Textil — Hecho con WooCommerce</td></tr></table></div>')
    yield sample('es-yith-quote', '[Solicitud de presupuesto] de Gonzalo Iriarte', r, {'html': html}, sender='Acme Textil <pedidos@acme.example>', fields=reply(r), more={'product': 'Toalla rizo 500 g', 'quantity': '120'})

    r = rows_of(r'''
Nombre|name|Valentina
Correo electrónico|email|valen.castro@correo.example
Teléfono|phone|+54 9 11 5555 0193
Mensaje|message|Hola! abren los feriados? quiero pasar a retirar el pedido
''')
    yield sample('es-tidio-offline', 'Nuevo mensaje sin conexión de Valentina', r,
                 smalls(r, head='<h2>Tienes un nuevo mensaje</h2><p>Un visitante de www.acme.example dejó un mensaje mientras estabas desconectado.</p>',
                        foot='<p><a href="https://www.tidio.example/panel">Responder en el panel</a></p><p>Página: https://www.acme.example/locales<br>Navegador: Chrome 122, Windows 10<br>Ubicación: Buenos Aires, Argentina</p><p>Tidio LLC, 220C Blythe Road, London W14 0HH</p>'),
                 sender='Tidio <no-reply@tidio.example>')

    r = rows_of(r'''
Referencia del anuncio|-|ALQ-20417
Nombre|name|Íñigo Larrañaga
Teléfono|phone|688 120 345
E-mail|email|inigo.larra@mail.example
Comentarios|message|Me interesa este piso. ¿Se puede visitar el sábado por la mañana?\nSomos dos adultos y un gato.
''')
    yield sample('es-portal-inmueble', 'Tienes un nuevo contacto para tu anuncio ALQ-20417', r,
                 table(r, head='<p>Hola Acme Inmobiliaria,</p><p>Un usuario está interesado en tu anuncio <a href="https://www.pisosya.example/alq-20417">Piso en calle Mayor, 3 hab., 85 m², 950 €/mes</a>:</p>', border='0',
                       foot='<p>Responde cuanto antes: los anunciantes que contestan en una hora cierran el doble de visitas.</p><p style="font-size:11px">PisosYa S.L. · Calle Serrano 210, 28001 Madrid · <a href="https://www.pisosya.example/baja">Darse de baja</a></p>'),
                 sender='PisosYa <contactos@pisosya.example>', fields=reply(r))

    r = rows_of(r'''
Nombre completo|name|Esteban Villarroel
Razón social|company|Villarroel y Cía. Ltda.
Correo|email|esteban@villarroel.example
Teléfono / WhatsApp|phone|+56 9 5555 0142
Comuna|-|Ñuñoa
Mensaje|message|Estimados, solicito visita técnica para 3 equipos de aire acondicionado.\nQuedo atento.\nEsteban
''')
    yield sample('es-divi', 'Nuevo mensaje de Acme Clima', r, plain(r, below=()), sender='Esteban Villarroel <wordpress@acme.example>', fields=reply(r))

    r = rows_of(r'''
Nombre|first_name|Paola
Apellido|last_name|Zamudio
Email|email|paola.zamudio@eventospz.example
Teléfono|phone|55 5555 0176
Fecha del evento|-|18/07/2026
Número de invitados|-|120
Presupuesto aproximado|budget|$60,000 MXN
Cuéntanos sobre tu evento|message|Boda en jardín, al atardecer.\nQueremos barra libre y mesa de postres.
''')
    yield sample('es-wix', 'Acme Banquetes recibió un nuevo envío de formulario', r,
                 br(r, bold=True, head='<table width="100%"><tr><td align="center"><h1>Recibiste un nuevo mensaje</h1><p>Paola Zamudio acaba de enviar el formulario <b>Cotización</b> en Acme Banquetes.</p><p><b>Detalles del envío</b></p></td></tr><tr><td>',
                    foot='</td></tr><tr><td align="center"><a href="https://manage.wix.example/submissions">Ver envío</a></td></tr><tr><td style="font-size:11px">¿Crees que este envío es spam? <a href="https://wix.example/spam">Denúncialo</a>. Wix.com, 100 Gansevoort Street, Nueva York, NY 10014</td></tr></table>'),
                 sender='Acme Banquetes (vía Wix) <notifications@wix-forms.example>')

    r = rows_of(r'''
Nombre|name|Joaquín Pastrana
Empresa|company|Frutas Pastrana, S.A.
Cargo|title|Jefe de compras
Dirección|address|Polígono El Saladar, nave 7
Población|city|Totana
Provincia|state|Murcia
C.P.|postal_code|30850
Teléfono|phone|968 42 00 17
E-mail|email|compras@frutaspastrana.example
Página web|website|www.frutaspastrana.example
Producto|product|Caja plegable 60x40
Cantidad|quantity|2.000 uds.
Observaciones|message|Entrega en dos veces: mitad en mayo, mitad en septiembre.
''')
    yield sample('es-php-tabla', 'Solicitud de presupuesto desde la web', r, table(r, caps=True, zebra=True, head='<h3>Solicitud de presupuesto</h3>\n', foot='<p>Fecha: 10/03/2026 09:30 - IP: 192.0.2.77</p>'))

    r = rows_of(r'''
Nombre|name|Aitana Ribas
Email|email|aitana.ribas@clinicaribas.example
Teléfono|phone|
Tema|subject|Mantenimiento
Mensaje|message|La caldera marca el error E4 desde ayer.
''')
    yield sample('es-ninja', 'Envío de Ninja Forms', r, ninja(r), sender='Acme Servicio Técnico <web@acme.example>')

    r = rows_of(r'''
¡Hola! ¿Cómo te llamas?|name|Fermín Otero
¿Cuál es tu correo electrónico?|email|fermin.otero@oteroasesores.example
¿Para qué empresa trabajas?|company|Otero Asesores
¿Cuántas personas sois?|-|6-10
¿Cuál es tu presupuesto?|budget|Menos de 3.000 €
Cuéntanos tu proyecto|message|Queremos renovar la intranet, que tiene ya diez años.
''')
    yield sample('es-typeform', 'Typeform: nueva respuesta a Hablemos', r,
                 question(r, head='<p>Hola,</p><p>Tu typeform <b>Hablemos</b> tiene una respuesta nueva:</p>', foot='<p>Entra para ver o descargar tus respuestas en https://admin.typeform.example/form/hZ3/results</p><p>El equipo de Typeform</p><p style="font-size:11px">TYPEFORM SL, Carrer Can Rabia 3-5, 08017 Barcelona</p>'),
                 sender='Typeform <notifications@typeform.example>')


# ---- Vietnamese ----

def vietnamese():
    r = rows_of(r'''
Họ và tên|name|Nguyễn Thị Hồng Nhung
Email|email|hongnhung@thucphamxanh.example
Số điện thoại|phone|0903 555 127
Tiêu đề|subject|Hợp tác phân phối
Nội dung|message|Chào anh chị,\n\nBên em muốn làm đại lý tại Cần Thơ.\nNhờ anh chị gửi bảng giá sỉ giúp em.\n\nEm cảm ơn ạ.
''')
    yield sample('vi-cf7-html', 'Liên hệ từ website: Hợp tác phân phối', r, cf7(r, head='Thông tin khách hàng liên hệ:<br />\n', foot='Email này được gửi từ form liên hệ trên website Acme (<a href="https://www.acme.example">https://www.acme.example</a>)'),
                 sender='Acme VN <wordpress@acme.example>', fields=reply(r))

    r = rows_of(r'''
Họ tên|name|Trần Quốc Bảo
SĐT|phone|0987654012
Email|email|
Anh/chị quan tâm sản phẩm nào?|product|Máy lọc nước RO 10 lõi
Lời nhắn|message|Tư vấn giúp mình loại dùng cho gia đình 5 người
''')
    yield sample('vi-elementor', 'Tin nhắn mới từ "Acme Water"', r,
                 elementor(r, meta=('Ngày', 'Thời gian', 'URL trang', 'User Agent', 'IP từ xa', 'Được cung cấp bởi'), date='10/03/2026', time='15:30', ip='113.160.0.25', page='/dang-ky-tu-van/'))

    r = rows_of(r'''
Họ và tên|name|Lê Minh Khôi
Công ty|company|Công ty TNHH Cơ khí Minh Khôi
Chức vụ|title|Trưởng phòng mua hàng
Địa chỉ|address|27 Nguyễn Văn Linh, phường Tân Phong
Thành phố|city|Biên Hòa
Điện thoại|phone|(0251) 3555 208
Email|email|muahang@minhkhoi.example
Nội dung yêu cầu|message|Báo giá thép tấm 10mm, số lượng khoảng 20 tấn.\nGiao hàng tại xưởng trong tháng 4.
''')
    yield sample('vi-php-bang', 'Yêu cầu báo giá từ khách hàng', r,
                 table(r, zebra=True, head='<div style="background:#348dcc;color:#fff;text-align:center"><h3>HỆ THỐNG THÔNG BÁO</h3></div><p>Chào admin,</p><p>Bạn vừa nhận được một yêu cầu báo giá từ website:</p>',
                       foot='<p><i>Thời gian gửi: 10/03/2026 15:30:12 - IP: 14.161.0.88</i></p><p>CÔNG TY CỔ PHẦN ACME<br>108 Trần Quang Diệu, Quận 3, TP. Hồ Chí Minh<br>Hotline: 1900 0000</p>'))

    r = rows_of(r'''
Dấu thời gian|-|10/03/2026 15:30:41
Họ và tên của bạn là gì?|name|Phạm Gia Hân
Địa chỉ email|email|giahan.pham@thuviet.example
Số điện thoại liên hệ|phone|0912 345 009
Bạn đang học hoặc làm việc ở đâu?|-|Đại học
Bạn muốn nhắn gì cho chúng tôi?|message|Em muốn hỏi lịch khai giảng lớp tối ạ.\nHọc phí có được đóng theo tháng không?
''')
    yield sample('vi-google-forms', 'Phản hồi mới: Đăng ký tư vấn khóa học', r,
                 headings(r, h='h4', head='<div style="background:#673ab7;height:10px"></div><h2>Đăng ký tư vấn khóa học</h2><p>Biểu mẫu của bạn có một câu trả lời mới.</p>', foot='<p>Xem bản tóm tắt: https://docs.google.example/forms/d/1AbC/edit#responses</p><p>Google Biểu mẫu</p>'),
                 sender='Google Forms <forms-receipts-noreply@google.example>')

    r = rows_of(r'''
ho_ten|name|Đặng Hoài Nam
so_dien_thoai|phone|+84 935 555 018
email|email|nam.dang@danangtour.example
noi_dung|message|Cho hỏi giá thuê xe 16 chỗ đi Hội An 2 ngày.\nĐi ngày 20/3.
ip|-|171.225.0.9
thoi_gian|-|2026-03-10T15:30:00+07:00
''')
    yield sample('vi-json', 'Form submission: lien-he', r, as_json(r, head='Dữ liệu form:\n\n'), sender='noreply@acme.example')

    r = rows_of(r'''
Tên|name|Vũ Thanh Tâm
Email|email|thanhtam@hopthu.example
Số điện thoại|phone|0868555301
Nội dung|message|Shop ơi áo size M còn màu xanh không ạ?
''')
    yield sample('vi-shopify', 'Tin nhắn mới của khách hàng vào 10 tháng 3, 2026', r,
                 {'text': 'Bạn nhận được tin nhắn mới từ biểu mẫu liên hệ của cửa hàng trực tuyến.\n\n' + '\n\n'.join('%s:\n%s' % (l, v) for l, k, v in r) + '\n'}, sender='Acme Store <mailer@shopify.example>', fields=reply(r))

    r = rows_of(r'''
Tên khách|name|Hoàng Anh Tuấn
Điện thoại|phone|0977 555 640
Email|email|tuanha@mail.example
Ngày nhận phòng|-|01/05/2026
Ngày trả phòng|-|03/05/2026
Số khách|-|2 người lớn, 1 trẻ em
Loại phòng|-|Deluxe hướng biển
Ghi chú|message|Cho mình xin phòng tầng cao, không hút thuốc.
''')
    yield sample('vi-dat-phong', 'Yêu cầu đặt phòng mới #BK-3391', r, both(
        items(r, head='<h2>Yêu cầu đặt phòng mới</h2><p>Mã đặt phòng: <b>BK-3391</b></p>', foot='<p>Vui lòng xác nhận với khách trong vòng 24 giờ.</p>'),
        plain(r, head='Yêu cầu đặt phòng mới\nMã đặt phòng: BK-3391\n\n', foot='\nVui lòng xác nhận với khách trong vòng 24 giờ.\n', below=())), sender='Booking <booking@acme.example>')

    r = rows_of(r'''
Họ|last_name|Bùi
Tên|first_name|Khánh Linh
Thư điện tử|email|linhbui@noithatlinh.example
Di động|phone|0344 555 912
Ngân sách dự kiến|budget|150 - 200 triệu
Mô tả yêu cầu|message|Thiết kế nội thất căn hộ 70m2, 2 phòng ngủ.\nPhong cách tối giản.
''')
    yield sample('vi-danh-sach', '[Acme Nội thất] Khách hàng yêu cầu tư vấn', r,
                 items(r, head='<p>Xin chào,</p><p>Có khách hàng vừa để lại thông tin trên website:</p>', foot='<p>Trân trọng,<br>Website acme.example</p>'))

    r = rows_of(r'''
Tên|name|Ngô Văn Phúc
Email|email|phucngo@vanphuc.example
Tin nhắn|message|Mình đặt hàng hôm qua mà chưa thấy gọi xác nhận.\nKiểm tra giúp mình nhé.
''')
    yield sample('vi-tawk', 'Tin nhắn ngoại tuyến từ Ngô Văn Phúc', r,
                 nested(r, head='<h2>Tin nhắn ngoại tuyến mới</h2><p>Một khách truy cập đã gửi tin nhắn trên <b>Acme VN</b></p>',
                        foot='Gửi từ: https://www.acme.example/gio-hang<br>Địa chỉ IP: 27.72.0.44<br>Thời gian: 10/03/2026 15:30 (GMT+7)<br>© tawk.to inc. 187 East Warm Springs Rd, Las Vegas, NV 89119'),
                 sender='tawk.to <noreply@tawk.example>')

    r = rows_of(r'''
Họ và tên|name|Đỗ Thùy Dương
Số điện thoại|phone|0909 555 233
Địa chỉ Email|email|duongdo@spaducduong.example
Tên doanh nghiệp|company|Spa Dương Đỗ
Website|website|https://spaduongdo.example
Nội dung cần hỗ trợ|message|Cần làm lại website, có đặt lịch online.
''')
    yield sample('vi-wpforms', 'Mục mới: Form liên hệ', r, wpforms(r, head='<p>Bạn có một liên hệ mới.</p>', foot='Gửi từ <a href="https://www.acme.example">Acme Web</a>'))

    r = rows_of(r'''
Mã tin|-|OTO-55102
Người liên hệ|name|Lý Hải Đăng
Điện thoại|phone|0938.555.771
Email|email|haidang@lytruck.example
Khu vực|-|Miền Tây
Lời nhắn|message|Xe còn không anh? Giá có thương lượng được không?
''')
    yield sample('vi-oto-portal', 'Có người quan tâm tin bán xe OTO-55102', r,
                 plain(r, head='Kính gửi Acme Auto,\n\nCó khách hàng quan tâm đến tin đăng của quý khách: Xe tải 5 tấn đời 2021.\n\n', foot='\n----------------------------\nChợ Xe Miền Nam - 12 Lê Lợi, Quận 1, TP.HCM\nKhông trả lời email này.\n', below=()),
                 sender='Cho Xe <no-reply@choxe.example>', fields=reply(r))

    r = rows_of(r'''
👤 Họ và tên|name|Mai Phương Thảo
📧 Email|email|thaomai@tiembanhthao.example
📱 Số điện thoại|phone|0936 555 084
🏷️ Chủ đề|subject|Đặt bánh sinh nhật
💬 Nội dung tin nhắn|message|Mình muốn đặt bánh 2 tầng cho 30 người.\n\nNgày nhận: 22/03\nCảm ơn shop!
''')
    yield sample('vi-emailjs', '[Acme Bakery] Tin nhắn mới từ Mai Phương Thảo', r,
                 plain(r, head='Xin chào,\n\nBạn nhận được tin nhắn mới từ website Acme Bakery:\n\n━━━━━━━━━━━━━━━━━━━━━━━━━━\n📬 THÔNG TIN LIÊN HỆ\n━━━━━━━━━━━━━━━━━━━━━━━━━━\n\n',
                       foot='\n━━━━━━━━━━━━━━━━━━━━━━━━━━\n\nVui lòng phản hồi khách hàng trong vòng 24 giờ.\n\nTrân trọng,\nAcme Bakery\n'))


# ---- French ----

def french():
    r = rows_of(r'''
Civilité|-|Madame
Nom|last_name|Delacourt
Prénom|first_name|Héloïse
E-mail|email|heloise.delacourt@courriel.example
Téléphone|phone|06 12 55 48 90
Adresse|address|8 impasse des Tilleuls
Code postal|postal_code|35700
Ville|city|Rennes
Nature des travaux|-list|Isolation\nRavalement
Votre message|message|Bonjour,\n\nMaison de 1974, environ 110 m².\nPouvez-vous passer pour un devis gratuit ?\n\nCordialement,\nHéloïse Delacourt
J'accepte d'être recontacté(e)|-|Oui
''')
    yield sample('fr-gravity', 'Nouvelle demande de devis – Héloïse Delacourt', r, gravity(r, section=(5, 'Votre projet')), sender='Acme Renovation <noreply@acme.example>', fields=reply(r))

    r = rows_of(r'''
Nom|name|Bertrand Vasseur
E-mail|email|b.vasseur@vasseur-vins.example
Société|company|Vasseur Vins & Spiritueux
Objet|subject|Demande de tarif
Commentaire ou message|message|Merci de m'envoyer votre tarif revendeur 2026.
''')
    yield sample('fr-wpforms-classic', 'Nouvelle entrée : Formulaire de contact', r, wpclassic(r, foot='Envoyé depuis <a href="https://www.acme.example">Acme</a>'))

    r = rows_of(r'''
Votre nom|name|Yasmine Belkacem
Votre adresse e-mail|email|y.belkacem@atelierbk.example
Numéro de téléphone|phone|+33 7 55 50 12 34
Votre message|message|Je cherche un atelier pour 6 personnes un samedi d'avril.\nC'est pour un anniversaire !
''')
    yield sample('fr-ninja', 'Nouveau message depuis Acme Ateliers', r, ninja(r, head='<p>Bonjour,</p><p>Vous avez reçu une nouvelle soumission :</p>', foot='<p>IP : 192.0.2.14</p>'))

    body = 'Bonjour,\n\nje n\'ai pas reçu ma facture pour la commande de février.\nMerci de me la renvoyer.\n\nBien à vous'
    yield sample('fr-prestashop', '[Acme Boutique] Message depuis le formulaire de contact', [], {
        'html': '<html><body><table width="100%"><tr><td><img src="https://www.acme.example/img/logo.png" alt="Acme Boutique"></td></tr><tr><td><h2>Message d\'un client Acme Boutique</h2></td></tr><tr><td style="border:1px solid #D6D4D4"><p><strong>Adresse e-mail du client :</strong> <a href="mailto:odile.marchetti@poste.example">odile.marchetti@poste.example</a></p><p><strong>Message du client :</strong> '
        + body.replace('\n', '<br />\n') + '</p><p><strong>Numéro de commande :</strong> LKJHGFDSA</p><p><strong>Fichier joint :</strong> </p></td></tr><tr><td><a href="https://www.acme.example">Acme Boutique</a> réalisé avec <a href="https://www.prestashop.example">PrestaShop</a></td></tr></table></body></html>'},
        sender='Acme Boutique <boutique@acme.example>', fields=['Reply-To: odile.marchetti@poste.example'], more={'email': 'odile.marchetti@poste.example', 'message': body})

    r = rows_of(r'''
Nom complet|name|Thibault Lemoine
Adresse e-mail|email|thibault@lemoine-paysage.example
Numéro de téléphone|phone|(04) 72555019
Entreprise|company|Lemoine Paysage
Fonction|title|Gérant
Produit souhaité|product|Pavé granit 10x10
Quantité|quantity|45 m²
Précisions|message|Livraison sur chantier à Villeurbanne, accès camion 19 t possible.
''')
    yield sample('fr-jotform', 'Re: Demande de prix - Thibault Lemoine', r,
                 jotform(r, head=('Demande de prix', 'Question', 'Réponse'), foot='<p>Vous pouvez <a href="https://www.jotform.example/edit/5123">modifier cette soumission</a> et <a href="https://www.jotform.example/inbox">voir toutes vos soumissions</a>.</p><p>Jotform Inc., 4 Embarcadero Center, Suite 780, San Francisco CA 94111</p>'),
                 sender='Jotform <noreply@jotform.example>')

    body = 'Bonjour,\nj\'ai perdu le mode d\'emploi de ma machine.\nEst-il téléchargeable ?\nMerci d\'avance.'
    yield sample('fr-joomla', 'Acme : Mode d\'emploi', [], {
        'text': 'Ceci est un e-mail de contact envoyé via https://www.acme.example/ par :\nSolange Perrin <solange.perrin@boite.example>\n\n' + body + '\n'},
        sender='Acme <joomla@acme.example>', fields=['Reply-To: Solange Perrin <solange.perrin@boite.example>'],
        more={'name': 'Solange Perrin', 'email': 'solange.perrin@boite.example', 'message': body})

    r = rows_of(r'''
Nom et prénom|name|Guillaume Aubertin
Organisme|company|Mairie de Saint-Clair
Courriel|email|g.aubertin@saint-clair.example
Téléphone|phone|02 41 55 50 77
Sujet|subject|Location de matériel
Message|message|Nous organisons la fête de la commune le 20 juin.\nAvez-vous encore 4 barnums disponibles ?
''')
    yield sample('fr-drupal-webform', 'Soumission de formulaire depuis : Contact', r,
                 drupal(r, head='Soumis le mar 10/03/2026 - 09:30<br />\nSoumis par : Anonyme<br />\nLes valeurs soumises sont :'))

    r = rows_of(r'''
Comment vous appelez-vous ?|name|Clémence Roussel
À quelle adresse e-mail peut-on vous répondre ?|email|clemence@roussel-archi.example
Quel est votre budget ?|budget|10 000 à 15 000 €
Avez-vous un site web ?|website|https://roussel-archi.example
Parlez-nous de votre projet|message|Refonte du site et nouvelle charte graphique.\nLancement prévu à la rentrée.
''')
    yield sample('fr-tally', 'Nouvelle réponse : Parlons de votre projet', r,
                 headings(r, head='<h2>Nouvelle réponse à « Parlons de votre projet »</h2>', foot='<p><a href="https://tally.example/forms/wA5/submissions">Ouvrir dans Tally</a></p><p>Tally BV, August van Lokerenstraat 71, 9050 Gent, Belgique</p>'),
                 sender='Tally <notifications@tally.example>')

    r = rows_of(r'''
Nom|name|M. et Mme Kerbrat
Email|email|kerbrat.loic@messagerie.example
Tél.|phone|02.98.55.50.31
Pays|country|France
Date d'arrivée|-|12/08/2026
Date de départ|-|19/08/2026
Nombre de personnes|-|4
Animaux|-|Non
Message|message|Bonjour, la chambre familiale a-t-elle vue sur mer ?
''')
    yield sample('fr-reservation', 'Demande de réservation du 12/08 au 19/08', r, both(
        table(r, colon=' :', border='0', head='<h2>Nouvelle demande de réservation</h2>', foot='<p>Demande envoyée depuis la page <a href="https://www.acme.example/reserver">Réserver</a></p>'),
        plain(r, head='Nouvelle demande de réservation\n\n', sep=' : ', foot='\nDemande envoyée depuis la page Réserver\n', below=())))

    r = rows_of(r'''
Prénom|first_name|Anaïs
Nom|last_name|Teyssier
E-mail|email|anais.teyssier@webmail.example
Votre demande|message|Bonjour, faites-vous le diagnostic avant vente pour un T3 à Nîmes ?
RGPD|-|on
''')
    yield sample('fr-elementor-texte', 'Nouveau message de « Acme Diagnostics »', r,
                 elementor(r, html=False, meta=('Date', 'Heure', "URL de la page", 'Agent utilisateur', 'IP distante', 'Propulsé par'), date='10 mars 2026', time='9h30'), fields=reply(r))

    r = rows_of(r'''
Nom|name|Karim Haddad
Email|email|karim@haddad-btp.example
Téléphone|phone|07 55 50 61 22
Entreprise|company|Haddad BTP
Type de prestation|-|Location
Budget estimé|budget|2 500 € HT
Description du besoin|message|Mini-pelle 2,5 t pendant une semaine.\nDépart : lundi 23 mars\nLieu : Créteil
''')
    yield sample('fr-nodemailer', '📩 Nouvelle demande de devis de Karim Haddad', r,
                 strongs(r, head='<h2 style="color:#333">📩 Nouvelle demande de devis</h2>\n', foot='<p style="font-size:12px;color:#777;margin-top:30px">Ce message a été envoyé depuis le formulaire de contact du site.</p>'), fields=reply(r))

    r = rows_of(r'''
Nom|name|Sandrine Kowalczyk
E-mail|email|s.kowalczyk@ecolemontjoie.example
Téléphone|phone|01 55 50 43 21
Société|company|École Montjoie
Sujet|subject|Mobilier scolaire
Question|message|Bonjour,\nnous cherchons 28 tables réglables pour la rentrée.\nPouvez-vous me rappeler ?
''')
    yield sample('fr-odoo', 'Mobilier scolaire', r,
                 br(r, head='<div><p>Nouvelle opportunité créée depuis le site web</p><p>', foot='</p><p style="color:#555">Autres informations :<br>___________<br><br>Langue : Français (FR)<br>Page : /contactus</p><p>Acme SAS | Propulsé par <a href="https://www.odoo.example">Odoo</a></p></div>'),
                 sender='Acme SAS <odoobot@acme.example>')


# ---- German ----

def german():
    r = rows_of(r'''
Anrede|-|Frau
Name|name|Annegret Stoltenberg
Firma|company|Stoltenberg Metallbau GmbH
E-Mail|email|stoltenberg@sm-metallbau.example
Telefon|phone|0431 / 555 01 27
Betreff|subject|Angebot Pulverbeschichtung
Nachricht|message|Sehr geehrte Damen und Herren,\n\nbitte senden Sie uns ein Angebot über die Beschichtung von 340 Geländerstäben.\nFarbton: RAL 7016\n\nMit freundlichen Grüßen\nA. Stoltenberg
''')
    yield sample('de-cf7-text', 'Acme "Angebot Pulverbeschichtung"', r, plain(r, foot='\n-- \nDiese E-Mail wurde von einem Kontaktformular von Acme (https://www.acme.example) gesendet\n'), sender='Acme <wordpress@acme.example>', fields=reply(r))

    r = rows_of(r'''
Vorname|first_name|Jörg
Nachname|last_name|Brinkmann
Straße und Hausnummer|address|Am Mühlenteich 19a
PLZ|postal_code|49324
Ort|city|Melle
Bundesland|state|Niedersachsen
Telefon|phone|+49 5422 5550193
E-Mail-Adresse|email|joerg.brinkmann@postkasten.example
Ihre Nachricht|message|Ich interessiere mich für eine Wallbox.\nZählerschrank ist von 2019.
''')
    yield sample('de-formidable', 'Anfrage Wallbox - Formular übermittelt', r, formidable(r, foot='<p>IP: 192.0.2.201<br/>\nUser-Agent (Browser/OS): Mozilla Firefox 123 / Windows<br/>\nReferrer: https://www.acme.example/wallbox/</p>'))

    r = rows_of(r'''
Ihr Name|name|Friederike Amann
Ihre E-Mail-Adresse|email|f.amann@musikschule-amann.example
Telefonnummer|phone|
Thema|subject|Klavierstimmung
Nachricht|message|Wir haben drei Klaviere, die zweimal im Jahr gestimmt werden müssen.
''')
    yield sample('de-drupal-text', 'Formularübermittlung von: Kontakt', r,
                 plain([x for x in r if x[2]], head='Übermittelt am Di., 10.03.2026 - 09:30\nVon Benutzer: Gast\nÜbermittelte Werte sind:\n\n'))

    r = rows_of(r'''
Wie heißen Sie?|name|Cornelius Weidner
Wie lautet Ihre E-Mail-Adresse?|email|c.weidner@weidner-steuer.example
In welchem Unternehmen arbeiten Sie?|company|Weidner Steuerberatung
Welche Position haben Sie?|title|Kanzleileiter
Wie können wir helfen?|message|Wir möchten zehn Arbeitsplätze auf Cloud-Telefonie umstellen.
''')
    yield sample('de-ms-forms', 'Neue Antwort: Beratungsanfrage', r,
                 smalls(r, head='<p>Es ist eine neue Antwort für <b>Beratungsanfrage</b> eingegangen.</p>', foot='<p><a href="https://forms.office.example/pages/designpage?id=a1">Antworten anzeigen</a></p><p style="font-size:11px">Microsoft Forms | Microsoft Corporation, One Microsoft Way, Redmond, WA 98052</p>'),
                 sender='Microsoft Forms <no-reply@forms.office.example>')

    r = rows_of(r'''
Name|name|Leopold Hinterhofer
Telefon|phone|+43 662 555 0118
E-Mail|email|leopold@hinterhofer.example
Firma|company|Tischlerei Hinterhofer
Land|country|Österreich
Gewünschtes Produkt|product|Eichenplatte 27 mm, geölt
Menge|quantity|24 Stück
Anmerkungen|message|Zuschnitt nach Liste, die Liste schicke ich gesondert.
Hinzugefügt am|-|10.03.2026 09:30
''')
    yield sample('de-zoho', 'Zoho Forms - Neuer Eintrag: Preisanfrage', r,
                 jotform(r, head=('Preisanfrage', 'Feld', 'Wert'), foot='<p>Diese E-Mail wurde über <a href="https://forms.zoho.example">Zoho Forms</a> versendet. Missbrauch melden</p>'), sender='Zoho Forms <notifications@zohoforms.example>')

    r = rows_of(r'''
Name|name|Dr. Ottilie Brand
E-Mail|email|ottilie.brand@praxis-brand.example
Telefon|phone|030 5550 1442
Rückruf gewünscht|-|Ja
Mitteilung|message|Unser Sterilisator zeigt Fehler 17.\nWann kann ein Techniker kommen?
''')
    yield sample('de-typo3-dl', 'Neue Nachricht über das Kontaktformular', r, dl(r, head='<h1>Kontaktformular</h1>', foot='<p>Diese Nachricht wurde automatisch von TYPO3 erzeugt.</p>'), sender='Website <noreply@acme.example>', fields=reply(r))

    r = rows_of(r'''
name|name|Sven Petersen
email|email|sven@petersen-boote.example
telefon|phone|0461 555021
nachricht|message|Moin,\n\nhabt ihr noch Persenningstoff in Dunkelblau? Ich brauche ca. 12 Meter.\n\nGruß\nSven
datenschutz|-|ja
''')
    yield sample('de-contao', 'Kontaktanfrage www.acme.example', r, plain(r, below=(), foot='\n\nDieses Formular wurde am 10.03.2026 um 09:30 Uhr abgeschickt.\n'), fields=reply(r))

    r = rows_of(r'''
Name|name|Mareike Lindqvist
E-Mail|email|mareike.lindqvist@freenetz.example
Website / Blog|website|lindqvist-foto.example
Kommentar oder Nachricht|message|Wo kann ich den Gutschein einlösen?
''')
    yield sample('de-wpforms', 'Neuer Eintrag: Einfaches Kontaktformular', r, wpforms(r, foot='Gesendet von <a href="https://www.acme.example">Acme</a>'))

    r = rows_of(r'''
Fahrzeug-ID|-|338812094
Name|name|Emre Yıldız
E-Mail|email|emre.yildiz@autopost.example
Telefon|phone|0176 5550 2291
Nachricht|message|Guten Tag,\nist das Fahrzeug noch verfügbar und unfallfrei?\nIch könnte am Samstag vorbeikommen.\nViele Grüße, Emre
''')
    yield sample('de-fahrzeugportal', 'Anfrage zu Ihrem Inserat: Kombi 2.0 TDI', r, both(
        above(r, head='<div style="padding:24px"><h2>Neue Anfrage zu Ihrem Inserat</h2><p>Kombi 2.0 TDI, EZ 05/2021, 84.000 km – 17.490 €</p></div>', foot='<div style="padding:24px;font-size:11px">Wagenmarkt24 GmbH, Industriestraße 5, 14532 Kleinmachnow · Geschäftsführer: Peter Muster · <a href="https://wagenmarkt24.example/impressum">Impressum</a></div>'),
        plain_above(r, head='Neue Anfrage zu Ihrem Inserat\nKombi 2.0 TDI, EZ 05/2021, 84.000 km – 17.490 €\n\n', foot='\nWagenmarkt24 GmbH, Industriestraße 5, 14532 Kleinmachnow\n')),
        sender='Wagenmarkt24 <anfrage@wagenmarkt24.example>', fields=reply(r))

    r = rows_of(r'''
Vorname|first_name|Ruth
Nachname|last_name|Zimmerli
E-Mail-Adresse|email|ruth.zimmerli@bergpost.example
Telefon|phone|+41 81 555 02 19
Betreff|subject|Lieferung in die Schweiz
Kommentar|message|Grüezi, liefern Sie den Kachelofen auch nach Chur?
''')
    yield sample('de-shopware', 'Kontaktanfrage erhalten - Acme Shop', r,
                 br(r, head='<div style="font-family:arial; font-size:12px;"><p>Folgende Nachricht wurde Ihnen über das Kontaktformular gesendet:<br/><br/>', foot='<br/></p></div>'), sender='Acme Shop <shop@acme.example>')

    r = rows_of(r'''
Ihr Name|name|Holger Raabe
E-Mail-Adresse|email|holger.raabe@raabe-druck.example
Telefonnummer|phone|0221-5550164
Nachricht|message|Die Rechnung vom Februar ist doppelt abgebucht worden.
''')
    yield sample('de-zendesk-offline', 'Offline-Nachricht von Holger Raabe', r,
                 plain_above(r, mark=':', head='Sie haben eine neue Offline-Nachricht erhalten.\n\n', foot='\n------------------\nGesendet von: https://www.acme.example/hilfe\nBrowser: Edge 122\nIP-Adresse: 198.51.100.140\nDiese E-Mail ist ein Service von Acme. Bereitgestellt von Zendesk\n'),
                 sender='Acme Support <support@acme.zendesk.example>')

    r = rows_of(r'''
NAME|name|Wiebke Harms
FIRMA|company|
STRASSE|address|Deichweg 3
PLZ / ORT|-|26506 Norden
TELEFON|phone|04931 555 077
EMAIL|email|w.harms@harms-hof.example
ANFRAGE|message|Zwei Ferienwohnungen, Bettwäsche wöchentlich mieten.\nWas kostet das inkl. Abholung?
''')
    yield sample('de-php-grossbuchstaben', 'Anfrage über die Website', r,
                 aligned(r, head='----------------------------------\n   Anfrage von der Website\n----------------------------------\n\n', foot='\n----------------------------------\nDATUM: 10.03.2026\nUHRZEIT: 09:30\nIP: 192.0.2.33\n'))


# ---- Portuguese ----

def portuguese():
    r = rows_of(r'''
Nome|name|Thiago Albuquerque
E-mail|email|thiago@albuquerqueobras.example
WhatsApp|phone|(81) 98555-0142
Empresa|company|Albuquerque Obras
Qual serviço você precisa?|-|Terraplanagem
Mensagem|message|Bom dia!\nPreciso de orçamento para um terreno de 1.200 m² em Jaboatão.
''')
    yield sample('pt-elementor', 'Nova mensagem de "Acme Engenharia"', r,
                 elementor(r, meta=('Data', 'Horário', 'URL da página', 'Agente do usuário', 'IP remoto', 'Desenvolvido por'), date='10 de março de 2026', time='09:30', ip='177.0.2.18', page='/orcamento/'), fields=reply(r))

    r = rows_of(r'''
Nome completo|name|Letícia Figueiredo Prado
E-mail|email|leticia@pradoflores.example
Telefone|phone|(31) 3555-0177
Cidade|city|Belo Horizonte
Estado|state|MG
Assunto|subject|Revenda
Mensagem|message|Olá,\n\ntenho uma floricultura e gostaria de revender os vasos.\nQual o pedido mínimo?\n\nObrigada,\nLetícia
''')
    yield sample('pt-cf7-html', 'Acme Vasos "Revenda"', r, cf7(r, foot='Este e-mail foi enviado de um formulário de contato em Acme Vasos (<a href="https://www.acme.example">https://www.acme.example</a>)'), sender='Acme Vasos <wordpress@acme.example>', fields=reply(r))

    r = rows_of(r'''
Nome|name|Duarte Figueira
Email|email|duarte.figueira@correio.example
Site|website|
Mensagem|message|Boa tarde, têm loja física no Porto?
''')
    yield sample('pt-jetpack', '[Acme Discos] Contacto', r,
                 jetpack(r, foot='Hora: 10 de Março, 2026 às 9:30<br />\nEndereço IP: 203.0.113.190<br />\nURL do formulário de contacto: https://www.acme.example/contacto/<br />\nEnviado por um visitante não verificado do seu site.<br />'), fields=reply(r))

    r = rows_of(r'''
Nome|first_name|Beatriz
Apelido|last_name|Saldanha
Empresa|company|Saldanha & Irmãos, Lda.
Função|title|Responsável de qualidade
Morada|address|Rua das Oliveiras, 45, 2.º Dto.
Código postal|postal_code|3810-193
Localidade|city|Aveiro
País|country|Portugal
Telemóvel|phone|912 555 048
E-mail|email|b.saldanha@saldanhairmaos.example
Pedido|message|Precisamos de calibrar 14 balanças até ao fim do mês.\n\nAguardo proposta.
Li e aceito a política de privacidade|-|Sim
''')
    yield sample('pt-gravity', 'Novo pedido de proposta', r, gravity(r), fields=reply(r))

    r = rows_of(r'''
Nome|name|Rodrigo Tavares Lima
Email corporativo|email|rodrigo.lima@limacontabil.example
Telefone celular|phone|+55 11 98555-0190
Cargo|title|Sócio-diretor
Empresa|company|Lima Contábil
Nº de funcionários|-|11 a 50
Como podemos ajudar?|message|Quero conhecer o plano anual e a integração com o nosso ERP.
''')
    yield sample('pt-rdstation', 'Nova conversão: Fale com um especialista', r,
                 nested(r, head='<h2>Você tem um novo Lead!</h2><p>Evento de conversão: <b>fale-com-um-especialista</b></p>', foot='<a href="https://app.rdstation.example/leads/1">Ver Lead</a><br>Origem: Busca paga | Google<br>RD Station - Rod. Virgílio Várzea, 587, Florianópolis - SC, 88032-000'),
                 sender='RD Station <notificacoes@rdstation.example>')

    r = rows_of(r'''
Carimbo de data/hora|-|10/03/2026 09:30:22
Qual é o seu nome completo?|name|Jussara Monteiro
Qual é o seu e-mail?|email|jussara.monteiro@caixa-postal.example
Qual é o seu telefone (com DDD)?|phone|71 98555 0136
Em que cidade você mora?|city|Salvador
Deixe sua dúvida|message|O curso tem certificado?\nDá para parcelar em quantas vezes?
''')
    yield sample('pt-google-forms', 'Nova resposta em: Inscrição - Curso de Confeitaria', r,
                 question(r, head='<h2>Inscrição - Curso de Confeitaria</h2><p>Uma nova resposta foi registrada.</p>', foot='<p><a href="https://docs.google.example/forms/d/9Zz/edit">Abrir formulário</a></p><p>Crie seu próprio formulário do Google. <a href="https://policies.google.example">Denunciar abuso</a></p>'),
                 sender='Formularios Google <forms-receipts-noreply@google.example>')

    r = rows_of(r'''
Nome|first_name|Camila
Sobrenome|last_name|Nogueira
Email|email|camila@nogueirafesta.example
Telefone|phone|21985550173
Data da festa|-|16 de maio de 2026
Mensagem|message|Festa infantil para 40 crianças, tema fundo do mar.
''')
    yield sample('pt-wix', 'Camila enviou um formulário no seu site', r, both(
        br(r, head='<div><h1>Novo envio de formulário</h1><p>Seu site <b>Acme Festas</b> recebeu um novo envio.</p><h3>Resumo do envio:</h3>', foot='<p><a href="https://manage.wix.example/inbox">Ver no painel</a></p><p>Para alterar suas preferências de e-mail, acesse suas configurações.</p><p>Wix.com Brasil, São Paulo</p></div>'),
        plain(r, head='Novo envio de formulário\n\nSeu site Acme Festas recebeu um novo envio.\n\nResumo do envio:\n', foot='\nVer no painel: https://manage.wix.example/inbox\n', below=())),
        sender='Wix <no-reply@wix-forms.example>')

    r = rows_of(r'''
nome|name|Anderson Kuhn
email|email|anderson@kuhnagro.example
telefone|phone|(55) 99955-0108
cnpj|-|00.000.000/0001-91
produto|product|Bomba submersa 3 CV
quantidade|quantity|4
mensagem|message|Preciso com frete para Ijuí.\nPagamento: boleto 28 dias
pagina|-|https://www.acme.example/bombas/submersa-3cv
''')
    yield sample('pt-json', 'Novo lead do site', r, as_json(r), sender='Site <no-reply@acme.example>', fields=reply(r))

    r = rows_of(r'''
Código do imóvel|-|AP-7719
Nome|name|Fernanda Couto
Telefone|phone|(48) 99155-0120
E-mail|email|fe.couto@caixa.example
Mensagem|message|Olá, gostaria de ter mais informações sobre o apartamento AP-7719, à venda no bairro Trindade. Aguardo seu contato, obrigada.
''')
    yield sample('pt-portal-imovel', 'Você recebeu um contato para o imóvel AP-7719', r,
                 table(r, border='0', tag='th', head='<table width="600"><tr><td><h2>Novo contato recebido!</h2></td></tr><tr><td>Apartamento, 2 quartos, 68 m² - R$ 540.000</td></tr></table>',
                       foot='<p>Dica: leads respondidos em até 5 minutos têm mais chance de fechar negócio.</p><p><small>Imóveis Já Ltda. Av. Paulista, 9000, São Paulo/SP. CNPJ 00.000.000/0001-00</small></p>'),
                 sender='Imoveis Ja <leads@imoveisja.example>', fields=reply(r))

    r = rows_of(r'''
Nome|name|Inês Carvalhal
Email|email|ines@carvalhal.example
Orçamento disponível|budget|até 1.500 €
Mensagem|message|Olá!\n\nProcuro fotógrafa para o batizado da minha filha, em Setembro, em Évora.\n\nObrigada e um abraço,\nInês
''')
    yield sample('pt-squarespace', 'Envio de formulário - Contacto', r, both(
        br(r, bold=True, head='<p>Enviado através do formulário em <a href="https://www.acme.example">Acme Fotografia</a></p><p>', foot='</p><p><a href="https://acme.squarespace.example">Gerir envios</a></p>'),
        plain(r, head='Enviado através do formulário em Acme Fotografia\n\n', gap='\n\n', below=(), foot='\nGerir envios\n')), sender='Squarespace <form-submission@squarespace.example>', fields=reply(r))

    r = rows_of(r'''
Seu nome|name|Gustavo Menezes
Seu e-mail|email|gustavo.menezes@menezesadv.example
Telefone com DDD|phone|61 3555-0125
CEP|postal_code|70040-010
Endereço|address|SBS Quadra 2, Bloco E, sala 905
Bairro|-|Asa Sul
Motivo do contato|subject|Segunda via de boleto
Descreva sua solicitação|message|Não recebi o boleto de março.
Aceite LGPD|-|Concordo
''')
    yield sample('pt-divs', 'Contato pelo site - Segunda via de boleto', r,
                 above(r, head='<div style="padding:24px;background:#0a4;color:#fff"><b>Nova mensagem do site</b></div>', foot='<div style="padding:24px;font-size:12px">Enviado em 10/03/2026 às 09:30 · IP 189.0.2.90</div>'))

    r = rows_of(r'''
Nome|name|Patrícia Ueno
Empresa|company|Ueno Alimentos
E-mail|email|compras@uenoalimentos.example
Telefone|phone|(43) 3555-0181
Site da empresa|website|www.uenoalimentos.example
Produto de interesse|product|Embalagem a vácuo 20x30
Quantidade|quantity|50 mil unidades/mês
Observações|message|Impressão em 4 cores.\nEnviar amostra antes, por favor.
''')
    yield sample('pt-php-formidable', 'Pedido de orçamento - Ueno Alimentos', r,
                 formidable(r, head='<h2>Pedido de orçamento</h2><p>Olá, equipe comercial! Chegou um novo pedido pelo site.</p>', foot='<p>Navegador: Chrome / Android<br>Página: https://www.acme.example/orcamento</p>'), fields=reply(r))


def samples():
    for language in (english, spanish, vietnamese, french, german, portuguese):
        yield from language()
