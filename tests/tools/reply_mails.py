#!/usr/bin/env python3
"""Writes replies as mail clients of forty languages make them, with the reply that each one holds.

reply_mails.py DIR: msgs/ and expected.jsonl as in the outside sets of mail. tests/corpus/reply/languages.json holds what people
and clients say in each language, this file how the clients put it together; tests/corpus/reply/odd adds mails written by hand.
"""
import html
import json
import os
import sys
import textwrap
import unicodedata

CORPUS = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'corpus', 'reply')
ANN, BOB = 'Ann Bell <ann@acme.example>', 'bob@pumps.example'
SIGNATURE = 'Bob Ray\nPurchasing\nPumps Ltd\nTel. +44 20 7946 0958\nwww.pumps.example'
NUMERIC = '02.02.2026 17:14'


def wide(text):
    return sum(2 if unicodedata.east_asian_width(c) in 'WF' else 1 for c in text)


def wrapped(line, width):
    return '\n'.join(textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False)) or line


def quoted(lines, mark='> '):
    return '\n'.join((mark + line).rstrip() for line in lines)


class Habit:
    """What one language says in the mail at hand; every mail takes other words of it."""

    def __init__(self, language, turn):
        def pick(values):
            return values[turn % len(values)]

        self.code = language['language']
        self.new = pick(language['new'])
        self.old = [line for part in language['old'] for line in (part, '')][:-1]
        self.attribution = pick(language['attributions'])
        self.labels = pick(language['headers'])
        self.original, self.forward = language['original'], language['forward']
        self.footer, self.closing = pick(language['footers']), language['closing']
        self.second, self.third = language['new'][0], language['new'][1].split('\n')[0]

    def header(self, mark='{}:', values=(ANN, NUMERIC, BOB, 'Re: Pumps')):
        return '\n'.join('%s %s' % (mark.format(label), value) for label, value in zip(self.labels, values))


# --- plain text: each gives the body, and the reply where it is not just the new text

def gmail(h):
    return '%s\n\n%s\n%s' % (h.new, h.attribution, quoted(h.old))


def gmail_wrapped(h):
    return '%s\n\n%s\n\n%s' % (h.new, '\n'.join(wrapped(line, 60) for line in h.attribution.split('\n')), quoted(h.old))


def narrow(h):
    return '%s\n\n%s\n\n%s' % (h.new, wrapped(h.attribution, 36), quoted(h.old))


def unmarked(h):
    return '%s\n\n%s\n\n%s' % (h.new, h.attribution, '\n'.join(h.old))


def rule_and_header(h):
    return '%s\n\n%s\n%s\n\n%s' % (h.new, '_' * 32, h.header(), '\n'.join(h.old))


def bold_header(h):
    return '%s\n\n%s\n\n%s' % (h.new, h.header('*{}:*'), '\n'.join(h.old))


def bare_header(h):
    return '%s\n\n%s\n\n%s' % (h.new, h.header(), '\n'.join(h.old))


def spaced_header(h):
    return '%s\n\n%s\n\n%s' % (h.new, h.header('{} :').replace('\n', '\n\n'), '\n'.join(h.old))


def drawn_marker(h):
    return '%s\n\n-----%s-----\n%s\n\n%s' % (h.new, h.original, h.header(), '\n'.join(h.old))


def samsung(h):
    return '%s\n\n\n%s\n\n-------- %s --------\n%s\n\n%s' % (h.new, h.footer, h.original, h.header(), '\n'.join(h.old))


def marker_only(h):
    return '%s\n\n-------- %s --------\n\n%s' % (h.new, h.original, '\n'.join(h.old))


def outlook_mobile(h):
    return '%s\n\n%s\n%s\n%s\n\n%s' % (h.new, h.footer, '_' * 32, h.header(), '\n'.join(h.old))


def forward_with_note(h):
    return '%s\n\n---------- %s ---------\n%s\n\n%s' % (h.new, h.forward, h.header(), '\n'.join(h.old))


def footer_alone(h):
    return '%s\n\n%s\n' % (h.new, h.footer)


def footer_and_quote(h):
    return '%s\n\n%s\n\n> %s\n>\n%s' % (h.new, h.footer, h.attribution.replace('\n', '\n> '), quoted(h.old))


