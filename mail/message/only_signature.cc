#include "mail/message/only_signature.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "mail/message/ascii.h"
#include "mail/message/fold.h"
#include "mail/message/fold_case.h"
#include "mail/message/reply_patterns.h"
#include "mail/message/reply_words.h"
#include "mail/message/signature_words.h"
#include "mail/message/text_lines.h"
#include "mail/message/word_index.h"

namespace leadmail::mail::message {
namespace {

using std::string_view;
constexpr std::size_t kMostBytes = std::size_t{16} * 1024;
constexpr std::size_t kMostLines = 200;
constexpr std::size_t kLongestLine = 300;

// All words below are as fold_plain() leaves them: small, without accents.
// clang-format off
constexpr auto kHonours = std::to_array<WordRow>({
    {"all", "dr|prof|dipl|ing|mag|msc|bsc|mba|phd|lic|licda|eng|engr|arq|mr|mrs|ms|miss|herr|frau|sr|sra|srta|med|rer|nat|oec|kfm|betriebsw|fh|univ|cpa|pmp|jr|ii|iii|dott|dottssa|ssa|rag|geom|mgr|inz|bc|mudr|judr|ba|ong|anh|chi|sc|jur|habil|mme|mlle|sig"},
});
// One of them, and the line may be an answer.
constexpr auto kAnswers = std::to_array<WordRow>({
    {"en", "yes|no|not|ok|okay|fine|good|great|sure|done|sent|agreed|approved|confirmed|accepted|accept|accepts|confirm|confirms|approve|rejected|declined|cancelled|canceled|thanks|thank|please|hello|hi|hey|dear|today|tomorrow|tonight|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|december|that|this|these|it|its|we|i|you|he|she|they|is|are|was|will|can|could|would|should|have|has|call|send|see|let|works|perfect|available|possible|price|offer|free|sold|out|delivery|deliver|delivered|shipped|ready|wait|stop|urgent|deal|interested|attached|correct|right|wrong|never|always|soon|later|now|asap|eur|usd|gbp|chf|vnd|mxn|euro|euros|dollars"},
    {"es pt it ca", "si|sim|vale|bien|gracias|claro|perfecto|perfeito|perfetto|hoy|manana|lunes|martes|miercoles|jueves|viernes|sabado|domingo|segunda|terca|quarta|quinta|sexta|lunedi|martedi|mercoledi|giovedi|venerdi|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|aceptado|acepto|confirmado|confirmo|enviado|hecho|listo|acuerdo|hola|estimado|estimada|precio|entrega|nao|obrigado|grazie|certo|bene|inviato"},
    {"de nl", "ja|nein|gut|passt|danke|gerne|heute|morgen|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|januar|februar|marz|mai|juni|juli|oktober|dezember|bestatigt|einverstanden|erledigt|geht|angebot|preis|lieferung|hallo|liebe|lieber|nee|goed|prima|akkoord|maandag|dinsdag|woensdag|donderdag|vrijdag|bedankt|wir|ich|sie|ist|sind|bitte"},
    {"fr", "oui|non|bon|bien|merci|accord|accepte|confirme|envoye|aujourd|demain|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|janvier|fevrier|mars|avril|juin|juillet|aout|octobre|decembre|bonjour|parfait|prix|livraison|nous|vous|je"},
    {"others", "da|ne|nie|tak|hai|ok|tot|vang|dong|khong|xin|chao|gui|gia|nhe|roi|duoc|да|нет|хорошо|спасибо|согласен|цена|так|ні|evet|hayir|tamam|joo|kylla|kiitos|tack|takk|nej|igen|nem"},
});
// What joins the words of a title or a name of a company.
constexpr auto kJoints = std::to_array<WordRow>({
    {"all", "of|for|and|the|de|del|la|las|los|el|y|e|do|da|dos|das|di|della|dei|des|du|le|les|et|fur|und|von|der|die|den|im|in|bei|van|het|voor|en|och|og|i|w|z|do|na|ds|a|at|to"},
});
constexpr auto kTitleWords = std::to_array<WordRow>({
    {"all", "key|account|accounts|senior|junior|regional|area|technical|export|customer|service|support|product|project|business|development|international|national|deputy|general|managing|sales|team|human|resources|finance|logistics|operations|quality|ventas|compras|cuentas|clave|desarrollo|negocio|negocios|comercial|tecnico|tecnica|exportacion|general|adjunta|adjunto|zona|proyecto|proyectos|atencion|cliente|clientes|vertrieb|einkauf|aussendienst|innendienst|technischer|technische|leitung|grands|comptes|clients|achats|ventes|export|directora|director|kinh|doanh|ban|hang|vien|giam|doc"},
});
// Before or behind a number or an address of mail or web.
constexpr auto kContactWords = std::to_array<WordRow>({
    {"one letter", "t|m|f|p|e|w|d|o|c|h|a|i"},
    {"words", "tel|tels|telf|tlf|tlfn|telp|tfno|telefon|telefono|telefone|telephone|phone|ph|fon|fono|fax|telefax|mobile|mobil|mob|mobiltelefon|cell|cel|celular|cellulare|handy|movil|portable|port|gsm|whatsapp|wa|zalo|wechat|viber|telegram|tlm|telm|telemovel|kom|komorka|natel|mobilni|puh|puhelin|matkapuhelin|gsm|direct|direkt|durchwahl|dw|zentrale|office|switchboard|main|ext|extension|int|anexo|email|mail|mails|correo|courriel|web|website|www|site|sitio|internet|homepage|url|skype|linkedin|xing|facebook|instagram|hotline|dt|sdt|dien|thoai|di|dong|dd|cep|fijo|oficina|buro|bureau|und|and|or|тел|телефон|моб|мобильныи|факс|почта|саит|电话|電話|手机|手機|传真|傳真|邮箱|網址|网址|携帯|メール|전화|휴대폰|팩스|이메일|τηλ|κιν|φαξ|โทร|هاتف|جوال|טל|נייד"},
});
// Makers and programs whose name no message to a customer ends with.
constexpr auto kProducts = std::to_array<WordRow>({
    {"all", "iphon|ipad|android|blackberry|samsung|galaxy|nokia|htc|huawei|xiaomi|pixel|oneplus|motorola|macbook|redmi|oppo|xperia|lenovo|outlook|thunderbird|gmail|yahoo|proton|gmx|web.de|bluemail|windows|superhuman|tutanota|zoho|yandex|mail.ru|airmail|mailbird|naver|네이버|айфон|айпад|apple mail|aquamail|k-9|typeapp|nylas|mailspring|edison| spark | spark. | newton | missive | canary | canary mail|em client|mailtrack|t-mobile|vodafone|telekom|posteo|mi phone"},
});
// "… my phone"
constexpr auto kPhones = std::to_array<WordRow>({
    {"all", "phone|mobile|handy|smartphone|tablet|mobiltelefon|telefon|téléphone|móvil|celular|teléfono|telemóvel|cellulare|telefono|puhelin|телефон|điện thoại|ponsel|携帯|スマートフォン|手机|手機|스마트폰|휴대폰|โทรศัพท์|mobil|mobitel|telefoon|mobiele|מהטלפון|הנייד|هاتفي|κινητό"},
});
constexpr auto kMine = std::to_array<WordRow>({
    {"all", " my | mein|meinem|meiner| mi | mon | ma | mio|dal mio| meu | mijn | min | mitt | moj|mojego|mého|môjho| мо|моего|мого|của tôi|私|我的|나의|내 | saya|umdan|مني|από το"},
});
// clang-format on

template <const auto& kRows>
bool is_word_of(string_view word) {
  static constexpr auto kTable = table_of_words<kRows, '|'>([](const WordRow& row) { return row.words; });
  return kTable.has(word);
}

bool is_blank_of(char c) { return c == ' ' || c == '\t'; }

// The words of a text, folded; marks part them.
std::vector<std::string> words_of(string_view text) {
  std::vector<std::string> words;
  std::string word;
  const auto folded = fold_plain(text);
  for (const char c : folded) {
    if (ascii::is_alnum(c) || ascii::is_8bit(c)) {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::exchange(word, {}));
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

string_view undrawn(string_view text) {
  constexpr string_view kDrawn = "*_-~•·|>, \t";
  text = trim_blank(text);
  for (const string_view dash : {"—", "–", "―"}) {
    if (text.starts_with(dash)) text.remove_prefix(dash.size());
    if (text.ends_with(dash)) text.remove_suffix(dash.size());
  }
  while (!text.empty() && kDrawn.find(text.front()) != string_view::npos) text.remove_prefix(1);
  while (!text.empty() && kDrawn.find(text.back()) != string_view::npos) text.remove_suffix(1);
  return trim_blank(text);
}

bool has_answer(const std::vector<std::string>& words) {
  return std::ranges::any_of(words, [](const std::string& word) { return is_word_of<kAnswers>(word); });
}

bool has_digit(string_view text) { return std::ranges::any_of(text, ascii::is_digit); }

bool ends_sentence(string_view text) { return text.find_first_of("?!") != string_view::npos || text.ends_with("？"); }

// The words as they stand: with capitals, joined by small words and by those that titles are made of.
bool is_capital(string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    while (i < text.size() && !ascii::is_alnum(text[i]) && !ascii::is_8bit(text[i])) ++i;
    const auto start = i;
    while (i < text.size() && (ascii::is_alnum(text[i]) || ascii::is_8bit(text[i]))) ++i;
    const auto word = text.substr(start, i - start);
    if (word.empty() || word.front() < 'a' || word.front() > 'z') continue;
    const auto folded = fold_plain(word);
    if (!is_word_of<kJoints>(folded) && !is_word_of<kTitleWords>(folded)) return false;
  }
  return true;
}

bool has_any(string_view text, auto& words) {
  std::string room;
  const auto folded = ascii::lower(fold_case(text, room));
  return std::ranges::any_of(words, [&](string_view word) {
    for (auto at = folded.find(word); at != string_view::npos; at = folded.find(word, at + 1)) {
      const auto joins = [](char c) { return ascii::is_alnum(c) || ascii::is_8bit(c); };
      const bool wide = ascii::is_8bit(word.front());
      const auto end = at + word.size();
      if ((at == 0 || !joins(folded[at - 1]) || wide) &&
          (end == folded.size() || !joins(folded[end]) || !joins(word.back()) || wide))
        return true;
    }
    return false;
  });
}

enum class Says { message, nothing, name, closing, contact, role, place, unclear };

class Reader {
 public:
  explicit Reader(std::span<const string_view> names) {
    for (const auto name : names) {
      for (auto& word : words_of(name.substr(0, kLongestLine)))
        if (word.size() > 1 && !is_word_of<kAnswers>(word)) names_.push_back(std::move(word));
    }
  }

  [[nodiscard]] Says read(string_view line) const;

 private:
  [[nodiscard]] Says read_piece(string_view piece) const;
  [[nodiscard]] bool is_name(string_view text) const;

  std::vector<std::string> names_{};
};

// "Dr. Ana López", "- A. López"; with one of his names at least.
bool Reader::is_name(string_view text) const {
  constexpr std::size_t kMostWords = 8;
  if (has_digit(text) || ends_sentence(text)) return false;
  const auto words = words_of(text);
  bool named = false;
  for (const auto& word : words) {
    const bool is_his = std::ranges::find(names_, word) != names_.end();
    named = named || is_his;
    const bool initial = word.size() == 1;
    if (!is_his && !initial && !is_word_of<kHonours>(word)) return false;
  }
  return named && words.size() <= kMostWords;
}

// "Tel.: +49 171 1234567", "ana@acme.example", "www.acme.example": labels and what they stand before, nothing else.
bool is_contact(string_view piece) {
  std::size_t digits = 0;
  bool labelled = false, reached = false, dialled = false;
  for (std::size_t i = 1; i + 1 < piece.size(); ++i)
    if (piece[i] == ':' && ascii::is_digit(piece[i - 1]) && ascii::is_digit(piece[i + 1])) return false;  // a time
  for (std::size_t i = 0; i < piece.size();) {
    while (i < piece.size() &&
           (is_blank_of(piece[i]) || string_view("()[]<>;,|/*_").find(piece[i]) != string_view::npos))
      ++i;
    const auto start = i;
    while (i < piece.size() && !is_blank_of(piece[i]) &&
           string_view("()[]<>;,|*").find(piece[i]) == string_view::npos) {
      const auto rest = piece.substr(i);
      if (rest.starts_with("：") || (rest.front() == ':' && !rest.starts_with("://"))) break;
      ++i;
    }
    auto token = piece.substr(start, i - start);
    if (i < piece.size() && piece[i] == ':') ++i;
    if (piece.substr(i).starts_with("：")) i += string_view("：").size();
    while (!token.empty() && (token.back() == '.' || token.back() == '-')) token.remove_suffix(1);
    if (token.empty()) continue;
    const bool link = ascii::contains(token, "://") || starts_with_fold(token, "www.") || has_address(token);
    const auto dot = token.rfind('.');
    const bool host = dot != string_view::npos && dot > 0 && token.size() - dot > 2 && !has_digit(token.substr(dot)) &&
                      token.find('.') == dot && ascii::lower(token) == token;
    if (link || host) {
      reached = true;
    } else if (token.find_first_not_of("+-./0123456789") == string_view::npos) {
      dialled = dialled || ((token.front() == '+' || token.front() == '0') && digits == 0);
      digits += static_cast<std::size_t>(std::ranges::count_if(token, ascii::is_digit));
    } else if (const auto words = words_of(token);
               std::ranges::all_of(words, [](const std::string& word) { return is_word_of<kContactWords>(word); })) {
      labelled = true;
    } else {
      return false;
    }
  }
  constexpr std::size_t kFewest = 6, kMost = 32;
  if (digits > 0) {
    const bool number = digits >= kFewest && digits <= kMost && (labelled || dialled);
    return number && (labelled || piece.find('+') != string_view::npos || !has_date(piece));
  }
  return reached;
}

bool is_role(string_view piece) {
  constexpr std::size_t kMostWords = 7;
  if (has_digit(piece) || ends_sentence(piece) || piece.find(':') != string_view::npos) return false;
  const auto words = words_of(piece);
  return !words.empty() && words.size() <= kMostWords && !has_answer(words) && is_capital(piece) &&
         has_any(piece, kTitles);
}

bool is_company(string_view piece) {
  constexpr std::size_t kMostWords = 8;
  if (ends_sentence(piece) || piece.find(':') != string_view::npos || has_digit(piece)) return false;
  const auto words = words_of(piece);
  if (words.size() > kMostWords || has_answer(words)) return false;
  std::string room;
  const auto folded = ascii::lower(fold_case(piece, room));
  const auto starts = [&](string_view head) { return folded.starts_with(head); };
  const auto ends = [&](string_view end) { return folded.ends_with(end); };
  return (words.size() > 1 && is_capital(piece) && has_any(piece, kCompanyForms)) ||
         std::ranges::any_of(kCompanyHeads, starts) || std::ranges::any_of(kCompanyEnds, ends);
}

// A street with its number, or a town with its code.
bool is_place(string_view piece) {
  constexpr std::size_t kMostWords = 9;
  if (!has_digit(piece) || ends_sentence(piece) || has_time(piece) || has_answer(words_of(piece)) || !is_capital(piece))
    return false;
  const bool street = std::ranges::any_of(kStreets, [&](string_view word) { return contains_fold(piece, word); });
  std::size_t digits = 0;
  for (const char c : piece) {
    if (!ascii::is_digit(c)) break;
    ++digits;
  }
  return word_count(piece) <= kMostWords && (street || digits == 4 || digits == 5);
}

// "[cid:image001.png@01DC]", "[Acme logo]", "<image001.png>"
bool is_picture(string_view line) {
  const bool framed = (line.starts_with('[') && line.ends_with(']')) ||
                      (line.starts_with('<') && line.ends_with('>')) || line.starts_with("![");
  return framed && std::ranges::any_of(
                       std::to_array<string_view>({"cid:", "image", "logo", ".png", ".jpg", ".jpeg", ".gif", "bild",
                                                   "imagen", "automatically generated", "automatisch generiert"}),
                       [&](string_view sign) { return contains_fold(line, sign); });
}

// The footer of a device or program that is named: "sent by mail on Monday" is a message.
bool is_sure_footer(string_view line) {
  if (!is_mobile_footer(line) || ends_sentence(line)) return false;
  if (line.find_first_of("$") != string_view::npos || ascii::contains(line, "EUR") || ascii::contains(line, "USD"))
    return false;
  if (line.find("€") != string_view::npos || line.find("£") != string_view::npos) return false;
  std::string room, padded = ' ' + std::string(line) + ' ';
  const auto folded = fold_case(padded, room);
  return contains_one_of<kWordsOf<kProducts>>(folded) ||
         (contains_one_of<kWordsOf<kMine>>(folded) && contains_one_of<kWordsOf<kPhones>>(folded));
}

Says Reader::read_piece(string_view piece) const {
  if (is_name(piece)) return Says::name;
  if (is_contact(piece)) return Says::contact;
  if (is_role(piece) || is_company(piece)) return Says::role;
  if (is_place(piece)) return Says::place;
  constexpr std::size_t kFewWords = 4;
  const auto words = words_of(piece);
  const bool quiet = !words.empty() && words.size() <= kFewWords && !has_answer(words) && !has_digit(piece) &&
                     is_capital(piece) && piece.find_first_of(":?!.") == string_view::npos;
  return quiet ? Says::unclear : Says::message;
}

Says Reader::read(string_view line) const {
  if (line.size() > kLongestLine) return Says::message;
  if (is_rule(line) || is_picture(line) || is_sure_footer(line)) return Says::nothing;
  const auto bare = undrawn(line);
  if (bare.empty()) return Says::nothing;
  if (is_sure_footer(bare)) return Says::nothing;
  if (sign_off(bare) == SignOff::formal) return Says::closing;
  if (const auto comma = bare.find(',');
      comma != string_view::npos && sign_off(bare.substr(0, comma)) == SignOff::formal)
    return is_name(bare.substr(comma + 1)) ? Says::closing : Says::message;
  // "VirusFree. www.avast.com"
  constexpr std::size_t kFewWords = 6;
  if (opens_disclaimer(bare) && word_count(bare) <= kFewWords && !has_digit(bare) && contains_fold(bare, "vir"))
    return Says::nothing;

  constexpr auto kBetween = std::to_array<string_view>({"|", "·", "•", " – ", " — ", " - ", ", ", " / ", "\t", " // "});
  auto says = Says::nothing;
  std::size_t pieces = 0;
  for (auto rest = bare; !rest.empty(); ++pieces) {
    std::size_t at = rest.size(), width = 0;
    for (const auto mark : kBetween)
      if (const auto found = rest.find(mark); found < at) at = found, width = mark.size();
    const auto piece = undrawn(rest.substr(0, at));
    rest.remove_prefix(at + width);
    if (piece.empty()) continue;
    const auto said = read_piece(piece);
    if (said == Says::message) return read_piece(bare);
    // The weakest of them counts, but his name makes the line his.
    if (said == Says::name || says == Says::name) {
      says = said == Says::unclear ? said : Says::name;
    } else if (says == Says::nothing || said == Says::unclear || says != Says::unclear) {
      says = says == Says::unclear ? says : said;
    }
  }
  return says == Says::unclear || pieces < 2 ? read_piece(bare) : says;
}

// How many lines from `first` on are one notice of the law: a paragraph that begins as one does, and is long.
std::size_t notice_lines(std::span<const Line> lines, std::size_t first, bool below_notice) {
  constexpr std::size_t kFewestWords = 12;
  if (!below_notice && !opens_disclaimer(lines[first].body)) return 0;
  std::size_t end = first, words = 0;
  for (; end < lines.size() && !lines[end].blank; ++end) {
    words += word_count(lines[end].body);
    if (lines[end].body.ends_with('?')) return 0;
  }
  return words >= kFewestWords ? end - first : 0;
}

}  // namespace

bool is_only_signature(string_view text, std::span<const string_view> names) {
  if (text.size() > kMostBytes) return false;
  const auto lines = read_lines(text, kMostLines);
  if (lines.size() > kMostLines) return false;
  const Reader reader(names);
  std::vector<Says> said;
  bool below_notice = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto& line = lines[i];
    if (line.blank) continue;
    if (line.quoted) return false;
    if (const auto notice = notice_lines(lines, i, below_notice); notice > 0) {
      below_notice = true;
      i += notice - 1;
      continue;
    }
    // The link of a footer, wrapped.
    const bool follows = !said.empty() && said.back() == Says::nothing && i > 0 && !lines[i - 1].blank;
    const bool link = line.body.starts_with("<http") && line.body.ends_with('>');
    said.push_back(follows && link ? Says::nothing : reader.read(line.body));
    if (said.back() == Says::message) return false;
  }
  const auto has = [&](Says what) { return std::ranges::find(said, what) != said.end(); };
  if (said.empty()) return false;
  if (!has(Says::name) && (has(Says::contact) || has(Says::role) || has(Says::place) || has(Says::unclear)))
    return false;
  if (!has(Says::contact) && has(Says::place)) return false;
  // A line that only looks like a company's or a department's has to stand within what is sure.
  for (std::size_t i = 0; i < said.size(); ++i) {
    if (said[i] != Says::unclear) continue;
    const bool inside = i > 0 && i + 1 < said.size() && said[i - 1] != Says::unclear && said[i + 1] != Says::nothing;
    if (!inside || !has(Says::contact)) return false;
  }
  return true;
}

}  // namespace leadmail::mail::message
