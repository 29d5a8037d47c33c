#include "core/leads/invite_words.h"

#include <algorithm>
#include <vector>

#include "core/leads/address.h"
#include "core/leads/fold.h"
#include "core/leads/person_words.h"
#include "core/leads/text.h"
#include "core/leads/turn.h"

namespace leadmail::leads {
namespace {

struct InviteToken {
  std::string_view written{};  ///< without punctuation around it
  std::string folded{};
  std::size_t begin = 0;   ///< offset in the text
  bool ends_part = false;  ///< a comma, a dash or the like stands behind it
};

constexpr std::string_view kPunctuation = ",.;:!?()\"";

std::vector<InviteToken> tokens_of(std::string_view text) {
  std::vector<InviteToken> tokens;
  for (auto word : words_of(text)) {
    InviteToken token{.begin = static_cast<std::size_t>(word.data() - text.data())};
    while (!word.empty() && (kPunctuation.find(word.front()) != std::string_view::npos || word.front() == '<'))
      word.remove_prefix(1);
    while (!word.empty() && (kPunctuation.find(word.back()) != std::string_view::npos || word.back() == '>')) {
      token.ends_part = token.ends_part || word.back() != '>';
      word.remove_suffix(1);
    }
    token.written = word;
    token.folded = fold(word);
    constexpr std::string_view kApostrophe = "\u2019";
    for (auto mark = token.folded.find(kApostrophe); mark != std::string::npos; mark = token.folded.find(kApostrophe)) {
      token.folded.erase(mark, kApostrophe.size() - 1);
      token.folded[mark] = '\'';
    }
    token.ends_part = token.ends_part || is_one_of(word, {"", "-", "\u2013", "\u2014", "\u2022"});
    tokens.push_back(std::move(token));
  }
  return tokens;
}

bool is_in(const InviteToken& token, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, token.folded) != words.end();
}

/// "mời", not "mới" (new) nor "mỗi" (each): without accents it can be any of them.
bool is_vietnamese_invite(const InviteToken& token) {
  constexpr std::string_view kSpellings[] = {"mời", "Mời", "MỜI", "mo\u031b\u0300i", "moi", "Moi", "MOI"};
  return std::ranges::find(kSpellings, token.written) != std::end(kSpellings);
}

bool is_verb(const InviteToken& token) {
  return is_in(token, {"invite",   "invites",   "inviting",  "invitar",   "invita",     "inviten",    "invitando",
                       "invito",   "invitarlo", "invitarla", "invitarle", "invitarlos", "invitarlas", "invitarles",
                       "invitalo", "invitala",  "invitale",  "invitelo",  "invitela",   "no-invite",  "invitemos"}) ||
         is_vietnamese_invite(token);
}

/// Words that are about an invitation, and may as well be those of a place.
bool is_noun(const InviteToken& token) {
  return is_in(token, {"invited", "invitation", "invitations", "invitado", "invitada", "invitacion", "invitaciones"});
}

bool is_negation(const InviteToken& token) {
  return is_in(
      token, {"no",  "not",   "never",   "without", "don't", "dont", "doesn't", "won't", "needn't", "shouldn't", "skip",
              "sin", "nunca", "tampoco", "ni",      "khong", "dung", "khoi",    "chua",  "chang",   "ko",        "k"});
}

bool is_nobody(const InviteToken& token) {
  return is_in(token, {"nobody", "none", "noone", "no-one", "nadie", "ninguno", "no"});
}

/// Between the negation and the verb, or before the verb where it is none: "do not [need to] invite".
bool is_joint(const InviteToken& token) {
  return is_in(token,
               {"to",   "need",  "needs", "an",   "any",    "a",       "the",   "lo",      "la",    "le",     "les",
                "los",  "him",   "her",   "them", "please", "can",     "de",    "have",    "hay",   "que",    "and",
                "y",    "va",    "&",     "+",    "con",    "with",    "send",  "sending", "sends", "enviar", "mandar",
                "gui",  "thu",   "loi",   "giay", "i",      "we",      "also",  "tambien", "is",    "are",    "be",
                "do",   "will",  "would", "yet",  "aun",    "todavia", "una",   "un",      "por",   "favor",  "but",
                "pero", "nhung", "hay",   "xin",  "must",   "should",  "shall", "es",      "se",    "cung"});
}

/// Whom: words that name the one whom the lead is about.
bool is_guest_word(const InviteToken& token) {
  return is_in(token, {"them",      "him",      "her",      "customer", "client",    "cliente", "khach", "hang",
                       "ho",        "prospect", "lead",     "guest",    "guests",    "the",     "el",    "la",
                       "al",        "a",        "los",      "las",      "to",        "too",     "also",  "tambien",
                       "please",    "por",      "favor",    "nhe",      "nha",       "yes",     "si",    "co",
                       "prospecto", "contact",  "contacto", "needed",   "necessary", "her",     "luon",  "that",
                       "customers", "clientes", "anh",      "chi",      "ong",       "ba"});
}

std::string_view without_marks(std::string_view text) {
  for (bool found = true; found;) {
    text = trim(text);
    found = false;
    for (const std::string_view mark : {",", ";", "+", "-", "\u2013", "\u2014", ":", "\u2022", "(", "&"}) {
      if (!text.ends_with(mark)) continue;
      text.remove_suffix(mark.size());
      found = true;
    }
  }
  return text;
}

/// What stands behind the word that invites.
struct Guests {
  std::string address{};
  bool is_nobody = false;
  bool is_anybody = false;  ///< makes sense behind a negation only
  bool is_understood = true;
};

Guests guests_behind(const std::vector<InviteToken>& tokens, std::size_t from) {
  Guests guests;
  for (auto i = from; i < tokens.size(); ++i) {
    const auto& token = tokens[i];
    if (token.written.empty() || is_guest_word(token)) continue;
    if (is_nobody(token)) {
      guests.is_nobody = true;
    } else if (is_in(token, {"anybody", "anyone", "ai", "yet", "todavia", "aun"})) {
      guests.is_anybody = true;
    } else if (guests.address.empty() && is_plain_address(token.written)) {
      guests.address = with_lower_domain(token.written);
    } else {
      guests.is_understood = false;
    }
  }
  return guests;
}

}  // namespace

