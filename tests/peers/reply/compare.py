#!/usr/bin/env python3
"""How much of a reply other readers leave, beside ours: compare.py [DIR] [--parse BINARY] [--peers FOLDER] [--set NAME] [-v]

DIR holds the sets of script/corpus; ours (reply_mails.py) is measured too. Peers that are installed take part, the others are
skipped: Debian's ruby-email-reply-parser and ruby-email-reply-trimmer, and of npm, in FOLDER/node_modules, email-reply-parser,
node-email-reply-parser, emailreplyparser, planer (with jsdom) and talonjs. Each gets the plain text of the mail, or the text that we
make of its HTML; planer gets the HTML itself. Compared as script/corpus does it: exact, white space folded.
"""
import argparse
import collections
import email
import email.policy
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', '..', 'tools'))

import corpus  # noqa: E402
import reply_mails  # noqa: E402


def bodies(path):
    """The plain text and the HTML of a mail as Python's own parser reads them; None where it can't."""
    with open(path, 'rb') as file:
        mail = email.message_from_binary_file(file, policy=email.policy.default)
    found = {}
    for part in mail.walk():
        kind = part.get_content_type()
        if kind in ('text/plain', 'text/html') and kind not in found and not part.is_attachment():
            try:
                found[kind] = part.get_content()
            except (LookupError, ValueError):
                found[kind] = part.get_payload(decode=True).decode('utf-8', 'replace')
    return found.get('text/plain'), found.get('text/html')


def run(command, mails, env):
    """What the program's peers say of each mail; [] where it is not there."""
    try:
        done = subprocess.run(command, input='\n'.join(json.dumps(mail) for mail in mails) + '\n', capture_output=True, env=env,
                              text=True, check=True, timeout=1800)
    except (OSError, subprocess.CalledProcessError):
        return []
    return [json.loads(line) for line in done.stdout.splitlines()]


def rows_with_replies(folder, name):
    for number, row in enumerate(corpus.rows_of(os.path.join(folder, name, 'expected.jsonl'))):
        if {'reply_text', 'reply_text_nows', 'reply_contains', 'reply_not_contains'} & set(row):
            yield number, row


def is_right(row, said):
    if said is None:
        return False
    ours = corpus.Ours({'reply': said, 'signature': ''})
    return all(right for field, right in corpus.check_reply(row, ours) if field == 'reply')


def measure(folder, name, options, scratch, reviewed):
    rows, paths = [], []
    for number, row in rows_with_replies(folder, name):
        path = os.path.join(folder, name, row['file'])
        if row['kind'] != 'eml':
            copy = os.path.join(scratch, '%s-%d.eml' % (name.replace(' ', '-'), number))
            with open(copy, 'wb') as file:
                file.write(corpus.wrapped(path, row['kind']))
            path = copy
        rows.append(row)
        paths.append(path)
    if not rows:
        return None
    parser = corpus.Parser(options.parse)
    ours = [said for at in range(0, len(paths), corpus.BATCH) for said in parser.run(paths[at:at + corpus.BATCH])]
    mails = []
    for path, said in zip(paths, ours):
        text, html = bodies(path)
        mails.append({'text': text if text is not None else said['text'], 'html': None if text is not None else html})
    env = dict(os.environ, PEERS=os.path.abspath(options.peers))
    told = [run(['ruby', os.path.join(HERE, 'peers.rb')], mails, env), run(['node', os.path.join(HERE, 'peers.mjs')], mails, env)]

    figures, stated = collections.Counter(), collections.Counter()
    for number, row in enumerate(rows):
        # What a peer printed when it was asked is no expectation that somebody stated.
        is_stated = not str(row.get('provenance', '')).startswith('peer-output')
        before = figures.copy()
        of_ours = all(right for field, right in corpus.check_reply(row, corpus.Ours(ours[number])) if field == 'reply')
        if not of_ours and (name, row['file'], 'reply') in reviewed:
            of_ours = None
        figures['Leadmail'] += bool(of_ours)
        figures['set aside'] += of_ours is None
        for peer in told:
            if len(peer) != len(rows):
                continue
            for who, said in peer[number].items():
                right = is_right(row, said)
                figures[who] += right
                if options.v and right and not of_ours:
                    print('    %-28s has %s/%s' % (who, name, row['file']))
        if is_stated:
            stated['mails'] += 1
            stated.update(figures - before)
    return len(rows), figures, stated


def main():
    parse = argparse.ArgumentParser(description='Readers of replies beside ours.')
    parse.add_argument('folder', nargs='?')
    parse.add_argument('--parse', default='build/leadmail')
    parse.add_argument('--peers', default='.', help='the folder with node_modules')
    parse.add_argument('--set')
    parse.add_argument('-v', action='store_true', help='what a peer has and we have not')
    options = parse.parse_args()
    reviewed = corpus.reviewed_rows()
    table, total, rows = {}, collections.Counter(), 0
    with tempfile.TemporaryDirectory() as scratch:
        own = os.path.join(scratch, 'own')
        reply_mails.write(os.path.join(own, corpus.OWN))
        sets = [(own, corpus.OWN)] + (corpus.sets_in(options.folder, None) if options.folder else [])
        sets = [(folder, name) for folder, name in sets if options.set in (None, name)]
        for folder, name in sets:
            measured = measure(folder, name, options, scratch, reviewed)
            if measured:
                table[name] = measured[:2]
                if measured[2]['mails'] < measured[0]:
                    table['of these stated by a test'] = measured[2]['mails'], measured[2]
                total.update(measured[1])
                rows += measured[0]
    names = ['Leadmail'] + sorted(set(total) - {'Leadmail', 'set aside'})
    print('| set | mails | %s |' % ' | '.join(names))
    print('|---|---|%s' % ('---|' * len(names)))
    for name, (count, figures) in list(table.items()) + [('all', (rows, total))]:
        print('| %s | %d | %s |' % (name, count, ' | '.join('%d (%.0f %%)' % (figures[who], 100.0 * figures[who] / count) for who in names)))
    if len(names) == 1:
        print('no peer is installed; skipped: the comparison')
    return 0


if __name__ == '__main__':
    sys.exit(main())
