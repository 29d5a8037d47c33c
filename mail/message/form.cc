#include "mail/message/form.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "mail/message/charset.h"
#include "mail/message/reply_patterns.h"
#include "mail/message/text_lines.h"

namespace leadmail::mail::message {
namespace {

using std::string_view;
constexpr std::size_t kFields = 200;
constexpr std::size_t kLabelBytes = 80;
constexpr std::size_t kValueBytes = 64 * 1024;
constexpr std::size_t kJsonBytes = 256 * 1024;

struct Key {
  string_view label;  // folded: small letters, no accents, one blank between words
  string_view key;
};

// clang-format off
constexpr auto kKeys = std::to_array<Key>({
    {"name", "name"}, {"full name", "name"}, {"your name", "name"}, {"contact name", "name"}, {"contact person", "name"}, {"contact", "name"},
    {"customer name", "name"}, {"sender name", "name"}, {"submitted by", "name"}, {"who are you", "name"}, {"client name", "name"},
    {"nombre", "name"}, {"nombre completo", "name"}, {"tu nombre", "name"}, {"su nombre", "name"}, {"nombre y apellido", "name"},
    {"nombre y apellidos", "name"}, {"persona de contacto", "name"}, {"nombre de contacto", "name"}, {"ho ten", "name"}, {"ho va ten", "name"},
    {"ten", "name"}, {"ten khach hang", "name"}, {"ten cua ban", "name"}, {"nguoi lien he", "name"}, {"khach hang", "name"}, {"nom", "name"},
    {"nom complet", "name"}, {"votre nom", "name"}, {"nom et prenom", "name"}, {"nom prenom", "name"}, {"prenom et nom", "name"},
    {"personne a contacter", "name"}, {"vollstandiger name", "name"}, {"ihr name", "name"}, {"vor und nachname", "name"}, {"ansprechpartner", "name"},
    {"kontaktperson", "name"}, {"nome", "name"}, {"nome completo", "name"}, {"seu nome", "name"}, {"pessoa de contato", "name"}, {"o seu nome", "name"},
    {"first name", "first_name"}, {"firstname", "first_name"}, {"given name", "first_name"}, {"nombres", "first_name"}, {"primer nombre", "first_name"},
    {"prenom", "first_name"}, {"vorname", "first_name"}, {"primeiro nome", "first_name"}, {"fname", "first_name"}, {"ten goi", "first_name"},
    {"last name", "last_name"}, {"lastname", "last_name"}, {"surname", "last_name"}, {"family name", "last_name"}, {"apellido", "last_name"},
    {"apellidos", "last_name"}, {"nom de famille", "last_name"}, {"nachname", "last_name"}, {"familienname", "last_name"}, {"sobrenome", "last_name"},
    {"apelido", "last_name"}, {"ho", "last_name"}, {"lname", "last_name"}, {"zuname", "last_name"},
    {"email", "email"}, {"e mail", "email"}, {"e-mail", "email"}, {"mail", "email"}, {"email address", "email"}, {"e mail address", "email"},
    {"your email", "email"}, {"work email", "email"}, {"business email", "email"}, {"contact email", "email"}, {"email id", "email"},
    {"correo", "email"}, {"correo electronico", "email"}, {"tu correo", "email"}, {"tu email", "email"}, {"direccion de correo", "email"},
    {"direccion de correo electronico", "email"}, {"dia chi email", "email"}, {"thu dien tu", "email"}, {"hop thu", "email"}, {"courriel", "email"},
    {"adresse email", "email"}, {"adresse e mail", "email"}, {"adresse mail", "email"}, {"votre email", "email"}, {"votre e mail", "email"},
    {"e mail adresse", "email"}, {"email adresse", "email"}, {"mailadresse", "email"}, {"ihre e mail adresse", "email"}, {"ihre e mail", "email"},
    {"seu email", "email"}, {"seu e mail", "email"}, {"endereco de email", "email"}, {"endereco de e mail", "email"}, {"correio eletronico", "email"},
    {"reply to", "email"},
    {"phone", "phone"}, {"telephone", "phone"}, {"phone number", "phone"}, {"tel", "phone"}, {"mobile", "phone"}, {"mobile phone", "phone"},
    {"mobile number", "phone"}, {"cell", "phone"}, {"cell phone", "phone"}, {"contact number", "phone"}, {"your phone", "phone"},
    {"telephone number", "phone"}, {"whatsapp", "phone"}, {"telefono", "phone"}, {"numero de telefono", "phone"}, {"celular", "phone"},
    {"movil", "phone"}, {"telefono movil", "phone"}, {"tel fono", "phone"}, {"dien thoai", "phone"}, {"so dien thoai", "phone"}, {"sdt", "phone"},
    {"dt", "phone"}, {"di dong", "phone"}, {"zalo", "phone"}, {"so dt", "phone"}, {"telephone portable", "phone"}, {"numero de telephone", "phone"},
    {"portable", "phone"}, {"votre telephone", "phone"}, {"telefon", "phone"}, {"telefonnummer", "phone"}, {"handy", "phone"}, {"mobil", "phone"},
    {"mobiltelefon", "phone"}, {"rufnummer", "phone"}, {"ihre telefonnummer", "phone"}, {"telefone", "phone"}, {"telemovel", "phone"},
    {"numero de telefone", "phone"}, {"phone no", "phone"}, {"handynummer", "phone"},
    {"company", "company"}, {"company name", "company"}, {"organization", "company"}, {"organisation", "company"}, {"business", "company"},
    {"business name", "company"}, {"your company", "company"}, {"empresa", "company"}, {"nombre de la empresa", "company"}, {"compania", "company"},
    {"organizacion", "company"}, {"cong ty", "company"}, {"ten cong ty", "company"}, {"to chuc", "company"}, {"doanh nghiep", "company"},
    {"don vi", "company"}, {"societe", "company"}, {"entreprise", "company"}, {"nom de l entreprise", "company"}, {"nom de la societe", "company"},
    {"raison sociale", "company"}, {"firma", "company"}, {"unternehmen", "company"}, {"firmenname", "company"}, {"organizacao", "company"},
    {"nome da empresa", "company"}, {"companhia", "company"}, {"razon social", "company"},
    {"job title", "title"}, {"title", "title"}, {"position", "title"}, {"role", "title"}, {"cargo", "title"}, {"puesto", "title"}, {"chuc vu", "title"},
    {"chuc danh", "title"}, {"fonction", "title"}, {"poste", "title"}, {"position im unternehmen", "title"}, {"funktion", "title"}, {"funcao", "title"},
    {"message", "message"}, {"your message", "message"}, {"comments", "message"}, {"comment", "message"}, {"inquiry", "message"}, {"enquiry", "message"},
    {"question", "message"}, {"questions", "message"}, {"details", "message"}, {"description", "message"}, {"message body", "message"},
    {"how can we help", "message"}, {"how can we help you", "message"}, {"additional information", "message"}, {"notes", "message"}, {"request", "message"},
    {"project description", "message"}, {"requirements", "message"}, {"what can we do for you", "message"}, {"mensaje", "message"}, {"tu mensaje", "message"}, {"comentario", "message"},
    {"comentarios", "message"}, {"consulta", "message"}, {"pregunta", "message"}, {"detalles", "message"}, {"observaciones", "message"},
    {"descripcion", "message"}, {"noi dung", "message"}, {"tin nhan", "message"}, {"loi nhan", "message"}, {"ghi chu", "message"}, {"yeu cau", "message"},
    {"noi dung tin nhan", "message"}, {"cau hoi", "message"}, {"mo ta", "message"}, {"votre message", "message"}, {"commentaire", "message"},
    {"commentaires", "message"}, {"votre demande", "message"}, {"demande", "message"}, {"remarques", "message"}, {"nachricht", "message"},
    {"ihre nachricht", "message"}, {"mitteilung", "message"}, {"anfrage", "message"}, {"kommentar", "message"}, {"bemerkung", "message"},
    {"bemerkungen", "message"}, {"frage", "message"}, {"ihre anfrage", "message"}, {"beschreibung", "message"}, {"mensagem", "message"},
    {"sua mensagem", "message"}, {"comentario ou mensagem", "message"}, {"duvida", "message"}, {"pergunta", "message"}, {"observacoes", "message"},
    {"comment or message", "message"}, {"text", "message"}, {"body", "message"},
    {"subject", "subject"}, {"topic", "subject"}, {"reason", "subject"}, {"asunto", "subject"}, {"tema", "subject"}, {"motivo", "subject"}, {"tieu de", "subject"},
    {"chu de", "subject"}, {"sujet", "subject"}, {"objet", "subject"}, {"betreff", "subject"}, {"thema", "subject"}, {"assunto", "subject"},
    {"product", "product"}, {"products", "product"}, {"service", "product"}, {"services", "product"}, {"product of interest", "product"},
    {"interested in", "product"}, {"i am interested in", "product"}, {"item", "product"}, {"producto", "product"}, {"productos", "product"},
    {"servicio", "product"}, {"producto de interes", "product"}, {"interesado en", "product"}, {"san pham", "product"}, {"dich vu", "product"},
    {"san pham quan tam", "product"}, {"produit", "product"}, {"produits", "product"}, {"produkt", "product"}, {"produkte", "product"},
    {"leistung", "product"}, {"dienstleistung", "product"}, {"produto", "product"}, {"servico", "product"}, {"interesse", "product"},
    {"quantity", "quantity"}, {"qty", "quantity"}, {"amount", "quantity"}, {"cantidad", "quantity"}, {"so luong", "quantity"}, {"quantite", "quantity"},
    {"menge", "quantity"}, {"anzahl", "quantity"}, {"stuckzahl", "quantity"}, {"quantidade", "quantity"}, {"number of users", "quantity"},
    {"budget", "budget"}, {"presupuesto", "budget"}, {"ngan sach", "budget"}, {"orcamento", "budget"}, {"estimated budget", "budget"}, {"your budget", "budget"},
    {"country", "country"}, {"country region", "country"}, {"pais", "country"}, {"quoc gia", "country"}, {"nuoc", "country"}, {"pays", "country"}, {"land", "country"},
    {"city", "city"}, {"town", "city"}, {"ciudad", "city"}, {"thanh pho", "city"}, {"tinh thanh", "city"}, {"ville", "city"}, {"stadt", "city"}, {"ort", "city"},
    {"cidade", "city"}, {"localidad", "city"}, {"wohnort", "city"},
    {"state", "state"}, {"province", "state"}, {"region", "state"}, {"estado", "state"}, {"provincia", "state"}, {"tinh", "state"}, {"departement", "state"},
    {"bundesland", "state"}, {"state province", "state"},
    {"address", "address"}, {"street", "address"}, {"street address", "address"}, {"direccion", "address"}, {"domicilio", "address"}, {"dia chi", "address"},
    {"adresse", "address"}, {"anschrift", "address"}, {"strasse", "address"}, {"straße", "address"}, {"endereco", "address"}, {"morada", "address"}, {"rue", "address"},
    {"zip", "postal_code"}, {"zip code", "postal_code"}, {"postal code", "postal_code"}, {"postcode", "postal_code"}, {"codigo postal", "postal_code"},
    {"ma buu dien", "postal_code"}, {"ma buu chinh", "postal_code"}, {"code postal", "postal_code"}, {"plz", "postal_code"}, {"postleitzahl", "postal_code"}, {"cep", "postal_code"},
    {"website", "website"}, {"web site", "website"}, {"url", "website"}, {"web", "website"}, {"homepage", "website"}, {"sitio web", "website"}, {"pagina web", "website"},
    {"trang web", "website"}, {"site web", "website"}, {"site internet", "website"}, {"webseite", "website"}, {"site", "website"}, {"company website", "website"},
    {"language", "language"}, {"idioma", "language"}, {"ngon ngu", "language"}, {"langue", "language"}, {"sprache", "language"}, {"preferred language", "language"},
    {"date", "date"}, {"submitted on", "date"}, {"time", "date"}, {"submission date", "date"}, {"fecha", "date"}, {"ngay", "date"}, {"datum", "date"}, {"data", "date"},
    {"preferred date", "date"}, {"date et heure", "date"}, {"zeit", "date"},
    {"source", "source"}, {"how did you hear about us", "source"}, {"how did you find us", "source"}, {"referrer", "source"}, {"utm source", "source"},
    {"como nos conocio", "source"}, {"como nos encontraste", "source"}, {"nguon", "source"}, {"biet den chung toi qua", "source"}, {"comment nous avez vous connu", "source"},
    {"wie haben sie von uns erfahren", "source"}, {"como nos conheceu", "source"}, {"fuente", "source"}, {"quelle", "source"}, {"origem", "source"},
    {"industry", "industry"}, {"sector", "industry"}, {"industria", "industry"}, {"nganh", "industry"}, {"linh vuc", "industry"}, {"secteur", "industry"},
    {"branche", "industry"}, {"setor", "industry"}, {"giro", "industry"},
    {"page", "page"}, {"page url", "page"}, {"form", "page"}, {"form name", "page"}, {"page title", "page"}, {"sent from page", "page"}, {"formulario", "page"}, {"pagina", "page"},
    {"ip", "ip"}, {"ip address", "ip"}, {"remote ip", "ip"}, {"user ip", "ip"}, {"direccion ip", "ip"}, {"adresse ip", "ip"}, {"ip adresse", "ip"}, {"dia chi ip", "ip"},
    {"consent", "consent"}, {"i agree", "consent"}, {"gdpr", "consent"}, {"privacy", "consent"}, {"newsletter", "consent"}, {"privacy policy", "consent"},
    {"acepto", "consent"}, {"einwilligung", "consent"}, {"datenschutz", "consent"}, {"rgpd", "consent"}, {"consentement", "consent"}, {"consentimento", "consent"},
});
// clang-format on

// Small letters without accents (đ and ß spelled out), punctuation as blanks, one blank between words.
std::string fold_label(string_view label) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* decompose = icu::Normalizer2::getNFKDInstance(status);
  if (U_FAILURE(status) != 0) return {};
  const auto written =
      icu::UnicodeString::fromUTF8(icu::StringPiece(label.data(), static_cast<std::int32_t>(label.size())));
  auto text = decompose->normalize(written, status);
  text.toLower();
  icu::UnicodeString folded;
  bool blank = false;
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 c = text.char32At(i);
    if (u_charType(c) == U_NON_SPACING_MARK) continue;
    if (u_isalnum(c) == 0) {
      blank = folded.length() > 0;
      continue;
    }
    if (blank) folded.append(static_cast<UChar32>(' '));
    blank = false;
    if (c == 0x111) {
      folded.append(static_cast<UChar32>('d'));
    } else {
      folded.append(c);
    }
  }
  std::string result;
  folded.toUTF8String(result);
  for (const string_view end :
       {string_view(" required"), string_view(" obligatorio"), string_view(" optional"), string_view(" opcional")})
    if (result.ends_with(end)) result.resize(result.size() - end.size());
  return result;
}