InviteRead read_invite(std::string_view text) {
  const auto tokens = tokens_of(text);
  InviteRead read{.rest = text};
  auto at = tokens.size();
  for (std::size_t i = tokens.size(); i-- > 0 && at == tokens.size();) {
    if (is_verb(tokens[i]) || is_noun(tokens[i])) at = i;
  }
  if (at == tokens.size()) return read;

  const auto guests = guests_behind(tokens, at + 1);
  auto begin = at;
  while (begin > 0 && !tokens[begin - 1].ends_part && is_joint(tokens[begin - 1])) --begin;
  const bool is_denied = tokens[at].folded.starts_with("no-") ||
                         (begin > 0 && !tokens[begin - 1].ends_part && is_negation(tokens[begin - 1]));
  // "not only to invite", "no, invite him": a negation nearby that is not known to be of this word.
  constexpr std::size_t kNear = 4;
  const auto near = [&] {
    for (auto i = begin > kNear ? begin - kNear : 0; i < begin; ++i) {
      if (is_negation(tokens[i])) return true;
    }
    return false;
  };
  const bool begins_part = begin == 0 || tokens[begin - 1].ends_part;
  const bool has_object = at + 1 < tokens.size();
  if (is_denied || guests.is_nobody) {
    if (is_denied && begin > 0 && !tokens[at].folded.starts_with("no-")) --begin;
    while (begin > 0 && !tokens[begin - 1].ends_part && is_joint(tokens[begin - 1])) --begin;
    const bool is_double = is_denied && guests.is_nobody && tokens.back().folded == "no";
    read.wish =
        guests.is_understood && !is_double && guests.address.empty() ? InviteWish::leave_out : InviteWish::unclear;
  } else if (is_noun(tokens[at]) && !begins_part && begin == at) {
    return read;  // "by invitation", "for invited people": of the place
  } else if (is_noun(tokens[at]) && !guests.is_understood) {
    return read;
  } else if (tokens[at].folded == "moi" && tokens[at].written.size() == 3 && !begins_part && !has_object) {
    read.wish = InviteWish::unclear;  // "van phong moi": a new office
  } else {
    const bool is_clear = guests.is_understood && !guests.is_anybody && !near();
    read.wish = is_clear ? InviteWish::invite : InviteWish::unclear;
    read.address = guests.address;
  }
  read.rest = without_marks(text.substr(0, tokens[begin].begin));
  return read;
}

}  // namespace leadmail::leads
