#include "mail/message/form_labels.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <unordered_map>

#include "mail/message/ascii.h"
#include "mail/message/fold.h"
#include "mail/message/reply_patterns.h"
#include "mail/message/text_lines.h"
#include "mail/message/word_index.h"

namespace leadmail::mail::message {
namespace {

using std::string_view;
constexpr std::size_t kLabelBytes = 80;

struct Key {
  string_view label;  // folded: small letters, no accents, one blank between words
  string_view key;
};

// clang-format off
constexpr auto kKeys = std::to_array<Key>({
    {"name", "name"}, {"full name", "name"}, {"your name", "name"}, {"contact name", "name"}, {"contact person", "name"}, {"contact", "name"},
    {"customer name", "name"}, {"sender name", "name"}, {"who are you", "name"}, {"client name", "name"},
    {"nombre", "name"}, {"nombre completo", "name"}, {"tu nombre", "name"}, {"su nombre", "name"}, {"nombre y apellido", "name"},
    {"nombre y apellidos", "name"}, {"persona de contacto", "name"}, {"nombre de contacto", "name"}, {"ho ten", "name"}, {"ho va ten", "name"},
    {"ten", "name"}, {"ten khach hang", "name"}, {"ten cua ban", "name"}, {"nguoi lien he", "name"}, {"khach hang", "name"}, {"nom", "name"},
    {"nom complet", "name"}, {"votre nom", "name"}, {"nom et prenom", "name"}, {"nom prenom", "name"}, {"prenom et nom", "name"},
    {"personne a contacter", "name"}, {"vollstandiger name", "name"}, {"ihr name", "name"}, {"vor und nachname", "name"}, {"ansprechpartner", "name"},
    {"kontaktperson", "name"}, {"nome", "name"}, {"nome completo", "name"}, {"seu nome", "name"}, {"pessoa de contato", "name"}, {"o seu nome", "name"},
    {"name and surname", "name"}, {"your full name", "name"}, {"nombre del contacto", "name"}, {"nombre y apellidos completos", "name"}, {"solicitante", "name"},
    {"ten day du", "name"}, {"ho ten khach hang", "name"}, {"ho va ten cua ban", "name"}, {"quy danh", "name"}, {"nom du contact", "name"}, {"nom prenoms", "name"},
    {"name vorname", "name"}, {"vorname name", "name"}, {"vorname nachname", "name"}, {"vor und zuname", "name"}, {"kontakt", "name"}, {"absender", "name"},
    {"nome e sobrenome", "name"}, {"nome e apelido", "name"}, {"nome do contato", "name"}, {"nome do cliente", "name"}, {"contato", "name"}, {"contacto", "name"},
    {"first", "first_name"}, {"last", "last_name"}, {"dich vu quan tam", "product"}, {"san pham dich vu", "product"}, {"prestation", "product"},
    {"prestation souhaitee", "product"}, {"produit souhaite", "product"}, {"gewunschtes produkt", "product"}, {"servico de interesse", "product"}, {"produto de interesse", "product"},
    {"servicio de interes", "product"}, {"service required", "product"}, {"requirement", "message"}, {"tinh thanh pho", "city"}, {"town city", "city"}, {"city town", "city"},
    {"poblacion", "city"}, {"motivo de la consulta", "subject"}, {"firma organisation", "company"}, {"firma institution", "company"}, {"company organisation", "company"},
    {"company organization", "company"}, {"buyer name", "name"}, {"customer message", "message"}, {"customer e mail address", "email"},
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
    {"email addresses", "email"}, {"e mail id", "email"}, {"from email", "email"}, {"sender email", "email"}, {"customer email", "email"}, {"reply email", "email"},
    {"mail address", "email"}, {"email del contacto", "email"}, {"e mail del cliente", "email"}, {"email cua ban", "email"}, {"mail cua ban", "email"}, {"adresse electronique", "email"},
    {"adresse de messagerie", "email"}, {"mel", "email"}, {"e mail adresse des absenders", "email"}, {"endereco eletronico", "email"},
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
    // The lines that Contact Form 7 writes in its languages, and the words of portals and booking pages.
    {"thong diep", "message"}, {"detalle", "message"}, {"c p", "postal_code"}, {"cp", "postal_code"}, {"unidades", "quantity"}, {"browser", "ignore"}, {"navegador", "ignore"}, {"navigateur", "ignore"}, {"trinh duyet", "ignore"},
    {"time", "date"}, {"hora", "date"}, {"heure", "date"}, {"uhrzeit", "date"}, {"thoi gian", "date"}, {"gui luc", "date"}, {"source url", "page"}, {"url de origen", "page"}, {"url der quelle", "page"}, {"url de origem", "page"}, {"url source", "page"},
    {"nachrichtentext", "message"}, {"cuerpo del mensaje", "message"}, {"corps du message", "message"}, {"corpo da mensagem", "message"},
    {"noi dung thong diep", "message"}, {"invitee", "name"}, {"buyer", "name"}, {"enquirer", "name"}, {"requirement details", "message"}, {"enquiry details", "message"},
    {"inquiry details", "message"}, {"rueckrufnummer", "phone"}, {"ruckrufnummer", "phone"}, {"portable", "phone"}, {"telemovel", "phone"}, {"anliegen", "message"},
    {"objet de la demande", "subject"}, {"sujet de la demande", "subject"}, {"motif", "subject"}, {"motivo do contato", "subject"}, {"motivo de contacto", "subject"}, {"commune", "city"},
    {"municipio", "city"}, {"concelho", "city"}, {"localidade", "city"}, {"localite", "city"}, {"suburb", "city"}, {"gemeinde", "city"}, {"nome proprio", "first_name"},
    {"ultimo nome", "last_name"}, {"ho va ten dem", "last_name"}, {"ho va dem", "last_name"}, {"ten dem va ten", "first_name"}, {"middle and last name", "last_name"},
    {"forename", "first_name"}, {"christian name", "first_name"}, {"nombre de pila", "first_name"}, {"prenoms", "first_name"}, {"rufname", "first_name"},
    {"don vi", "company"}, {"co quan", "company"}, {"doanh nghiep", "company"}, {"raison sociale", "company"}, {"razon social", "company"}, {"razao social", "company"},
    {"etablissement", "company"}, {"institution", "company"}, {"school", "company"}, {"employer", "company"}, {"betrieb", "company"},
    {"gclid", "ignore"}, {"fbclid", "ignore"}, {"msclkid", "ignore"}, {"utm medium", "ignore"}, {"utm campaign", "ignore"}, {"utm term", "ignore"}, {"utm content", "ignore"},
    {"user agent", "ignore"}, {"post id", "ignore"}, {"entry id", "ignore"}, {"form id", "ignore"},
});
// clang-format on

// Words that say as much inside a longer label, when the value agrees.
// clang-format off
constexpr auto kHints = std::to_array<Key>({
    {"email", "email"}, {"e mail", "email"}, {"mail", "email"}, {"correo", "email"}, {"courriel", "email"},
    {"phone", "phone"}, {"telephone", "phone"}, {"telefono", "phone"}, {"telefon", "phone"}, {"telefone", "phone"}, {"mobile", "phone"}, {"movil", "phone"},
    {"celular", "phone"}, {"cell", "phone"}, {"whatsapp", "phone"}, {"dien thoai", "phone"}, {"sdt", "phone"}, {"call you", "phone"}, {"rufnummer", "phone"},
    {"handynummer", "phone"}, {"telefonnummer", "phone"}, {"tel", "phone"},
    {"website", "website"}, {"url", "website"}, {"web", "website"}, {"homepage", "website"},
    {"company", "company"}, {"organization", "company"}, {"organisation", "company"}, {"empresa", "company"}, {"firma", "company"}, {"unternehmen", "company"},
    {"societe", "company"}, {"entreprise", "company"}, {"cong ty", "company"}, {"business", "company"},
    {"job title", "title"}, {"your role", "title"}, {"cargo", "title"}, {"chuc vu", "title"},
    {"first name", "first_name"}, {"last name", "last_name"}, {"surname", "last_name"}, {"vorname", "first_name"}, {"nachname", "last_name"}, {"prenom", "first_name"},
    {"apellido", "last_name"}, {"apellidos", "last_name"}, {"sobrenome", "last_name"},
    {"your name", "name"}, {"full name", "name"}, {"su nombre", "name"}, {"tu nombre", "name"}, {"nombre", "name"}, {"votre nom", "name"}, {"ihr name", "name"},
    {"nome", "name"}, {"ho ten", "name"}, {"ho va ten", "name"}, {"contact name", "name"}, {"call you by", "name"},
    {"message", "message"}, {"mensaje", "message"}, {"nachricht", "message"}, {"mensagem", "message"}, {"noi dung", "message"}, {"comments", "message"}, {"comentarios", "message"},
    {"how can we help", "message"}, {"can we help", "message"}, {"tell us", "message"}, {"describe", "message"}, {"your project", "message"}, {"your request", "message"},
    {"cuentenos", "message"}, {"cuentanos", "message"}, {"ayudar", "message"}, {"ayudarle", "message"}, {"ayudarte", "message"}, {"necesita", "message"}, {"anliegen", "message"}, {"votre projet", "message"}, {"votre besoin", "message"},
    {"besoins", "message"}, {"ajudar", "message"}, {"yeu cau", "message"}, {"additional", "message"},
    {"how many", "quantity"}, {"how much do you need", "quantity"}, {"cuantas", "quantity"}, {"cuantos", "quantity"}, {"bao nhieu", "quantity"}, {"combien", "quantity"}, {"wie viele", "quantity"}, {"quantos", "quantity"}, {"quantas", "quantity"}, {"quantity", "quantity"}, {"cantidad", "quantity"}, {"so luong", "quantity"}, {"menge", "quantity"}, {"quantite", "quantity"}, {"quantidade", "quantity"},
    {"budget", "budget"}, {"presupuesto", "budget"}, {"ngan sach", "budget"}, {"orcamento", "budget"},
    {"product", "product"}, {"producto", "product"}, {"produkt", "product"}, {"produit", "product"}, {"produto", "product"}, {"san pham", "product"}, {"service", "product"},
    {"servicio", "product"}, {"servico", "product"}, {"interested in", "product"},
    {"country", "country"}, {"city", "city"}, {"ciudad", "city"}, {"hear about us", "source"}, {"heard about us", "source"}, {"find us", "source"}, {"postal code", "postal_code"}, {"zip", "postal_code"},
});

// What builders and people put around the word that matters.
constexpr auto kHeads = std::to_array<string_view>({
    "your ", "visitor ", "visitor s ", "invitee ", "buyer ", "guest ", "lead ", "client ", "user ", "sender ", "submitter ", "applicant ", "what is your ", "what s your ", "please enter your ", "enter your ", "customer ", "contact ", "su ", "tu ", "cual es su ", "cual es tu ", "indique su ", "votre ", "quel est votre ",
    "quelle est votre ", "ihr ", "ihre ", "deine ", "dein ", "wie lautet ihre ", "wie lautet ihr ", "seu ", "sua ", "o seu ", "a sua ", "qual e o seu ", "qual e a sua ", "vui long nhap ", "nhap ",
    "form ", "field ", "input ", "contact form ", "the ", "el ", "la ", "le ", "o ", "a ", "der ", "die ", "das ",
});
constexpr auto kTails = std::to_array<string_view>({
    " required", " obligatorio", " optional", " opcional", " requerido", " pflichtfeld", " erforderlich", " obligatoire", " facultatif", " obrigatorio", " bat buoc", " khong bat buoc", " field",
    " cua ban", " cua quy khach", " of contact", " para contato", " tagsuber", " an uns", " 1", " 2",
});
constexpr auto kMeanings = std::to_array<string_view>({
    "name", "first_name", "last_name", "email", "phone", "company", "title", "message", "subject", "product", "quantity", "budget", "country", "city", "state", "address", "postal_code", "website",
    "language", "date", "source", "industry", "page", "ip", "consent", "ignore",
});
// clang-format on

constexpr auto kLabelOf = [](const Key& key) { return key.label; };
constexpr auto kKnown = table_of_phrases<kKeys>(kLabelOf);
constexpr auto kHinted = table_of_phrases<kHints>(kLabelOf);

string_view exact(string_view folded) {
  const auto row = kKnown.row_of(folded);
  return row ? kKeys[*row].key : string_view{};
}

// "firstname", "phoneNumber": a name of a program's field, in one word.
string_view written_together(const std::string& folded) {
  static const auto known = [] {
    std::unordered_map<std::string, string_view> keys;
    for (const auto& key : kKeys) {
      std::string joined(key.label);
      std::erase(joined, ' ');
      keys.emplace(std::move(joined), key.key);
    }
    return keys;
  }();
  if (folded.find(' ') != std::string::npos) return {};
  const auto found = known.find(folded);
  return found == known.end() ? string_view{} : found->second;
}

using Hints = std::bitset<kHints.size()>;

// Which of kHints stand in a folded label, as whole words.
Hints hints_in(string_view folded) {
  constexpr auto kMostWords = [] {
    std::ptrdiff_t most = 0;
    for (const auto& hint : kHints) most = std::max(most, std::count(hint.label.begin(), hint.label.end(), ' ') + 1);
    return most;
  }();
  Hints hints;
  for (std::size_t begin = 0; begin < folded.size();) {
    auto end = begin;
    for (std::ptrdiff_t words = 0; words < kMostWords && end < folded.size(); ++words) {
      end = std::min(folded.find(' ', end + (words > 0)), folded.size());
      if (const auto row = kHinted.row_of(folded.substr(begin, end - begin))) hints.set(*row);
    }
    begin = std::min(folded.find(' ', begin), folded.size()) + 1;
  }
  return hints;
}

std::size_t digits_in(string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), ascii::is_digit));
}

