#include "mail/message/reply_text.h"

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "mail/message/attribution.h"
#include "mail/message/parent_text.h"
#include "mail/message/reply_patterns.h"
#include "mail/message/signature_block.h"
#include "mail/message/subject.h"
#include "mail/message/text_lines.h"

namespace leadmail::mail::message {
namespace {

using std::string_view;
constexpr std::size_t kAttributionLines = 6;  // "On …,\n Name\n <address>\n wrote:" is wrapped so far at most
constexpr std::size_t kAttributionBytes = 600;
constexpr std::size_t kHeaderBlockLines = 24;
constexpr std::size_t kSearchedLines = 5000;  // of the author's own; nobody writes more above a quote

constexpr std::ptrdiff_t offset(std::size_t index) { return static_cast<std::ptrdiff_t>(index); }

// What the lines of a header block say, such as "From: … Sent: … To: … Subject: …".
struct HeaderBlock {
  bool sender = false, sent = false, receiver = false, about = false;
  bool address = false;  // of anybody, where a client writes one
  bool timed = false;    // the date has a time of day
  bool answers = false;  // the subject begins as that of an answer or a forward
  HeaderLabel last = HeaderLabel::other;

  void add(const LabelledLine& line) {
    last = line.label;
    switch (line.label) {
      case HeaderLabel::from: sender = true; break;
      case HeaderLabel::date: sent = true, timed = timed || has_time(line.value); break;
      case HeaderLabel::to: receiver = true; break;
      case HeaderLabel::subject: {
        about = true;
        const auto subject = read_subject(line.value.substr(0, kLongestSubject));
        answers = answers || subject.is_reply || subject.is_forward;
        break;
      }
      case HeaderLabel::cc:
      case HeaderLabel::other: break;
    }
    if (names_people()) address = address || has_address(line.value);
  }
  // "Ann Bell\n <ann@acme.example>" is wrapped.
  void add_wrapped(string_view line) { address = address || (names_people() && has_address(line)); }

  [[nodiscard]] bool names_people() const {
    return last == HeaderLabel::from || last == HeaderLabel::to || last == HeaderLabel::cc;
  }
  [[nodiscard]] int others() const { return int{sent} + int{receiver} + int{about}; }
  // A transport has "From:", "To:", "Date:" and "Subject:" too: only what a client adds tells it apart.
  [[nodiscard]] bool is_of_client() const { return address || (about && (timed || answers)); }
};

// One past the lines "Label: value" that begin at `first` and may be a quoted header; `first` itself when they can't.
// Whether a client wrote them is another question.
std::size_t labels_end(std::span<const Line> lines, std::size_t first, HeaderBlock& block) {
  std::size_t labels = 0, loose = 0, end = first;
  for (std::size_t i = first; i < lines.size() && i - first < kHeaderBlockLines; ++i) {
    const auto& line = lines[i];
    if (line.quoted) break;
    if (line.blank) {
      if (i + 1 < lines.size() && !lines[i + 1].blank && header_label(lines[i + 1].body) && loose == 0) continue;
      break;
    }
    if (const auto label = header_label(line.body)) {
      ++labels, loose = 0, end = i + 1;
      block.add(*label);
      continue;
    }
    if (labels == 0 || ++loose > 2) break;
    block.add_wrapped(line.body);
    end = i + 1;
  }
  // A journey has a "De:", an "A:" and a "Fecha:" too, but neither address nor subject.
  return block.sender && block.others() > 0 && (block.address || block.about) ? end : first;
}

class Splitter {
 public:
  /// `answered`: the author's own lines stand between quoted ones that no client marked.
  /// `answers`: the mail answers another one.
  explicit Splitter(std::vector<Line> lines, bool answered = false, bool answers = true)
      : lines_(std::move(lines)),
        roles_(lines_.size(), Role::text),
        end_(lines_.size()),
        answered_(answered),
        answers_(answers) {}

  /// Takes marked lines for the author's own text where no client's attribution or header stands above them; of those
  /// that `strange` holds, if it is not empty. True when there were some.
  bool keep_marked(const std::vector<bool>& strange);
  ReplyParts split();

 private:
  enum class Role { text, quote, attribution, wrapped, signature };
  struct Block {
    std::size_t begin = 0, end = 0;
  };

