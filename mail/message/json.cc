#include "mail/message/json.h"

#include <nlohmann/json.hpp>

#include "mail/message/form.h"
#include "mail/message/relay.h"
#include "mail/message/signature.h"

namespace leadmail::mail::message {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const Address& address) { return {{"name", address.name}, {"address", address.address}}; }

Json json_of(const std::vector<Address>& addresses) {
  Json list = Json::array();
  for (const auto& address : addresses) list.push_back(json_of(address));
  return list;
}

Json json_of(const Attachment& attachment) {
  return {{"filename", attachment.filename}, {"content_type", attachment.content_type},
          {"size", attachment.size},         {"sha256", attachment.sha256},
          {"inline", attachment.is_inline},  {"content_id", attachment.content_id}};
}

Json json_of(const std::optional<Bounce>& bounce) {
  if (!bounce) return nullptr;
  Json recipients = Json::array();
  for (const auto& recipient : bounce->recipients) {
    recipients.push_back({{"address", recipient.address},
                          {"action", recipient.action},
                          {"status", recipient.status},
                          {"diagnostic", recipient.diagnostic}});
  }
  return {{"recipients", recipients}, {"original_message_id", bounce->original_message_id}};
}

Json json_of(const std::optional<Forwarded>& forwarded) {
  if (!forwarded) return nullptr;
  Json others = Json::array();
  for (const auto& other : forwarded->others)
    others.push_back({{"from", json_of(other.from)}, {"subject", other.subject}});
  return {{"from", json_of(forwarded->from)},
          {"date", forwarded->date},
          {"subject", forwarded->subject},
          {"text", forwarded->text},
          {"others", others}};
}

Json json_of(const std::optional<CalendarPart>& calendar) {
  if (!calendar) return nullptr;
  return {{"method", calendar->method},
          {"uid", calendar->uid},
          {"partstat", calendar->partstat},
          {"start", calendar->start}};
}

Json json_of(const std::vector<std::pair<std::string, std::string>>& form) {
  if (form.empty()) return nullptr;
  Json fields = Json::object();
  for (const auto& [label, value] : form) {
    if (fields.contains(label)) {
      fields[label] = fields[label].get<std::string>() + "\n" + value;
    } else {
      fields[label] = value;
    }
  }
  return fields;
}

Json fields_json(const FormFields& form) {
  if (form.empty()) return nullptr;
  Json fields = Json::object();
  for (const auto& [key, value] : form_values(form)) fields[key] = value;
  return fields;
}

Json signature_json(const Message& message) {
  if (message.content.signature.empty()) return nullptr;
  const auto& from = message.identity.from;
  const auto signature = read_signature(message.content.signature, from.empty() ? Address{} : from.front());
  Json phones = Json::array();
  for (const auto& phone : signature.phones)
    phones.push_back({{"kind", phone.kind}, {"written", phone.written}, {"e164", phone.e164}});
  return {{"name", signature.name.value},       {"title", signature.title.value},
          {"company", signature.company.value}, {"website", signature.website.value},
          {"address", signature.address.value}, {"phones", phones},
          {"emails", signature.emails}};
}

Json auto_reply_json(const Message& message) {
  if (message.kind != Kind::auto_reply) return nullptr;
  const auto& returns = message.content.returns;
  return {{"returns", returns.empty() ? Json(nullptr) : Json(returns)}};
}

/// Whom an inquiry is from: of a form its visitor, of a relay the author, else From.
Address writer_of(const Message& message) {
  Address writer;
  for (const auto& [key, value] : form_values(message.content.form)) {
    if (key == "email") writer.address = value;
    if (key == "name") writer.name = value;
  }
  if (!writer.address.empty()) return writer;
  if (auto author = read_relay(message.identity)) return std::move(*author);
  return message.identity.from.empty() ? Address{} : message.identity.from.front();
}

}  // namespace

std::string to_json(const Message& message, std::string_view file) {
  const Identity& identity = message.identity;
  const Content& content = message.content;
  Json attachments = Json::array();
  for (const auto& attachment : content.attachments) attachments.push_back(json_of(attachment));
  auto defects = identity.header.defects;
  for (const auto& defect : content.defects) {
    if (std::find(defects.begin(), defects.end(), defect) == defects.end()) defects.push_back(defect);
  }

  const Json json{
      {"file", file},
      {"message_id", identity.message_id},
      {"date",
       identity.date ? Json(to_rfc3339(*identity.date, std::chrono::minutes{identity.date_offset})) : Json(nullptr)},
      {"from", identity.from.empty() ? json_of(Address{}) : json_of(identity.from.front())},
      {"reply_to", json_of(identity.reply_to)},
      {"to", json_of(identity.to)},
      {"cc", json_of(identity.cc)},
      {"subject", identity.subject},
      {"in_reply_to", identity.in_reply_to},
      {"references", identity.references},
      {"kind", name(message.kind)},
      {"kind_reason", message.kind_reason},
      {"kind_is_sure", message.kind_is_sure},
      {"writer", json_of(writer_of(message))},
      {"text", content.text},
      {"reply", content.reply},
      {"signature", content.signature},
      {"signature_fields", signature_json(message)},
      {"quoted", content.quoted},
      {"language", content.language},
      {"attachments", attachments},
      {"bounce", json_of(content.bounce)},
      {"form", json_of(content.form)},
      {"form_fields", fields_json(content.form)},
      {"forwarded", json_of(content.forwarded)},
      {"calendar", json_of(content.calendar)},
      {"auto_reply", auto_reply_json(message)},
      {"encrypted", content.is_encrypted},
      {"reaction", content.reaction},
      {"recalled", content.recalled},
      {"defects", defects},
  };
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace leadmail::mail::message
