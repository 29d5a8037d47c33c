// The table itself. Order: as in the example. Texts are one sentence, without a point at the end.
#include <array>

#include "daemon/options.h"

namespace leadmail::daemon {
namespace {

using enum OptionType;
using enum Use;

constexpr std::array kSections{
    Section{"company", false, now, "who we are, and when we work"},
    Section{"company.hours", false, now, "working hours of everybody who has none of his own"},
    Section{"store", false, now, "where everything is kept"},
    Section{"daemon", false, now, "the process"},
    Section{"admin", false, now, "whom the daemon tells when it needs a person"},
    Section{"mailbox", true, required, "a shared mailbox; as many as you like"},
    Section{"mailbox.defaults", false, now, "what leads of this mailbox begin with"},
    Section{"mailbox.oauth2", false, now,
            "login with OAuth2 instead of a password; `leadmail login MAILBOX` does what a person has to do"},
    Section{"user", true, required, "somebody of the sales team"},
    Section{"user.hours", false, now, "working hours of this user, where they differ from the company's"},
    Section{"user.away", true, now, "when this user is not there"},
    Section{"team", true, now, "users who share leads"},
    Section{"region", true, now, "holidays of a country or state, beside the company's"},
    Section{"branch", true, now, "an office with its territory"},
    Section{"branch.territory", false, now,
            "which leads are its own: what is given has to fit, the most exact fit wins"},
    Section{"assign", true, shown, "who gets a new lead; the first rule that fits, by priority, decides"},
    Section{"field", true, now, "a field of your own in every lead"},
    Section{"limits", false, now, "what one message, one day and one process may cost"},
    Section{"lists", false, now, "the words to choose from; an empty list allows any"},
    Section{"qualification", false, now, "what must be known before there is an opportunity"},
    Section{"evaluation", false, now, "scores and what their sum means"},
    Section{"evaluation.verdict", true, now, "what a sum means, from this number on"},
    Section{"step", true, now, "a step of your procedure, for the checklist of every lead"},
    Section{"stage", true, now, "a stage of an opportunity"},
    Section{"department", true, now, "who else is told when something happens"},
    Section{"form", true, now,
            "the notification of a form on your site; `leadmail form learn` writes it from a sample"},
    Section{"retention", false, later, "how long things are kept; 0 is for ever"},
    Section{"reminders", false, now, "what follows when a next contact has come due"},
    Section{"calendar", false, now, "next contacts and events beside the invitations"},
    Section{"digest", false, now, "the summary by mail; without anything to say none is sent"},
    Section{"newsletter", false, now, "mail to many leads"},
    Section{"metrics", false, now, "figures for Prometheus"},
    Section{"templates", false, now, "your own wording of the mails"},
};

constexpr std::array kOptions{
    Option{"company", "name", text, shown, R"("Leadmail")", R"("Acme")", "how mails to prospects name us"},
    Option{"company", "timezone", zone, shown, R"("UTC")", R"("America/Mexico_City")",
           "for everybody who has none of his own; a name of the IANA database, so that summer time is right"},
    Option{"company", "currency", text, now, "", R"("MXN")", "of amounts that name none; three letters. ISO 4217"},
    Option{"company", "language", choice, shown, R"("en")", "", "for everybody who has none of his own", "en|es|vi"},
    Option{"company", "hours", table, now, "",
           R"({ days = ["mon","tue","wed","thu","fri"], from = "09:00", to = "18:00" })",
           "working hours: reminders come, and waiting times run, only then"},
    Option{
        "company", "close_after", duration, now, R"("30d")", "",
        "a lead that was answered and not heard of for so long: its owner is asked whether to close it; 0d is never"},
    Option{"company", "holidays", dates, now, "[]", R"(["2026-12-25"])", "days on which nobody works"},

    Option{"company.hours", "days", days, now, R"(["mon","tue","wed","thu","fri"])", "", "working days"},
    Option{"company.hours", "from", clock, now, R"("09:00")", "", "when work begins, local time"},
    Option{"company.hours", "to", clock, now, R"("18:00")", "", "when it ends"},

    Option{"store", "path", path, now, R"("/var/lib/leadmail/leadmail.db")", "",
           "the database; its folder holds the keys too, so it should belong to leadmail alone"},

    Option{"daemon", "control", path, now, "", R"("/run/leadmail/control.sock")",
           "the socket that `leadmail` uses; without it /run/leadmail for a store in /var/lib/leadmail, else beside "
           "the store"},
    Option{"daemon", "log_level", choice, now, R"("info")", "", "how much is told in the journal",
           "debug|info|warning|error"},
    Option{"daemon", "log_personal", boolean, now, "false", "",
           "addresses, names and subjects in the log too; without it they are only in the database"},

    Option{"admin", "addresses", addresses, shown, "[]", R"(["it@acme.example"])",
           "who gets alerts and the holding list; without one nobody learns of trouble by mail"},
    Option{"admin", "held_at", clock, now, R"("09:00")", "",
           "when the list of held mail goes out, company time; at most one a day, none when nothing is held"},
    Option{"admin", "alert_smtp", smtp_url, later, "", R"("smtps://other.example")",
           "a second route for alerts, for the day when the first is the trouble"},

    Option{"mailbox", "name", id, required, "", R"("sales")",
           "how commands, logs and the ledger name it; never change it"},
    Option{"mailbox", "address", address, required, "", R"("sales@acme.example")", "what prospects see"},
    Option{"mailbox", "aliases", addresses, now, "[]", R"(["info@acme.example"])", "its other addresses"},
    Option{"mailbox", "imap", imap_url, required, "", R"("imaps://imap.acme.example")",
           "where mail is read; imaps:// is TLS from the first byte, imap:// is STARTTLS"},
    Option{"mailbox", "smtp", smtp_url, required, "", R"("smtps://smtp.acme.example")",
           "where mail is sent; smtps:// is TLS from the first byte, smtp:// is STARTTLS"},
    Option{"mailbox", "insecure", boolean, now, "false", "",
           "no TLS at all; allowed for a server on this machine only"},
    Option{"mailbox", "tls_ca", path, now, "", R"("/etc/leadmail/ca.pem")",
           "a private certificate authority; without it the system's"},
    Option{"mailbox", "user", text, now, "", R"("sales@acme.example")", "the login; without it the address"},
    Option{"mailbox", "password_file", path, shown, "", R"("/etc/leadmail/sales.pw")",
           "its password, in a file that nobody else can read; read afresh for every connection"},
    Option{"mailbox", "credential", id, now, "", R"("sales")", "or the name of a systemd credential that holds it"},
    Option{"mailbox", "inbox", folder, now, R"("INBOX")", "", "the folder that is watched"},
    Option{"mailbox", "sent", folder, now, R"("Sent")", "",
           "the folder of sent mail, where a rep's own answers are found; \"\" for none"},
    Option{"mailbox", "sent_copy", choice, now, R"("auto")", "",
           "put a copy of an answer there: auto leaves it to providers that keep what they send, and looks first "
           "everywhere",
           "auto|always|never"},
    Option{
        "mailbox", "processed", processed, now, R"("keep")", "",
        "what happens to a mail that is in the book: keep, seen, or move:FOLDER; by default the mailbox is only read"},
    Option{"mailbox", "plus_addressing", boolean, now, "true", "",
           "does sales+x@ arrive here? then replies find their lead by it"},
    Option{"mailbox", "baseline", baseline, now, R"("now")", "",
           "where history ends at the first start: now, off (all that is there is new), or a date"},
    Option{"mailbox", "trusted_authserv", hosts, shown, "[]", R"(["mx.acme.example"])",
           "whose Authentication-Results we believe: the name that your own server writes there"},
    Option{"mailbox", "transport_auth", choice, now, R"("required")", "",
           "none only where the provider writes no Authentication-Results; then every command needs a reply token",
           "required|none"},
    Option{"mailbox", "known_sender", choice, now, R"("join")", "",
           "a new mail of somebody with one open lead: join it, make a new lead, or ask its owner", "join|new|ask"},
    Option{"mailbox", "acknowledge", boolean, now, "false", R"(true)",
           "tell prospects that their inquiry has arrived; at most once a day to an address"},
    Option{"mailbox", "defaults", table, now, "", R"({ source = "mail", language = "en" })",
           "what its leads begin with, where the mail says nothing else"},
    Option{"mailbox", "idle_time", duration, now, R"("9m")", "",
           "how long one IDLE lasts; RFC 2177 allows 29 minutes, but NATs and some providers forget after 10"},
    Option{"mailbox", "sweep_time", duration, now, R"("5m")", "",
           "look again at least so often, for servers that forget to tell"},
    Option{"mailbox", "poll_time", duration, now, R"("1m")", "", "look so often where the server has no IDLE"},
    Option{"mailbox", "mails_a_minute", integer, now, "30", "",
           "how fast we send, so that the provider does not lock us out; 0 is no limit"},
    Option{"mailbox", "oauth2", table, now, "", "", "login with OAuth2 instead of a password"},

    Option{"mailbox.defaults", "team", id, now, "", R"("mx")", "the team that its leads belong to"},
    Option{"mailbox.defaults", "source", text, now, R"("mail")", "", "where its leads come from"},
    Option{"mailbox.defaults", "campaign", text, now, "", R"("spring fair")",
           "the campaign that its address was printed for"},
    Option{"mailbox.defaults", "region", text, now, "", R"("MX")",
           "where phone numbers without a calling code are from, when neither address nor domain of the writer says "
           "so: two letters of ISO 3166"},
    Option{"mailbox.defaults", "language", choice, now, "", R"("es")",
           "of prospects whose language we can't tell; without it the company's", "en|es|vi"},

    Option{"mailbox.oauth2", "provider", choice, required, "", R"("google")",
           "whose endpoints and scopes; generic for any other that has a token endpoint", "google|microsoft|generic"},
    Option{"mailbox.oauth2", "grant", choice, now, "", R"("device")",
           "how we get in: device and browser need a person once; service_account (Google) and client_credentials "
           "nobody; without it browser for Google, device for others",
           "device|browser|service_account|client_credentials"},
    Option{"mailbox.oauth2", "client_id", text, now, "", R"("1234.apps.googleusercontent.com")",
           "of your registration there; a service account needs none"},
    Option{"mailbox.oauth2", "client_secret_file", path, now, "", R"("/etc/leadmail/sales.oauth")",
           "its secret, if it has one, in a file that nobody else can read"},
    Option{"mailbox.oauth2", "credential", id, now, "", R"("sales-oauth")",
           "or the name of a systemd credential that holds the secret"},
    Option{"mailbox.oauth2", "secret_expires", date, now, "", R"("2028-06-30")",
           "when the secret ends, as the provider says: administrators are told 30 days, 7 days and a day before; the "
           "end of a certificate is read from it"},
    Option{"mailbox.oauth2", "key_file", path, now, "", R"("/etc/leadmail/sales-key.json")",
           "the JSON key of a service account, or the private key (PEM) of certificate_file"},
    Option{"mailbox.oauth2", "certificate_file", path, now, "", R"("/etc/leadmail/sales-cert.pem")",
           "client_credentials with a certificate instead of a secret"},
    Option{"mailbox.oauth2", "tenant", text, now, "", R"("11111111-2222-3333-4444-555555555555")",
           "Microsoft's directory: its ID or domain; needed for client_credentials, else organizations"},
    Option{"mailbox.oauth2", "scopes", texts, now, "[]", R"(["https://mail.google.com/"])",
           "what we ask for, where the provider's usual ones will not do"},
    Option{"mailbox.oauth2", "token_endpoint", text, now, "", R"("https://login.acme.example/token")",
           "of a generic provider"},
    Option{"mailbox.oauth2", "authorization_endpoint", text, now, "", R"("https://login.acme.example/authorize")",
           "of a generic provider, for the grant browser"},
    Option{"mailbox.oauth2", "device_endpoint", text, now, "", R"("https://login.acme.example/device")",
           "of a generic provider, for the grant device"},
    Option{"mailbox.oauth2", "redirect_port", integer, now, "0", "8400",
           "the port of this machine to which the browser comes back, where the registration fixes one; 0 is any"},
    Option{"mailbox.oauth2", "tls_ca", path, now, "", R"("/etc/leadmail/ca.pem")",
           "a private certificate authority of the endpoints; without it the system's"},

    Option{"user", "id", id, required, "", R"("ana")", "what rules and commands name; never change it"},
    Option{"user", "name", text, shown, "", R"("Ana López")", "as prospects see it; without it the id"},
    Option{"user", "address", address, required, "", R"("ana@acme.example")",
           "where notices go, and whose mail is this user's"},
    Option{"user", "addresses", addresses, now, "[]", R"(["ana.lopez@acme.example"])", "further ones"},
    Option{"user", "role", choice, now, R"("rep")", "", "a rep sees his own and his teams' leads, the others see all",
           "rep|manager|admin"},
    Option{"user", "language", choice, now, "", R"("es")", "of mails to this user; without it the company's",
           "en|es|vi"},
    Option{"user", "timezone", zone, now, "", R"("America/Mexico_City")",
           "where this user works; without it the company's"},
    Option{"user", "weight", integer, now, "1", "", "the share of leads where a rule is weighted"},
    Option{"user", "takes_leads", boolean, now, "true", "",
           "false: rules give this user no new leads; #assign still does"},
    Option{"user", "capacity", integer, now, "0", "40",
           "rules give no more to who has so many open leads; 0 is no limit"},
    Option{"user", "domains", hosts, now, "[]", R"(["bigcustomer.example"])",
           "leads from there come to this user before others of the same rule"},
    Option{"user", "region", id, now, "", R"("jalisco")", "whose holidays are his too; a [[region]]"},
    Option{"user", "hours", table, now, "", R"({ days = ["mon","tue","wed"], from = "08:00", to = "14:00" })",
           "working hours; without them the company's"},
    Option{"user", "holidays", dates, now, "[]", R"(["2027-02-05"])", "further days off"},
    Option{"user", "away", tables, now, "[]", R"([{ from = 2026-12-22, to = 2027-01-07, deputy = "luis" }])",
           "absences; both ends are days off"},

    Option{"user.hours", "days", days, now, R"(["mon","tue","wed","thu","fri"])", "", "working days"},
    Option{"user.hours", "from", clock, now, R"("09:00")", "", "when work begins, local time"},
    Option{"user.hours", "to", clock, now, R"("18:00")", "", "when it ends"},

    Option{"user.away", "from", date, required, "", "2026-12-22", "first day"},
    Option{"user.away", "to", date, required, "", "2027-01-07", "last day"},
    Option{"user.away", "deputy", id, now, "", R"("luis")", "who gets the leads meanwhile"},

    Option{"team", "id", id, required, "", R"("mx")", "what rules and commands name"},
    Option{"team", "members", ids, now, "[]", R"(["ana"])", "users"},
    Option{"team", "lead", id, now, "", R"("ana")", "who is told when a lead is left waiting"},

    Option{"region", "id", id, required, "", R"("jalisco")", "what users name"},
    Option{"region", "holidays", dates, now, "[]", R"(["2026-10-12"])", "days on which nobody works there"},

    Option{"branch", "id", id, required, "", R"("cdmx")", "what rules name"},
    Option{"branch", "team", id, required, "", R"("mx")", "who works there"},
    Option{"branch", "latitude", number, now, "", "19.43",
           "degrees north; leads in no territory go to the nearest branch when their latitude and longitude are known"},
    Option{"branch", "longitude", number, now, "", "-99.13", "degrees east"},
    Option{"branch", "territory", table, now, "", R"({ country = "MX", postal_prefix = ["01", "02"] })",
           "which leads are its own: what is given has to fit, the most exact fit wins"},
    Option{"branch.territory", "country", text, now, "", R"("MX")", "two letters. ISO 3166-1"},
    Option{"branch.territory", "region", texts, now, "[]", R"(["Jalisco"])", "states or provinces"},
    Option{"branch.territory", "postal_prefix", texts, now, "[]", R"(["01", "02"])", "how its postal codes begin"},

    Option{"assign", "name", text, required, "", R"("Mexico")", "how logs and the audit name it"},
    Option{"assign", "priority", integer, now, "100", "10", "lower comes first; equal ones in the order of the file"},
    Option{"assign", "when", condition, now, "",
           R"({ all = [ { field = "country", is = "MX" }, { not = { field = "email", domain = "gmail.com" } } ] })",
           "is, in, contains, matches, domain, before, after, exists; all, any, not; without it always"},
    Option{
        "assign", "to", strategy, required, "", R"({ round_robin = ["ana"] })",
        "one of { user = \"ana\" }, { round_robin = [users or teams] }, { weighted = [users] } or { weighted = { ana = "
        "3 } }, { least_open = [users] }, { quota = { ana = 20 } } a month, { field = \"form.agent\" } which names a "
        "user, { branch = true }, { sticky = true } or \"person\", \"organisation\", \"customer\": who had them "
        "before, { offer = \"team\" }: the first #claim wins"},
    Option{"assign", "hours", choice, now, R"("prefer")", "",
           "who works at that hour comes first, or alone (else the next rule is asked), or it does not matter",
           "prefer|only|ignore"},
    Option{
        "assign", "when_away", choice, now, "", R"("deputy")",
        "nobody it names is there: a new lead waits, goes to the deputy, or on to others; without it the next rule is "
        "asked, and the deputy of an owner hears of mail on his leads",
        "wait|deputy|reassign"},
    Option{"assign", "acknowledge_within", duration, now, "", R"("2h")",
           "how long the owner, or the team that it is offered to, may leave it untouched; in working time"},
    Option{"assign", "first_answer_within", duration, now, "", R"("4h")",
           "how long a new prospect may wait for his first answer; in working time of the owner"},
    Option{"assign", "answer_within", duration, now, "", R"("8h")", "and for each later one"},
    Option{"assign", "warn_before", duration, now, "", R"("30m")",
           "so long before one of these ends its owner is told of it; in working time; without it he is told after"},
    Option{"assign", "then", choice, now, R"("escalate")", R"("reassign")",
           "what follows after that: the owner is warned; his team's lead hears of it too; another one gets it; it is "
           "offered to the team",
           "warn|escalate|reassign|offer"},
    Option{"assign", "unassign_when", condition, now, "", R"({ field = "tags", is = "wrong-person" })",
           "when its owner loses it again, and the team may claim it"},
    Option{"assign", "close_when", condition, now, "", R"({ field = "status", is = "interested" })",
           "when nothing more is owed on it, and nobody is reminded"},

    Option{"field", "name", id, required, "", R"("budget")", "what commands, rules and exports name"},
    Option{"field", "type", choice, now, R"("text")", R"("money")", "what it holds",
           "text|number|money|date|choice|boolean"},
    Option{"field", "labels", labels, now, "", R"({ es = "Presupuesto", vi = "Ngân sách" })",
           "for people, by language"},
    Option{"field", "choices", texts, now, "[]", R"(["small", "large"])", "of a choice"},
    Option{"field", "required", boolean, now, "false", "", "must it be filled in before there may be an opportunity?"},

    Option{"limits", "max_message", size, now, R"("150MB")", "",
           "of a longer mail the header, the first 256 KiB and the attachments' names are taken"},
    Option{"limits", "parsers", integer, now, "2", "", "confined processes that read mail; 1 to 64"},
    Option{"limits", "parse_time", duration, now, R"("20s")", "",
           "a parser that needs longer is replaced, and the mail quarantined"},
    Option{"limits", "senders", integer, now, "2", "", "threads that speak SMTP; 1 to 64"},
    Option{"limits", "acknowledgements_a_day", integer, now, "200", "",
           "automatic mail to people who are not users; a storm ends here"},
    Option{"limits", "acknowledgements_a_day_to_domain", integer, now, "50", "",
           "of these, to one domain that is no free-mail provider's"},
    Option{"limits", "storm_mails", integer, now, "20", "",
           "so much automatic mail to one such domain within ten minutes, and it stops for an hour and you are told; 0 "
           "is no limit"},
    Option{"limits", "mails_a_minute_to_domain", integer, now, "20", "",
           "how fast we send to one domain outside; 0 is no limit"},
    Option{"limits", "subject_window", duration, now, R"("30d")", "",
           "how long the same subject from the same people is the same thread"},
    Option{"limits", "notices_an_hour", integer, now, "60", "",
           "above it, mail to a user waits ten minutes and becomes one; nothing is left out; 0 is no limit"},

    Option{"lists", "potential", texts, now, R"(["low", "medium", "high"])", "", "how much may come of it"},
    Option{"lists", "source", texts, now, "[]", R"(["mail", "site", "fair"])", "where leads come from"},
    Option{"lists", "medium", texts, now, "[]", R"(["print", "web"])", "how they heard of us"},
    Option{"lists", "campaign", texts, now, "[]", R"(["spring fair"])", "what we did to be heard"},
    Option{"lists", "lead_type", texts, now, "[]", R"(["client", "partner"])", "what they may become"},
    Option{"lists", "segment", texts, now, "[]", R"(["small business"])", "market segments"},
    Option{"lists", "industry", texts, now, "[]", R"(["food", "textile"])", "sectors"},
    Option{"lists", "product", texts, now, "[]", R"(["pumps"])", "what they may buy"},
    Option{"lists", "lost_reason", texts, now, "[]", R"(["price", "time"])", "why a quotation was lost"},
    Option{"lists", "tag", texts, now, "[]", R"(["vip"])", "tags"},

    Option{"qualification", "required", texts, now, "[]", R"(["need", "budget"])",
           "of need, budget, authority, timeframe, product, heard_through, was_customer"},

    Option{"evaluation", "scores", texts, now, R"(["need", "budget", "authority", "time", "fit"])", "", "five names"},
    Option{"evaluation", "lowest", integer, now, "1", "", "score"},
    Option{"evaluation", "highest", integer, now, "5", "", "score"},
    Option{"evaluation", "verdict", tables, now, "", "",
           "what a sum means: by default below 16 drop, to 20 going well, above it about to close"},
    Option{"evaluation.verdict", "from", integer, now, "", "16", "the smallest sum"},
    Option{"evaluation.verdict", "text", text, now, "", R"("going well")", "what it means"},

    Option{"step", "id", id, required, "", R"("demo")", "what `#step` names"},
    Option{"step", "labels", labels, now, "", R"({ es = "Demostración" })", "for people, by language"},
    Option{"step", "after", duration, now, "", R"("7d")", "when it is planned, counted from the first mail"},

    Option{"stage", "id", id, required, "", R"("proposal")", "what `#stage` names"},
    Option{"stage", "labels", labels, now, "", R"({ es = "Propuesta" })", "for people, by language"},
    Option{"stage", "probability", integer, now, "", "50", "percent, where nobody says more"},
    Option{"stage", "closed", choice, now, "", R"("won")", "a stage that ends the opportunity", "won|lost"},

    Option{"department", "id", id, required, "", R"("billing")", "its name"},
    Option{"department", "addresses", addresses, now, "[]", R"(["billing@acme.example"])", "who is told"},
    Option{"department", "users", texts, now, "[]", R"(["luis"])", "users who are told, at their first address"},
    Option{"department", "on", texts, now, R"(["converted"])", "", "statuses that they are told of"},

    Option{"form", "name", text, required, "", R"("contact form")", "how the source of a lead names it"},
    Option{"form", "from", address, now, "", R"("www@acme.example")", "who sends it"},
    Option{"form", "subject", text, now, "", R"("New inquiry")", "how its subject begins; this or `from` must be set"},
    Option{
        "form", "fields", mapping, now, "", R"({ "Your name" = "name", "E-mail" = "email" })",
        "its labels, and what they mean: name, first_name, last_name, email, phone, company, title, message, subject, "
        "product, quantity, budget, country, city, state, address, postal_code, website, language, date, source, "
        "industry, page, ip, consent, or ignore"},

    Option{"retention", "leads", duration, later, R"("0s")", "", "closed leads"},
    Option{"retention", "raw", duration, later, R"("0s")", "", "mails as they came; their text stays"},
    Option{"retention", "ledger", duration, later, R"("0s")", "", "rows of mail that made no lead"},

    Option{"reminders", "escalate_after", duration, now, R"("8h")", "",
           "a reminder that was left alone for so long, in working time, is told to the lead of the team; 0h is never"},

    Option{"calendar", "folder", path, now, "", R"("/var/lib/leadmail/calendars")",
           "USER.ics is kept there for each user, to be served to his calendar program by somebody else; without it "
           "none is"},
    Option{"calendar", "accept_guest_times", boolean, now, "false", "",
           "a time that a guest proposes for an event is taken over at once when it lies in the rep's working hours; "
           "else, and always without this, he is asked"},

    Option{"digest", "daily", boolean, now, "true", "", "every working day"},
    Option{"digest", "weekly", boolean, now, "true", "",
           "on the first working day of a week, in place of the daily one"},
    Option{"digest", "teams", boolean, now, "true", "",
           "a team's lead and the managers also get one about the whole team"},
    Option{"digest", "at", clock, now, R"("08:00")", "", "local time of its reader"},

    Option{"newsletter", "mailbox", id, now, "", R"("sales")", "who sends it; without it the mailbox of each lead"},
    Option{"newsletter", "mails_a_minute", integer, now, "10", "",
           "slowly, for mail to many is what gets an address blocked"},
    Option{"newsletter", "unsubscribe_url", text, now, "", R"("https://acme.example/unsubscribe")",
           "an https address of yours that takes one-click requests. RFC 8058"},

    Option{
        "metrics", "listen", text, now, "", R"("127.0.0.1:9464")",
        "an address of this machine where Prometheus may ask for /metrics; whoever reaches it may read them, so keep "
        "to loopback or your own network"},
    Option{
        "metrics", "file", path, now, "", R"("/var/lib/prometheus/node-exporter/leadmail.prom")",
        "written each minute for the node exporter, which reads *.prom; the daemon has to be allowed to write there"},

    Option{"templates", "path", path, now, R"("/etc/leadmail/templates")", "",
           "LANG/NAME.txt and .html there replace the built-in ones; docs/mails.md tells how they are written"},
};

}  // namespace

std::span<const Section> sections() { return kSections; }
std::span<const Option> options() { return kOptions; }

}  // namespace leadmail::daemon
