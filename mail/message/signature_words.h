// The words by which lines of a signature are told: titles, forms of companies, parts of a postal address. Tables only,
// in lower case as u_tolower() has it.
#pragma once

#include <array>
#include <string_view>

namespace leadmail::mail::message {

// clang-format off
inline constexpr auto kTitles = std::to_array<std::string_view>({
    "ceo", "cto", "cfo", "coo", "cmo", "president", "vice president", "vp", "director", "manager", "head of", "chief", "officer", "engineer",
    "developer", "consultant", "sales", "account executive", "assistant", "coordinator", "specialist", "analyst", "buyer", "purchasing",
    "procurement", "owner", "founder", "co-founder", "partner", "lead", "supervisor", "administrator", "representative", "architect", "designer",
    "marketing", "student", "professor", "arquitecto", "arquitecta", "inkoper", "zaakvoerder", "bedrijfsleider", "indkøbschef", "inköpschef", "salgschef", "säljchef", "verkställande",
    "toimitusjohtaja", "ostopäällikkö", "myyntipäällikkö", "jednatel", "ředitel", "nákupčí", "daglig leder", "innkjøpssjef", "ügyvezető", "igazgató", "müdür", "satın alma",
    "directeur technique", "técnico", "técnica", "acquisti", "ufficio", "departamento", "servicio", "abogado", "contador", "achats", "购", "購買部",
    "attorney", "lawyer", "accountant", "executive", "secretary", "technician", "advisor", "agent",
    "geschäftsführer", "geschäftsführerin", "leiter", "leiterin", "vertrieb", "einkauf", "einkäufer", "inhaber", "prokurist", "ingenieur",
    "berater", "mitarbeiter", "assistenz", "abteilung", "directeur", "directrice", "responsable", "gérant", "gérante", "ingénieur", "chargé",
    "chargée", "chef de", "acheteur", "commercial", "commerciale", "assistante", "président", "directora", "gerente", "jefe", "jefa",
    "encargado", "encargada", "ingeniero", "ingeniera", "asesor", "asesora", "compras", "ventas", "administrador", "dueño", "propietario",
    "coordinador", "coordinadora", "presidente", "diretor", "diretora", "engenheiro", "engenheira", "coordenador", "coordenadora", "vendas",
    "analista", "sócio", "proprietário", "direttore", "direttrice", "responsabile", "titolare", "amministratore", "ingegnere", "directeur",
    "verkoop", "inkoop", "eigenaar", "kierownik", "dyrektor", "specjalista", "prezes", "giám đốc", "trưởng phòng", "phó", "quản lý",
    "chuyên viên", "nhân viên", "kỹ sư", "trợ lý", "kế toán", "директор", "менеджер", "руководитель", "инженер", "специалист", "代表取締役", "部長",
    "課長", "担当", "经理", "总监", "经理", "工程师", "과장", "부장", "대리", "대표",
});
inline constexpr auto kCompanyForms = std::to_array<std::string_view>({
    "inc", "inc.", "llc", "l.l.c.", "ltd", "ltd.", "limited", "corp", "corp.", "corporation", "co.", "company", "plc", "llp", "group", "holding",
    "gmbh", "gesmbh", "ges.m.b.h.", "e.k.", "e.kfr.", "lda", "lda.", "unipessoal", "works", "bros", "bros.", "& sons", "& co", "& co.", "partners", "enterprises", "services", "ag", "kg", "ohg", "ug", "e.v.", "mbh", "s.a.", "sa", "s.l.", "sl", "s.r.l.", "srl", "s.p.a.", "spa", "s.a.s.", "sas", "sarl",
    "s.a.r.l.", "s.a. de c.v.", "sa de cv", "s. de r.l.", "s.a.s", "ltda", "ltda.", "eireli", "b.v.", "bv", "n.v.", "nv", "ab", "a/s", "aps", "as",
    "oy", "oyj", "sp. z o.o.", "s.r.o.", "a.s.", "kft", "kft.", "zrt", "d.o.o.", "pty", "pte", "pvt", "k.k.", "sdn bhd", "sdn. bhd.", "bhd", "oü", "ehf", "ehf.", "hf.", "sia", "uab", "kft", "spa", "e.i.r.l.", "cía.", "c.a.", "inc", "gbr", "suarl", "s.à r.l.", "sàrl", "a.e.", "α.ε.", "ε.π.ε.", "a.ş.", "ltd. şti.", "anonim",
    "еоод", "оод", "тоо", "чп", "фоп", "scrl", "sprl", "srl", "s. coop.", "scoop", "cvba", "eirl", "s.a.e.", "(pty)", "(pvt)", "ky", "d.d.", "j.d.o.o.", "e.u.", "llp", "university", "universidad",
    "universität", "université", "institute", "association", "foundation", "studio", "solutions", "technologies", "consulting", "industries",
});
inline constexpr auto kCompanyHeads = std::to_array<std::string_view>({"pt ", "cv ", "uab ", "sia ", "тоо ", "(주)", "㈜", "công ty", "cty", "ип ", "пао ", "тов ", "tập đoàn", "doanh nghiệp", "ооо", "ооо ", "зао", "ао ", "株式会社", "有限会社", "grupo ", "société "});
inline constexpr auto kCompanyEnds = std::to_array<std::string_view>({"公司", "集团", "集團", "株式会社", "有限会社", "주식회사", "(주)", "㈜"});
inline constexpr auto kStreets = std::to_array<std::string_view>({
    "street", "st.", "avenue", "ave.", "ave ", "road", "rd.", "blvd", "boulevard", "suite", "floor", "lane", "drive", "building", "p.o. box",
    "po box", "straße", "strasse", "str.", "platz", "weg ", "allee", "rue ", "avenue ", "place ", "chemin", "cedex", "calle", "c/", "avda", "avenida",
    "av.", "col.", "colonia", "piso", "plaza", "carretera", "c.p.", "cp ", "rua ", "praça", "travessa", "cep", "via ", "viale", "piazza", "corso",
    "laan", "straat", "plein", "postbus", "ul.", "ulica", "gatan", "vägen", "gata ", "vej ", "vej", "gade ", "katu ", "tie ", "pol. ind", "cra.", "plot no", "estate", "đường", "phường", "quận", "số ", "tp.", "tp ", "thành phố", "hà nội", "hcm", "ул.",
    "ул ", "проспект", "丁目", "番地", "路", "街", "号", "〒",
});
// clang-format on

}  // namespace leadmail::mail::message