string_view key_of(const std::string& folded) {
  const auto found = std::find_if(kKeys.begin(), kKeys.end(), [&](const Key& key) { return key.label == folded; });
  return found == kKeys.end() ? string_view{} : found->key;
}

// Bullets, bold marks and the like at both ends.
string_view without_marks(string_view text) {
  text = trim_blank(text);
  for (bool again = true; again;) {
    again = false;
    for (const string_view mark : {string_view("*"), string_view("_"), string_view("•"), string_view("-"),
                                   string_view("|"), string_view("#"), string_view(">")}) {
      if (text.starts_with(mark)) text.remove_prefix(mark.size()), again = true;
      if (mark != "-" && mark != "#" && text.ends_with(mark)) text.remove_suffix(mark.size()), again = true;
    }
    const auto bare = trim_blank(text);
    again = again || bare.size() != text.size();
    text = bare;
  }
  return text;
}

struct Row {
  string_view label{};
  string_view value{};
};

// "label: value", "label<tab>value" or "label | value".
std::optional<Row> read_row(string_view body) {
  const auto head = body.substr(0, kLabelBytes);
  std::size_t at = head.find(':');
  std::size_t width = 1;
  const auto nearer = [&](string_view mark) {
    if (const auto found = head.find(mark); found < at) at = found, width = mark.size();
  };
  nearer("：");
  nearer("\t");
  nearer(" | ");
  nearer(" => ");
  if (at == string_view::npos || at == 0) return std::nullopt;
  auto label = without_marks(body.substr(0, at));
  auto value = body.substr(at + width);
  if (label.ends_with(':')) label.remove_suffix(1);
  value = trim_blank(value);
  while (value.starts_with("*") || value.starts_with("|")) value = trim_blank(value.substr(1));
  if (value.starts_with(":")) value = trim_blank(value.substr(1));
  while (value.ends_with("|")) value = trim_blank(value.substr(0, value.size() - 1));
  constexpr std::size_t kLabelWords = 8;
  const bool link = value.starts_with("//");
  const bool spelled = !label.empty() && word_count(label) <= kLabelWords &&
                       label.find_first_of(".!\"<>@") == string_view::npos &&
                       !(label.front() >= '0' && label.front() <= '9');
  return spelled && !link ? std::optional(Row{label, value}) : std::nullopt;
}