/// Could this have been typed into a field of that meaning?
bool agrees(string_view key, string_view value) {
  constexpr std::size_t kShort = 80;
  if (key == "email") return has_address(value) && word_count(value) <= 3;
  if (key == "phone") return digits_in(value) >= 6 && digits_in(value) * 3 >= value.size() && !has_address(value);
  if (key == "website") return value.find('.') != string_view::npos && word_count(value) == 1 && !has_address(value);
  if (key == "quantity" || key == "budget") return digits_in(value) > 0 && value.size() <= kShort;
  if (key == "message") return true;
  if (key == "name" || key == "first_name" || key == "last_name")
    return word_count(value) <= 6 && digits_in(value) == 0 && !has_address(value);
  return value.size() <= kShort && !has_address(value);
}

string_view without_head(string_view folded) {
  std::size_t longest = 0;
  if (folded.empty()) return folded;
  for (const auto place : kByFirst<kHeads>.at(folded.front()))
    if (folded.starts_with(kHeads[place])) longest = std::max(longest, kHeads[place].size());
  return folded.substr(longest);
}

}  // namespace

std::string fold_label(string_view label) {
  const auto plain = fold_plain(label);
  std::string folded;
  folded.reserve(plain.size());
  bool sign = false;  // "¿", "º", "°": two bytes, the first of which is C2
  for (const char c : plain) {
    const bool second = sign;
    sign = !second && c == '\xC2';
    if (!sign && !second && (ascii::is_alnum(c) || ascii::is_8bit(c))) {
      folded += c;
    } else if (!folded.empty() && folded.back() != ' ') {
      folded += ' ';
    }
  }
  while (folded.ends_with(' ')) folded.pop_back();
  if (ends_with_one_of<kTails>(folded)) {
    for (const auto end : kTails)
      if (folded.ends_with(end)) folded.resize(folded.size() - end.size());
  }
  // "1. Name" of a numbered questionnaire.
  const auto blank = folded.find(' ');
  if (blank <= 2 && std::all_of(folded.begin(), folded.begin() + static_cast<std::ptrdiff_t>(blank), ascii::is_digit))
    folded.erase(0, blank + 1);
  return folded;
}

