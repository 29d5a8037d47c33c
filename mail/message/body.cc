#include "mail/message/body.h"

#include <algorithm>
#include <array>
#include <utility>

#include "mail/message/armour.h"
#include "mail/message/ascii.h"
#include "mail/message/charset.h"
#include "mail/message/flowed.h"
#include "mail/message/fold.h"
#include "mail/message/html_guard.h"
#include "mail/message/reply_text.h"

namespace leadmail::mail::message {
namespace {

/// What an HTML document says of its own charset.
std::string meta_charset(std::string_view html) {
  const std::string head = ascii::lower(html.substr(0, 4096));
  for (std::size_t at = head.find("charset"); at != std::string::npos; at = head.find("charset", at + 1)) {
    auto rest = std::string_view(head).substr(at + 7);
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
    if (!rest.starts_with('=')) continue;
    rest.remove_prefix(1);
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t\"'"), rest.size()));
    return std::string(rest.substr(0, rest.find_first_of("\"' \t;>/")));
  }
  return {};
}

/// The charset of a text: what the mail says; what the document says where the mail says nothing, or something that
/// cannot be. Gateways convert the text and leave the document's word standing, so it is the weaker one.
std::string charset_of(const Part& part, std::string_view bytes) {
  std::string stated(part.type.get("charset"));
  if (!part.is("text/html")) return stated;
  const bool fails = (ascii::contains(stated, "ascii") || ascii::contains(stated, "utf")) && !is_valid_utf8(bytes);
  if (is_known_charset(stated) && !fails) return stated;
  auto meta = meta_charset(bytes);
  // A document that could be read as far as this is not in two bytes a letter.
  const bool wide = ascii::contains(meta, "utf-16") || ascii::contains(meta, "utf-32") || meta == "unicode";
  return is_known_charset(meta) && !wide ? meta : stated;
}

bool is_blank(std::string_view text) {
  while (!text.empty()) {
    if (text.starts_with("\xC2\xA0")) {
      text.remove_prefix(2);
    } else if (ascii::is_space(text.front())) {
      text.remove_prefix(1);
    } else {
      return false;
    }
  }
  return true;
}

/// Words of three letters or more, folded, each once; at most as many as a short text has.
std::vector<std::string> words_of(std::string_view text) {
  constexpr std::size_t kLeast = 3;
  constexpr std::size_t kMost = 20'000;
  std::vector<std::string> words;
  std::string word;
  const auto keep = [&] {
    if (word.size() >= kLeast && words.size() < kMost) words.push_back(word);
    word.clear();
  };
  for (const char c : fold_plain(text)) {
    if (ascii::is_alnum(c) || ascii::is_8bit(c)) {
      word += c;
    } else {
      keep();
    }
  }
  keep();
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

/// "This mail needs a client that shows HTML", in words that we know.
bool asks_for_html(std::string_view plain) {
  if (!ascii::contains(plain, "html")) return false;
  constexpr auto kWords = std::to_array<std::string_view>(
      {"view",    "support",     "display",  "enable",    "format",     "capable",    "client",   "reader",
       "version", "unterstützt", "fähig",    "anzeig",    "darstell",   "messagerie", "logiciel", "programa",
       "cliente", "correo",      "mostrar",  "programma", "visualizza", "leitor",     "obsług",   "zobrazen",
       "поддерж", "hỗ trợ",      "hiển thị", "表示",      "显示",       "支持"});
  return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) { return ascii::contains(plain, word); });
}

constexpr std::size_t kLongestStub = 400;

/// What a plain text beside HTML that says much more is.
enum class Beside {
  text,    ///< what its author wrote
  stub,    ///< nothing, or nothing but what the HTML says too
  another  ///< other words than those of the HTML: a program's excuse, or somebody's; nobody can tell
};