std::string to_value(string_view text) { return std::string(utf8_prefix(trim_blank(text), kValueBytes)); }

struct Evidence {
  std::set<string_view> keys;
  bool sender = false;  // "From: Bob <bob@example.com>", as WordPress writes it

  void see(string_view label, string_view value = {}) {
    if (const auto key = form_key(label); !key.empty()) keys.insert(key);
    const auto header = has_address(value) ? header_label(std::string(label) + ':') : std::nullopt;
    sender = sender || (header && header->label == HeaderLabel::from);
  }
  [[nodiscard]] bool has(string_view key) const { return keys.contains(key); }
  [[nodiscard]] bool names_somebody() const {
    return has("name") || has("first_name") || has("last_name") || has("company");
  }
  // A way to answer, somebody to answer to, and something he wants; a signature tells the first two at most.
  [[nodiscard]] bool convinces() const {
    const bool reachable = has("email") || has("phone");
    const bool wants = has("message") || has("product") || has("subject") || has("budget") || has("quantity");
    return (reachable && names_somebody() && (wants || keys.size() >= 4)) ||
           (has("email") && wants && keys.size() >= 3) || ((has("email") || sender) && has("message"));
  }
};

// Values that a visitor types over several lines.
bool takes_lines(string_view key) { return key == "message" || key == "address"; }

