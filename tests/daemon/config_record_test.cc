// What a company keeps of a lead, from its config.
#include <gtest/gtest.h>

#include "daemon/config.h"
#include "daemon/config_read.h"

namespace leadmail::daemon {
namespace {

struct Read {
  leads::RecordSpec record{};
  std::string errors{};
};

Read read(const std::string& text) {
  ConfigReport report;
  const auto tree = parse_tree(text, "leadmail.toml", report);
  Read result;
  leads::Rules rules;
  rules.users = {{.id = "luis", .addresses = {"luis@acme.example", "l@acme.example"}}};
  read_record(tree, rules, report);
  result.record = std::move(rules.record);
  for (const auto& error : report.errors(tree.files)) result.errors += error.message + "; ";
  return result;
}

TEST(RecordConfig, ADepartmentMayNameUsers) {
  const auto [record, errors] = read(R"(
[[department]]
id = "billing"
addresses = ["billing@Acme.example"]
users = ["Luis", "eva"]
)");
  ASSERT_EQ(record.departments.size(), 1U);
  EXPECT_EQ(record.departments[0].addresses, (std::vector<std::string>{"billing@acme.example", "luis@acme.example"}));
  EXPECT_EQ(errors, "there is no user 'eva'; ");
}

TEST(RecordConfig, AFieldIsCalledLikeNothingThatALeadKeepsByItself) {
  EXPECT_EQ(read("[[field]]\nname = \"owner\"\n").errors, "'owner' is what a lead keeps by itself; ");
  EXPECT_EQ(read("[[field]]\nname = \"next.at\"\n").errors,
            "a field's name has at most 40 letters a to z, digits, _ and -; ");
  EXPECT_EQ(read("[[field]]\nname = \"ship_date-2\"\n").errors, "");
}

TEST(RecordConfig, ReadsFieldsListsStepsAndStages) {
  const auto [record, errors] = read(R"(
[company]
currency = "MXN"
[[field]]
name = "Budget"
type = "money"
labels = { es = "Presupuesto" }
[lists]
lost_reason = ["price", "time"]
[qualification]
required = ["need", "budget"]
[[step]]
id = "demo"
after = "7d"
[[stage]]
id = "talks"
probability = 30
[[stage]]
id = "signed"
closed = "won"
[evaluation]
lowest = 0
highest = 10
verdict = [{ from = 0, text = "cold" }, { from = 30, text = "hot" }]
)");
  EXPECT_EQ(errors, "");
  EXPECT_EQ(record.currency, "MXN");
  ASSERT_EQ(record.fields.size(), 1U);
  EXPECT_EQ(record.fields[0].name, "budget");
  EXPECT_EQ(record.fields[0].type, leads::FieldType::money);
  EXPECT_EQ(leads::label_of(record.fields[0], "es"), "Presupuesto");
  EXPECT_EQ(leads::label_of(record.fields[0], "vi"), "budget");
  EXPECT_EQ(record.lists.at("lost_reason").size(), 2U);
  EXPECT_EQ(record.required_answers.size(), 2U);
  EXPECT_EQ(record.steps.at(0).after, std::chrono::days{7});
  EXPECT_EQ(record.stages.at(1).probability, 100);
  EXPECT_EQ(leads::verdict_of(record.evaluation, 29, "en"), "cold");
  EXPECT_EQ(leads::verdict_of(record.evaluation, 30, "en"), "hot");
}

TEST(RecordConfig, NamesWhatContradictsItself) {
  EXPECT_NE(read("[[field]]\nname = \"company\"\n").errors.find("every lead has a 'company' already"),
            std::string::npos);
  EXPECT_NE(read("[[field]]\nname = \"a\"\n[[field]]\nname = \"A\"\n").errors.find("stands twice"), std::string::npos);
  EXPECT_NE(read("[[field]]\nname = \"a\"\ntype = \"choice\"\n").errors.find("needs its choices"), std::string::npos);
  EXPECT_NE(read("[qualification]\nrequired = [\"bugdet\"]\n").errors.find("no question 'bugdet'"), std::string::npos);
  EXPECT_NE(read("[company]\ncurrency = \"pesos\"\n").errors.find("three capital letters"), std::string::npos);
  EXPECT_NE(read("[evaluation]\nlowest = 5\nhighest = 5\n").errors.find("below the highest"), std::string::npos);
}

}  // namespace
}  // namespace leadmail::daemon
