#!/usr/bin/env python3
"""How well mail is understood, on sets of mail with stated outcomes.

corpus.py DIR [--parse BINARY] [--set NAME] [--only FIELD] [-v] [--write]

DIR holds one folder a set: expected.jsonl (what its owners state), consensus.jsonl (what independent parsers agree on) and
msgs/. Every message goes through `leadmail parse --json`; each stated field is compared with what we say. Printed: one line a set
with right/stated per field. Exit 1 when a figure is below the committed one (tests/corpus/figures.json) or a message makes the
parser fail. The set "own replies" is always there: mail that reply_mails.py writes in the habits of clients and languages.
-v lists what is wrong; --write keeps today's figures. Statements that are wrong themselves, or a matter of taste,
stand with their reason in tests/corpus/reviewed.jsonl; they are counted apart.

Our own sets (tests/corpus/*/samples.py) are measured with any DIR, and alone with --own: forms, forwards, signatures, automatic answers.
"""
import argparse
import collections
import glob
import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile

import reply_mails

HERE = os.path.dirname(os.path.abspath(__file__))
FIGURES = os.path.join(HERE, '..', 'corpus', 'figures.json')
REVIEWED = os.path.join(HERE, '..', 'corpus', 'reviewed.jsonl')
SECONDS = 20  # for one message
BATCH = 60
OWN = 'own replies'


def folded(text):
    return re.sub(r'\s+', ' ', text or '').strip()


def squeezed(text):
    return re.sub(r'[\s\u200b\ufeff\xa0]+', '', text or '')


def lowered(text):
    return (text or '').strip().lower()


def bare_id(text):
    if isinstance(text, list):
        text = text[0] if text else ''
    return re.sub(r'[\s<>]', '', text or '')


def as_list(value):
    return value if isinstance(value, list) else [value] if value not in (None, '') else []


def without_reply_prefix(subject):
    return re.sub(r'(?i)^((re|aw|sv|antw|fwd?|wg|tr|回复|答复)(\[\d+\])?\s*[:：]\s*)+', '', folded(subject))


def unquoted(name):
    return folded(name).strip('"\'')


class Ours:
    """What we say of one message, in the words of the sets."""

    def __init__(self, said):
        self.said = said

    def addresses(self, key):
        return {lowered(a['address']) for a in self.said[key] if a['address']}

    @property
    def named(self):
        return [a for a in self.said['attachments'] if a['filename']]

    @property
    def recipients(self):
        return (self.said['bounce'] or {}).get('recipients', [])

    @property
    def failed(self):
        return [r for r in self.recipients if r['action'] in ('failed', '')]


def without_notation(text):
    """Of text made from HTML: what the reader saw. Marks of quotes and lists, and the address behind a link, are ours."""
    text = re.sub(r'(?m)^(>+ ?)+', '', text)
    text = re.sub(r'(?m)^ *(-|\d+\.) ', '', text)
    return re.sub(r' ?<https?://[^\s>]*>', '', text)


def reply_matches(stated, ours, row):
    """The text left after quotes. Peers that keep the signature state it with; then ours counts with its own."""
    said = [ours.said['reply']]
    if row.get('strips_signature') is False or 'reply_text_nows' in row:
        said.append(said[0].rstrip() + '\n' + ours.said['signature'])
    if row['kind'] == 'html':
        said += [without_notation(text) for text in said]
    return any(stated(text) for text in said)


def check_reply(row, ours):
    markdown = 'Markdown' in str(row.get('compare'))

    def plain(text):
        return folded(re.sub(r'[*_]', '', text)) if markdown else folded(text)

    if 'reply_text_nows' in row:
        wanted = {row['reply_text_nows'], row['reply_text_nows'].replace('>', '')}
        yield 'reply', reply_matches(lambda text: bool({squeezed(text), squeezed(text).replace('>', '')} & wanted), ours, row)
    elif isinstance(row.get('reply_text'), str):
        wanted = plain(row['reply_text'])
        yield 'reply', reply_matches(lambda text: plain(text) == wanted, ours, row)
    for text in row.get('reply_contains', []):
        yield 'reply', reply_matches(lambda said: folded(text) in folded(said), ours, row)
    for text in row.get('reply_not_contains', []):
        yield 'reply', folded(text) not in folded(ours.said['reply'])
    if row.get('reply_text') or row.get('reply_contains'):
        yield 'reply_not_empty', bool(folded(ours.said['reply']))


