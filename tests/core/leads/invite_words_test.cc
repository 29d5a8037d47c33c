// Whether somebody is to be invited, as people write it behind an event.
#include "core/leads/invite_words.h"

#include "tests/core/leads/world.h"

namespace leadmail::leads {
namespace {

using namespace world;

std::string read(std::string_view text) {
  const auto invite = read_invite(text);
  const char* const wishes[] = {"unsaid", "invite", "leave out", "unclear"};
  const std::string wish = wishes[static_cast<int>(invite.wish)];
  return wish + (invite.address.empty() ? "" : " " + invite.address) + " | " + std::string(invite.rest);
}

TEST(Inviting, IsReadAtTheEndInThreeLanguages) {
  EXPECT_EQ(read("at their office, invite"), "invite | at their office");
  EXPECT_EQ(read("at their office, please invite them."), "invite | at their office");
  EXPECT_EQ(read("invite"), "invite | ");
  EXPECT_EQ(read("online and invite the customer"), "invite | online");
  EXPECT_EQ(read("invite Eva@X.Example"), "invite Eva@x.example | ");
  EXPECT_EQ(read("with invitation"), "invite | ");
  EXPECT_EQ(read("en su oficina, invitar al cliente"), "invite | en su oficina");
  EXPECT_EQ(read("invitar a eva@x.example"), "invite eva@x.example | ");
  EXPECT_EQ(read("tại văn phòng, mời khách"), "invite | tại văn phòng");
  EXPECT_EQ(read("mời"), "invite | ");
  EXPECT_EQ(read(", moi"), "invite | ");
}

TEST(Inviting, DeniedInvitesNobodyAndIsNoPartOfThePlace) {
  for (const auto* const text : {"no invite",
                                 "- do not invite",
                                 "don't invite",
                                 "don\u2019t invite him",
                                 "dont invite the customer",
                                 "do not send an invitation",
                                 "without inviting",
                                 "without invitation",
                                 "without an invite",
                                 "invite nobody",
                                 "invite: no",
                                 "no need to invite",
                                 "not to be invited",
                                 "please do not yet invite them",
                                 "no-invite",
                                 "sin invitar",
                                 "sin invitación",
                                 "no invitar",
                                 "no invitarlo",
                                 "no lo invites",
                                 "sin invitar a nadie",
                                 "no hay que invitar",
                                 "no enviar invitación",
                                 "todavía no invitar",
                                 "không mời",
                                 "đừng mời",
                                 "không mời khách",
                                 "chưa mời",
                                 "không cần mời ai",
                                 "khong moi",
                                 "không gửi thư mời",
                                 "xin đừng mời khách nhé"}) {
    EXPECT_EQ(read(text), "leave out | ") << text;
    EXPECT_EQ(read("at their office, " + std::string(text)), "leave out | at their office") << text;
  }
}

TEST(Inviting, ThatCanNotBeToldIsUnclear) {
  for (const auto* const text :
       {"do not forget to invite him", "no, invite him", "invite Rosa and her boss", "no olvides invitar",
        "invite anybody", "do not invite eva@x.example", "van phong moi", "đừng quên mời khách"}) {
    EXPECT_EQ(read(text).substr(0, 7), "unclear") << text << ": " << read(text);
  }
}

TEST(Inviting, IsNotReadIntoAPlace) {
  for (const auto* const text : {"at their office", "tại văn phòng mới", "at the open house, by invitation",
                                 "en la sala de los invitados de Eva", "", "with Eva, who was invited yesterday"}) {
    EXPECT_EQ(read(text), "unsaid | " + std::string(text));
  }
}

Decision told(const std::string& text) { return decide(answer_of_ana(text), knowing(lead()), rules(), now()); }

TEST(EventCommand, SendsNoInvitationWhereItIsDeniedOrUnclear) {
  const auto to_guest = [](const Decision& decision) {
    return std::ranges::any_of(letters(decision), [](const Letter& one) { return !one.to.empty(); });
  };
  for (const auto* const text :
       {"#event call tomorrow 10:00 30 min - do not invite", "#event meeting friday 10:00 no invitar",
        "#event meeting friday 10:00 an hour at their office, sin invitar"}) {
    const auto decision = told(text);
    EXPECT_FALSE(to_guest(decision)) << text;
    EXPECT_EQ(after(lead(), decision).value("event.1.place").find("nvit"), std::string_view::npos) << text;
    EXPECT_FALSE(after(lead(), decision).value("event.1.at").empty()) << text;
  }
  for (const auto* const text :
       {"#event call friday 10:00, do not forget to invite", "#event call, invite him, friday 10:00",
        "#event call friday 10:00 tai van phong moi"}) {
    const auto decision = told(text);
    EXPECT_FALSE(to_guest(decision)) << text;
    EXPECT_TRUE(letter(decision, LetterKind::result).is_refusal) << text;
  }
}

}  // namespace
}  // namespace leadmail::leads
