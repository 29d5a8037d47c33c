// What one of our mails says, as typed blocks: the plain text and the HTML are both made of them, so that they cannot
// say different things. Where a block begins is decided by the template alone: inserted values come between marks that
// no value can contain, so nothing that somebody wrote to us becomes a heading, a row, a button or a command.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace leadmail::daemon {

/// A block and how its line begins in a template.
enum class BlockKind {
  heading,    ///< "= text": what it is about
  section,    ///< "== text": a part of a longer mail
  paragraph,  ///< anything else; lines without an empty one between them belong together
  fine,       ///< "~ text": how to go on, in small print
  warning,    ///< "! text"
  quote,      ///< "> text": what somebody else wrote
  facts,      ///< "| label | value": rows that follow each other are one table
  changes,    ///< "| label | before -> after"
  items,      ///< "* title", and below it lines that begin with two spaces. "* [title] #command" makes it a link
  bars,       ///< "% label | percent | shown": a chart of rows
  buttons,    ///< "[label] #command": one tap writes the mail
};

/// Rows of cells: facts {label, value}, changes {label, before, after}, items {title, command, line …}, bars {label,
/// percent, shown}, buttons {label, command}; of every other kind one row with the text. Lines end with \n.
struct Block {
  BlockKind kind = BlockKind::paragraph;
  std::vector<std::vector<std::string>> rows{};
};

using Document = std::vector<Block>;

/// Valid to stand in a mail: without control characters (but line feeds and tabs) and without what turns the direction
/// of writing around. "\r\n" becomes "\n".
std::string clean_text(std::string_view text);

/// Text on one line, without spaces at its ends.
std::string one_line_of(std::string_view text);

/// A value as it stands in a rendered template until read_document has seen where the blocks begin.
std::string fence_value(std::string_view value);

/// The blocks of a rendered template. Rows whose last cell is empty, buttons without a command and blocks without a
/// word are left out. Linear.
Document read_document(std::string_view rendered);

/// The text form: an empty line between blocks, a line feed at the end, and no line that begins with '#'.
std::string to_text(const Document& document);

/// A command is a line that begins with '#', so each such line begins with "- ": whoever answers our mail with a
/// program that marks no quotes gives no commands of others.
std::string without_command_lines(std::string_view text);

/// Everything in it that is ours and not quoted, a line each, as mail programs may make it of either form.
std::string own_words(const Document& document);

/// At most so many bytes, cut at a character's end.
std::string_view shortened(std::string_view text, std::size_t max_bytes);

}  // namespace leadmail::daemon
