#include "mail/message/parse.h"

#include <nlohmann/json.hpp>

#include "daemon/admin/commands.h"
#include "daemon/admin/mail_source.h"
#include "daemon/admin/understand.h"
#include "mail/message/json.h"
#include "mail/worker/pool.h"

namespace leadmail::daemon::admin {
namespace {

namespace message = mail::message;

constexpr std::uint64_t kMostBytes = 1'000'000'000;

std::string people(const std::vector<message::Address>& addresses) {
  std::string text;
  for (const auto& [name, address] : addresses) {
    if (!text.empty()) text += ", ";
    if (!name.empty()) text.append(name).append(" <");
    text += address;
    if (!name.empty()) text += '>';
  }
  return text;
}

class Writer {
 public:
  explicit Writer(const Desk& desk) : desk_(desk) {}

  void field(std::string_view label, std::string_view value) {
    if (value.empty()) return;
    constexpr std::size_t kWidth = 12;
    std::string line = coloured(label, Colour::dim, desk_.terminal());
    line.append(kWidth - std::min(kWidth - 1, label.size()), ' ');
    desk_.print(line + shown(value) + "\n");
  }
  void block(std::string_view label, std::string_view text) {
    if (text.empty()) return;
    desk_.print(coloured(label, Colour::dim, desk_.terminal()) + "\n" + shown_lines(text) + "\n");
  }

 private:
  const Desk& desk_;
};

void print_message(const Desk& desk, const message::Message& mail, const std::string& file) {
  Writer writer(desk);
  desk.print(coloured(shown(file), Colour::bold, desk.terminal()) + "\n");
  const auto& [identity, content, kind, kind_reason, is_sure, spam] = mail;
  writer.field("from", people(identity.from));
  writer.field("to", people(identity.to));
  writer.field("cc", people(identity.cc));
  writer.field("subject", identity.subject);
  writer.field("date", identity.date ? to_rfc3339(*identity.date, std::chrono::minutes{identity.date_offset}) : "");
  writer.field("message-id", identity.message_id);
  writer.field("kind", std::string{message::name(kind)} + ": " + kind_reason);
  writer.field("language", content.language);
  for (const auto& attachment : content.attachments) {
    writer.field("attachment", attachment.filename + " (" + attachment.content_type + ", " +
                                   std::to_string(attachment.size) + " bytes)");
  }
  for (const auto& [label, value] : content.form) writer.field(label, value);
  for (const auto& defect : content.defects) writer.field("defect", defect);
  for (const auto& defect : identity.header.defects) writer.field("defect", defect);
  writer.block("new text", content.reply);
  writer.block("signature", content.signature);
  writer.block("quoted", content.quoted);
}

}  // namespace

int run_parse(Desk& desk, const ParseArguments& arguments) {
  mail::worker::Pool pool({.workers = 1});
  for (const auto& file : arguments.files) {
    const auto raw = read_mail_file(file, kMostBytes);
    if (!raw) {
      desk.fail(raw.error());
      continue;  // the others can be read all the same
    }
    const auto mail = understand_mail(pool, *raw);
    if (desk.is_json()) {
      desk.print(message::to_json(mail, file) + "\n");
    } else {
      print_message(desk, mail, file);
    }
  }
  return desk.status();
}

}  // namespace leadmail::daemon::admin