  void find_marks();
  std::size_t attribution_start(std::size_t last) const;
  bool is_header_of_quote(std::size_t first, std::size_t end, const HeaderBlock& block) const;
  bool quote_follows(std::size_t after) const;
  void count_own();
  bool own_text_before(std::size_t line) const { return own_before_[line] > 0; }
  std::size_t with_rules_above(std::size_t first) const;
  std::size_t footer_end(std::size_t first) const;
  bool footer_cuts(std::size_t first, std::size_t end) const;
  bool passes_on() const;
  std::size_t take_signature_inside(std::span<const Line> block, std::size_t begin);
  void cut_tail();
  void drop_wrapped_quote();
  template <typename Choice>
  std::string collect(Choice choice) const;

  std::vector<Line> lines_;
  std::vector<Role> roles_;
  std::size_t end_;                 // own text and quotes between it stand before this line
  std::size_t tail_ = end_;         // from here on everything is quoted
  std::size_t opening_end_ = end_;  // the first line that is not surely the author's
  bool answered_;
  bool answers_;
  std::vector<bool> is_own_;
  std::vector<std::size_t> own_before_;
  std::string signature_;
};

bool Splitter::quote_follows(std::size_t after) const {
  while (after < lines_.size() && lines_[after].blank) ++after;
  return after < lines_.size() && lines_[after].quoted;
}

// "On Monday, 21 Nov 2014," alone on its line: the rest of the attribution stands below.
bool may_go_on(const Line& line) {
  constexpr std::size_t kWords = 9;
  if (line.blank || line.quoted || !opens_attribution(line.body) || word_count(line.body) > kWords) return false;
  return line.body.ends_with(',') || (has_date(line.body) && !line.body.ends_with('.') && !line.body.ends_with('?') &&
                                      !line.body.ends_with('!') && !line.body.ends_with(':'));
}

// Where the attribution that ends on line `last` begins; line count when there is none.
std::size_t Splitter::attribution_start(std::size_t last) const {
  if (!may_end_attribution(lines_[last].body)) return lines_.size();

  const bool quote_below = quote_follows(last + 1);
  std::string joined;
  std::size_t first = lines_.size();
  for (std::size_t i = last + 1; i-- > 0 && last - i < kAttributionLines;) {
    const auto& line = lines_[i];
    if (line.blank || line.quoted || roles_[i] != Role::text) break;
    joined = joined.empty() ? std::string(line.body) : std::string(line.body) + ' ' + joined;
    if (joined.size() > kAttributionBytes) break;
    const bool starts = starts_attribution(line.body) || line.body.starts_with("--");
    const bool apart = i == 0 || lines_[i - 1].blank || lines_[i - 1].quoted || roles_[i - 1] != Role::text;
    if (!starts && !apart && i != last) continue;
    const auto found = read_attribution(joined, quote_below);
    if (found == Attribution::none) continue;
    first = i;
    if (found == Attribution::whole) break;
  }
  // "On 21 Nov 2014,\n at 10:18,\n Ann wrote:" begins further up.
  while (first < lines_.size() && first > 0 && last - first + 1 < kAttributionLines &&
         roles_[first - 1] == Role::text && may_go_on(lines_[first - 1]))
    --first;
  return first;
}

// What the client drew above a header that it quotes, or what follows below, tells whose it is.
bool Splitter::is_header_of_quote(std::size_t first, std::size_t end, const HeaderBlock& block) const {
  constexpr std::size_t kDrawnByOutlook = 30;
  bool marked = false, ruled = false;
  for (std::size_t i = first; i-- > 0;) {
    if (lines_[i].blank) continue;
    const auto body = lines_[i].body;
    marked = is_original_marker(body) || is_forward_marker(body) ||
             (body.size() >= kDrawnByOutlook && body.find_first_not_of('_') == string_view::npos);
    ruled = is_rule(body);
    break;
  }
  if (!marked && !block.is_of_client() && !quote_follows(end)) return false;
  return block.others() >= 2 || marked || ruled;
}

// "On Monday, Ann wrote:": the day stands first and ends with a comma, as clients write it.
bool begins_with_day(string_view attribution) {
  constexpr auto kOpeners = std::to_array<string_view>(
      {"on ", "am ", "le ", "el ", "em ", "il ", "op ", "den ", "dnia ", "dne ", "vào ", "at "});
  return attribution.find(',') != string_view::npos &&
         std::any_of(kOpeners.begin(), kOpeners.end(),
                     [&](string_view opener) { return starts_with_fold(attribution, opener); });
}

// A client writes when, or whose the mail was; "our engineer wrote:" is the author's own word.
bool is_of_client(string_view attribution) {
  return has_address(attribution) || has_time(attribution) || begins_with_day(attribution);
}

// The words of a marked line.
string_view without_marks(string_view body) {
  return trim_blank(body.substr(std::min(body.find_first_not_of("> "), body.size())));
}

// The attribution or the header that a client wrote stands within the quote.
bool opens_with_header(std::span<const Line> quote) {
  HeaderBlock block;
  std::string joined;
  for (std::size_t i = 0; i < quote.size() && i < kAttributionLines && joined.size() < kAttributionBytes; ++i) {
    const auto body = without_marks(quote[i].body);
    if (body.empty()) continue;
    if (is_original_marker(body) || is_forward_marker(body)) return true;
    if (const auto label = header_label(body)) {
      block.add(*label);
      if (label->label == HeaderLabel::from && joined.empty()) return true;  // nobody marks a line of his own so
    }
    joined += joined.empty() ? std::string(body) : ' ' + std::string(body);
    if (is_of_client(joined) && read_attribution(joined, true) != Attribution::none) return true;
  }
  return block.sender && block.others() > 0 && block.is_of_client();
}

bool Splitter::keep_marked(const std::vector<bool>& strange) {
  bool any = false;
  for (std::size_t i = 0; i < lines_.size();) {
    if (!lines_[i].quoted) {
      HeaderBlock block;
      const bool heads = lines_[i].body.find(':') != string_view::npos && header_label(lines_[i].body) &&
                         labels_end(lines_, i, block) > i && block.is_of_client();
      if (heads || is_original_marker(lines_[i].body) || is_forward_marker(lines_[i].body)) return any;
      ++i;
      continue;
    }
    auto end = i;
    for (auto k = i; k < lines_.size() && (lines_[k].quoted || lines_[k].blank); ++k)
      if (lines_[k].quoted) end = k + 1;
    auto above = i;
    while (above > 0 && lines_[above - 1].blank) --above;
    const auto first = above > 0 ? attribution_start(above - 1) : lines_.size();
    std::string attribution;
    for (auto k = first; k < above; ++k) (attribution += lines_[k].body) += ' ';
    const auto quote = std::span(lines_).subspan(i, end - i);
    if (is_of_client(attribution) || opens_with_header(quote)) return any;
    const bool is_strange = strange.empty() || (first < above && [&] {
                              for (auto k = i; k < end; ++k)
                                if (!lines_[k].blank && !strange[k]) return false;
                              return true;
                            }());
    if (is_strange) {
      opening_end_ = std::min(opening_end_, std::min(first, i));
      for (auto k = i; k < end; ++k) lines_[k].quoted = false;
      any = true;
    }
    i = end;
  }
  return any;
}

// Lines that the author must have written himself, up to `line`.
void Splitter::count_own() {
  own_before_.assign(lines_.size() + 1, 0);
  for (std::size_t i = 0; i < lines_.size(); ++i) own_before_[i + 1] = own_before_[i] + (is_own_[i] ? 1 : 0);
}

// Rules and blank lines above a quoted header belong to it.
std::size_t Splitter::with_rules_above(std::size_t first) const {
  auto begin = first;
  for (auto i = first; i-- > 0;) {
    if (lines_[i].blank) continue;
    if (!is_rule(lines_[i].body) && !is_original_marker(lines_[i].body) && !is_forward_marker(lines_[i].body)) break;
    begin = i;
  }
  return begin;
}

// One past the footers that begin here, with the blank lines below them.
std::size_t Splitter::footer_end(std::size_t first) const {
  auto end = first;
  while (end < lines_.size() && (lines_[end].blank || is_mobile_footer(lines_[end].body))) ++end;
  return end;
}

// A footer such as "Sent from my iPhone" ends what was written; some clients put an unmarked quote below it, if there
// is anything to quote.
bool Splitter::footer_cuts(std::size_t first, std::size_t end) const {
  const bool apart = (first == 0 || lines_[first - 1].blank) && lines_[end - 1].blank;
  return answers_ && apart && !lines_[end].quoted && !is_rule(lines_[end].body);
}

void Splitter::find_marks() {
  const auto close_opening = [&](std::size_t at) { opening_end_ = std::min(opening_end_, at); };
  is_own_.assign(lines_.size(), false);
  std::size_t own = 0, looked_at = 0, footers_end = 0;
  const auto own_above = [&](std::size_t first, std::size_t last) {
    return own >
           static_cast<std::size_t>(std::count(is_own_.begin() + offset(first), is_own_.begin() + offset(last), true));
  };
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const auto& line = lines_[i];
    if (line.blank) continue;
    if (line.quoted) {
      roles_[i] = Role::quote;
      close_opening(i);
      continue;
    }
    if (++looked_at > kSearchedLines) {
      is_own_[i] = true;
      continue;
    }

    std::size_t cut = lines_.size(), header_end = i + 1;
    if (is_original_marker(line.body) || is_forward_marker(line.body)) {
      cut = i;
    } else if (header_label(line.body)) {
      HeaderBlock block;
      if (const auto end = labels_end(lines_, i, block); end > i) {
        if (is_header_of_quote(i, end, block)) {
          cut = with_rules_above(i);
          header_end = end;
        } else {
          close_opening(i);  // his own words, but if they are not they give no commands
        }
      }
    }
    if (cut < lines_.size()) {
      close_opening(cut);
      if (answered_) {
        std::fill(roles_.begin() + offset(cut), roles_.begin() + offset(header_end), Role::attribution);
        i = header_end - 1;
        continue;
      }
      // Nothing above: the author passes on what follows, and it is all there is to read.
      if (own_above(cut, i)) end_ = tail_ = cut;
      break;
    }
    const bool footer = is_mobile_footer(line.body);
    if (footer && own > 0) close_opening(i);  // some clients put an unmarked quote below it
    if (footer && i >= footers_end) {
      footers_end = footer_end(i);
      if (own > 0 && footers_end < lines_.size() && footer_cuts(i, footers_end)) {
        close_opening(i);
        signature_ = join_lines(std::span(lines_).subspan(i, footers_end - i));
        end_ = i, tail_ = footers_end;
        break;
      }
    }
    if (const auto first = attribution_start(i); first < lines_.size()) {
      close_opening(first);
      if (!answered_ && !quote_follows(i + 1) && own_above(first, i)) {
        end_ = tail_ = first;
        break;
      }
      for (auto k = first; k <= i; ++k) {
        roles_[k] = Role::attribution;
        own -= is_own_[k] ? 1 : 0;
        is_own_[k] = false;
      }
      continue;
    }
    is_own_[i] = !footer && !is_rule(line.body);
    own += is_own_[i] ? 1 : 0;
  }
  count_own();
}

// Nothing but quotes, and a forward among them: that is what the author wants to be read.
bool Splitter::passes_on() const {
  return std::any_of(lines_.begin(), lines_.end(), [](const Line& line) {
    const auto start = line.body.find_first_not_of("> ");
    return start != string_view::npos && is_forward_marker(line.body.substr(start));
  });
}

// The lines of a signature below which the author goes on; returns where he does.
std::size_t Splitter::take_signature_inside(std::span<const Line> block, std::size_t begin) {
  const auto goes_on = continuation_start(block);
  if (goes_on == block.size()) return 0;
  const auto start = signature_start(block.first(goes_on), own_text_before(begin));
  if (start >= goes_on) return 0;
  // Whole sentences below a closing: a letter that goes on, and is shown as it stands.
  const bool closes = sign_off(block[start].body) != SignOff::none;
  const auto more = block.subspan(goes_on);
  if (closes && std::any_of(more.begin(), more.end(), [](const Line& line) { return is_prose(line.body); })) return 0;
  signature_ = join_lines(block.subspan(start, goes_on - start)) + (signature_.empty() ? "" : "\n") + signature_;
  opening_end_ = std::min(opening_end_, begin + start);
  std::fill(roles_.begin() + offset(begin + start), roles_.begin() + offset(begin + goes_on), Role::signature);
  return goes_on;
}

// Takes off what stands at the end and is not new: quotes, and signatures below or above them.
void Splitter::cut_tail() {
  constexpr int kSignatures = 4;  // one's own, the device's, a list's …
  bool again = true;
  for (int round = 0; again && round < kSignatures; ++round) {
    again = false;
    auto end = end_;
    while (end > 0 && (lines_[end - 1].blank || roles_[end - 1] != Role::text)) --end;
    if (end == 0 && passes_on()) return;
    end_ = end;

    auto begin = end;
    while (begin > 0 && (lines_[begin - 1].blank || roles_[begin - 1] == Role::text)) --begin;
    if (const auto block = std::span(lines_).subspan(begin, end - begin); round == 0) {
      begin += take_signature_inside(block, begin);
    }
    const bool more_above = own_text_before(begin);
    const auto start = signature_start(std::span(lines_).subspan(begin, end - begin), more_above);
    // Nobody signs in the middle of a quote: that is an answer, however short.
    const bool is_answer = start == 0 && quote_follows(end) && begin > 0 && roles_[begin - 1] == Role::quote;
    if (start < end - begin && !is_answer) {
      signature_ = join_lines(std::span(lines_).subspan(begin + start, end - begin - start)) +
                   (signature_.empty() ? "" : "\n") + signature_;
      opening_end_ = std::min(opening_end_, begin + start);
      end_ = begin + start;
      again = true;
    }
  }
}

// HTML clients put the attribution into the quote: "> On Monday Ann wrote:".
bool opens_with_attribution(std::span<const Line> quote) {
  std::string joined;
  int labels = 0;
  for (std::size_t i = 0; i < quote.size() && i < kAttributionLines && joined.size() < kAttributionBytes; ++i) {
    const auto body = without_marks(quote[i].body);
    if (body.empty()) break;
    if (header_label(body) && ++labels > 1) return true;
    joined += joined.empty() ? std::string(body) : ' ' + std::string(body);
  }
  return read_attribution(joined, true) != Attribution::none;
}

// A quote in the middle is context when the author answers piece by piece. It is not when he wrote all of his text
// below it, or closes his mail below it with no more than a name.
void Splitter::drop_wrapped_quote() {
  std::vector<Block> quotes;
  for (std::size_t i = 0; i < end_; ++i) {
    if (roles_[i] != Role::quote) continue;
    auto j = i;
    while (j < end_ && (roles_[j] == Role::quote || lines_[j].blank)) ++j;
    quotes.push_back({i, j});
    i = j;
  }
  if (quotes.size() != 1) return;
  const auto [begin, end] = quotes.front();
  std::size_t above = 0, below = 0;
  bool attributed = false, greeting_only = true;
  for (std::size_t i = 0; i < begin; ++i) {
    if (lines_[i].blank) continue;
    if (roles_[i] == Role::attribution) {
      attributed = true;
    } else {
      ++above, greeting_only = greeting_only && is_greeting(lines_[i].body);
    }
  }
  for (auto i = end; i < end_; ++i) below += !lines_[i].blank;
  if (below == 0 || !(attributed || opens_with_attribution(std::span(lines_).subspan(begin, end - begin)))) return;

  constexpr std::size_t kClosingLines = 3;
  const bool closing = above > 0 && below <= kClosingLines && [&] {
    for (auto i = end; i < end_; ++i) {
      if (!lines_[i].blank) {
        auto head = lines_[i].body;
        if (const auto comma = head.find_first_of(",!"); comma != string_view::npos) head = head.substr(0, comma);
        return sign_off(head) != SignOff::none;
      }
    }
    return false;
  }();
  if (!closing && !greeting_only) return;
  std::fill(roles_.begin() + offset(begin), roles_.begin() + offset(end), Role::wrapped);
}

template <typename Choice>
std::string Splitter::collect(Choice choice) const {
  std::vector<Line> chosen;
  for (std::size_t i = 0; i < lines_.size(); ++i)
    if (choice(i)) chosen.push_back(lines_[i]);
  return join_lines(chosen);
}

ReplyParts Splitter::split() {
  find_marks();
  cut_tail();
  drop_wrapped_quote();

  ReplyParts parts;
  parts.reply =
      collect([&](std::size_t i) { return i < end_ && (roles_[i] == Role::text || roles_[i] == Role::quote); });
  parts.quoted = collect([&](std::size_t i) {
    return i >= tail_ || roles_[i] == Role::wrapped || roles_[i] == Role::attribution ||
           (i >= end_ && roles_[i] == Role::quote);
  });
  parts.opening = join_lines(std::span(lines_).first(std::min(opening_end_, end_)));
  parts.signature = signature_;
  parts.answers_inside = answered_;

  // Whatever the author wrote is shown rather than nothing.
  if (parts.reply.empty()) {
    const auto own = collect([&](std::size_t i) { return roles_[i] == Role::text && !lines_[i].quoted; });
    if (!own.empty()) {
      parts.reply = own;
      parts.signature.clear();
    }
  }
  return parts;
}

// Nothing but words that say where the others stand, and courtesies around them.
bool only_points_below(string_view reply) {
  constexpr std::size_t kMostLines = 8;
  constexpr std::size_t kNameWords = 3;
  bool points = false;
  const auto lines = read_lines(reply, kMostLines);
  if (lines.size() > kMostLines) return false;
  for (const auto& line : lines) {
    if (line.blank) continue;
    if (!points && points_below(line.body)) {
      points = true;  // also where it greets: "Hi Ann, see below"
    } else if (!is_greeting(line.body) && sign_off(line.body) == SignOff::none &&
               (!points || word_count(line.body) > kNameWords)) {
      return false;
    }
  }
  return points;
}

// Not what clients write around the parent.
bool may_be_his(const Line& line) {
  const auto words = without_marks(line.body);
  return !words.empty() && !has_address(words) && !header_label(words) && !is_rule(words) &&
         !is_original_marker(words) && read_attribution(words, true) == Attribution::none && !words.starts_with('[') &&
         !words.starts_with('<');
}

// His answers stand among the parent's lines, however short they are and whatever the client marked; `parts` as they
// are when there are none.
ReplyParts split_inside(std::vector<Line> lines, ReplyParts parts, string_view parent) {
  const auto marked = lines;
  for (auto& line : lines) line.quoted = false;
  const auto found = find_parent(parent, lines);
  bool any = false;
  for (auto i = found.first; i < lines.size(); ++i) {
    const bool his = found.strange[i] && may_be_his(lines[i]);
    any = any || his;
    lines[i].quoted = !his && (marked[i].quoted || found.quoted[i]);
  }
  if (!any) return parts;
  for (std::size_t i = 0; i < found.first; ++i) lines[i].quoted = marked[i].quoted;
  auto inside = Splitter(std::move(lines), true).split();
  inside.opening = std::move(parts.opening);
  return inside;
}

// "Mark as done<mailto:sales@acme.example?subject=…>", a link as programs write those of a page.
bool ends_in_link(string_view body) {
  const auto begin = body.rfind('<');
  return begin != string_view::npos && body.ends_with('>') &&
         (body.substr(begin).starts_with("<mailto:") || body.substr(begin).starts_with("<http"));
}

// A line and the one above it, for attributions that were wrapped.
bool ends_attribution(std::span<const Line> lines, std::size_t i) {
  const auto body = lines[i].body;
  if (!may_end_attribution(body) || ends_in_link(body)) return false;
  if (is_of_client(body) && read_attribution(body, true) != Attribution::none) return true;
  if (i == 0 || lines[i - 1].blank) return false;
  const auto joined = std::string(lines[i - 1].body) + ' ' + std::string(body);
  return is_of_client(joined) && read_attribution(joined, true) != Attribution::none;
}

// In a chain of mails somebody else may have answered among the parent's lines. Marks do not matter, nor does what
// stands below the parent.
bool is_chain(std::span<const Line> lines, const ParentLines& found) {
  auto last = lines.size();
  while (last > 0 && !found.quoted[last - 1]) --last;
  std::vector<Line> plain(lines.begin(), lines.begin() + offset(last == 0 ? lines.size() : last));
  for (auto& line : plain) {
    line.body = without_marks(line.body);
    line.blank = line.body.empty();
    line.quoted = false;
  }
  std::size_t mails = 0;
  for (std::size_t i = 0; i < plain.size() && mails < 2; ++i) {
    if (plain[i].blank || found.quoted[i]) continue;
    HeaderBlock block;
    const auto end = header_label(plain[i].body) ? labels_end(plain, i, block) : i;
    if (end > i && (block.is_of_client() || block.others() >= 2)) {
      ++mails;
      i = end - 1;
    } else if (ends_attribution(plain, i)) {
      ++mails;
    }
  }
  return mails > 1;
}

// Without the paragraphs at the end that are a signature or a footer, whatever stands above them.
std::span<const Line> without_last_signatures(std::span<const Line> lines) {
  constexpr int kMost = 4;
  constexpr std::size_t kLongest = 100;  // lines
  for (int i = 0; i < kMost; ++i) {
    while (!lines.empty() && lines.back().blank) lines = lines.first(lines.size() - 1);
    auto begin = lines.size();
    while (begin > 0 && !lines[begin - 1].blank && lines.size() - begin < kLongest) --begin;
    const auto start = signature_start(lines.subspan(begin), true);
    if (begin + start == lines.size()) break;
    lines = lines.first(begin + start);
  }
  return lines;
}

// The first line that a further mail begins with, marked or by its header.
std::size_t next_mail(std::span<const Line> lines) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto body = without_marks(lines[i].body);
    if (lines[i].quoted || is_original_marker(body) || is_forward_marker(body)) return i;
    HeaderBlock block;
    if (header_label(body) && labels_end(lines, i, block) > i && block.is_of_client()) return i;
    if (!lines[i].blank && ends_attribution(lines, i)) return i;
  }
  return lines.size();
}

