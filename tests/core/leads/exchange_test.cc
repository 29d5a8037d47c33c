#include "core/leads/exchange.h"

#include <nlohmann/json.hpp>
#include <random>

#include "core/leads/csv.h"
#include "core/leads/import.h"
#include "core/leads/reminding.h"
#include "core/leads/vcard.h"
#include "tests/core/leads/world.h"

namespace leadmail::leads {
namespace {

using namespace world;

std::vector<std::vector<std::string>> table(std::string_view text) {
  std::vector<std::vector<std::string>> rows;
  CsvReader reader(text);
  while (auto record = reader.next()) {
    EXPECT_EQ(record->wrong, "");
    rows.push_back(std::move(record->cells));
  }
  return rows;
}

TEST(Csv, IsReadAsRfc4180SaysAndAsSpreadsheetsWrite) {
  using Rows = std::vector<std::vector<std::string>>;
  EXPECT_EQ(table("a,b\r\n1,\"x \"\"y\"\",\nz\"\r\n"), (Rows{{"a", "b"}, {"1", "x \"y\",\nz"}}));
  EXPECT_EQ(table("\xEF\xBB\xBF"
                  "a;b\n1;2,5"),
            (Rows{{"a", "b"}, {"1", "2,5"}}));
  EXPECT_EQ(table("a\tb\r1\t2\r\r\n3\t\n"), (Rows{{"a", "b"}, {"1", "2"}, {"3", ""}}));
  EXPECT_EQ(table(""), Rows{});
}

TEST(Csv, DamageSpoilsItsRecordAlone) {
  CsvReader open("a,b\n1,\"never closed\n2,3\n");
  EXPECT_EQ(open.next()->wrong, "");
  EXPECT_EQ(open.next()->wrong, "a quotation mark is never closed");
  std::string wide = "a\n" + std::string(600, ',') + "\n7\n";
  CsvReader reader(wide);
  reader.next();
  EXPECT_EQ(reader.next()->wrong, "more than 500 cells");
  EXPECT_EQ(reader.next()->cells.front(), "7");
}

TEST(Csv, ACellThatWouldBeAFormulaIsTextAndComesBackAsItWas) {
  for (const std::string cell :
       {"=1+1", "+52 55 1234", "-5", "@sum", "\tx", "\rx", "'=x", "'", "''", "=cmd|' /C calc'!A0"}) {
    const auto line = csv_record({cell, "b"});
    const auto shown = line.starts_with('"') ? line.substr(1) : line;
    EXPECT_EQ(shown.front(), '\'') << cell;
    EXPECT_EQ(table(line).front().front(), cell);
  }
}

// Where it begins a file, it would be taken for the file's own.
TEST(Csv, AByteOrderMarkInACellStays) {
  const auto line = csv_record({"\xEF\xBB\xBFname", "b"});
  const auto back = CsvReader(line).next();
  ASSERT_TRUE(back);
  EXPECT_EQ(back->cells, (std::vector<std::string>{"\xEF\xBB\xBFname", "b"}));
}

TEST(Cards, AreFoldedAtSeventyFiveOctetsAndNeverInsideACharacter) {
  std::string name;
  for (int i = 0; i < 60; ++i) name += "ệ東";
  const auto text = card_text({{.name = "FN", .parts = {name}}});
  std::string_view rest = text;
  while (!rest.empty()) {
    const auto end = rest.find("\r\n");
    ASSERT_NE(end, std::string_view::npos);
    EXPECT_LE(end, 75U);
    EXPECT_NE(static_cast<unsigned char>(rest[std::min(end, std::size_t{1})]) & 0xC0U, 0x80U);
    rest.remove_prefix(end + 2);
  }
  CardReader reader(text);
  EXPECT_EQ(reader.next()->properties.front().value(), name);
}

TEST(Cards, OfPhonesAreRead) {
  CardReader reader(
      "BEGIN:VCARD\nVERSION:3.0\nN:Pérez;María;;;\nFN:María Pérez\nORG:Acme\\, SA;Ventas\n"
      "item1.EMAIL;type=INTERNET;type=pref:maria@x.example\nTEL;TYPE=\"cell;x\":+52 55 1234 "
      "5678\nNOTE:a\\nb\\;c\nEND:VCARD\n"
      "BEGIN:VCARD\nFN:cut off\n");
  const auto card = reader.next();
  ASSERT_TRUE(card && card->wrong.empty());
  EXPECT_EQ(card->properties[0].parts, (std::vector<std::string>{"Pérez", "María", "", "", ""}));
  EXPECT_EQ(card->properties[2].parts, (std::vector<std::string>{"Acme, SA", "Ventas"}));
  EXPECT_EQ(card->properties[3].name, "EMAIL");
  EXPECT_EQ(card->properties[4].parameter("TYPE"), "cell;x");
  EXPECT_EQ(card->properties[5].value(), "a\nb;c");
  EXPECT_EQ(reader.next()->wrong, "END:VCARD is missing");
  EXPECT_FALSE(reader.next());
}

/// Leads as they may be, with all that makes files go wrong in their values.
class LeadMaker {
 public:
  Lead draw(std::int64_t id) {
    Lead lead{.id = LeadId{id}, .created = from_unix(1'700'000'000 + below(100'000'000))};
    lead.values["status"] = std::string(name(static_cast<Status>(below(9))));
    for (int i = below(25); i >= 0; --i) lead.values[field()] = text();
    if (below(2) == 0) lead.values["owner"] = below(2) == 0 ? "ana" : "luis";
    if (below(3) == 0) lead.values["next.at"] = std::to_string(1'700'000'000 + below(100'000'000));
    if (below(3) == 0) lead.values["type"] = "organization";
    if (below(3) == 0) lead.values["contact.2.emails"] = "a@x.example\nb@y.example";
    return lead;
  }

 private:
  int below(int limit) { return std::uniform_int_distribution(0, limit - 1)(random_); }
  std::string field() {
    static constexpr std::array kFields{"name",
                                        "company",
                                        "contact.1.name",
                                        "phones",
                                        "tags",
                                        "addresses",
                                        "last.in.subject",
                                        "product",
                                        "next.note",
                                        "quotation.1.note",
                                        "city",
                                        "opportunity.1.reason",
                                        "step.demo.planned",
                                        "source",
                                        "title",
                                        "last.participants",
                                        "qualification.need.note",
                                        "lost.reason",
                                        "event.1.kind",
                                        "event.1.place",
                                        "sla.rule",
                                        "soft",
                                        "by_hand",
                                        "offered",
                                        "quantity",
                                        "last.out.to",
                                        "quotation.1.lines",
                                        "order.1.number",
                                        "evaluation.scores",
                                        "customer.since",
                                        "first_contact_place"};
    return kFields.at(static_cast<std::size_t>(below(static_cast<int>(kFields.size()))));
  }
  std::string text() {
    static constexpr std::array kPieces{"=1+1",
                                        "+52",
                                        "-",
                                        "@",
                                        "'",
                                        "\"",
                                        "\"\"",
                                        ",",
                                        ";",
                                        "\\",
                                        "\\n",
                                        "\n",
                                        "\r\n",
                                        "\t",
                                        " ",
                                        "Nguyễn Thị Ánh",
                                        "đặt",
                                        "東京",
                                        "🦊👩‍👩‍👧",
                                        "señor",
                                        ":",
                                        "^",
                                        "^n",
                                        "<>",
                                        "{{x}}",
                                        "\xC2\xA0",
                                        "a",
                                        "BEGIN:VCARD",
                                        "END:VCARD",
                                        "null",
                                        "0",
                                        "\x01",
                                        "'=",
                                        "\xEF\xBB\xBF"};
    std::string text;
    for (int i = below(6); i >= 0; --i)
      text += kPieces.at(static_cast<std::size_t>(below(static_cast<int>(kPieces.size()))));
    return text;
  }

  std::mt19937 random_{20260301};
};

std::string as_table(const std::vector<Lead>& leads) {
  std::vector<std::string> names;
  for (const auto& lead : leads) {
    for (const auto& [name, value] : export_row(lead)) names.push_back(name);
  }
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  const auto columns = export_columns(names);
  auto text = csv_record(columns);
  for (const auto& lead : leads) {
    const auto row = export_row(lead);
    std::vector<std::string> cells;
    for (const auto& column : columns) cells.push_back(row.contains(column) ? row.find(column)->second : "");
    text += csv_record(cells);
  }
  return text;
}

std::string as_json(const std::vector<Lead>& leads) {
  std::string text;
  for (const auto& lead : leads) {
    auto object = nlohmann::json::object();
    for (const auto& [name, value] : export_row(lead)) object[name] = value;
    text += object.dump() + "\n";
  }
  return text;
}

std::string as_cards(const std::vector<Lead>& leads) {
  std::string text;
  for (const auto& lead : leads) text += export_card(lead);
  return text;
}

void expect_same(const std::vector<Lead>& leads, const ReadImport& read) {
  for (const auto& bad : read.bad) ADD_FAILURE() << "line " << bad.line << ": " << bad.reason;
  ASSERT_EQ(read.rows.size(), leads.size());
  EXPECT_TRUE(read.unknown_columns.empty());
  for (std::size_t i = 0; i < leads.size(); ++i) {
    const ExportRow wanted(leads[i].values.begin(), leads[i].values.end());
    ASSERT_EQ(read.rows[i].values, wanted) << to_string(leads[i].id);
    EXPECT_EQ(read.rows[i].old_lead, to_string(leads[i].id));
    EXPECT_EQ(read.rows[i].created, leads[i].created);
    const auto decision = decide_import(read.rows[i], {.by = "admin", .file = "x"}, std::nullopt, rules(), now());
    ASSERT_EQ(after({}, decision).values, leads[i].values);
    EXPECT_TRUE(letters(decision).empty()) << "an import is silent";
  }
}

TEST(Exchange, ARoundTripLosesNothingInAnyFormat) {
  LeadMaker maker;
  std::vector<Lead> leads;
  for (int i = 1; i <= 500; ++i) leads.push_back(maker.draw(i));
  expect_same(leads, read_import(as_table(leads), ImportFormat::csv, {}, rules(), now()));
  expect_same(leads, read_import(as_json(leads), ImportFormat::json, {}, rules(), now()));
  expect_same(leads, read_import(as_cards(leads), ImportFormat::vcard, {}, rules(), now()));
}

TEST(Exchange, TablesOfOthersAreUnderstoodByTheirHeadings) {
  const auto read = read_import(
      "Nombre;Empresa;Correo electrónico;Teléfono;Firma;Etiquetas\n"
      "María Pérez;Acme SA;Maria@X.Example;+52 55 1234;Pumpen;vip\n",
      ImportFormat::csv, {{"Firma", "product"}}, rules(), now());
  ASSERT_EQ(read.rows.size(), 1U);
  const auto& values = read.rows[0].values;
  EXPECT_EQ(values.at("name"), "María Pérez");
  EXPECT_EQ(values.at("contact.1.emails"), "Maria@x.example");
  EXPECT_EQ(values.at("contact.1.phones"), "+52 55 1234");
  EXPECT_EQ(values.at("product"), "Pumpen");
  EXPECT_EQ(values.at("status"), "lead");
  EXPECT_EQ(values.at("domain"), "x.example");
  EXPECT_TRUE(read.unknown_columns.empty());
}

TEST(Exchange, AHeadingIsAValueOfOursOnlyWhenItNamesOneWhole) {
  const auto read = read_import(
      "Company,Contact,Address,contact.1,next,contact.x.role,contact.1.role,\"last.in\v\"\n"
      "Acme,Ann Lee,\"Calle 5, México\",a,b,c,Buyer,d\n",
      ImportFormat::csv, {}, rules(), now());
  ASSERT_EQ(read.rows.size(), 1U);
  const auto& values = read.rows[0].values;
  EXPECT_EQ(values.at("contact.1.name"), "Ann Lee");
  EXPECT_EQ(values.at("addresses"), "Calle 5, México");
  EXPECT_EQ(values.at("contact.1.role"), "Buyer");
  EXPECT_EQ(read.unknown_columns, (std::vector<std::string>{"contact.1", "next", "contact.x.role", "last.in"}));
}

TEST(Exchange, WhoeverSharesNoDomainWithAnybodyHasNone) {
  const auto read =
      read_import("name,email\nAnn,ann@printer\nBo,bo@gmail.com\n", ImportFormat::csv, {}, rules(), now());
  ASSERT_EQ(read.rows.size(), 2U);
  for (const auto& row : read.rows) EXPECT_FALSE(row.values.contains("domain")) << row.values.at("name");
}

TEST(Exchange, ACellOfOddBlanksIsNoValue) {
  const auto read = read_import("name,email\nAnn,\u00A0 \n", ImportFormat::csv, {}, rules(), now());
  ASSERT_EQ(read.rows.size(), 1U);
  EXPECT_FALSE(read.rows[0].values.contains("contact.1.emails"));
}

TEST(Exchange, BadRowsAreNamedWithLineAndReason) {
  auto company = rules();
  company.record.fields = {{.name = "budget", .type = FieldType::money, .custom = true}};
  const auto read = read_import(
      "name,email,owner,status,budget,mailbox,shoe size\n"
      "A,a@x.example,ana,open,12000 EUR,sales,42\n"
      "B,not an address,,,,,\n"
      ",,ana,,,,\n"
      "C,c@x.example,nobody,,,,\n"
      "D,d@x.example,,happy,,,\n"
      "E,e@x.example,,,much,,\n"
      "F,ana@acme.example,,,,,\n"
      "G,g@x.example,,,,nowhere,\n"
      "H,h@x.example,,,,,,too many\n"
      "I,i@x.example\xff,,,,,\n",
      ImportFormat::csv, {}, company, now());
  EXPECT_EQ(read.rows.size(), 1U);
  EXPECT_EQ(read.unknown_columns, std::vector<std::string>{"shoe size"});
  std::string reasons;
  for (const auto& bad : read.bad) reasons += std::to_string(bad.line) + " " + bad.reason + "\n";
  for (const auto* part : {"3 no e-mail address", "4 it needs an e-mail address", "5 no such user: nobody",
                           "6 no such status: happy", "7 budget: ", "8 ana@acme.example is one of our own",
                           "9 no such mailbox: nowhere", "10 more cells than", "11 column email is not UTF-8"}) {
    EXPECT_NE(reasons.find(part), std::string::npos) << part << " in\n" << reasons;
  }
}

TEST(Exchange, WhatOthersWriteHasToFitTypesAndLists) {
  auto company = rules();
  company.record.lists = {{"source", {"mail", "trade fair"}}};
  const auto read = read_import(
      "name,company,type,employees,source,potential,first_contact_at\n"
      "A,Acme,organization,\"1,200\",Trade Fair,High,2026-11-03T10:00:00Z\n"
      "B,,organization,,,,\n"
      "C,,,many,,,\n"
      "D,,,,billboard,,\n",
      ImportFormat::csv, {}, company, now());
  ASSERT_EQ(read.rows.size(), 1U);
  EXPECT_EQ(read.rows[0].values.at("employees"), "1200");
  EXPECT_EQ(read.rows[0].values.at("source"), "trade fair");
  EXPECT_EQ(read.rows[0].values.at("potential"), "high");
  EXPECT_EQ(read.rows[0].values.at("first_contact_at"),
            std::to_string(to_unix(*parse_rfc3339("2026-11-03T10:00:00Z"))));
  ASSERT_EQ(read.bad.size(), 3U);
  EXPECT_EQ(read.bad[0].reason, "an organization needs a company name");
  EXPECT_TRUE(read.bad[1].reason.starts_with("employees: ")) << read.bad[1].reason;
  EXPECT_TRUE(read.bad[2].reason.starts_with("source: ")) << read.bad[2].reason;
}

TEST(Exchange, NoNextContactComesInWithoutAWordToAnybody) {
  ImportRow row{.line = 2, .values = {{"status", "lead"}, {"name", "A"}, {"mailbox", "sales"}, {"owner", "luis"}}};
  row.values["next.at"] = std::to_string(to_unix(now() + 25h));
  const auto made = [&] { return decide_import(row, {.by = "admin", .file = "x"}, std::nullopt, rules(), now()); };
  EXPECT_EQ(after({}, made()).value("next.by"), "luis") << "nobody is named: the owner makes it";
  EXPECT_NE(describe(made()).find("remind luis at 2026-11-25T16:00:00Z"), std::string::npos) << describe(made());
  row.values["next.at"] = std::to_string(to_unix(now() - 48h));
  EXPECT_NE(describe(made()).find("remind luis at 2026-11-23T15:00:00Z"), std::string::npos)
      << "at once: " << describe(made());
  row.values.erase("owner");
  const auto nobodys = made();
  EXPECT_NE(describe(nobodys).find("remind  at"), std::string::npos) << describe(nobodys);
  const auto reader = reminded_user(after({}, nobodys), "", ReminderStep::remind, rules(), now());
  EXPECT_EQ(reader, "ana") << "the lead of the team";
}

TEST(Exchange, CardsOfOldTelephonesAreReadWithTheirEncoding) {
  const auto read = read_import(
      "BEGIN:VCARD\r\nVERSION:2.1\r\n"
      "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg;;;\r\n"
      "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=B6rg =\r\nM=C3=BCller\r\n"
      "TEL;CELL:+49 171 1234567\r\nEMAIL;HOME:joerg@x.example\r\n"
      "ORG;CHARSET=ISO-8859-1;QUOTED-PRINTABLE:Stra=DFe=3B Co\r\n"
      "PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ\r\n SkZJRg==\r\n\r\nEND:VCARD\r\n"
      "BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=X-NOBODY;ENCODING=QUOTED-PRINTABLE:J=F6rg\r\nTEL:1\r\nEND:VCARD\r\n"
      "BEGIN:VCARD\r\nVERSION:2.1\r\nFN;ENCODING=QUOTED-PRINTABLE:J=F6rg\r\nTEL:1\r\nEND:VCARD\r\n",
      ImportFormat::vcard, {}, rules(), now());
  ASSERT_EQ(read.rows.size(), 1U);
  EXPECT_EQ(read.rows[0].values.at("name"), "Jörg Müller");
  EXPECT_EQ(read.rows[0].values.at("company"), "Straße; Co");
  EXPECT_EQ(read.rows[0].values.at("phones"), "+49 171 1234567");
  ASSERT_EQ(read.bad.size(), 2U);
  EXPECT_NE(read.bad[0].reason.find("FN can't be read as X-NOBODY"), std::string::npos) << read.bad[0].reason;
  EXPECT_NE(read.bad[1].reason.find("FN can't be read as UTF-8"), std::string::npos) << read.bad[1].reason;
}

TEST(Exchange, CardsOfOthersMakeLeads) {
  const auto read = read_import(
      "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:María Pérez\r\nORG:Acme SA;Ventas\r\nEMAIL:maria@x.example\r\n"
      "TEL:tel:+52-55-1234\r\nADR:;;Calle 5;México;;01000;\r\nEND:VCARD\r\n",
      ImportFormat::vcard, {}, rules(), now());
  ASSERT_EQ(read.rows.size(), 1U);
  EXPECT_EQ(read.rows[0].values.at("company"), "Acme SA");
  EXPECT_EQ(read.rows[0].values.at("phones"), "+52-55-1234");
  EXPECT_EQ(read.rows[0].values.at("addresses"), "Calle 5, México, 01000");
}

TEST(Exchange, ANextContactAheadIsRemindedOfAndAssignmentOnlyOnRequest) {
  ImportRow row{.line = 2, .values = {{"status", "lead"}, {"name", "A"}, {"mailbox", "sales"}, {"owner", "ana"}}};
  row.values["next.by"] = "ana";
  row.values["next.at"] = std::to_string(to_unix(now() + 24h));
  const auto silent = decide_import(row, {.by = "admin", .file = "x"}, std::nullopt, rules(), now());
  EXPECT_NE(describe(silent).find("remind ana"), std::string::npos);
  EXPECT_TRUE(letters(silent).empty());
  row.values.erase("owner");
  const auto told = decide_import(row, {.by = "admin", .file = "x", .assigns = true}, std::nullopt, rules(), now());
  EXPECT_TRUE(sends(told, LetterKind::notice));
}

TEST(Exchange, LimitsHold) {
  std::string many = "name\n";
  for (std::size_t i = 0; i <= kMostImportRows; ++i) many += "x\n";
  const auto read = read_import(many, ImportFormat::csv, {}, rules(), now());
  EXPECT_EQ(read.rows.size(), kMostImportRows);
  EXPECT_EQ(read.bad.size(), 1U);
  EXPECT_EQ(read_import(std::string(kMostImportBytes + 1, 'x'), ImportFormat::csv, {}, rules(), now()).bad.size(), 1U);
}

}  // namespace
}  // namespace leadmail::leads