/// `shown`: the HTML as text.
Beside judge(std::string_view plain, std::string_view html, std::string_view shown) {
  constexpr std::size_t kTimes = 4;
  constexpr std::size_t kFewWords = 3;  // a title, not a short answer above a quote that only the HTML has
  if (is_blank(plain)) return Beside::stub;
  if (html.size() < kTimes * plain.size() || plain.size() > kLongestStub) return Beside::text;
  if (asks_for_html(plain)) return Beside::stub;
  const auto written = split_reply(shown).reply;
  if (written.size() < kTimes * ascii::trim(plain).size()) return Beside::text;
  const auto words = words_of(plain);
  const auto known = words_of(written);
  const auto common = static_cast<std::size_t>(std::count_if(words.begin(), words.end(), [&](const std::string& word) {
    return std::binary_search(known.begin(), known.end(), word);
  }));
  const bool has_letter =
      std::any_of(plain.begin(), plain.end(), [](char c) { return ascii::is_alnum(c) || ascii::is_8bit(c); });
  if (!has_letter || (common == words.size() && !words.empty() && words.size() <= kFewWords)) return Beside::stub;
  constexpr std::size_t kSome = 5;  // one word in so many
  return common * kSome <= words.size() ? Beside::another : Beside::text;
}

/// One stretch of the body: the same words as plain text, as HTML, or both.
struct Piece {
  std::string plain{};
  std::string html{};
};

class Chooser {
 public:
  Chooser(const Structure& structure, Leaves& leaves, const Limits& limits)
      : structure_(structure), leaves_(leaves), budget_(limits.text) {}

  Body choose(std::size_t root) {
    auto pieces = render(root);
    if (pieces.empty()) pieces = last_resort(root);
    Body body{.text_is_from_html = true};
    std::size_t html_left = HtmlLimits{}.bytes;
    for (Piece& piece : pieces) {
      const bool alone = is_blank(piece.html) || piece.plain.size() > kLongestStub;
      const auto page = alone ? std::string_view{} : utf8_prefix(piece.html, html_left);
      html_left -= page.size();
      std::string converted = alone ? std::string{} : html_to_text(page);
      const auto beside = alone ? Beside::text : judge(piece.plain, piece.html, converted);
      const bool plain = beside == Beside::text;
      if (beside == Beside::another) converted.insert(0, std::string(ascii::trim(piece.plain)) + "\n\n");
      if (!plain && is_blank(converted) && !is_blank(piece.plain)) converted = piece.plain;
      if (plain && !is_blank(piece.plain)) body.text_is_from_html = false;
      append(body.text, plain ? piece.plain : converted);
      append(body.html, piece.html);
    }
    if (body.html.empty()) body.text_is_from_html = false;
    body.shown = std::move(shown_);
    return body;
  }

 private:
  const Part& part(std::size_t index) const { return structure_.parts[index]; }

  static void append(std::string& text, std::string_view more) {
    if (more.empty()) return;
    if (!text.empty() && !text.ends_with('\n')) text.push_back('\n');
    text += more;
  }

  std::vector<Piece> render(std::size_t index) {
    const Part& entity = part(index);
    if (entity.flat) return {};
    if (entity.is_multipart()) return multipart(index);
    if (entity.is_message()) return {};
    if (entity.is_smime() && !entity.children.empty()) return render(entity.children.front());
    if (!is_body_text(index)) return {};
    return leaf(index);
  }

  std::vector<Piece> leaf(std::size_t index) {
    if (budget_ == 0) return {};
    const auto text = utf8_prefix(leaves_.text(index), budget_);
    budget_ -= text.size();
    shown_.push_back(index);
    Piece piece;
    (part(index).is("text/html") ? piece.html : piece.plain) = text;
    std::vector<Piece> pieces;
    pieces.push_back(std::move(piece));
    return pieces;
  }

  /// A named text is a file that somebody attached, unless it is all there is.
  bool is_body_text(std::size_t index) const {
    const Part& entity = part(index);
    if (!entity.is("text/plain") && !entity.is("text/html")) return false;
    if (entity.is_attachment()) return false;
    return declared_name(entity).empty() || index == 0 || part(entity.parent).is_message();
  }