def check_addresses(row, ours):
    if 'from_addr' in row:
        yield 'from', lowered(row['from_addr']) == lowered(ours.said['from']['address'])
    if row.get('from_name') is not None:
        yield 'from_name', unquoted(row['from_name']) == unquoted(ours.said['from']['name'])
    for key in ('to', 'cc', 'reply_to'):
        if row.get(key) is not None:
            said = ours.addresses(key)
            if key == 'reply_to' and row[key] and not said:  # an IMAP ENVELOPE names From then. RFC 9051 §7.5.2
                said = {lowered(ours.said['from']['address'])}
            yield key, {lowered(a) for a in as_list(row[key])} == said
        if key + '_contains' in row:
            yield key, {lowered(a) for a in row[key + '_contains']} <= ours.addresses(key)


def check_header(row, ours):
    subject = ours.said['subject']
    if row.get('subject') is not None:
        yield 'subject', folded(row['subject']) == folded(subject)
    if 'subject_prefix' in row:
        yield 'subject', folded(subject).startswith(folded(row['subject_prefix']))
    if 'subject_without_re' in row:
        yield 'subject', without_reply_prefix(row['subject_without_re']) == without_reply_prefix(subject)
    if row.get('message_id') is not None:
        yield 'message_id', bare_id(row['message_id']) == bare_id(ours.said['message_id'])
    if 'in_reply_to' in row:
        wanted = [bare_id(i) for i in as_list(row['in_reply_to'])]
        said = [bare_id(i) for i in ours.said['in_reply_to']]
        yield 'in_reply_to', said[:1] == [] if not wanted else bool(said) and said[0] in wanted
    if 'references' in row:
        wanted = [bare_id(i) for i in as_list(row['references'])]
        yield 'references', wanted == [bare_id(i) for i in ours.said['references']]


def check_text(row, ours):
    if isinstance(row.get('body_text'), str) and (row['body_text'] or 'agree' not in row):  # '' there: no plain text part
        wanted = squeezed(row['body_text'])
        said = squeezed(ours.said['text'])
        # A consensus is the first 4000 characters of the first text part; we join all text parts.
        yield 'text', said == wanted or ('agree' in row and bool(wanted) and wanted in said)
    for text in row.get('body_contains') or []:
        yield 'text_contains', squeezed(text) in squeezed(ours.said['text'])


def check_attachments(row, ours):
    stated = row.get('attachments')
    if 'agree' in row:  # leaves with a name
        if stated is not None:
            wanted = sorted((folded(a.get('filename')), a['size']) for a in stated if a.get('filename') and 'size' in a)
            yield 'attachments', wanted == sorted((folded(a['filename']), a['size']) for a in ours.named)
        elif row.get('attachment_names') is not None:
            wanted = sorted(folded(name) for name in row['attachment_names'] if name)
            yield 'attachments', wanted == sorted(folded(a['filename']) for a in ours.named)
        return
    if 'attachment_count' in row:
        said = len(ours.said['attachments'])
        loose = len([a for a in ours.said['attachments'] if not a['inline']])
        yield 'attachments', row['attachment_count'] in (said, loose, len(ours.named))
    for wanted in (stated or []) + (row.get('attachments_include') or []):
        if 'filename' not in wanted and 'size' not in wanted:
            continue
        found = [a for a in ours.said['attachments']
                 if 'filename' not in wanted or folded(a['filename']) == folded(wanted['filename'])]
        yield 'attachments', any('size' not in wanted or a['size'] == wanted['size'] for a in found)


def check_kind(row, ours):
    kind = ours.said['kind']
    if 'auto_reply' in row:
        yield 'auto_reply', (kind == 'auto-reply') == row['auto_reply']
    if 'feedback_report' in row:
        yield 'complaint', (kind == 'complaint') == row['feedback_report']
    if 'bounce' in row:
        yield 'bounce', (kind == 'bounce') == row['bounce'] or (row.get('feedback_report') and kind == 'complaint')
    said = {lowered(r['address']) for r in ours.recipients}
    if row.get('bounce_recipient'):
        yield 'bounce_recipient', bool(said & {lowered(a) for a in as_list(row.get('bounce_recipients') or row['bounce_recipient'])})
    if row.get('bounce_status') and row.get('bounce_status_in_mail', True):
        wanted = as_list(row.get('bounce_statuses') or row['bounce_status'])
        yield 'bounce_status', any(r['status'] in wanted for r in ours.recipients)
    if row.get('bounced_message_id'):
        said_id = (ours.said['bounce'] or {}).get('original_message_id', '')
        yield 'bounced_message_id', bare_id(said_id) == bare_id(row['bounced_message_id'])


