#include "tests/fakes/scripted_smtp_server.h"

#include <openssl/evp.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace leadmail::fakes {
namespace {

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return out;
}

std::string from_base64(const std::string& text) {
  std::string out(text.size() / 4 * 3 + 3, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                   reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
  const auto padding = static_cast<std::size_t>(std::count(text.begin(), text.end(), '='));
  out.resize(size < 0 ? 0 : static_cast<std::size_t>(size) - padding);
  return out;
}

/// "<a@b>" of "MAIL FROM:<a@b> SIZE=7" without the brackets; nothing when it is not written like that.
std::optional<std::string> path_of(std::string_view line, std::string_view prefix) {
  if (upper(line.substr(0, prefix.size())) != prefix) return std::nullopt;
  line.remove_prefix(prefix.size());
  const auto end = line.rfind('>');
  if (line.empty() || line.front() != '<' || end == std::string_view::npos) return std::nullopt;
  const auto path = line.substr(1, end - 1);
  if (path.find_first_of("<> \r\n") != std::string_view::npos) return std::nullopt;
  return std::string(path);
}

std::string message_id_of(std::string_view mail) {
  const auto at = mail.find("Message-ID: ");
  if (at == std::string_view::npos) return {};
  const auto end = mail.find("\r\n", at);
  return std::string(mail.substr(at + 12, end - at - 12));
}

/// A mail as it was written, from DATA's lines. RFC 5321 §4.5.2
std::string unstuffed(std::string_view lines) {
  std::string out;
  while (!lines.empty()) {
    const auto end = std::min(lines.find("\r\n"), lines.size() - 2) + 2;
    out += lines.front() == '.' ? lines.substr(1, end - 1) : lines.substr(0, end);
    lines.remove_prefix(end);
  }
  return out;
}

}  // namespace

/// One client. Every step returns false when the connection is over.
class ScriptedSmtpServer::Conversation {
 public:
  Conversation(ScriptedSmtpServer& server, Peer& peer) : server_(server), nature_(server.nature_), peer_(peer) {}

  void run() {
    if (!happened("greeting", "")) return;
    while (const auto line = read_line()) {
      const std::string verb = upper(line->substr(0, line->find(' ')));
      if (!happened(verb, *line)) return;
    }
  }

 private:
  bool write(std::string bytes) {
    bool cut = false;
    {
      const std::lock_guard lock(server_.mutex_);
      if (nature_.cut_after_said) {
        const std::size_t left = *nature_.cut_after_said - std::min(*nature_.cut_after_said, server_.said_);
        cut = left < bytes.size();
        bytes.resize(std::min(left, bytes.size()));
      }
      server_.said_ += bytes.size();
    }
    const bool written = peer_.write(bytes);
    if (cut) peer_.close();
    return written && !cut;
  }

  static std::string lines(std::string text) {
    for (auto at = text.find("\\n"); at != std::string::npos; at = text.find("\\n", at)) text.replace(at, 2, "\r\n");
    return text;
  }

  bool say(const std::string& text) { return write(lines(text) + "\r\n"); }

  bool fill() {
    std::string bytes = deaf_ ? "" : peer_.read_some();
    if (bytes.empty()) {
      peer_.close();
      return false;
    }
    const std::lock_guard lock(server_.mutex_);
    if (nature_.cut_after_heard) {
      const std::size_t left = *nature_.cut_after_heard - std::min(*nature_.cut_after_heard, server_.heard_.size());
      deaf_ = left < bytes.size();
      bytes.resize(std::min(left, bytes.size()));
    }
    server_.heard_ += bytes;
    buffer_ += bytes;
    return true;
  }

  std::optional<std::string> read_line() {
    for (;;) {
      if (const auto end = buffer_.find("\r\n"); end != std::string::npos) {
        std::string line = buffer_.substr(0, end);
        buffer_.erase(0, end + 2);
        return line;
      }
      if (!fill()) return std::nullopt;
    }
  }

  /// DATA's lines up to the dot, without it.
  std::optional<std::string> read_mail() {
    for (std::size_t from = 0;;) {
      if (buffer_.starts_with(".\r\n")) return buffer_.erase(0, 3), "";
      if (const auto end = buffer_.find("\r\n.\r\n", from); end != std::string::npos) {
        std::string lines = buffer_.substr(0, end + 2);
        buffer_.erase(0, end + 5);
        return lines;
      }
      from = buffer_.size() < 4 ? 0 : buffer_.size() - 4;
      if (!fill()) return std::nullopt;
    }
  }