// What nobody's program writes below the end of the parent, without a signature.
std::string words_below(std::span<const Line> lines, const ParentLines& found) {
  auto last = lines.size();
  while (last > found.first && !found.quoted[last - 1]) --last;
  if (last <= found.first) return {};
  const auto below = lines.subspan(last, next_mail(lines.subspan(last)));
  bool any = false;
  for (std::size_t i = 0; i < below.size(); ++i) any = any || (found.strange[last + i] && may_be_his(below[i]));
  return any ? join_lines(without_last_signatures(below)) : std::string();
}

// The lines that are in neither, and may be his; all others, where nothing of the parent was found.
std::string words_besides(std::span<const Line> lines, const ParentLines& found, const ReplyParts& parts) {
  std::vector<Line> his;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto body = lines[i].body;
    const bool is_known =
        parts.reply.find(body) != std::string::npos || parts.signature.find(body) != std::string::npos;
    if (!is_known && found.strange[i] && may_be_his(lines[i])) his.push_back(lines[i]);
  }
  return join_lines(his);
}

// Whether each line of `words` is one of `text`.
bool holds_all(string_view text, string_view words) {
  std::set<string_view> known;
  for (const auto& line : read_lines(text)) known.insert(line.body);
  return std::ranges::all_of(read_lines(words),
                             [&](const Line& line) { return line.blank || known.contains(line.body); });
}