  std::vector<Piece> multipart(std::size_t index) {
    const Part& entity = part(index);
    if (entity.children.empty() || entity.is("multipart/encrypted") || entity.is("multipart/digest")) return {};
    if (entity.is("multipart/alternative")) return alternative(entity);
    if (entity.is("multipart/related")) return related(entity);
    if (entity.is("multipart/signed") || entity.is("multipart/appledouble")) return render(entity.children.front());

    std::vector<Piece> pieces;
    for (const std::size_t child : entity.children) {
      auto more = render(child);
      std::move(more.begin(), more.end(), std::back_inserter(pieces));
    }
    return pieces;
  }

  /// The root of a multipart/related is its first part, or the one that "start" names. RFC 2387 §3.2
  std::vector<Piece> related(const Part& entity) {
    const auto start = entity.type.get("start");
    if (!start.empty()) {
      for (const std::size_t child : entity.children) {
        const auto id = part(child).header.first("Content-ID");
        if (id && ascii::trim(*id) == start) return render(child);
      }
    }
    for (const std::size_t child : entity.children) {
      if (auto pieces = render(child); !pieces.empty()) return pieces;
    }
    return {};
  }

  /// The last alternative that has HTML, and the plain text beside it.
  std::vector<Piece> alternative(const Part& entity) {
    std::vector<Piece> plain;
    std::vector<Piece> html;
    for (const std::size_t child : entity.children) {
      auto pieces = render(child);
      if (pieces.empty()) continue;
      const bool has_html =
          std::any_of(pieces.begin(), pieces.end(), [](const Piece& piece) { return !piece.html.empty(); });
      if (has_html) {
        html = std::move(pieces);
      } else if (std::all_of(plain.begin(), plain.end(), [](const Piece& piece) { return is_blank(piece.plain); })) {
        plain = std::move(pieces);
      }
    }
    if (plain.empty()) return html;
    if (html.empty()) return plain;
    Piece both;
    for (const Piece& piece : plain) append(both.plain, piece.plain);
    for (const Piece& piece : html) append(both.html, piece.html);
    std::vector<Piece> pieces;
    pieces.push_back(std::move(both));
    return pieces;
  }

  /// Nothing to show: the first text that is not called an attachment, although it has a name; or of an unusual kind.
  std::vector<Piece> last_resort(std::size_t root) {
    for (std::size_t i = root; i < structure_.parts.size(); ++i) {
      if (!is_below(i, root)) continue;
      const Part& entity = part(i);
      const bool readable =
          entity.is("text/plain") || entity.is("text/html") || entity.is("text/enriched") || entity.is("text/markdown");
      if (entity.is_text() && readable && !entity.is_attachment()) return leaf(i);
    }
    return {};
  }

  /// Within the message at `root`, not within one that it encloses.
  bool is_below(std::size_t index, std::size_t root) const {
    while (index != root) {
      if (index == 0) return false;
      index = part(index).parent;
      if (index != root && part(index).is_message()) return false;
    }
    return true;
  }

  const Structure& structure_;
  Leaves& leaves_;
  std::size_t budget_;
  std::vector<std::size_t> shown_{};
};

std::size_t plain_children(const Structure& structure, const Part& entity) {
  return static_cast<std::size_t>(std::count_if(entity.children.begin(), entity.children.end(), [&](std::size_t child) {
    return structure.parts[child].is("text/plain");
  }));
}

}  // namespace

const std::string& Leaves::text(std::size_t part) { return leaf(part).text; }
bool Leaves::is_clean(std::size_t part) { return leaf(part).clean; }
const std::vector<UuFile>& Leaves::files(std::size_t part) { return leaf(part).files; }