FormFields read_rows(const std::vector<Line>& lines) {
  constexpr std::size_t kIntroduction = 8;
  FormFields fields;
  Evidence evidence;
  std::size_t before = 0, loose = 0;
  bool open = false, blank_above = false;
  for (const auto& line : lines) {
    if (line.blank) {
      blank_above = true;
      continue;
    }
    const auto body = line.body;
    if (is_rule(body)) {
      // Below the last rule stands the builder's own footer.
      if (open && !fields.empty() && fields.back().second.empty()) continue;
      open = false;
      continue;
    }
    auto row = read_row(body);
    const auto known = row ? form_key(row->label) : string_view{};
    const bool inside_message = open && !fields.empty() && takes_lines(form_key(fields.back().first));
    // A line of the message may look like a row; only a label we know ends it.
    if (row && known.empty() && inside_message && !blank_above) row.reset();
    if (row && fields.size() < kFields) {
      fields.emplace_back(std::string(utf8_prefix(row->label, kLabelBytes)), to_value(row->value));
      evidence.see(row->label, row->value);
      open = true;
    } else if (fields.empty()) {
      if (++before > kIntroduction) return {};
    } else if (open && (fields.back().second.empty() || inside_message || !blank_above)) {
      auto& value = fields.back().second;
      if (value.size() < kValueBytes) {
        if (!value.empty()) value += blank_above && inside_message ? "\n\n" : "\n";
        value += to_value(body);
      }
      if (!takes_lines(form_key(fields.back().first)) && !fields.back().second.empty())
        loose += fields.back().second.size() > 200;
    } else {
      ++loose;
      open = false;
    }
    blank_above = false;
  }
  // Who writes a letter writes sentences between his lines.
  constexpr std::size_t kFooter = 6;
  const bool sentences = loose > kFooter || before + loose > 2 * fields.size() + 3;
  return evidence.convinces() && !sentences ? fields : FormFields{};
}

