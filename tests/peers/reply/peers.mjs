// Reads {text, html} a line, writes what each installed reader of replies leaves of it. The packages are looked for in PEERS.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = process.env.PEERS;
const require = createRequire(join(folder, 'package.json'));
const version = (name) => JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')).version;
const peers = {};

async function add(name, make) {
  try {
    peers[`${name} ${version(name)}`] = await make();
  } catch {
    // not installed
  }
}

await add('email-reply-parser', async () => {
  const found = await import(pathToFileURL(require.resolve('email-reply-parser')));
  const Parser = found.default.default ?? found.default;
  return (mail) => new Parser().read(mail.text).getVisibleText();
});
await add('node-email-reply-parser', () => {
  const read = require('node-email-reply-parser');
  return (mail) => read(mail.text).getVisibleText();
});
await add('emailreplyparser', () => {
  const { EmailReplyParser } = require('emailreplyparser');
  return (mail) => EmailReplyParser.parse_reply(mail.text);
});
await add('planer', () => {
  const planer = require('planer');
  const { JSDOM } = require('jsdom');
  return (mail) => {
    if (!mail.html) return planer.extractFrom(mail.text, 'text/plain');
    const document = new JSDOM().window.document;
    const body = planer.extractFrom(mail.html, 'text/html', document);
    return new JSDOM(body).window.document.body.textContent;
  };
});
await add('talonjs', () => {
  const { quotations } = require('talonjs');
  return (mail) => {
    const found = quotations.extractFromPlain(mail.text);
    return typeof found === 'string' ? found : found.body;
  };
});

for await (const line of createInterface({ input: process.stdin })) {
  const mail = JSON.parse(line);
  const said = {};
  for (const [name, read] of Object.entries(peers)) {
    try {
      said[name] = read(mail) ?? '';
    } catch {
      said[name] = null;
    }
  }
  console.log(JSON.stringify(said));
}