def signed_above(h):
    return '%s\n\n%s\n%s\n\n%s\n%s' % (h.new, h.closing, SIGNATURE, h.attribution, quoted(h.old))


def signed_below(h):
    return '%s\n\n%s\n%s\n\n-- \n%s' % (h.new, h.attribution, quoted(h.old), SIGNATURE)


def inline(h):
    body = '%s\n%s\n\n%s\n\n%s\n\n%s' % (h.attribution, quoted(h.old[:3]), h.second, quoted(h.old[4:]), h.third)
    return body, body[len(h.attribution) + 1:]


def below(h):
    return '%s\n%s\n\n%s' % (h.attribution, quoted(h.old), h.new)


def nested(h):
    return '%s\n\n%s\n%s\n>\n> %s\n%s' % (h.new, h.attribution, quoted(h.old[:3]), h.attribution.replace('\n', '\n> '),
                                         quoted(h.old, '>> '))


def two_headers(h):
    return '%s\n\n%s\n\n%s\n\n%s\n\n%s' % (h.new, h.header(), '\n'.join(h.old), h.header('{}:'), '\n'.join(h.old))


def new_mail(h):
    return h.new


def flowed_marks(h):
    return '%s\n\n%s\n%s' % (h.new, h.attribution, quoted(h.old, '>'))


# --- HTML

def text(value):
    return html.escape(value, quote=False).replace('\n', '<br>')


def divs(lines):
    return ''.join('<div>%s</div>' % (text(line) or '<br>') for line in lines)


def paragraphs(lines, kind=''):
    return ''.join('<p%s>%s</p>' % (kind, text(line) or '&nbsp;') for line in lines)


def html_header(h, bold='b'):
    values = ('Ann Bell &lt;ann@acme.example&gt;', NUMERIC, BOB, 'Re: Pumps')
    return '<br>'.join('<%s>%s:</%s> %s' % (bold, label, bold, value) for label, value in zip(h.labels, values))


def gmail_html(h):
    return ('<div dir="ltr">%s</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">%s<br></div>'
            '<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">'
            '<div dir="ltr">%s</div></blockquote></div>' % (divs(h.new.split('\n')), text(h.attribution), divs(h.old)))


def gmail_signed_html(h):
    return ('<div dir="ltr">%s<div><br></div>-- <br><div dir="ltr" class="gmail_signature">%s</div></div><br><div class="gmail_quote">'
            '<div class="gmail_attr">%s</div><blockquote class="gmail_quote">%s</blockquote></div>' %
            (divs(h.new.split('\n')), divs(SIGNATURE.split('\n')), text(h.attribution), divs(h.old)))


def word_html(h):
    return ('<html xmlns:o="urn:schemas-microsoft-com:office:office"><body lang="EN-US"><div class="WordSection1">%s<p class="MsoNormal">'
            '<o:p>&nbsp;</o:p></p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm">'
            '<p class="MsoNormal">%s<o:p></o:p></p></div></div><p class="MsoNormal"><o:p>&nbsp;</o:p></p>%s</div></body></html>' %
            (paragraphs(h.new.split('\n'), ' class="MsoNormal"'), html_header(h), paragraphs(h.old, ' class="MsoNormal"')))


def owa_html(h):
    return ('<div style="font-family:Calibri">%s</div><div id="x_appendonsend"></div><hr tabindex="-1" style="display:inline-block; '
            'width:98%%"><div id="x_divRplyFwdMsg" dir="ltr"><font face="Calibri">%s</font><div>&nbsp;</div></div><div dir="ltr">%s</div>' %
            (divs(h.new.split('\n')), html_header(h), divs(h.old)))


def outlook_mobile_html(h):
    return ('<div dir="auto">%s</div><div id="ms-outlook-mobile-signature"><div>%s</div></div><div id="mail-editor-reference-message-'
            'container"><hr style="display:inline-block;width:98%%"><div id="divRplyFwdMsg">%s</div>%s</div>' %
            (divs(h.new.split('\n')), text(h.footer), html_header(h), divs(h.old)))


def apple_html(h):
    return ('<html><body style="overflow-wrap: break-word;">%s<div><br><blockquote type="cite"><div>%s</div><br class="Apple-interchange-'
            'newline"><div>%s</div></blockquote></div><br></body></html>' % (divs(h.new.split('\n')), text(h.attribution), divs(h.old)))