def check_who(row, ours):
    """What forms, forwards and signatures say of people; stated in our own sets only."""
    if row.get('said_kind'):  # `kind` says what sort of file it is
        yield 'kind', ours.said['kind'] == row['said_kind']
    if row.get('kept'):  # a genuine inquiry: it becomes a lead, or a person decides
        yield 'inquiry_kept', ours.said['kind'] in ('person', 'form') or not ours.said['kind_is_sure']  # held
    if 'writer' in row:
        yield 'writer', all(folded((ours.said.get('writer') or {}).get(key)) == value for key, value in row['writer'].items())
    if 'form_fields' in row:
        said = ours.said['form_fields'] or {}
        if row['form_fields'] is None:
            yield 'no_form', not said
        for key, value in (row['form_fields'] or {}).items():
            yield 'form_field', folded(said.get(key)) == folded(value)
    if 'forwarded' in row:
        yield from check_forwarded(row['forwarded'], ours.said['forwarded'])
    if 'returns' in row:
        yield 'returns', (ours.said['auto_reply'] or {}).get('returns') == row['returns']
    if 'signature_fields' in row:
        yield from check_signature(row['signature_fields'], ours.said['signature_fields'] or {})


def check_forwarded(wanted, said):
    if wanted is None:
        yield 'no_forward', said is None
        return
    said = said or {'from': {'name': '', 'address': ''}, 'date': '', 'subject': '', 'text': ''}
    yield 'true_sender', said['from']['address'] == wanted['address'] and folded(said['from']['name']) == wanted['name']
    if 'date' in wanted:
        yield 'forward_date', said['date'].startswith(wanted['date'])
    if 'subject' in wanted:
        yield 'forward_subject', folded(said['subject']) == wanted['subject']
    yield 'forward_text', wanted['text'] in folded(said['text'])


def check_signature(wanted, said):
    for key in ('name', 'title', 'company', 'website', 'address'):
        if key in wanted:
            yield 'signature_field', folded(said.get(key)) == wanted[key]
    if 'phones' in wanted:
        found = [(phone['kind'], phone['written'], phone['e164']) for phone in said.get('phones', [])]
        for phone in wanted['phones']:
            yield 'signature_phone', tuple(phone) in found
        yield 'signature_no_other_phone', len(found) <= len(wanted['phones'])


CHECKS = (check_addresses, check_header, check_text, check_attachments, check_kind, check_reply, check_who)


def wrapped(path, kind):
    """A body alone, as the mail it would have come in."""
    with open(path, 'rb') as file:
        body = file.read()
    subtype = b'html' if kind == 'html' else b'plain'
    return (b'From: a@writer.example\r\nTo: b@reader.example\r\nSubject: Re: a question\r\nMIME-Version: 1.0\r\n'
            b'Content-Type: text/' + subtype + b'; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n' + body)


class Parser:
    def __init__(self, binary):
        self.command = [binary] + ([] if os.path.basename(binary).startswith('parse_tool') else ['parse', '--json'])

    def run(self, paths):
        """One answer a path; None where the parser failed."""
        try:
            done = subprocess.run(self.command + paths, capture_output=True, timeout=SECONDS + len(paths), check=False)
            lines = done.stdout.decode('utf-8').splitlines()  # strict: what we print is UTF-8
            if done.returncode == 0 and len(lines) == len(paths):
                return [json.loads(line) for line in lines]
        except (subprocess.TimeoutExpired, UnicodeDecodeError, ValueError):
            pass
        if len(paths) == 1:
            return [None]
        return [answer for path in paths for answer in self.run([path])]


def rows_of(path):
    if not os.path.exists(path):
        return []
    with open(path, encoding='utf-8') as file:
        return [json.loads(line) for line in file if line.strip()]


def reviewed_rows():
    return {(row['set'], row['file'], row['field']) for row in rows_of(REVIEWED)}


def measure(folder, name, parser, scratch, reviewed):
    expected = rows_of(os.path.join(folder, name, 'expected.jsonl'))
    consensus = {row['file']: row for row in rows_of(os.path.join(folder, name, 'consensus.jsonl'))}
    paths = []
    for number, row in enumerate(expected):
        path = os.path.join(folder, name, row['file'])
        if row['kind'] != 'eml':
            copy = os.path.join(scratch, '%s-%d.eml' % (name, number))
            with open(copy, 'wb') as file:
                file.write(wrapped(path, row['kind']))
            path = copy
        paths.append(path)
    answers = [answer for at in range(0, len(paths), BATCH) for answer in parser.run(paths[at:at + BATCH])]

    figures, wrong, aside = collections.OrderedDict(), [], 0
    figures['crashes'] = sum(answer is None for answer in answers)
    wrong += [(row['file'], 'crash') for row, answer in zip(expected, answers) if answer is None]
    for row, answer in zip(expected, answers):
        for source in filter(None, (row, consensus.get(row['file']))):
            for check in CHECKS:
                for field, right in (check(source, Ours(answer)) if answer else []):
                    if (name, row['file'], field) in reviewed and not right:
                        aside += 1
                        continue
                    tally = figures.setdefault(field, [0, 0])
                    tally[0] += bool(right)
                    tally[1] += 1
                    if not right:
                        wrong.append((row['file'], field))
    return len(expected), figures, wrong, aside


