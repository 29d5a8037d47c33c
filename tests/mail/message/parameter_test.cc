#include "mail/message/parameter.h"

#include <gtest/gtest.h>

namespace leadmail::mail::message {
namespace {

std::string describe(std::string_view field) {
  const auto parameters = read_parameters(field);
  std::string text = parameters.value;
  for (const auto& [name, value] : parameters.all) text.append("|").append(name).append("=").append(value);
  return text;
}

TEST(Parameter, IsReadInAllItsSpellings) {
  EXPECT_EQ(describe("text/plain; charset=utf-8"), "text/plain|charset=utf-8");
  EXPECT_EQ(describe("Text/Plain ; Charset=\"utf-8\" ; Format=Flowed"), "text/plain|charset=utf-8|format=Flowed");
  EXPECT_EQ(describe("multipart/mixed; boundary=\"a;b\""), "multipart/mixed|boundary=a;b");
  EXPECT_EQ(describe("multipart/mixed; boundary=\"a\\\"b\""), "multipart/mixed|boundary=a\"b");
  EXPECT_EQ(describe("text/plain (a comment; x=y); charset=x"), "text/plain|charset=x");
  EXPECT_EQ(describe("attachment; filename=my file name.pdf; size=3"), "attachment|filename=my file name.pdf|size=3");
}

TEST(Parameter, InPiecesOrEncodedIsPutTogether) {
  EXPECT_EQ(describe("attachment; filename*=utf-8''caf%C3%A9.pdf"), "attachment|filename=café.pdf");
  EXPECT_EQ(describe("attachment; filename*0*=utf-8''caf; filename*1*=%C3; filename*2*=%A9.pdf"),
            "attachment|filename=café.pdf");
  EXPECT_EQ(describe("attachment; filename*1=\"lo.txt\"; filename*0=\"hel\""), "attachment|filename=hello.txt");
  EXPECT_EQ(describe("attachment; filename*0*=iso-8859-1'en'caf%E9; filename*1=\" x.pdf\""),
            "attachment|filename=café x.pdf");
  EXPECT_EQ(describe("attachment; filename=\"a.pdf\"; filename*=utf-8''%C3%A9.pdf"), "attachment|filename=é.pdf");
  EXPECT_EQ(describe("attachment; filename=\"=?utf-8?B?w6kucGRm?=\""), "attachment|filename=é.pdf");
  EXPECT_EQ(describe("attachment; filename=\"caf\xE9.pdf\""), "attachment|filename=café.pdf");
}

TEST(Parameter, SurvivesWhatProgramsGetWrong) {
  EXPECT_EQ(describe("text/plain charset=utf-8 format=flowed"), "text/plain|charset=utf-8|format=flowed");
  EXPECT_EQ(describe("multipart/mixed;; boundary=x;"), "multipart/mixed|boundary=x");
  EXPECT_EQ(describe("attachment; filename=\"never closed.pdf; size=3"), "attachment|filename=never closed.pdf|size=3");
  EXPECT_EQ(describe("attachment; filename=\"C:\\Users\\x.doc\""), "attachment|filename=C:\\Users\\x.doc");
  EXPECT_EQ(describe("; filename=x"), "|filename=x");
  EXPECT_EQ(describe(""), "");
  EXPECT_EQ(describe("attachment; filename=\"a\r\n b.pdf\""), "attachment|filename=a b.pdf");
}

TEST(Parameter, ListsAreBounded) {
  std::string many = "text/plain";
  for (int i = 0; i < 100000; ++i) many += "; p" + std::to_string(i) + "=v";
  const auto parameters = read_parameters(many);
  EXPECT_EQ(parameters.all.size(), 64U);
  EXPECT_TRUE(parameters.truncated);
}

}  // namespace
}  // namespace leadmail::mail::message