def iphone_html(h):
    return ('<html><body dir="auto">%s<div dir="ltr"><br>%s</div><div dir="ltr"><br><blockquote type="cite">%s<br><br></blockquote></div>'
            '<blockquote type="cite"><div dir="ltr">%s</div></blockquote></body></html>' %
            (divs(h.new.split('\n')), text(h.footer), text(h.attribution), divs(h.old)))


def yahoo_html(h):
    return ('<div class="ydp1234yahoo-style-wrap"><div dir="ltr">%s</div></div><div id="ydp9yahoo_quoted_77" class="ydp9yahoo_quoted">'
            '<div>%s</div><div>%s</div></div>' % (divs(h.new.split('\n')), text(h.attribution), divs(h.old)))


def thunderbird_html(h):
    return ('<body text="#000000">%s<div class="moz-cite-prefix">%s<br></div><blockquote type="cite" cite="mid:1@acme.example">%s'
            '</blockquote></body>' % (paragraphs(h.new.split('\n\n')), text(h.attribution), paragraphs(h.old)))


def proton_html(h):
    return ('<div style="font-family: Arial;">%s</div><div class="protonmail_signature_block"></div><div class="protonmail_quote">%s<br>'
            '<blockquote class="protonmail_quote" type="cite">%s</blockquote></div>' %
            (divs(h.new.split('\n')), text(h.attribution), divs(h.old)))


def gmx_html(h):
    return ('<div style="font-family: Verdana;">%s<div>&nbsp;<div name="quote" style="margin:10px 5px 5px 10px; padding: 10px 0 10px 10px;'
            ' border-left:2px solid #C3D9E5;"><div style="margin:0 0 10px 0;">%s</div><div name="quoted-content">%s</div></div></div></div>' %
            (divs(h.new.split('\n')), html_header(h), divs(h.old)))


def zimbra_html(h):
    return ('<div style="font-family: arial">%s<div><br></div><hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__">%s'
            '</div><div data-marker="__QUOTED_TEXT__">%s</div></div>' % (divs(h.new.split('\n')), html_header(h), divs(h.old)))


def roundcube_html(h):
    return ('<p>%s</p><p id="reply-intro">%s</p><blockquote type="cite" style="padding: 0 0.4em; border-left: #1010ff 2px solid; margin: 0">'
            '<div id="replybody1">%s</div></blockquote>' % (text(h.new), text(h.attribution), divs(h.old)))


def samsung_html(h):
    return ('<html><head></head><body>%s<div id="composer_signature" dir="auto"><div style="font-size:85%%">%s</div></div><div><br></div>'
            '<div style="font-size:100%%;color:#000000"><!-- originalMessage --><div>-------- %s --------</div><div>%s</div><div><br></div>'
            '</div>%s</body></html>' % (divs(h.new.split('\n')), text(h.footer), h.original, html_header(h, 'span'), divs(h.old)))


def qq_html(h):
    return ('<div>%s</div><div><br></div><div style="font-size: 12px;padding:2px 0 2px 0;">------------------&nbsp;%s&nbsp;-------------'
            '-----</div><div style="font-size: 12px;background:#efefef;padding:8px;"><div>%s</div></div><div><br></div>%s' %
            (divs(h.new.split('\n')), h.original, html_header(h).replace('<br>', '</div><div>'), divs(h.old)))


def yandex_html(h):
    return ('<div>%s</div><div>&nbsp;</div><div>%s</div><blockquote><div>%s</div></blockquote>' %
            (divs(h.new.split('\n')), text(h.attribution), divs(h.old)))


def bordered_html(h):
    return ('<div>%s</div><br><div>%s</div><div style="border-left: 1px solid #ccc; margin-left: 1ex; padding-left: 1ex">%s</div>' %
            (divs(h.new.split('\n')), text(h.attribution), divs(h.old)))


def spark_html(h):
    return ('<div name="messageBodySection"><div dir="auto">%s</div></div><div name="messageSignatureSection"><br><div>%s</div></div>'
            '<div name="messageReplySection">%s<br><blockquote type="cite" style="border-left-width: thin">%s</blockquote></div>' %
            (divs(h.new.split('\n')), text(h.footer), text(h.attribution), divs(h.old)))