def write_own_sets(folder):
    """Our own sets as folders like the others; their names begin with "own-"."""
    home = os.path.join(HERE, '..', 'corpus')
    sys.path.insert(0, home)
    for path in sorted(glob.glob(os.path.join(home, '*', 'samples*.py'))):
        kind, part = os.path.basename(os.path.dirname(path)), os.path.basename(path)[len('samples'):-len('.py')]
        spec = importlib.util.spec_from_file_location('own_%s%s' % (kind, part), path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        name = 'own-%s%s' % (kind, part.replace('_', '-'))
        os.makedirs(os.path.join(folder, name, 'msgs'))
        with open(os.path.join(folder, name, 'expected.jsonl'), 'w', encoding='utf-8') as expected:
            for sample in module.samples():
                file = 'msgs/%s.eml' % sample.name
                with open(os.path.join(folder, name, file), 'wb') as mail:
                    mail.write(sample.mail)
                expected.write(json.dumps(dict(sample.expected, file=file, kind='eml', said_kind=sample.expected.get('kind'))) + '\n')


def sets_in(folder, wanted):
    names = sorted(name for name in os.listdir(folder) if os.path.exists(os.path.join(folder, name, 'expected.jsonl')))
    return [(folder, name) for name in names if wanted in (None, name)]


def show(name, count, figures, aside):
    fields = '  '.join('%s %d/%d' % (field, right[0], right[1]) for field, right in figures.items() if field != 'crashes')
    extra = '  set aside %d' % aside if aside else ''
    print('%-26s %5d  crashes %d  %s%s' % (name, count, figures['crashes'], fields, extra))


def add_up(everything):
    total = collections.OrderedDict(crashes=0)
    for figures in everything.values():
        for field, value in figures.items():
            if field == 'crashes':
                total['crashes'] += value
            else:
                tally = total.setdefault(field, [0, 0])
                tally[0] += value[0]
                tally[1] += value[1]
    return total


def drops(everything, committed):
    found = []
    for name, fields in committed.items():
        for field, value in fields.items():
            now = everything.get(name, {}).get(field)
            if name not in everything:
                continue
            if field == 'crashes':
                if now > value:
                    found.append('%s: %d crashes' % (name, now))
            elif now is None or now[0] < value[0]:
                found.append('%s: %s was %d/%d, is %s' % (name, field, value[0], value[1], now))
    return found


def main():
    parse = argparse.ArgumentParser(description='How well mail is understood.')
    parse.add_argument('folder', nargs='?')
    parse.add_argument('--parse', default='build/leadmail')
    parse.add_argument('--set')
    parse.add_argument('--only')
    parse.add_argument('--own', action='store_true', help='our own sets alone')
    parse.add_argument('--keep', help='a folder for the mails of our own sets')
    parse.add_argument('-v', action='store_true')
    parse.add_argument('--write', action='store_true')
    options = parse.parse_args()

    everything, reviewed, messages = collections.OrderedDict(), reviewed_rows(), 0
    parser = Parser(options.parse)
    with tempfile.TemporaryDirectory() as scratch:
        own = options.keep or os.path.join(scratch, 'own')
        os.makedirs(own, exist_ok=True)
        write_own_sets(own)
        reply_mails.write(os.path.join(own, OWN))
        sets = sets_in(own, options.set)
        if options.folder and not options.own:
            others = sets_in(options.folder, options.set)
            if not others and not options.set:
                print('corpus: %s holds no sets of mail; skipped: %s' % (options.folder, 'all sets'))
            sets = others + sets
        for folder, name in sets:
            count, figures, wrong, aside = measure(folder, name, parser, scratch, set() if folder == own else reviewed)
            everything[name] = figures
            messages += count
            show(name, count, figures, aside)
            if options.v:
                for file, field in wrong:
                    if options.only in (None, field):
                        print('    %-18s %s/%s' % (field, name, file))
    total = add_up(everything)
    print()
    for field, value in total.items():
        if field == 'crashes':
            print('%-20s %d of %d messages' % (field, value, messages))
        else:
            print('%-20s %d/%d  %.1f %%' % (field, value[0], value[1], 100.0 * value[0] / value[1]))

    committed = {}
    if os.path.exists(FIGURES):
        with open(FIGURES, encoding='utf-8') as file:
            committed = json.load(file)
    if options.write:
        committed.update(everything)  # sets that were not measured keep their figures
        with open(FIGURES, 'w', encoding='utf-8') as file:
            lines = ['  %s: %s' % (json.dumps(name), json.dumps(committed[name])) for name in sorted(committed)]
            file.write('{\n' + ',\n'.join(lines) + '\n}\n')
        return 0
    failed = drops(everything, committed)
    for line in failed:
        print('DROPPED ' + line)
    return 1 if failed or total['crashes'] else 0


if __name__ == '__main__':
    sys.exit(main())
