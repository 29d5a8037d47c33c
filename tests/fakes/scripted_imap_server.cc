#include "tests/fakes/scripted_imap_server.h"

#include <charconv>

namespace leadmail::fakes {
namespace {

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

std::size_t number_at(std::string_view digits) {
  std::size_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

}  // namespace

/// One connection.
class ScriptedImapServer::Play {
 public:
  Play(ScriptedImapServer& server, const Script& script, Peer& peer) : server_(server), script_(script), peer_(peer) {}

  void run() {
    std::string_view rest = script_.lines;
    while (!rest.empty()) {
      const auto end = std::min(rest.find('\n'), rest.size());
      std::string line(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
      line.erase(0, line.find_first_not_of(' '));
      if (line.empty() || line.front() == '#') continue;
      if (!instruct(line)) return;
    }
  }

 private:
  bool instruct(const std::string& line) {
    if (line.starts_with("S: ")) return say(line.substr(3));
    if (line == "S:") return say("");
    if (line.starts_with("C: ")) return expect(line.substr(3));
    if (line.starts_with("S>")) return peer_.write(script_.blocks.at(number_at(line.substr(2))));
    if (line == "C>") return peer_.read_exactly(announced_).has_value() && read_line().has_value();
    if (line == "login") return log_in();
    if (line == "tls") return peer_.start_tls();
    if (line == "serve") return serve();
    if (line == "stall") peer_.stall();
    if (line == "close") peer_.close();
    if (line == "reset") peer_.reset();
    if (line != "half_close") return false;
    peer_.half_close();
    return true;
  }

  bool say(std::string line) {
    replace_all(line, "{tag}", tag_);
    return peer_.write(line + "\r\n");
  }

  std::optional<std::string> read_line() {
    auto line = peer_.read_line();
    if (!line) return line;
    const auto open = line->rfind('{');
    if (line->ends_with('}') && open != std::string::npos)
      announced_ = number_at(std::string_view(*line).substr(open + 1));
    const std::lock_guard lock(server_.mutex_);
    server_.heard_.push_back(*line);
    return line;
  }

  bool expect(const std::string& text) {
    const auto line = read_line();
    if (line && line->find(text) != std::string::npos) {
      const auto space = line->find(' ');
      if (space != std::string::npos) tag_ = line->substr(0, space);
      return true;
    }
    const std::lock_guard lock(server_.mutex_);
    if (server_.broken_.empty()) {
      server_.broken_ = "expected \"" + text + "\", got " + (line ? "\"" + *line + "\"" : "the end of the connection");
    }
    return false;
  }

  bool log_in() {
    return say("* OK ready") && expect("CAPABILITY") && say("* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN") &&
           say("{tag} OK told") && expect("AUTHENTICATE PLAIN") && say("{tag} OK logged in") && expect("NOOP") &&
           say("{tag} OK nothing") && expect("CAPABILITY") && say("* CAPABILITY " + script_.capabilities) &&
           say("{tag} OK told");
  }

  bool serve() {
    while (const auto line = read_line()) {
      tag_ = line->substr(0, line->find(' '));
      if (!say("{tag} OK as you like")) return false;
    }
    return false;
  }

  ScriptedImapServer& server_;
  const Script& script_;
  Peer& peer_;
  std::string tag_{};
  std::size_t announced_ = 0;
};

ScriptedImapServer::ScriptedImapServer(std::vector<Script> scripts, const Tls& tls) : scripts_(std::move(scripts)) {
  server_ = std::make_unique<TcpServer>([this](Peer& peer, int number) { play(peer, number); }, tls);
}

void ScriptedImapServer::play(Peer& peer, int number) {
  const std::size_t index = std::min(static_cast<std::size_t>(number), scripts_.size() - 1);
  Play(*this, scripts_[index], peer).run();
}

std::vector<std::string> ScriptedImapServer::heard() const {
  const std::lock_guard lock(mutex_);
  return heard_;
}

std::string ScriptedImapServer::broken() const {
  const std::lock_guard lock(mutex_);
  return broken_;
}

}  // namespace leadmail::fakes
