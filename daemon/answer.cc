#include "daemon/answer.h"

#include <algorithm>
#include <array>

#include "core/leads/token.h"
#include "daemon/wording.h"
#include "mail/message/ascii.h"
#include "mail/message/parse.h"
#include "mail/message/subject.h"

namespace leadmail::daemon {
namespace {

namespace message = mail::message;
using Use = leads::Attachment::Use;

/// How mail programs begin the history in HTML. Only looked for, never parsed: a miss costs an image too many.
constexpr auto kHistory = std::to_array<std::string_view>(
    {"gmail_quote", "divRplyFwdMsg", "appendonsend", "moz-cite-prefix", "type=\"cite\"", "yahoo_quoted",
     "mail-editor-reference-message-container", "protonmail_quote", "<blockquote", "border:none;border-top:solid"});

std::size_t begin_of_history(std::string_view html) {
  auto begin = html.size();
  for (const auto mark : kHistory) begin = std::min(begin, html.find(mark));
  return begin;
}

/// Whether a reader sees anything there: letters outside of tags.
bool shows_text(std::string_view html) {
  std::size_t depth = 0;
  for (const char c : html) {
    if (c == '<') depth = 1;
    const bool visible = static_cast<unsigned char>(c) > 0x7f || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (depth == 0 && visible) return true;
    if (c == '>') depth = 0;
  }
  return false;
}

enum class Place { new_text, history, nowhere };

/// Where the rep's HTML shows that image.
Place place_of(const message::Attachment& image, std::string_view html, std::size_t history) {
  const auto at = html.find("cid:" + image.content_id);
  if (at == std::string_view::npos) return Place::nowhere;
  // Where nothing stands above the history, the new text stands below it.
  return at < history || !shows_text(html.substr(0, history)) ? Place::new_text : Place::history;
}

/// The rep's whole mail, commands and quotes and all, in an envelope of its own, or a signature over it. The files in
/// Outlook's envelope are attachments besides.
bool is_whole_mail(const message::Attachment& attachment) {
  constexpr auto kEnvelopes =
      std::to_array<std::string_view>({"pkcs7-signature", "pgp-signature", "pkcs7-mime", "pgp-encrypted", "ms-tnef"});
  const auto has_type = [&](std::string_view type) { return attachment.content_type.ends_with(type); };
  const auto name = message::ascii::lower(attachment.filename);
  return std::ranges::any_of(kEnvelopes, has_type) || name == "winmail.dat" || name.ends_with(".p7m");
}

/// A program that attaches the mail that it answers attaches our notice, with its token and what is only for the rep.
/// Exchange makes attachments of text below other ones: "ATT00001.htm" with the notice quoted in it.
bool is_our_notice(const message::Attachment& attachment) {
  const auto name = message::ascii::lower(attachment.filename);
  if (attachment.content_type.starts_with("text/"))
    return name.starts_with("att0") && leads::token_in(attachment.content).has_value();
  const bool is_mail = attachment.content_type.starts_with("message/") || name.ends_with(".eml");
  return is_mail && message::read_identity(attachment.content).header.has("X-Leadmail-Instance");
}

void add_attachments(const message::Content& brought, message::Draft& draft) {
  const auto uses = uses_of(brought);
  for (std::size_t i = 0; i < uses.size(); ++i) {
    const auto& attachment = brought.attachments[i];
    if (attachment.content.size() != attachment.size || uses[i] == Use::left_behind) continue;
    draft.attachments.push_back(attachment);
    draft.attachments.back().is_inline = uses[i] == Use::in_text;
  }
}

std::string attribution(const leads::Letter& letter, const std::string& language, const std::string& zone) {
  const auto when = spell_time(letter.quoted_at, zone, language);
  const auto& from = letter.quoted_from;
  const auto who = from.name.empty() ? from.address : from.name + " <" + from.address + ">";
  if (language == "es") return "El " + when + ", " + who + " escribió:";
  if (language == "vi") return "Vào " + when + ", " + who + " đã viết:";
  return "On " + when + ", " + who + " wrote:";
}

Use use_of(const message::Attachment& attachment, std::string_view html, std::size_t history) {
  if (is_whole_mail(attachment) || is_our_notice(attachment)) return Use::left_behind;
  const bool is_image = attachment.is_inline && !attachment.content_id.empty();
  const auto place = is_image ? place_of(attachment, html, history) : Place::nowhere;
  if (place == Place::history) return Use::left_behind;
  return place == Place::new_text ? Use::in_text : Use::file;
}

}  // namespace

std::vector<Use> uses_of(const message::Content& content) {
  const auto history = begin_of_history(content.html);
  std::vector<Use> uses;
  uses.reserve(content.attachments.size());
  for (const auto& attachment : content.attachments) uses.push_back(use_of(attachment, content.html, history));
  return uses;
}

message::Draft write_answer(const leads::Letter& letter, const std::string& language, const std::string& zone,
                            const message::Content* brought) {
  message::Draft draft;
  draft.subject = "Re: " + message::read_subject(letter.subject).base;
  draft.text = letter.text;
  if (brought != nullptr) add_attachments(*brought, draft);

  const bool has_history = !letter.quoted.empty();
  const auto line = has_history ? attribution(letter, language, zone) : std::string();
  if (letter.as_html) {
    std::vector<std::pair<std::string, std::string>> images;
    for (const auto& attachment : draft.attachments) {
      if (attachment.is_inline) images.emplace_back(attachment.content_id, attachment.filename);
    }
    draft.html = answer_html(letter.text, images, line, letter.quoted);
  }
  if (has_history) draft.text += "\n\n" + line + "\n" + quote_lines(letter.quoted);
  return draft;
}

}  // namespace leadmail::daemon
