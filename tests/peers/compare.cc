#include "tests/peers/compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>

#include "mail/message/ascii.h"
#include "mail/message/body.h"
#include "mail/message/parse.h"
#include "mail/message/sha256.h"
#include "mail/message/transfer.h"

namespace leadmail::peers {
namespace {

namespace message = mail::message;
namespace ascii = mail::message::ascii;

/// White space is folded and trimmed: how a field was broken into lines is nobody's business.
std::string folded(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (!ascii::is_space(c)) {
      result += c;
    } else if (!result.empty() && result.back() != ' ') {
      result += ' ';
    }
  }
  while (result.ends_with(' ')) result.pop_back();
  return result;
}

/// Text without white space and quote marks, which format=flowed moves. RFC 3676 §4.5
std::string squeezed(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (ascii::is_control(text[i]) || ascii::is_space(text[i]) || text[i] == '>') continue;
    if (text.substr(i).starts_with("\xEF\xBB\xBF")) {
      i += 2;
      continue;
    }
    result += text[i];
  }
  return result;
}

void collect_leaves(const message::Structure& structure, std::size_t index, std::vector<std::size_t>& into) {
  const auto& part = structure.parts[index];
  if (part.children.empty() && !part.is_message() && !part.is_multipart()) into.push_back(index);
  for (const auto child : part.children) collect_leaves(structure, child, into);
}

/// "Ann <ann@a.example>, …"; what is no mailbox in angle brackets counts as a name.
std::string list(const std::vector<message::Address>& addresses) {
  std::string text;
  for (const auto& address : addresses) {
    const auto at = address.address.rfind('@');
    const auto domain = at == std::string::npos ? std::string{} : ascii::lower(address.address.substr(at));
    text += fmt::format("{} <{}{}>, ", folded(address.name), address.address.substr(0, at), domain);
  }
  return text;
}

std::string list(const std::vector<std::string>& ids) { return fmt::format("{}", fmt::join(ids, " ")); }

std::vector<Difference> compare_header(const Mail& mail) {
  const auto& ours = mail.ours.identity;
  const auto& theirs = mail.theirs;
  const auto date = [](const std::optional<std::int64_t>& time) { return time ? std::to_string(*time) : "none"; };
  return {{"from", list(ours.from), list(theirs.from)},
          {"to", list(ours.to), list(theirs.to)},
          {"cc", list(ours.cc), list(theirs.cc)},
          {"subject", folded(ours.subject), folded(theirs.subject)},
          {"message-id", ours.message_id, theirs.message_id},
          {"in-reply-to", list(ours.in_reply_to), list(theirs.in_reply_to)},
          {"references", list(ours.references), list(theirs.references)},
          {"date", date(ours.date ? std::optional(to_unix(*ours.date)) : std::nullopt), date(theirs.date)}};
}

std::string describe_file(std::string_view name, std::string_view bytes) {
  return fmt::format("{} {} {}", folded(name), bytes.size(), message::sha256_hex(bytes).substr(0, 8));
}

Difference compare_leaf(const Mail& mail, std::size_t index, const Leaf& leaf) {
  const auto& part = mail.ours.structure.parts[index];
  if (leaf.sha256.empty()) return {"text", squeezed(mail.ours.text(index)), squeezed(leaf.text), index};
  return {"file", describe_file(message::declared_name(part), message::decode(part.body, part.encoding)),
          fmt::format("{} {} {}", folded(leaf.filename), leaf.size, leaf.sha256.substr(0, 8)), index};
}

/// The leaves by type, then each by what is in it, where there are as many.
std::vector<Difference> compare_parts(const Mail& mail) {
  const auto leaves = mail.ours.leaves();
  std::vector<std::string> ours;
  std::vector<std::string> theirs;
  ours.reserve(leaves.size());
  theirs.reserve(mail.theirs.leaves.size());
  for (const auto index : leaves) ours.push_back(mail.ours.structure.parts[index].type.value);
  for (const auto& leaf : mail.theirs.leaves) theirs.push_back(leaf.content_type);
  std::vector<Difference> result{{"parts", list(ours), list(theirs)}};
  for (std::size_t i = 0; ours == theirs && i < leaves.size(); ++i)
    result.push_back(compare_leaf(mail, leaves[i], mail.theirs.leaves[i]));
  return result;
}

/// Nothing that GMime takes for an attached file may be missing among ours; we take more for one.
std::vector<Difference> compare_attachments(const Mail& mail) {
  std::vector<Difference> result;
  for (const auto& leaf : mail.theirs.leaves) {
    if (!leaf.is_attachment || leaf.sha256.empty()) continue;
    const auto& files = mail.ours.content.attachments;
    const bool known =
        std::any_of(files.begin(), files.end(), [&](const auto& file) { return file.sha256 == leaf.sha256; });
    result.push_back({"attachment", known ? leaf.filename : "", leaf.filename});
  }
  return result;
}

}  // namespace

Ours::Ours(std::string_view raw)
    : identity(message::read_identity(raw)), structure(message::read_structure(raw)), content(message::parse(raw)) {}

std::string Ours::text(std::size_t part) const {
  const message::Limits limits;
  return message::Leaves(structure, limits).text(part);
}

std::vector<std::size_t> Ours::leaves() const {
  std::vector<std::size_t> result;
  collect_leaves(structure, 0, result);
  return result;
}

std::vector<Difference> differences(const Mail& mail) {
  std::vector<Difference> result;
  for (auto& some : {compare_header(mail), compare_parts(mail), compare_attachments(mail)}) {
    std::copy_if(some.begin(), some.end(), std::back_inserter(result),
                 [](const Difference& difference) { return difference.ours != difference.theirs; });
  }
  return result;
}

}  // namespace leadmail::peers