namespace {

string_view key_of_words(const std::string& folded) {
  if (const auto key = exact(folded); !key.empty()) return key;
  if (const auto key = written_together(folded); !key.empty()) return key;
  const auto rest = without_head(folded);
  return rest.size() == folded.size() ? string_view{} : exact(rest);
}

constexpr auto kJoints = std::to_array<string_view>({"/", "(", "|", ",", " & ", " und ", " and ", " or ", " oder ",
                                                     " y ", " o ", " u ", " et ", " ou ", " e ", " va ", " và "});

// Where the next part of a label begins: behind a sign, or behind "and" in our languages. Nowhere two of them begin.
std::pair<std::size_t, std::size_t> next_joint(string_view label) {
  for (std::size_t at = 0; at < label.size(); ++at) {
    for (const auto place : kByFirst<kJoints>.at(label[at]))
      if (label.substr(at).starts_with(kJoints[place])) return {at, kJoints[place].size()};
  }
  return {label.size(), 0};
}

// "Phone/WhatsApp", "Company or organisation (optional)": what the parts say, when they don't contradict each other.
// First and last name make a name.
string_view key_of_parts(string_view label) {
  string_view said;
  while (!label.empty()) {
    const auto [end, width] = next_joint(label);
    const auto folded = fold_label(label.substr(0, end));
    const auto key = folded.empty() ? string_view{} : key_of_words(folded);
    const bool both =
        key != said && (key == "first_name" || key == "last_name") && (said == "first_name" || said == "last_name");
    if (both) {
      said = "name";
    } else if (said.empty()) {
      said = key;
    } else if (!key.empty() && key != said) {
      return {};
    }
    label.remove_prefix(std::min(end + width, label.size()));
  }
  return said;
}

// `folded` is fold_label(label).
string_view key_of(string_view label, const std::string& folded) {
  if (label.size() > kLabelBytes) return {};
  if (const auto key = key_of_words(folded); !key.empty()) return key;
  if (const auto key = key_of_form_words(folded); !key.empty()) return key;
  return next_joint(label).second == 0 ? string_view{} : key_of_parts(label);
}

}  // namespace