  /// A command came, or the mail's end: what the script says to it, or what is usual.
  bool happened(const std::string& verb, const std::string& line) {
    int number = 0;
    {
      const std::lock_guard lock(server_.mutex_);
      number = ++server_.times_[verb];
    }
    server_.changed_.notify_all();

    bool scripted = false;
    for (const auto& entry : nature_.script) {
      const auto colon = entry.find(": ");
      const std::string when = entry.substr(0, colon);
      if (when != verb && when != verb + " " + std::to_string(number)) continue;
      scripted = true;
      if (!act(entry.substr(colon + 2), verb, line)) return false;
    }
    return scripted ? true : usual(verb, line);
  }

  bool act(const std::string& action, const std::string& verb, const std::string& line) {
    const auto space = action.find(' ');
    const std::string what = action.substr(0, space);
    const std::string text = space == std::string::npos ? "" : action.substr(space + 1);
    if (what == "say") {
      if (verb == "DATA" && text.starts_with("354")) return say(text) && take_mail();
      return say(text);
    }
    if (what == "raw") return write(lines(text));
    if (what == "repeat") return repeat(text);
    if (what == "endless") {
      while (write(text)) {}
      return false;
    }
    if (what == "keep") return keep();
    if (what == "usual") return usual(verb, line);
    if (what == "wait") return wait();
    if (what == "tls") return peer_.start_tls();
    if (what == "reset") peer_.reset();
    if (what == "stall") peer_.stall();
    return false;
  }

  bool repeat(const std::string& text) {
    const auto space = text.find(' ');
    const std::string once = text.substr(space + 1) + "\r\n";
    std::string all;
    for (int i = std::stoi(text.substr(0, space)); i > 0; --i) all += once;
    return write(std::move(all));
  }

  bool wait() {
    std::unique_lock lock(server_.mutex_);
    server_.changed_.wait(lock, [&] { return server_.released_ || server_.over_; });
    return !server_.over_;
  }

  bool keep() {
    mail_.message_id = message_id_of(mail_.bytes);
    mail_.as_whom = user_;
    const std::lock_guard lock(server_.mutex_);
    server_.mails_.push_back(mail_);
    return true;
  }

  bool usual(const std::string& verb, const std::string& line) {
    if (verb == "greeting") return say("220 mail.example ESMTP");
    if (verb == "EHLO") return hello();
    if (verb == "HELO") return say("250 mail.example");
    if (verb == "STARTTLS") return nature_.offers_starttls && say("220 2.0.0 go ahead") && start_tls();
    if (verb == "AUTH") return login(line);
    if (verb == "MAIL") return mail_from(line);
    if (verb == "RCPT") return rcpt_to(line);
    if (verb == "DATA") return data();
    if (verb == "dot") return keep() && say("250 2.0.0 kept as " + std::to_string(server_.mails().size()));
    if (verb == "RSET") return forget() && say("250 2.0.0 forgotten");
    if (verb == "NOOP") return say("250 2.0.0 still here");
    if (verb == "QUIT") return say("221 2.0.0 goodbye") && false;
    return say("500 5.5.2 what?");
  }

  bool forget() {
    mail_ = KeptMail{};
    in_mail_ = false;
    return true;
  }

  bool hello() {
    std::vector<std::string> lines = {"mail.example at your service"};
    lines.insert(lines.end(), nature_.capabilities.begin(), nature_.capabilities.end());
    if (nature_.offers_starttls && !peer_.encrypted()) lines.emplace_back("STARTTLS");
    if (!nature_.user.empty() && (peer_.encrypted() || !nature_.offers_starttls)) {
      lines.emplace_back("AUTH PLAIN LOGIN XOAUTH2 OAUTHBEARER");
    }
    std::string reply;
    for (const auto& line : lines) reply += (&line == &lines.back() ? "250 " : "250-") + line + "\r\n";
    return write(reply);
  }

  bool start_tls() {
    buffer_.clear();  // what was said in clear has no part in it. RFC 3207 §4.2
    return peer_.start_tls();
  }

