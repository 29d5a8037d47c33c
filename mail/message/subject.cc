#include "mail/message/subject.h"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <set>
#include <string>

#include "mail/message/ascii.h"
#include "mail/message/charset.h"
#include "mail/message/reply_patterns.h"

namespace leadmail::mail::message {
namespace {

using std::string_view;

// clang-format off
// As the clients of these languages write them. Compared after case folding, so one spelling each is enough.
constexpr auto kReply = std::to_array<string_view>({
    "re", "aw", "sv", "vs", "res", "rif", "r", "ref", "antw", "antwort", "odp", "odpoveď", "odpověď", "vá", "válasz", "re.", "reply",
    "ynt", "yanıt", "cevap", "bls", "balas", "σχετ", "απ", "απάντηση", "на", "отв", "ответ", "ha", "na", "回复", "回覆", "答复", "答覆", "返信",
    "답장", "회신", "回信", "תגובה", "השב", "رد", "ตอบ", "ตอบกลับ", "trả lời", "vast", "vastaus", "svar", "atb", "rv re", "resp", "respuesta",
    "réponse", "rép", "risposta", "відп", "відповідь", "отг", "răsp", "odg", "odgovor", "vastus",
});
constexpr auto kForward = std::to_array<string_view>({
    "fw", "fwd", "wg", "rv", "enc", "tr", "i", "vb", "fs", "vl", "pd", "doorst", "doorgestuurd", "továbbítás", "tov", "ilt", "i̇lt", "tl",
    "πρθ", "пересл", "转发", "轉寄", "转寄", "転送", "전달", "הועבר", "إعادة توجيه", "เดินหน้า", "ส่งต่อ", "chuyển tiếp", "trs", "terusan", "teruskan",
    "reenv", "reenviado", "encaminhada", "encaminhado", "inoltro", "inoltra", "vidarebefordrat", "videresendt", "välitetty", "fwd.",
    "пер", "переслано", "препр", "proslijeđeno", "edasi", "weitergeleitet", "tr.", "transféré", "přeposláno", "fyi",
});
// clang-format on

/// The words of a table, folded once.
template <std::size_t N>
std::set<std::string, std::less<>> fold_all(const std::array<string_view, N>& words) {
  std::set<std::string, std::less<>> folded;
  for (const auto word : words) folded.insert(fold_case(word));
  return folded;
}

std::string fold_blanks(string_view text) {
  std::string result;
  for (auto rest = trim_blank(text); !rest.empty();) {
    const auto tail = trim_blank(rest);
    if (tail.size() < rest.size() && !result.empty()) result += ' ';
    rest = tail;
    while (!rest.empty()) {
      // One character at a time until the next blank; trim_blank knows the wide ones.
      if (!ascii::is_8bit(rest.front())) {
        if (ascii::is_space(rest.front())) break;
        result += rest.front();
        rest.remove_prefix(1);
        continue;
      }
      std::size_t width = 1;
      while (width < rest.size() && (static_cast<unsigned char>(rest[width]) & 0xC0) == 0x80) ++width;
      if (trim_blank(rest.substr(0, width)).empty()) break;
      result += rest.substr(0, width);
      rest.remove_prefix(width);
    }
  }
  return result;
}

struct Prefix {
  std::size_t length = 0;
  bool forward = false;
};

// "Re:", "RE[2]:", "Fwd (3) :", "Re^2:" or "回复：" at the start.
std::optional<Prefix> read_prefix(string_view text) {
  constexpr std::size_t kLongestPrefix = 40;
  const auto head = text.substr(0, kLongestPrefix);
  auto colon = head.find(':');
  std::size_t width = 1;
  if (const auto wide = head.find("："); wide < colon) colon = wide, width = string_view("：").size();
  if (colon == string_view::npos || colon == 0) return std::nullopt;

  auto word = trim_blank(head.substr(0, colon));
  const auto counted = [&](char open, char close) {
    if (!word.ends_with(close)) return;
    const auto at = word.rfind(open);
    if (at == string_view::npos || at + 2 >= word.size()) return;
    const auto digits = word.substr(at + 1, word.size() - at - 2);
    if (std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }))
      word = trim_blank(word.substr(0, at));
  };
  counted('[', ']');
  counted('(', ')');
  if (const auto power = word.find_first_of("^*"); power != string_view::npos && power > 0)
    word = word.substr(0, power);
  while (!word.empty() && word.back() >= '0' && word.back() <= '9') word.remove_suffix(1);

