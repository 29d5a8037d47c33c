#include "daemon/admin/understand.h"

#include "mail/message/parse.h"

namespace leadmail::daemon::admin {

namespace message = mail::message;

message::Message understand_mail(mail::worker::Pool& pool, std::string_view raw) {
  message::Message mail;
  mail.identity = message::read_identity(raw);
  auto content = pool.parse({.raw = raw});
  if (content) {
    mail.content = std::move(*content);
  } else {
    mail.content.defects.push_back("the body could not be read: " + content.error().what);
  }
  message::classify(mail);
  return mail;
}

}  // namespace leadmail::daemon::admin