// "Name" on one line, what was typed on the next.
FormFields read_stacked(const std::vector<Line>& lines) {
  constexpr std::size_t kIntroduction = 8;
  FormFields fields;
  Evidence evidence;
  std::size_t before = 0;
  for (const auto& line : lines) {
    if (line.blank) continue;
    auto label = without_marks(line.body);
    if (label.ends_with(':')) label.remove_suffix(1);
    constexpr std::size_t kLabelWords = 5;
    const bool is_label = word_count(label) <= kLabelWords && label.size() <= kLabelBytes && !form_key(label).empty() &&
                          (fields.empty() || !fields.back().second.empty());
    if (is_label && fields.size() < kFields) {
      fields.emplace_back(std::string(label), "");
      evidence.see(label);
    } else if (fields.empty()) {
      if (++before > kIntroduction) return {};
    } else if (auto& value = fields.back().second; value.size() < kValueBytes) {
      if (!value.empty()) value += '\n';
      value += to_value(line.body);
    }
  }
  // One line under each label but the message; text that runs on is a letter.
  const auto running = std::count_if(fields.begin(), fields.end(), [](const auto& field) {
    return !takes_lines(form_key(field.first)) && std::count(field.second.begin(), field.second.end(), '\n') > 1;
  });
  return evidence.convinces() && fields.size() >= 3 && running <= 1 ? fields : FormFields{};
}

