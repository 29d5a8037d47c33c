// The card of commands for salespeople, to print and to keep beside the keyboard: one page a language, made from the
// table of verbs, so that it names no command that there is not. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/leads/command.h"

namespace leadmail::leads {

/// One line of the card in one language.
struct CardLine {
  Verb verb = Verb::help;
  std::string command{};       ///< "#next tomorrow 10:00 call about the offer"
  std::string_view meaning{};  ///< what it does
};

/// The lines in their order, every verb that a person types once.
std::vector<CardLine> card_lines(std::string_view language);

/// All languages, one after the other, in Markdown.
std::string commands_card();

}  // namespace leadmail::leads