// Without the quoted lines that are not the parent's: of a chain a third may have written them.
std::string without_others(string_view reply, string_view parent) {
  auto lines = read_lines(reply);
  const auto found = find_parent(parent, lines);
  std::vector<Line> kept;
  for (std::size_t i = 0; i < lines.size(); ++i)
    if (!lines[i].quoted || found.quoted[i]) kept.push_back(lines[i]);
  return join_lines(kept);
}

ReplyParts split_known(string_view text, const ReplyScene& scene) {
  auto lines = read_lines(text);
  auto found = find_parent(scene.parent, lines);
  const bool is_more = scene.goes_out && is_chain(lines, found);
  found.answered = found.answered && !is_more;
  auto below = is_more ? std::string() : words_below(lines, found);
  const auto marked = lines;
  for (std::size_t i = found.first; i < lines.size(); ++i) lines[i].quoted = lines[i].quoted || found.quoted[i];
  Splitter splitter(std::move(lines), found.answered);
  const bool kept = splitter.keep_marked(found.strange);
  auto parts = splitter.split();
  parts.answers_inside = parts.answers_inside || kept;
  if (!is_more && !parts.answers_inside && (parts.reply.empty() || only_points_below(parts.reply)))
    parts = split_inside(marked, std::move(parts), scene.parent);
  if (is_more) {
    parts.reply = without_others(parts.reply, scene.parent);
    parts.answers_inside = false;
  }
  if (below.empty() && !parts.answers_inside && only_points_below(parts.reply))
    below = words_besides(marked, found, parts);
  if (!holds_all(parts.reply, below)) parts.below_quote = std::move(below);
  return parts;
}

}  // namespace

ReplyParts split_reply(string_view text, const ReplyScene& scene) {
  if (!scene.parent.empty()) return split_known(text, scene);
  Splitter splitter(read_lines(text), false, scene.answers);
  if (!scene.answers) splitter.keep_marked({});
  auto parts = splitter.split();
  // Nobody answers inside of what he passes on.
  const auto first = trim_blank(parts.quoted).substr(0, trim_blank(parts.quoted).find('\n'));
  if (!parts.quoted.empty() && !is_forward_marker(trim_blank(first)) && only_points_below(parts.reply)) {
    parts.points_below = true;
    parts.own_words = std::exchange(parts.reply, join_lines(read_lines(text)));
  }
  return parts;
}

}  // namespace leadmail::mail::message