  bool login(const std::string& line) {
    const auto response_for = [&](const std::string& prompt) -> std::string {
      if (!say("334 " + prompt)) return {};
      return from_base64(read_line().value_or(""));
    };
    const auto space = line.find(' ', 5);
    const std::string mechanism = upper(line.substr(5, space - 5));
    std::string response = space == std::string::npos ? "" : from_base64(line.substr(space + 1));

    bool right = false;
    if (mechanism == "LOGIN") {
      const std::string user = response.empty() ? response_for("VXNlcm5hbWU6") : response;
      right = user == nature_.user && response_for("UGFzc3dvcmQ6") == nature_.secret;
    } else {
      if (response.empty()) response = response_for("");
      const std::string bearer = "\1auth=Bearer " + nature_.secret + "\1";
      if (mechanism == "PLAIN") right = response == '\0' + nature_.user + '\0' + nature_.secret;
      if (mechanism == "XOAUTH2") right = response == "user=" + nature_.user + bearer + "\1";
      if (mechanism == "OAUTHBEARER") {
        right = response.starts_with("n,a=" + nature_.user + ",") && response.find(bearer) != std::string::npos;
      }
      const bool told = mechanism == "XOAUTH2" || mechanism == "OAUTHBEARER";
      // A refused token is explained first, and the client answers that. RFC 7628 §3.2.3
      if (!right && told) response_for("eyJzdGF0dXMiOiJpbnZhbGlkX3Rva2VuIn0=");
    }
    if (!right) return say("535 5.7.8 who are you?");
    user_ = nature_.user;
    return say("235 2.7.0 welcome");
  }

  bool mail_from(const std::string& line) {
    const auto path = path_of(line, "MAIL FROM:");
    if (!path) return say("501 5.5.4 no path");
    if (in_mail_) return say("503 5.5.1 one after the other");
    if (!nature_.user.empty() && user_.empty()) return say("530 5.7.0 log in first");
    mail_ = KeptMail{.mail_from = *path, .utf8 = upper(line).find(" SMTPUTF8") != std::string::npos};
    in_mail_ = true;
    return say("250 2.1.0 sender ok");
  }

  bool rcpt_to(const std::string& line) {
    const auto path = path_of(line, "RCPT TO:");
    if (!path || path->empty()) return say("501 5.5.4 no path");
    if (!in_mail_) return say("503 5.5.1 MAIL first");
    mail_.rcpt_to.push_back(*path);
    return say("250 2.1.5 recipient ok");
  }

  bool data() {
    if (mail_.rcpt_to.empty()) return say("503 5.5.1 RCPT first");
    return say("354 go on") && take_mail();
  }

  bool take_mail() {
    const auto lines = read_mail();
    if (!lines) return false;
    mail_.bytes = unstuffed(*lines);
    if (mail_.bytes.find('\n') != mail_.bytes.find("\r\n") + 1) return say("521 5.5.2 bare LF");
    const bool goes_on = happened("dot", "");
    forget();
    return goes_on;
  }

  ScriptedSmtpServer& server_;
  const SmtpNature& nature_;
  Peer& peer_;
  std::string buffer_{};
  bool deaf_ = false;  // it has heard all that it was to hear
  KeptMail mail_{};
  bool in_mail_ = false;
  std::string user_{};
};

ScriptedSmtpServer::ScriptedSmtpServer(SmtpNature nature)
    : nature_(std::move(nature)), server_([this](Peer& peer, int) { Conversation(*this, peer).run(); }, nature_.tls) {}

ScriptedSmtpServer::~ScriptedSmtpServer() {
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
  }
  changed_.notify_all();
}

std::vector<KeptMail> ScriptedSmtpServer::mails() const {
  const std::lock_guard lock(mutex_);
  return mails_;
}

int ScriptedSmtpServer::count(std::string_view message_id) const {
  const std::lock_guard lock(mutex_);
  return static_cast<int>(
      std::count_if(mails_.begin(), mails_.end(), [&](const auto& mail) { return mail.message_id == message_id; }));
}

std::string ScriptedSmtpServer::heard() const {
  const std::lock_guard lock(mutex_);
  return heard_;
}

std::size_t ScriptedSmtpServer::said() const {
  const std::lock_guard lock(mutex_);
  return said_;
}

int ScriptedSmtpServer::times(const std::string& verb) const {
  const std::lock_guard lock(mutex_);
  const auto found = times_.find(verb);
  return found == times_.end() ? 0 : found->second;
}

void ScriptedSmtpServer::release() {
  {
    const std::lock_guard lock(mutex_);
    released_ = true;
  }
  changed_.notify_all();
}

bool ScriptedSmtpServer::await(const std::string& verb) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, std::chrono::seconds{10}, [&] { return times_[verb] > 0; });
}

}  // namespace leadmail::fakes