  const auto folded = fold_case(trim_blank(word));
  static const auto reply = fold_all(kReply);
  static const auto forward = fold_all(kForward);
  if (folded.empty()) return std::nullopt;
  if (reply.contains(folded)) return Prefix{colon + width, false};
  if (forward.contains(folded)) return Prefix{colon + width, true};
  return std::nullopt;
}

// "[L-123-k7]": ours. Its length with both brackets.
std::size_t own_tag(string_view text) {
  constexpr std::size_t kLongestTag = 64;
  if (!text.starts_with("[L-")) return 0;
  const auto end = text.substr(0, kLongestTag).find(']');
  if (end == string_view::npos || end < 4 || text[3] < '0' || text[3] > '9') return 0;
  const auto inside = text.substr(3, end - 3);
  const bool plain = std::all_of(inside.begin(), inside.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
  });
  return plain ? end + 1 : 0;
}

// Another's "[list]" at the start; its length.
std::size_t list_tag(string_view text) {
  constexpr std::size_t kLongestTag = 80;
  if (!text.starts_with('[') || own_tag(text) > 0) return 0;
  const auto end = text.substr(0, kLongestTag).find(']');
  return end == string_view::npos || end < 2 ? 0 : end + 1;
}

// What a gateway puts before the subject of mail from outside; its length. No word of whoever wrote it.
std::size_t gateway_mark(string_view text) {
  constexpr auto kMarks = std::to_array<string_view>({"[external]", "[ext]", "[extern]", "[externo]", "[externa]",
                                                      "[externe]", "[external email]", "[external sender]", "[spam]",
                                                      "[suspected spam]", "***spam***", "*****spam*****", "{spam?}"});
  const auto found =
      std::find_if(kMarks.begin(), kMarks.end(), [&](string_view mark) { return starts_with_fold(text, mark); });
  return found == kMarks.end() ? 0 : found->size();
}

}  // namespace

Subject read_subject(string_view subject) {
  Subject result;
  auto rest = trim_blank(utf8_prefix(subject, kLongestSubject));
  string_view list;
  const auto take_tag = [&](std::size_t at, std::size_t length) {
    if (result.tag.empty()) result.tag = rest.substr(at + 1, length - 2);
  };
  for (bool again = true; again;) {
    again = false;
    if (const auto prefix = read_prefix(rest)) {
      (prefix->forward ? result.is_forward : result.is_reply) = true;
      rest = trim_blank(rest.substr(prefix->length));
      again = true;
    } else if (const auto mark = gateway_mark(rest)) {
      rest = trim_blank(rest.substr(mark));
      again = true;
    } else if (const auto own = own_tag(rest)) {
      take_tag(0, own);
      rest = trim_blank(rest.substr(own));
      again = true;
    } else if (const auto tag = list_tag(rest); tag > 0 && list.empty()) {
      // "[list] Re: hello" is an answer too; the tag itself stays.
      const auto behind = trim_blank(rest.substr(tag));
      if (!read_prefix(behind) && own_tag(behind) == 0) break;
      list = rest.substr(0, tag);
      rest = behind;
      again = true;
    }
  }
  for (bool again = true; again;) {
    again = false;
    if (constexpr string_view kMark = "(fwd)";
        rest.size() > kMark.size() && starts_with_fold(rest.substr(rest.size() - kMark.size()), kMark)) {
      rest = trim_blank(rest.substr(0, rest.size() - kMark.size()));
      result.is_forward = again = true;
    }
    if (const auto open = rest.rfind("[L-");
        rest.ends_with(']') && open != string_view::npos && open + own_tag(rest.substr(open)) == rest.size()) {
      take_tag(open, rest.size() - open);
      rest = trim_blank(rest.substr(0, open));
      again = true;
    }
  }

  result.base = list.empty() ? fold_blanks(rest) : std::string(list) + ' ' + fold_blanks(rest);
  result.key = fold_blanks(fold_case(result.base));
  return result;
}

}  // namespace leadmail::mail::message
