#include "mail/message/parse.h"

#include <algorithm>
#include <exception>

#include "mail/message/answering_machine.h"
#include "mail/message/ascii.h"
#include "mail/message/attachment.h"
#include "mail/message/auto_reply_words.h"
#include "mail/message/body.h"
#include "mail/message/calendar.h"
#include "mail/message/charset.h"
#include "mail/message/dsn.h"
#include "mail/message/form.h"
#include "mail/message/forwarded.h"
#include "mail/message/gesture.h"
#include "mail/message/language.h"
#include "mail/message/prepass.h"
#include "mail/message/reply_text.h"
#include "mail/message/return_date.h"
#include "mail/message/same_words.h"
#include "mail/message/subject.h"
#include "mail/message/tnef.h"
#include "mail/message/transfer.h"

namespace leadmail::mail::message {
namespace {

constexpr std::size_t kReportParts = 100;
constexpr std::size_t kMostEnvelopes = 20;  // winmail.dat whose text is looked for

/// Nobody writes more by hand; what comes behind it stays in `text` and is not searched for quotes, forwards and forms.
constexpr std::size_t kReadText = std::size_t{256} * 1024;

void note_once(Content& content, std::string_view what) {
  auto& defects = content.defects;
  if (std::find(defects.begin(), defects.end(), what) == defects.end()) defects.emplace_back(what);
}

/// Some gateways put the returned message below the boundary as it is: its header stands where the part's own should.
bool is_bare_message(const Part& part) {
  return part.depth > 0 && !part.is_message() && part.header.has("Received") &&
         (part.header.has("From") || part.header.has("Message-ID"));
}

/// Which parts stand inside an enclosed message: they are somebody else's.
std::vector<bool> nested_parts(const Structure& structure) {
  std::vector<bool> nested(structure.parts.size());
  for (std::size_t i = 1; i < structure.parts.size(); ++i) {
    const Part& above = structure.parts[structure.parts[i].parent];
    nested[i] = nested[structure.parts[i].parent] || above.is_message() || is_bare_message(above);
  }
  return nested;
}

void read_types(const Structure& structure, Content& content) {
  const Part& top = structure.parts.front();
  content.content_type = top.type.value;
  content.report_type = ascii::lower(top.type.get("report-type"));
  const auto nested = nested_parts(structure);
  for (std::size_t i = 0; i < structure.parts.size(); ++i) {
    if (nested[i]) continue;  // a report that somebody passes on
    const Part& part = structure.parts[i];
    content.is_feedback_report = content.is_feedback_report || part.is("message/feedback-report");
    content.is_receipt = content.is_receipt || part.is("message/disposition-notification");
  }
  content.is_feedback_report = content.is_feedback_report || content.report_type == "feedback-report";
  content.is_receipt = content.is_receipt || content.report_type == "disposition-notification";
}

/// Marks by which clients say in HTML what is quoted, where the plain text beside it does not.
bool marks_quotes(std::string_view html) {
  for (const std::string_view mark : {"<blockquote", "<BLOCKQUOTE", "gmail_quote", "divRplyFwdMsg", "yahoo_quoted",
                                      "border-top:solid", "moz-cite-prefix", "appendonsend"}) {
    if (html.find(mark) != std::string_view::npos) return true;
  }
  return false;
}

bool is_quoted_or_blank(std::string_view line) { return line.starts_with('>') || ascii::trim(line).empty(); }

/// In text that came from HTML a quote mark is the client's own word: what is marked at the end is quoted beyond doubt.
void cut_marked_end(ReplyParts& parts) {
  std::string_view reply = parts.reply;
  std::size_t cut = reply.size();
  bool any = false;
  for (std::size_t end = reply.size(); end > 0;) {
    const std::size_t lf = reply.rfind('\n', end - 1);
    const std::size_t begin = lf == std::string_view::npos ? 0 : lf + 1;
    const auto line = reply.substr(begin, end - begin);
    if (!is_quoted_or_blank(line)) break;
    if (line.starts_with('>')) {
      any = true;
      cut = begin;
    }
    end = begin > 0 ? begin - 1 : 0;
  }
  if (!any) return;
  parts.quoted.insert(0, std::string(reply.substr(cut)) + (parts.quoted.empty() ? "" : "\n"));
  parts.reply = std::string(ascii::trim(reply.substr(0, cut)));
}

ReplyParts split_marked(std::string_view text, const ReplyScene& scene) {
  auto parts = split_reply(utf8_prefix(text, kReadText), scene);
  if (scene.answers && !parts.points_below) cut_marked_end(parts);
  return parts;
}

/// Does it say that it belongs to another mail? Some clients say so in the subject alone.
bool refers_to_another(const Identity& identity) {
  if (!identity.in_reply_to.empty() || !identity.references.empty()) return true;
  const auto subject = read_subject(identity.subject);
  return subject.is_reply || subject.is_forward;
}

/// Commands are read from the words above every quote of one plain text; mostly that is the whole body, split already.
std::string read_commands(const Structure& structure, Leaves& leaves, std::string_view text, const ReplyParts& split) {
  const auto part = command_part(structure, leaves);
  if (!part) return {};
  const std::string& plain = leaves.text(*part);
  return plain == text ? split.opening : split_reply(utf8_prefix(plain, kReadText)).opening;
}

void read_reply(const Structure& structure, Leaves& leaves, const Identity& identity, const Body& body,
                Content& content) {
  const ReplyScene scene{.answers = refers_to_another(identity)};
  auto parts = body.text_is_from_html ? split_marked(content.text, scene)
                                      : split_reply(utf8_prefix(content.text, kReadText), scene);
  content.command_text =
      read_commands(structure, leaves, body.text_is_from_html ? std::string_view{} : content.text, parts);
  if (parts.quoted.empty() && !body.text_is_from_html && marks_quotes(body.html)) {
    auto marked = split_marked(html_to_text(body.html), scene);
    if (!marked.quoted.empty() && !marked.reply.empty()) parts = std::move(marked);
  }
  content.reply = std::move(parts.reply);
  content.own_words = std::move(parts.own_words);
  content.signature = std::move(parts.signature);
  content.quoted = std::move(parts.quoted);
}

void read_report(const Structure& structure, Leaves& leaves, const Identity& identity, Content& content) {
  const auto nested = nested_parts(structure);
  std::vector<ReportPart> parts;
  for (std::size_t i = 0; i < structure.parts.size() && parts.size() < kReportParts; ++i) {
    const Part& part = structure.parts[i];
    if (part.flat) continue;
    if (is_bare_message(part)) {
      parts.push_back({"message/rfc822", part.raw, nested[i]});
    } else if (part.is_message()) {
      const bool decoded = part.encoding != Encoding::identity && !part.children.empty();
      parts.push_back({part.type.value, decoded ? structure.parts[part.children.front()].raw : part.body, nested[i]});
    } else if (part.is_text() || (part.type.value.starts_with("message/") && !part.is_multipart())) {
      parts.push_back({part.type.value, leaves.text(i), nested[i]});
    }
  }
  content.bounce = read_bounce(identity, {.report_type = content.report_type, .parts = parts});
}

constexpr std::size_t kMostEnclosed = 51;

/// The messages that this one encloses, not those within them; none of a report or a digest, which speak about others'
/// mail.
std::vector<std::size_t> enclosed_messages(const Structure& structure, const Content& content) {
  if (content.content_type == "multipart/report" || content.bounce) return {};
  const auto nested = nested_parts(structure);
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < structure.parts.size() && found.size() < kMostEnclosed; ++i) {
    const Part& part = structure.parts[i];
    if (!part.is_message() || part.children.empty() || part.flat || nested[i]) continue;
    if (structure.parts[part.parent].is("multipart/digest")) return {};
    found.push_back(part.children.front());
  }
  return found;
}

/// Mails that some programs attach as files of no type: "Quotation.eml".
std::vector<std::size_t> mail_files(const Structure& structure) {
  const auto nested = nested_parts(structure);
  std::vector<std::size_t> found;
  for (std::size_t i = 1; i < structure.parts.size() && found.size() < kMostEnclosed; ++i) {
    const Part& part = structure.parts[i];
    const auto name = declared_name(part);
    if (part.flat || part.is_message() || !part.children.empty() || name.size() <= 4 || nested[i]) continue;
    if (ascii::same(name.substr(name.size() - 4), ".eml")) found.push_back(i);
  }
  return found;
}

Enclosed enclosed_of(const Identity& identity) {
  return {identity.from.empty() ? Address{} : identity.from.front(), identity.subject};
}

std::optional<Enclosed> look_into_mail_file(const Part& part, const Limits& limits) {
  constexpr std::size_t kHeader = std::size_t{256} * 1024;  // an encoded one has to fit, no more is of interest
  const auto identity = read_identity(decode(part.body.substr(0, kHeader), part.encoding, kHeader), limits);
  if (identity.from.empty()) return std::nullopt;
  return enclosed_of(identity);
}

std::optional<Forwarded> read_mail_file(const ForwardedIn& outer, const Part& part, const Limits& limits) {
  constexpr std::size_t kLargest = std::size_t{4} * 1024 * 1024;
  if (part.body.size() > kLargest) return std::nullopt;
  const std::string decoded = decode(part.body, part.encoding, kLargest);
  const auto structure = read_structure(decoded, limits);
  const auto identity = read_identity(decoded, limits);
  if (identity.from.empty()) return std::nullopt;
  Leaves leaves(structure, limits);
  const Body body = read_body(structure, leaves, 0, limits);
  return read_forwarded(outer, identity, utf8_prefix(body.text, kReadText));
}

void read_attached_forward(const Structure& structure, Leaves& leaves, const ForwardedIn& outer, const Limits& limits,
                           Content& content) {
  const auto messages = enclosed_messages(structure, content);
  auto files = mail_files(structure);
  if (!messages.empty()) {
    const Body inner = read_body(structure, leaves, messages.front(), limits);
    content.forwarded = read_forwarded(outer, read_identity(structure.parts[messages.front()].raw, limits),
                                       utf8_prefix(inner.text, kReadText));
  }
  while (!content.forwarded && !files.empty()) {
    content.forwarded = read_mail_file(outer, structure.parts[files.front()], limits);
    files.erase(files.begin());
  }
  if (!content.forwarded) return;
  auto& others = content.forwarded->others;
  for (std::size_t i = 1; i < messages.size(); ++i)
    others.push_back(enclosed_of(read_identity(structure.parts[messages[i]].raw, limits)));
  for (std::size_t i = 0; i < files.size() && others.size() + 1 < kMostEnclosed; ++i) {
    if (auto other = look_into_mail_file(structure.parts[files[i]], limits)) others.push_back(*std::move(other));
  }
}

/// Of a page beside a text in which no forward was found. Answers in a thread that began with a forward still say so in
/// their subject; to build a tree of each of their pages would take longer than all else.
bool page_may_show_forward(const Identity& identity, const Body& body, std::string_view text) {
  if (body.text_is_from_html || body.html.empty() || !read_subject(identity.subject).is_forward) return false;
  return text.size() > kReadText || may_hold_forward(text) || !says_the_same(body.html, text);
}

void read_forward(const Structure& structure, Leaves& leaves, const Identity& identity, const Body& body,
                  const Limits& limits, Content& content) {
  if (content.bounce) return;
  const ForwardedIn outer{.subject = identity.subject,
                          .address = identity.from.empty() ? std::string_view{} : identity.from.front().address,
                          .when = {identity.date, identity.date_offset}};
  // What is attached to a mail that is forwarded inline belongs to that mail.
  content.forwarded = read_forwarded(outer, utf8_prefix(content.text, kReadText));
  if (!content.forwarded) read_attached_forward(structure, leaves, outer, limits, content);
  // Some programs run the header block together in plain text, and write it well in HTML.
  if (!content.forwarded && page_may_show_forward(identity, body, content.text))
    content.forwarded = read_forwarded(outer, utf8_prefix(html_to_text(body.html), kReadText));
}

/// Of a mail that a machine may have written as an answer: when its owner is back.
void read_absence(const Identity& identity, Content& content) {
  const bool may_be = !answering_machine(identity.header).empty() || identity.header.has("Auto-Submitted") ||
                      identity.header.has("Precedence") || identity.return_path == "<>" ||
                      auto_subject(identity.subject) != AutoSubject::none;
  if (!may_be || content.bounce) return;
  const auto text = content.reply.empty() ? content.text : content.reply;
  const auto day = read_return(identity.subject + "\n\n" + std::string(utf8_prefix(text, kReadText)),
                               {identity.date, identity.date_offset});
  if (day) content.returns = to_iso(*day);
}

/// A part of this mail, not of one that it encloses, that is encrypted; or armour and nothing else written anew.
bool is_encrypted(const Structure& structure, const Content& content) {
  constexpr std::string_view kArmour = "-----BEGIN PGP MESSAGE-----";
  const auto nested = nested_parts(structure);
  for (std::size_t i = 0; i < structure.parts.size(); ++i) {
    const Part& part = structure.parts[i];
    if (nested[i]) continue;
    if (part.is("multipart/encrypted")) return true;
    // A file "invoice.xml.p7m" is signed mostly: RFC 8551 §3.2 wants the kind told, and old clients tell none.
    const auto kind = ascii::lower(part.type.get("smime-type"));
    const bool enveloped = kind == "enveloped-data" || kind == "authenveloped-data" || (kind.empty() && i == 0);
    if (part.is_smime() && part.children.empty() && enveloped) return true;
  }
  return ascii::trim(content.reply).starts_with(kArmour);
}

/// What a client sends for a click of its owner.
void read_gestures(const Structure& structure, Leaves& leaves, Content& content) {
  if (content.bounce || content.forwarded) return;
  const auto nested = nested_parts(structure);
  for (std::size_t i = 0; i < structure.parts.size() && content.reaction.empty(); ++i) {
    const Part& part = structure.parts[i];
    if (!part.flat && !nested[i] && part.is("text/vnd.google.email-reaction+json"))
      content.reaction = read_reaction_part(leaves.text(i));
  }
  const auto& written = content.reply.empty() ? content.text : content.reply;
  if (content.reaction.empty()) content.reaction = read_reaction_text(written);
  if (content.attachments.empty()) content.recalled = read_recall(written);
}

void read_calendar_part(const Structure& structure, Leaves& leaves, Content& content) {
  for (std::size_t i = 0; i < structure.parts.size() && !content.calendar; ++i) {
    const Part& part = structure.parts[i];
    if (part.flat || (!part.is("text/calendar") && !part.is("application/ics"))) continue;
    content.calendar = read_calendar(leaves.text(i));
    if (content.calendar && content.calendar->method.empty()) {
      for (const char c : part.type.get("method")) content.calendar->method.push_back(ascii::upper(c));
    }
  }
}

bool is_tnef(const Part& part) {
  return part.is("application/ms-tnef") || part.is("application/vnd.ms-tnef") ||
         ascii::same(declared_name(part), "winmail.dat");
}

/// Outlook's own envelope: its files are attachments too, and its text is the body where the mail has no other.
void read_tnef_parts(const Structure& structure, const ParseOptions& options, Body& body, Attachments& attachments,
                     Content& content) {
  std::size_t envelopes = 0;
  for (const Part& part : structure.parts) {
    if (part.flat || !is_tnef(part)) continue;
    const std::string bytes = decode(part.body, part.encoding);
    // Its text may be compressed a hundredfold, and is wanted only where there is no other.
    const bool wanted = ascii::trim(body.text).empty() && ++envelopes <= kMostEnvelopes;
    Tnef tnef = read_tnef(bytes, wanted ? options.limits.text : 0);
    if (tnef.damaged) note_once(content, "a winmail.dat that is damaged");
    for (const TnefFile& file : tnef.files) {
      if (attachments.add(attachment_of(file.name, file.content_type, file.content, options), options.limits))
        attachments.all.back().content_id = file.content_id;
    }
    if (!wanted) continue;
    body.text_is_from_html = tnef.text.empty() && !tnef.html.empty();
    body.text = body.text_is_from_html ? html_to_text(tnef.html) : std::move(tnef.text);
    normalise_text(body.text);
    if (body.html.empty()) body.html = std::move(tnef.html);
  }
}

/// The page to look for a form in; "" where none can be: a form answers nobody, is not long, and names an address.
std::string_view form_page(const Identity& identity, const Body& body) {
  constexpr std::size_t kLong = std::size_t{256} * 1024;
  const bool none = !identity.in_reply_to.empty() || body.html.size() > kLong ||
                    body.html.find('@') == std::string::npos || marks_quotes(body.html);
  return none ? std::string_view{} : std::string_view(body.html);
}

Content read_content(std::string_view raw, const ParseOptions& options) {
  Content content;
  const Identity identity = read_identity(raw, options.limits);
  const Structure structure = read_structure(raw, options.limits);
  content.defects = structure.defects;
  read_types(structure, content);

  Leaves leaves(structure, options.limits);
  Body body = read_body(structure, leaves, 0, options.limits);
  Attachments attachments = read_attachments(structure, body, options);
  for (const std::size_t shown : body.shown) {
    for (const UuFile& file : leaves.files(shown))
      attachments.add(attachment_of(file.name, {}, file.content, options), options.limits);
  }
  read_tnef_parts(structure, options, body, attachments, content);
  if (attachments.left_out) note_once(content, "more attachments than we read");
  content.attachments = std::move(attachments.all);
  content.text = body.text;

  read_reply(structure, leaves, identity, body, content);
  read_report(structure, leaves, identity, content);
  read_forward(structure, leaves, identity, body, options.limits, content);
  read_gestures(structure, leaves, content);
  content.is_encrypted = is_encrypted(structure, content);
  read_absence(identity, content);
  read_calendar_part(structure, leaves, content);
  if (!content.bounce) content.form = read_form(utf8_prefix(content.text, kReadText), form_page(identity, body));
  content.language = read_language(content.reply.empty() ? content.text : content.reply);
  content.html = std::move(body.html);
  content.defects.insert(content.defects.end(), leaves.defects().begin(), leaves.defects().end());
  return content;
}

}  // namespace

