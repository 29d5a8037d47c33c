// What a company keeps of a lead: which values there are, of what type, in which words; own fields, lists, procedure
// steps, stages, scores. A part of Rules, made from the config. Reading and checking of single values is here too.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/leads/when.h"

namespace leadmail::leads {

using Labels = std::map<std::string, std::string, std::less<>>;  ///< language -> what people call it

/// text: one line. list: one of RecordSpec::lists, or anything where that list is empty.
enum class FieldType { text, number, money, date, choice, boolean };

std::optional<FieldType> field_type_named(std::string_view name);

/// One value that people may set: of everybody's, or a company's own ([[field]]).
struct FieldSpec {
  std::string name{};  ///< as in JSON, rules and exports
  FieldType type = FieldType::text;
  Labels labels{};
  std::vector<std::string> choices{};  ///< of a choice; empty: anything
  bool required = false;
  bool custom = false;
};

/// A step of the procedure ([[step]]).
struct StepSpec {
  std::string id{};
  Labels labels{};
  std::chrono::seconds after{};  ///< planned so long after the first mail; 0: not planned
};

/// A stage of an opportunity ([[stage]]).
struct StageSpec {
  std::string id{};
  Labels labels{};
  int probability = 0;  ///< percent
  enum class Closed { no, won, lost } closed = Closed::no;
};

struct Verdict {
  int from = 0;  ///< the smallest total it stands for
  std::string text{};
};

struct Evaluation {
  std::vector<std::string> scores{"need", "budget", "authority", "time", "fit"};
  int lowest = 1;
  int highest = 5;
  std::vector<Verdict> verdicts{};  ///< empty: three that Leadmail knows, in the reader's language
};

/// Whom a conversion is told, beside the owner ([[department]]).
struct Department {
  std::string id{};
  std::vector<std::string> addresses{};
  std::vector<std::string> on{"converted"};  ///< statuses
};

struct RecordSpec {
  std::string currency{};           ///< of amounts without one; "" when the company names none
  std::vector<FieldSpec> fields{};  ///< own ones
  std::map<std::string, std::vector<std::string>, std::less<>> lists{};  ///< [lists]
  std::vector<std::string> required_answers{};  ///< of qualification, before there may be an opportunity
  Evaluation evaluation{};
  std::vector<StepSpec> steps{};
  std::vector<StageSpec> stages{};  ///< empty: those of docs/crm.md
  std::vector<Department> departments{};
};

/// The stages in force: the company's, else qualification, proposal, negotiation, won, lost.
const std::vector<StageSpec>& stages_of(const RecordSpec& record);

/// The seven questions of qualification, in order: need, budget, authority, timeframe, product, heard_through,
/// was_customer.
const std::vector<FieldSpec>& qualification();

/// All fields that `#set` knows: everybody's first, then the company's own.
std::vector<FieldSpec> settable_fields(const RecordSpec& record);
/// The one of them that has this name; everybody's before a company's own.
std::optional<FieldSpec> settable_field(std::string_view name, const RecordSpec& record);

/// Whether the lead keeps something of its own under that name: no company's field may be called so.
bool is_reserved(std::string_view name);

/// What people call it: the label in that language, else in English, else the name.
std::string label_of(const FieldSpec& field, std::string_view language);

/// What people call any value of a lead: "budget", "opportunity.2.value", "contact.1.role", "step.demo.done_at",
/// "qualification.need.note"; "" for one that nobody is shown.
std::string value_label(std::string_view field, std::string_view language, const RecordSpec& record);

/// The field that somebody wrote: name or label in any language, case and accents apart; the longest that `text`
/// begins with. `used`: bytes of it.
struct NamedField {
  FieldSpec field{};
  std::size_t used = 0;
};
std::optional<NamedField> read_field(std::string_view text, const RecordSpec& record);

/// How many bytes of `text` say `name`, word by word, case and accents apart, "_" and "-" as blanks; 0: they do not.
std::size_t words_said(std::string_view text, std::string_view name);

/// "yes" or "no" (or "unknown") in any of the three languages.
std::optional<std::string> read_answer(std::string_view word);

/// "Need, Budget, …": the seven questions, for people who wrote another.
std::string question_names(std::string_view language);

/// One entry of `entries` that somebody wrote, by whole text or a unique beginning; case and accents apart.
std::optional<std::size_t> read_entry(std::string_view text, const std::vector<std::string>& entries);

/// The text as a value of that type, in the form that the lead keeps: numbers and money as decimal text, a date as
/// 2026-12-03 (the first contact as an instant), a choice as the config spells it, yes or no as "yes" or "no". Error
/// (give_up): a sentence for the user.
Result<std::string> read_value(const FieldSpec& field, std::string_view text, const WhenContext& context,
                               const RecordSpec& record);

/// What a sum of scores means. docs/crm.md
std::string verdict_of(const Evaluation& evaluation, int total, std::string_view language);

}  // namespace leadmail::leads