void flatten(const nlohmann::ordered_json& value, const std::string& name, int depth, FormFields& fields) {
  constexpr int kDepth = 4;
  if (fields.size() >= kFields) return;
  if (value.is_object() && depth < kDepth) {
    for (const auto& [key, inner] : value.items())
      flatten(inner, name.empty() ? key : name + '.' + key, depth + 1, fields);
  } else if (value.is_array() && depth < kDepth) {
    std::string joined;
    for (const auto& inner : value) {
      if (inner.is_object()) {
        flatten(inner, name, depth + 1, fields);
      } else if (inner.is_string() && joined.size() < kValueBytes) {
        joined += (joined.empty() ? "" : ", ") + inner.get<std::string>();
      }
    }
    if (!joined.empty()) fields.emplace_back(name, to_value(joined));
  } else if (value.is_string()) {
    fields.emplace_back(name, to_value(value.get<std::string>()));
  } else if (value.is_number() || value.is_boolean()) {
    fields.emplace_back(name, value.dump());
  }
}

FormFields read_json(string_view text) {
  text = trim_blank(text);
  if (!text.starts_with('{') || !text.ends_with('}') || text.size() > kJsonBytes) return {};
  const auto parsed = nlohmann::ordered_json::parse(text.begin(), text.end(), nullptr, false);
  if (parsed.is_discarded() || !parsed.is_object()) return {};
  FormFields fields;
  flatten(parsed, "", 0, fields);
  Evidence evidence;
  for (const auto& [label, value] : fields) evidence.see(string_view(label).substr(label.rfind('.') + 1));
  return evidence.convinces() || (evidence.has("email") && fields.size() >= 2) ? fields : FormFields{};
}

}  // namespace

string_view form_key(string_view label) {
  if (label.size() > kLabelBytes) return {};
  return key_of(fold_label(label));
}

FormFields read_form(string_view text) {
  if (auto fields = read_json(text); !fields.empty()) return fields;
  constexpr std::size_t kLines = 3000;
  const auto lines = read_lines(text, kLines);
  if (lines.size() > kLines) return {};
  // Answers quote, forms do not.
  if (std::any_of(lines.begin(), lines.end(),
                  [](const Line& line) { return line.quoted && line.body.starts_with('>'); }))
    return {};
  if (auto fields = read_rows(lines); !fields.empty()) return fields;
  return read_stacked(lines);
}

}  // namespace leadmail::mail::message