def zoho_html(h):
    return ('<div>%s</div><div class="zmail_extra_hr"></div><div class="zmail_extra" data-zbluepencil-ignore="true"><br><div '
            'id="Zm-_Id_-Sgn1">---- %s ----<br></div><div><blockquote>%s</blockquote></div></div>' %
            (divs(h.new.split('\n')), text(h.attribution), divs(h.old)))


def gmail_inline_html(h):
    body = ('<div class="gmail_quote"><div class="gmail_attr">%s</div><blockquote class="gmail_quote">%s</blockquote><div>%s</div>'
            '<blockquote class="gmail_quote">%s</blockquote><div>%s</div></div>' %
            (text(h.attribution), divs(h.old[:3]), text(h.second), divs(h.old[4:]), text(h.third)))
    return body, '\n'.join([h.attribution, *h.old[:3], h.second, *h.old[4:], h.third])


def below_html(h):
    return ('<div class="moz-cite-prefix">%s</div><blockquote type="cite">%s</blockquote>%s' %
            (text(h.attribution), divs(h.old), paragraphs(h.new.split('\n\n'))))


PLAIN = (gmail, gmail_wrapped, narrow, unmarked, rule_and_header, bold_header, bare_header, spaced_header, drawn_marker, samsung,
         marker_only, outlook_mobile, forward_with_note, footer_alone, footer_and_quote, signed_above, signed_below, inline, below,
         nested, two_headers, new_mail, flowed_marks)
HTML = (gmail_html, gmail_signed_html, word_html, owa_html, outlook_mobile_html, apple_html, iphone_html, yahoo_html, thunderbird_html,
        proton_html, gmx_html, zimbra_html, roundcube_html, samsung_html, qq_html, yandex_html, bordered_html, spark_html, zoho_html,
        gmail_inline_html, below_html)


def mails():
    """(name, kind, body, reply) of each mail."""
    with open(os.path.join(CORPUS, 'languages.json'), encoding='utf-8') as file:
        languages = json.load(file)
    for language in languages:
        for turn in range(max(3, len(language['attributions']))):
            h = Habit(language, turn)
            for number, client in enumerate(PLAIN + HTML):
                # Each attribution through the clients that show it; the others in turn.
                if turn >= 3 and client not in (gmail, gmail_wrapped, unmarked, gmail_html, apple_html):
                    continue
                if turn < 3 and (number + turn) % 3 and client not in (gmail, gmail_wrapped, gmail_html, drawn_marker, word_html):
                    continue
                if '\n' in h.attribution and client in (narrow, unmarked):
                    continue
                made = client(h)
                body, reply = made if isinstance(made, tuple) else (made, h.new)
                yield '%s-%d-%s' % (h.code, turn, client.__name__), 'text' if client in PLAIN else 'html', body, reply


def by_hand():
    """tests/corpus/reply/odd/*.txt: a line of what is odd, the body, "=== reply", the reply; several in a file."""
    folder = os.path.join(CORPUS, 'odd')
    for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
        with open(os.path.join(folder, name), encoding='utf-8') as file:
            cases = file.read().split('\n=== mail: ')[1:]
        for number, case in enumerate(cases):
            head, body = (case + '\n').split('\n', 1)
            body, reply = body.split('=== reply\n')
            kind = 'html' if name.endswith('.html') else 'text'
            yield '%s-%02d' % (name.rsplit('.', 1)[0], number + 1), kind, body, reply


def write(folder):
    os.makedirs(os.path.join(folder, 'msgs'), exist_ok=True)
    with open(os.path.join(folder, 'expected.jsonl'), 'w', encoding='utf-8') as expected:
        for name, kind, body, reply in [*mails(), *by_hand()]:
            path = 'msgs/%s.%s' % (name, 'html' if kind == 'html' else 'txt')
            with open(os.path.join(folder, path), 'w', encoding='utf-8') as file:
                file.write(body + '\n')
            row = {'file': path, 'kind': kind, 'strips_signature': True}
            key, value = ('reply_text_nows', ''.join(reply.split()).replace('>', '')) if kind == 'html' else ('reply_text', reply)
            expected.write(json.dumps({**row, key: value}, ensure_ascii=False) + '\n')


if __name__ == '__main__':
    write(sys.argv[1])