const Leaves::Text& Leaves::leaf(std::size_t index) {
  auto& known = texts_[index];
  if (known) return *known;
  const Part& part = structure_.parts[index];
  known.emplace();

  std::string bytes;
  const std::size_t limit = std::min(limits_.text, left_);
  if (limit == 0) note_once("more text than we read");
  const bool mistaken = part.encoding == Encoding::base64 && is_plain_writing(part.body);
  if (mistaken) note_once("a text that is not encoded as it says");
  if (part.encoding == Encoding::identity || mistaken) {
    bytes = std::string(part.body.substr(0, limit));
  } else {
    const auto encoded = part.body.substr(0, limit * 5);
    bytes.reserve(std::min(encoded.size(), limit));
    const auto decoded = decode(encoded, part.encoding, [&](std::string_view piece) {
      bytes += piece.substr(0, limit - std::min(limit, bytes.size()));
    });
    known->clean = decoded.clean;
    // What a list server wrote below the encoded text.
    if (decoded.trailing < encoded.size())
      bytes += "\n" + std::string(encoded.substr(decoded.trailing, std::size_t{64} * 1024));
  }

  const auto charset = charset_of(part, bytes);
  known->clean = known->clean && (charset.empty() || is_known_charset(charset));
  auto said = read_charset(bytes, charset);
  if (said.doubted) note_once("a text whose charset had to be guessed");
  known->text = std::move(said.text);
  if (known->text.size() > limit) known->text.resize(utf8_prefix(known->text, limit).size());
  known->clean = known->clean && !mistaken && known->text.find("\xEF\xBF\xBD") == std::string::npos;
  left_ -= known->text.size();
  normalise_text(known->text);
  if (part.is("text/plain")) take_enclosed(*known);
  if (part.is("text/plain") && ascii::same(part.type.get("format"), "flowed")) {
    known->text = unflow(known->text, ascii::same(part.type.get("delsp"), "yes"));
  }
  return *known;
}

void Leaves::take_enclosed(Text& leaf) {
  leaf.files = take_uuencoded(leaf.text);
  if (std::any_of(leaf.files.begin(), leaf.files.end(), [](const UuFile& file) { return !file.ended; }))
    note_once("a uuencoded file that does not end");
  take_off_armour(leaf.text);
  if (has_encrypted_armour(leaf.text)) note_once("an encrypted body");
}

void Leaves::note_once(std::string_view what) {
  if (std::find(defects_.begin(), defects_.end(), what) == defects_.end()) defects_.emplace_back(what);
}

Body read_body(const Structure& structure, Leaves& leaves, std::size_t root, const Limits& limits) {
  return Chooser(structure, leaves, limits).choose(root);
}

std::optional<std::size_t> command_part(const Structure& structure, Leaves& leaves) {
  std::size_t index = 0;
  for (;;) {
    const Part& entity = structure.parts[index];
    if (entity.flat || entity.inferred || entity.is_message()) return {};
    if (!entity.is_multipart()) break;
    if (entity.children.empty() || entity.is("multipart/encrypted") || entity.is("multipart/report") ||
        entity.is("multipart/digest")) {
      return {};
    }
    if (entity.is("multipart/alternative") && plain_children(structure, entity) > 1) return {};
    index = entity.children.front();
  }
  const Part& leaf = structure.parts[index];
  const bool named = !declared_name(leaf).empty();
  if (!leaf.is("text/plain") || leaf.is_attachment() || named || leaf.header.all("Content-Type").size() > 1) return {};
  if (!leaf.declared_type && leaf.header.has("Content-Type")) return {};
  if (!leaves.is_clean(index)) return {};
  return index;
}

void normalise_text(std::string& text) {
  const bool ordinary =
      std::none_of(text.begin(), text.end(), [](char c) { return ascii::is_control(c) && c != '\n' && c != '\t'; });
  if (ordinary) return;
  std::size_t out = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\r') {
      // CRLF is one line break, CR CR LF too (a gateway's doing), CR alone as well.
      std::size_t next = i + 1;
      while (next < text.size() && text[next] == '\r') ++next;
      if (next < text.size() && text[next] == '\n') continue;
      text[out++] = '\n';
    } else if (!ascii::is_control(c) || c == '\n' || c == '\t') {
      text[out++] = c;
    }
  }
  text.resize(out);
}

}  // namespace leadmail::mail::message
