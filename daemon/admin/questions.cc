#include "daemon/admin/questions.h"

#include <termios.h>
#include <unistd.h>

#include <cstdio>
#include <iostream>

#include "core/leads/address.h"

namespace leadmail::daemon::admin {
namespace {

constexpr int kMostTries = 10;
constexpr std::size_t kLongest = 4096;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank{" \t\r\n"};
  while (!text.empty() && kBlank.find(text.front()) != std::string_view::npos) text.remove_prefix(1);
  while (!text.empty() && kBlank.find(text.back()) != std::string_view::npos) text.remove_suffix(1);
  return text;
}

void say(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

/// One line as it was typed; nothing at the end of input.
std::optional<std::string> read_line() {
  std::string line;
  if (!std::getline(std::cin, line)) {
    say("\n");
    return std::nullopt;
  }
  if (line.size() > kLongest) line.resize(kLongest);
  return line;
}

/// The terminal shows nothing of what is typed, for as long as this lives.
class Hidden {
 public:
  Hidden() : is_terminal_(::tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!is_terminal_) return;
    auto quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
  }
  ~Hidden() {
    if (!is_terminal_) return;
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    say("\n");
  }
  Hidden(const Hidden&) = delete;
  Hidden& operator=(const Hidden&) = delete;

 private:
  termios before_{};
  bool is_terminal_;
};

}  // namespace

std::optional<std::string> ask(std::string_view question, std::string_view proposed, const Check& check) {
  for (int tries = 0; tries < kMostTries; ++tries) {
    say(std::string{question} + (proposed.empty() ? "" : " [" + std::string{proposed} + "]") + ": ");
    const auto line = read_line();
    if (!line) return std::nullopt;
    const auto typed = trimmed(*line);
    const std::string answer{typed.empty() ? proposed : typed};
    const auto why = check ? check(answer) : std::string{};
    if (why.empty()) return answer;
    say("  " + why + "\n");
  }
  return std::nullopt;
}

std::optional<std::string> ask_secret(std::string_view question) {
  say(std::string{question} + ": ");
  const Hidden hidden;
  return read_line();
}

std::optional<bool> ask_whether(std::string_view question, bool proposed) {
  const auto is_yes = [](std::string_view word) { return word == "y" || word == "yes"; };
  const auto is_no = [](std::string_view word) { return word == "n" || word == "no"; };
  const auto answer = ask(question, proposed ? "yes" : "no", [&](std::string_view typed) {
    const auto word = leads::to_lower(typed);
    return is_yes(word) || is_no(word) ? std::string{} : std::string{"yes or no"};
  });
  if (!answer) return std::nullopt;
  return is_yes(leads::to_lower(*answer));
}

}  // namespace leadmail::daemon::admin