bool reread_reply(Content& content, std::string_view parent, bool goes_out) {
  // A mail of which nothing seemed new stays one: in a rep's, what is not in its parent may be our notice's.
  if (content.reply.empty() || ascii::trim(parent).empty()) return false;
  auto parts = split_reply(utf8_prefix(content.text, kReadText), {.parent = parent, .goes_out = goes_out});
  if (!parts.answers_inside) cut_marked_end(parts);
  content.below_quote = std::move(parts.below_quote);
  const bool found_below = !content.below_quote.empty();
  // Without the parent, marks of the HTML may have told more than the text does: the shorter reply is the better known
  // one, unless answers between the quoted lines came to light.
  const bool pointed = !content.own_words.empty();
  // Where nobody can say which lines are his, he who points below is shown whole, but sent nowhere.
  if (pointed && !goes_out && !parts.answers_inside && found_below) return true;
  const bool better = pointed || (parts.answers_inside ? parts.reply.size() > content.reply.size()
                                                       : parts.reply.size() < content.reply.size());
  if (parts.reply.empty() || !better) return found_below;
  content.reply = std::move(parts.reply);
  content.own_words.clear();
  content.signature = std::move(parts.signature);
  content.quoted = std::move(parts.quoted);
  content.language = read_language(content.reply);
  return true;
}

Content parse(std::string_view raw, const ParseOptions& options) {
  // The libraries below may throw what they like; only want of memory ends the process.
  try {
    return read_content(raw, options);
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {
    Content content;
    content.defects.emplace_back(std::string("could not be read: ") + error.what());
    return content;
  }
}

}  // namespace leadmail::mail::message
