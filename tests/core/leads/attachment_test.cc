#include "core/leads/attachment.h"

#include "tests/core/leads/world.h"

namespace leadmail::leads {
namespace {

using namespace world;

Attachment a_file(const std::string& name, char digit = 'a', const std::string& type = "application/pdf") {
  return {.name = name, .type = type, .size = 12, .sha256 = std::string(64, digit)};
}

TEST(Attachment, IsALineOfTheLeadAndComesBack) {
  for (const auto& file : {a_file("oferta ñ.pdf"), a_file("a  b.pdf"), a_file(""), a_file("x", 'f', "")}) {
    const auto back = read_attachment(line_of(file));
    EXPECT_EQ(back.name, file.name == "a  b.pdf" ? "a b.pdf" : file.name);
    EXPECT_EQ(back.type, file.type);
    EXPECT_EQ(back.size, file.size);
    EXPECT_EQ(back.sha256, file.sha256);
  }
  EXPECT_EQ(line_of({.name = "old\n.pdf"}), "old .pdf");
  for (const auto* const line : {"plan.pdf", "", "0123 12 text/plain x", "not a hash at all"})
    EXPECT_EQ(read_attachment(line).name, line);
  const auto damaged = std::string(64, 'a') + " 99999999999999999999999 text/plain x";
  EXPECT_EQ(read_attachment(damaged).name, damaged);
}

TEST(Attachment, StandsOnALeadOnceAndNoMoreThanTwoHundredDo) {
  auto value = with_files("plan.pdf", {a_file("a.pdf", 'a'), a_file("same bytes.pdf", 'a'), {.name = "plan.pdf"}});
  EXPECT_EQ(value, "plan.pdf\n" + line_of(a_file("a.pdf", 'a')));
  std::vector<Attachment> many;
  for (int i = 0; i < 300; ++i) many.push_back({.name = std::to_string(i)});
  EXPECT_EQ(lines_of(with_files("", many)).size(), 200U);
}

TEST(Attachment, OfAnEventComesBackFromTheBookAndDamageDoesNot) {
  const std::vector<Attachment> files{a_file("a \"b\".pdf"), a_file("ñ", 'c', "image/png")};
  const auto back = files_from_json(files_to_json(files));
  ASSERT_TRUE(back);
  EXPECT_EQ(names_of(*back), "a \"b\".pdf, ñ");
  EXPECT_EQ(back->back().sha256, files.back().sha256);
  for (const auto* const damaged : {"", "{}", "[[]]", "[[1,2,3,4]]", R"([["a","b",-1,"c"]])", R"([["a","b",1,"c",2]])"})
    EXPECT_FALSE(files_from_json(damaged)) << damaged;
}

Inquiry with(std::string text, std::vector<Attachment> files) {
  auto mail = answer_of_ana(std::move(text));
  mail.attachments = std::move(files);
  return mail;
}

TEST(Attachment, UnderANoteIsFiledAndSentToNobody) {
  const auto before = lead();
  const auto decision = decide(with("#note signed", {a_file("c.pdf")}), knowing(before), rules(), now());
  EXPECT_EQ(decision.outcome, Outcome::command);
  EXPECT_FALSE(sends(decision, LetterKind::answer));
  EXPECT_EQ(after(before, decision).value("attachments"), line_of(a_file("c.pdf")));
}

TEST(Attachment, OfAQuotationIsItsDocumentAndGoesToTheProspect) {
  auto before = lead();
  before.values["language"] = "vi";
  const std::vector<Attachment> files{a_file("photo.png", 'b', "image/png"), a_file("q.PDF", 'a', "application/x")};
  const auto decision = decide(with("#quote 900 EUR", files), knowing(before), rules(), now());
  EXPECT_EQ(decision.outcome, Outcome::rep_answer);
  const auto sent = letter(decision, LetterKind::answer);
  EXPECT_TRUE(sent.carries_attachments);
  EXPECT_EQ(sent.language, "vi");
  EXPECT_NE(sent.text.find("báo giá"), std::string::npos);
  EXPECT_EQ(after(before, decision).value("quotation.1.document"), line_of(files.back())) << "the PDF, not the photo";
  EXPECT_EQ(lines_of(after(before, decision).value("attachments")).size(), 2U);
}

TEST(Attachment, OfAQuotationForSomebodyWithoutAnAddressIsKeptAndThatIsSaid) {
  auto before = lead();
  before.values.erase("contact.1.emails");
  before.values.erase("last.in.from");
  const auto decision = decide(with("#quote 900 EUR", {a_file("q.pdf")}), knowing(before), rules(), now());
  EXPECT_EQ(decision.outcome, Outcome::command);
  EXPECT_FALSE(sends(decision, LetterKind::answer));
  EXPECT_NE(letter(decision, LetterKind::result).text.find("q.pdf"), std::string::npos);
  EXPECT_FALSE(after(before, decision).value("quotation.1.document").empty());
}

TEST(Attachment, AloneIsAnAnswerButAPictureOfHisSignatureIsNot) {
  const auto known = knowing(lead());
  EXPECT_EQ(decide(with("", {a_file("a.pdf")}), known, rules(), now()).outcome, Outcome::rep_answer);
  for (const auto use : {Attachment::Use::in_text, Attachment::Use::left_behind}) {
    auto logo = a_file("logo.png", 'a', "image/png");
    logo.use = use;
    EXPECT_EQ(decide(with("", {logo}), known, rules(), now()).outcome, Outcome::ignored);
  }
}

TEST(Attachment, AloneInTheNameOfARepThatNobodyConfirmsSendsNothing) {
  auto forged = with("", {a_file("a.pdf")});
  forged.authenticated = false;
  const auto decision = decide(forged, knowing(lead()), rules(), now());
  EXPECT_EQ(decision.outcome, Outcome::unverified);
  EXPECT_FALSE(sends(decision, LetterKind::answer));
}

TEST(Attachment, UnderAnotherCommandIsKeptAndItsWriterTold) {
  const auto before = lead();
  const auto decision = decide(with("#status interested", {a_file("a.pdf")}), knowing(before), rules(), now());
  EXPECT_FALSE(sends(decision, LetterKind::answer));
  EXPECT_FALSE(after(before, decision).value("attachments").empty());
  EXPECT_NE(letter(decision, LetterKind::result).text.find("a.pdf"), std::string::npos);
}

}  // namespace
}  // namespace leadmail::leads
