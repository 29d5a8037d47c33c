#include "mail/smtp/verdict.h"

#include <algorithm>
#include <utility>

#include "mail/net/redact.h"

namespace leadmail::mail::smtp {
namespace {

using Step = Transcript::Step;

/// Busy or throttling: it would say the same to any mail now. 421 closes the channel at any step (RFC 5321 §3.8); 432
/// 4.3.2 is Exchange's limit on concurrent connections.
bool is_throttle(const Reply& reply) {
  return reply.code == 421 || reply.code == 432 || (reply.transient() && reply.enhanced == "4.3.2");
}

/// Our day's allowance or our own mailbox is full, or we are not who may send: 5yz to us, not to this mail.
bool is_quota(const Reply& reply) {
  return (reply.code == 554 && reply.enhanced == "5.2.0") || (reply.code == 552 && reply.enhanced == "5.2.2") ||
         (reply.code == 550 && reply.enhanced == "5.4.5");
}

/// MAIL names nobody but us, so a refusal is about us, unless it is about the mail's size or the address's spelling.
bool refuses_the_account(const Reply& mail) {
  if (mail.transient()) return true;
  return mail.code == 530 || mail.code == 535 || mail.code == 538 || is_quota(mail) ||
         mail.enhanced.starts_with("5.7.") || mail.enhanced.starts_with("5.2.2");
}

/// A RCPT of its own. "552 too many recipients" is an old spelling of 452. RFC 5321 §4.5.3.1.10
Outcome refused(const Reply& rcpt) {
  if (rcpt.code == 552 && rcpt.enhanced.empty()) return Outcome::deferred;
  if (is_throttle(rcpt) || (rcpt.code == 550 && rcpt.enhanced == "5.4.5")) return Outcome::deferred;
  return rcpt.permanent() ? Outcome::failed : Outcome::deferred;
}

/// What an accepted recipient gets from the reply to DATA or to the whole mail.
Outcome for_the_accepted(const Reply& reply) {
  if (reply.code >= 200 && reply.code < 300) return Outcome::delivered;
  if (reply.permanent() && !is_quota(reply)) return Outcome::failed;
  return Outcome::deferred;
}

/// AUTH was the last word, and the answer was no; or a challenge that holds the reason, after which libcurl hangs up.
/// RFC 4954 §6, RFC 7628 §3.2.3
bool refuses_the_login(const Transcript& said) {
  if (said.step() != Step::auth || said.mail() || !said.auth()) return false;
  return said.auth()->code == 535 || said.auth()->code == 534 || said.auth()->code == 334;
}

std::string_view words(Step step) {
  switch (step) {
    case Step::connecting: return "connecting";
    case Step::greeting: return "waiting for the greeting";
    case Step::hello: return "EHLO";
    case Step::starttls: return "STARTTLS";
    case Step::auth: return "AUTH";
    case Step::mail: return "MAIL";
    case Step::rcpt: return "RCPT";
    case Step::data: return "DATA";
    case Step::body: return "the mail";
    case Step::final: return "the final dot";
    case Step::quit: return "QUIT";
  }
  return "";
}

std::string broken_off(const Transcript& said, const Ending& ending) {
  if (said.nonsense()) return "the server's reply to " + std::string(words(said.step())) + " makes no sense";
  std::string text = ending.reason.empty() ? "the connection ended" : ending.reason;
  if (refuses_the_login(said) && said.auth()->code == 334) {
    text += ": " + printable(net::decode_base64(said.auth()->text));
  }
  return text + " (" + std::string(words(said.step())) + ")";
}

/// What decides for everybody whom the server has not refused: the reply to the mail, to DATA or to MAIL, or that there
/// is none.
std::pair<Outcome, Reply> common_fate(const Transcript& said, const Ending& ending) {
  if (said.final() && said.final()->code < 300) return {Outcome::delivered, *said.final()};
  if (said.final() && said.final()->code >= 400) return {for_the_accepted(*said.final()), *said.final()};
  const Reply none{.text = broken_off(said, ending)};
  if (ending.final_dot_may_have_left) return {Outcome::unknown, none};
  // A positive reply that is not 354 is no permission to go on, nor a promise. RFC 5321 §4.3.2
  if (said.data() && said.data()->code >= 400) return {for_the_accepted(*said.data()), *said.data()};
  if (said.mail() && said.mail()->code >= 400) {
    const bool ours = is_throttle(*said.mail()) || refuses_the_account(*said.mail());
    return {ours || said.mail()->transient() ? Outcome::deferred : Outcome::failed, *said.mail()};
  }
  if (!said.mail() && said.last_refusal()) return {Outcome::deferred, *said.last_refusal()};
  return {Outcome::deferred, none};
}

bool is_account_trouble(const Transcript& said, const Ending& ending) {
  // A whole reply settles it; what the connection did after it does not matter.
  if (said.final()) return is_throttle(*said.final()) || is_quota(*said.final());
  if (ending.final_dot_may_have_left) return false;
  if (said.last_refusal() && (is_throttle(*said.last_refusal()) || is_quota(*said.last_refusal()))) {
    // 552 5.2.2 and 554 5.2.0 of a RCPT speak of that mailbox; 550 5.4.5 always of our allowance.
    return said.step() != Step::rcpt || is_throttle(*said.last_refusal()) || said.last_refusal()->enhanced == "5.4.5";
  }
  if (!said.mail()) return true;
  return said.mail()->code >= 400 && refuses_the_account(*said.mail());
}

}  // namespace

Sent everybody(const std::vector<std::string>& rcpt_to, Outcome outcome, std::string reason) {
  Sent sent;
  for (const auto& address : rcpt_to) sent.recipients.push_back({address, outcome, Reply{.text = reason}});
  sent.trouble = std::move(reason);
  return sent;
}

Sent judge(const std::vector<std::string>& rcpt_to, const Transcript& said, const Ending& ending) {
  Sent sent;
  const auto [outcome, reply] = common_fate(said, ending);
  for (std::size_t i = 0; i < rcpt_to.size(); ++i) {
    const bool answered = i < said.recipients().size();
    if (answered && !said.recipients()[i].positive()) {
      sent.recipients.push_back({rcpt_to[i], refused(said.recipients()[i]), said.recipients()[i]});
    } else if (!answered && outcome != Outcome::deferred && said.mail() && said.mail()->positive()) {
      // Nobody told what became of its RCPT. A mail that was taken was taken for somebody; if there are several, it may
      // or may not have been for this one, and is not simply sent again.
      const bool alone = rcpt_to.size() == 1;
      const auto fate = alone ? outcome : outcome == Outcome::failed ? Outcome::deferred : Outcome::unknown;
      sent.recipients.push_back({rcpt_to[i], fate, alone ? reply : Reply{.text = "no word about this recipient"}});
    } else {
      sent.recipients.push_back({rcpt_to[i], outcome, reply});
    }
  }
  sent.account_trouble = is_account_trouble(said, ending);
  const bool is_new = said.step() == Step::connecting || said.step() == Step::greeting;
  sent.reached = !sent.account_trouble || !is_new || said.greeting() || said.nonsense();
  sent.login_refused = sent.account_trouble && refuses_the_login(said);
  sent.counts = said.mail() && said.mail()->positive();
  const bool wordless = std::any_of(sent.recipients.begin(), sent.recipients.end(),
                                    [](const RecipientResult& one) { return one.reply.code == 0; });
  if (wordless) {
    sent.trouble = reply.text;
  } else if (sent.account_trouble) {
    sent.trouble = describe(said.final() ? *said.final() : said.last_refusal().value_or(reply));
  }
  return sent;
}

}  // namespace leadmail::mail::smtp
