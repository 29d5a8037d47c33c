"""The accounting oracle: looks at mailboxes, ledger, leads, outbox and sink when everything has come to rest, and names
whatever was lost, doubled or left over. It knows nothing of how the product works inside."""

import collections

# Added on the way by each server; everything else of two copies has to be the same.
TRACE = {"return-path", "delivered-to", "received", "authentication-results"}
FINAL = {
    "lead",
    "threaded",
    "rep-answer",
    "command",
    "bounce",
    "automatic",
    "calendar",
    "list",
    "own",
    "ignored",
    "duplicate",
    "held",
    "quarantined",
    "baseline",
    "unverified",
}
READ_AT_LAST = "read at last"  # of mail that was quarantined, on the lead that was made for it then
AT_REST = {"delivered", "failed", "unknown", "cancelled"}
# Mail of these kinds is not sent again after its answer was cut off: better none than two. Others are, after a while.
NEVER_TWICE = {"ack", "answer", "digest", "newsletter"}


def bytes_of_author(raw):
    """The message without what servers wrote on top of it."""
    head, _, body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    fields = []
    for line in head.split(b"\n"):
        if line[:1] in b" \t" and fields:
            fields[-1] += b"\n" + line
        else:
            fields.append(line)
    return [field for field in fields if field.partition(b":")[0].decode().lower() not in TRACE], body


def check(mail, leadmail, inquiries=(), users=("ana", "luis"), folders=("INBOX", "Sent"), mailboxes=("sales",)):
    """Complaints, as text; none when every account balances. `inquiries`: Message-IDs that each have to be one lead."""
    complaints = []
    ledger, outbox = leadmail.tool("ledger"), leadmail.tool("outbox", "list")

    # In: each message in a watched folder has one row with a final outcome, and no row is about nothing.
    places = collections.Counter((row["mailbox"], row["folder"], row["uid"]) for row in ledger)
    for mailbox in mailboxes:
        complaints += check_folders(mail, mailbox, folders, places)
    complaints += [f"{place}: {count} ledger rows" for place, count in places.items() if count > 1]
    complaints += [f"{row['message_id']}: outcome {row['outcome']}" for row in ledger if row["outcome"] not in FINAL]

    # Leads: each inquiry is one, what could not be read may be one, and there are no others.
    made = collections.defaultdict(list)
    for row in ledger:
        if row["outcome"] == "lead" or (row["outcome"] == "quarantined" and row["lead"]) or row["reason"] == READ_AT_LAST:
            made[row["message_id"]].append(row["lead"])
    for message_id in inquiries:
        if len(made[message_id.strip("<>")]) != 1:
            complaints.append(f"inquiry {message_id}: leads {made[message_id.strip('<>')]}")
    owners = collections.Counter(lead for leads in made.values() for lead in leads)
    complaints += [f"{lead}: made {count} times" for lead, count in owners.items() if count > 1]
    known = {lead["lead"] for lead in leadmail.leads()}
    complaints += [f"{lead}: no message made it" for lead in sorted(known ^ set(owners))]

    complaints += check_outbound(mail, outbox, users)
    return complaints


def check_folders(mail, mailbox, folders, places):
    """In one mailbox: what lies there, against the places that have a row."""
    complaints = []
    with mail.imap(mailbox) as imap:
        for folder in folders:
            imap.select(folder, readonly=True)
            _, (found,) = imap.uid("SEARCH", "ALL")
            here = {int(uid) for uid in found.split()}
            rows = {uid for box, name, uid in places if (box, name) == (mailbox, folder)}
            complaints += [f"{mailbox}/{folder} {uid}: no ledger row" for uid in sorted(here - rows)]
            complaints += [f"{mailbox}/{folder} {uid}: a ledger row, but no message" for uid in sorted(rows - here)]
    return complaints


def check_outbound(mail, outbox, users):
    """Out: every promised mail arrived, once, as it was written; twice only where the answer was cut, and then alike."""
    complaints = []
    copies = collections.defaultdict(list)
    for message in mail.sink.mails:
        for recipient in message.recipients:
            copies[message.message_id.strip("<>"), recipient.lower()].append(message)
    for user in users:
        for message in mail.inbox(user):
            copies[message.message_id.strip("<>"), mail.address(user)].append(message)

    causes = collections.Counter(entry["cause"] for entry in outbox)
    complaints += [f"{cause}: {count} mails for one cause" for cause, count in causes.items() if count > 1]
    promised = {}
    for entry in outbox:
        for recipient in entry["recipients"]:
            promised[entry["message_id"], recipient["address"].lower()] = entry["kind"], recipient
    for (message_id, address), (kind, recipient) in promised.items():
        got, state, attempts = copies[message_id, address], recipient["state"], recipient["attempts"]
        name = f"{kind} {message_id} to {address} ({state}, {attempts} attempts)"
        if state not in AT_REST:
            complaints.append(f"{name}: not at rest")
        if not got and (state == "delivered" or (state == "unknown" and kind not in NEVER_TWICE)):
            complaints.append(f"{name}: never arrived")
        if len(got) > max(1, attempts) or len(got) > 1 + recipient["times_unknown"]:
            complaints.append(f"{name}: {len(got)} copies")
        if len(got) > 1 and kind in NEVER_TWICE:
            complaints.append(f"{name}: sent again, {len(got)} copies")
        if any(bytes_of_author(one.raw) != bytes_of_author(got[0].raw) for one in got[1:]):
            complaints.append(f"{name}: copies differ")
    return complaints


def check_nothing_unasked(mail, outbox, mailboxes=("sales",)):
    """Every mail that reached somebody outside was promised in the outbox."""
    promised = {entry["message_id"] for entry in outbox}
    return [
        f"{message}: not in the outbox"
        for message in mail.sink.mails
        if message.envelope_from in ("", *map(mail.address, mailboxes)) and message.message_id.strip("<>") not in promised
    ]