string_view form_key(string_view label) {
  return label.size() > kLabelBytes ? string_view{} : key_of(label, fold_label(label));
}

string_view form_key(string_view label, string_view value) {
  constexpr std::size_t kQuestionBytes = 160;
  if (label.size() > kQuestionBytes) return {};
  const auto folded = fold_label(label);
  if (const auto key = key_of(label, folded); !key.empty()) return key;
  if (value.empty()) return {};
  const auto hints = hints_in(folded);
  for (std::size_t row = 0; hints.any() && row < kHints.size(); ++row)
    if (hints.test(row) && agrees(kHints[row].key, value)) return kHints[row].key;
  // Of a label with strange words only a value tells; a message is more than a word or two.
  constexpr std::size_t kSentence = 3;
  const auto likely = likely_key_of_form_words(folded);
  const bool short_message = likely == "message" && word_count(value) < kSentence;
  return likely.empty() || short_message || !agrees(likely, value) ? string_view{} : likely;
}

bool value_agrees(string_view key, string_view value) { return agrees(key, value); }

bool hints_at_form_key(string_view label) {
  constexpr std::size_t kQuestionBytes = 160;
  if (label.size() > kQuestionBytes) return false;
  const auto folded = fold_label(label);
  return hints_in(folded).any() || !likely_key_of_form_words(folded).empty();
}

bool is_form_key(string_view key) { return std::find(kMeanings.begin(), kMeanings.end(), key) != kMeanings.end(); }

}  // namespace leadmail::mail::message
