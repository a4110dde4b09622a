//! What is said of a mistake in a rule file, and where.

use delint::rules::Mistake;

use super::read;

/// A rule file with a mistake: what is wrong stands between `«` and `»`.
const MISTAKES: &[(&str, &str)] = &[
    (
        "summary: x\nseverity: error\nwhen: { «log_level»: ERROR }\nREST",
        "`log_level` is no path; did you mean `LogLevel`?",
    ),
    (
        "summary: x\nseverity: error\nrequire: { LogLevel: ERROR }\nreport: { message: «'{/userPoolId}'» }",
        "`/userPoolId` is no path; did you mean `UserPoolId`?",
    ),
    ("«# nothing\n»", "there is no rule in this file"),
    ("extends: «5»\nsummary: x\nseverity: error\nREST", "the name of a built-in rule is due here"),
    ("«sumary»: x\nsummary: x\nseverity: error\nREST", "unknown member `sumary`; did you mean `summary`?"),
    ("«elephant»: x\nsummary: x\nseverity: error\nREST", "unknown member `elephant`"),
    ("summary: x\nseverity: «fatal»\nREST", "one of hint, warning, error is due here"),
    (
        "summary: x\nseverity: error\neffect: «bad»\nREST",
        "one of rejected, silent, replaced, advice is due here",
    ),
    ("summary: «1»\nseverity: error\nREST", "`summary` must be a text"),
    (
        "summary: x\nseverity: error\nrequire: { «LogLevel.foo»: ERROR }\nreport: { message: x }",
        "`LogLevel.foo` is no path: `foo` is no part of a string; there are arn, partition, service, region, account, \
         resource, log_group_name, log_group_suffix, bucket_name, bucket_path, stream_name",
    ),
    (
        "summary: x\nseverity: error\neach: «/UserPoolId -> lambda.X»\nREST",
        "`/UserPoolId -> lambda.X` is no path: `lambda` is no kind of resource; there are user_pool, log_group, bucket, \
         stream, provider",
    ),
    (
        "summary: x\nseverity: error\nrequire: { LogLevel: { «is»: ERROR } }\nreport: { message: x }",
        "`is` is no test",
    ),
    (
        "summary: x\nseverity: error\nrequire: { LogLevel: { min: «-1» } }\nreport: { message: x }",
        "a number is due here, 0 or more",
    ),
    (
        "summary: x\nseverity: error\nrequire: { LogLevel: { reaches: «6.5.x» } }\nreport: { message: x }",
        "a version is due here, such as 6.5.0",
    ),
    ("summary: x\nseverity: error\nresource: «bucket»\nREST", "one of delivery_source is due here"),
    ("summary: x\nseverity: error\nenabled: «maybe»\nREST", "true or false is due here"),
    (
        "summary: x\nseverity: error\nrequire: { LogLevel: { type: «text» } }\nreport: { message: x }",
        "one of string, number, bool, null, list, map, reference is due here",
    ),
    (
        "summary: x\nseverity: error\nrequire: { LogLevel: { matches: «'^(a'» } }\nreport: { message: x }",
        "this is no regular expression: ",
    ),
    (
        "summary: x\nseverity: error\nrequire: { LogLevel: { characters: «'[z-a]'» } }\nreport: { message: x }",
        "this is no regular expression: ",
    ),
    (
        "summary: x\nseverity: error\nrequire: { any_of: «{ LogLevel: ERROR }» }\nreport: { message: x }",
        "a list of conditions is due here",
    ),
    (
        "summary: x\nseverity: error\nrequire: «ERROR»\nreport: { message: x }",
        "a condition is due here: a mapping from paths to tests",
    ),
    (
        "summary: x\nseverity: error\nrequire: { LogLevel: ERROR }\nreport: { message: «'{LogLevel is é'» }",
        "a hole is opened and not closed; `{{` is a brace",
    ),
    (
        "summary: x\nseverity: error\nrequire: { LogLevel: ERROR }\nreport: { message: x, help: «'{LogLevel:nom}'» }",
        "`:nom` is no facet of a hole; there are `:name`, `:resource` and `:reference`",
    ),
    (
        "summary: x\nseverity: error\nrequire: { LogLevel: ERROR }\nreport: { message: x, note: «'{a b}'» }",
        "`a b` is no path: `a b` is no part of a string",
    ),
    (
        "summary: x\nseverity: error\nrequire: { LogLevel: ERROR }\nreport: { message: x, «hint»: y }",
        "unknown member `hint`",
    ),
    (
        "summary: x\nseverity: error\nrequire: { LogLevel: ERROR }\nreport: { «at»: . }",
        "`message` is missing",
    ),
    (
        "summary: x\nseverity: error\ncheck: { problem: «typo» }\nreport: { message: x }",
        "one of duplicate-key, syntax-error, unused-suppression, expired-suppression, suppression-reason, unknown-rule is \
         due here",
    ),
    (
        "summary: x\nseverity: error\ncheck: «{}»\nreport: { message: x }",
        "`schema`, `problem` or `unique` is due here",
    ),
    ("«severity»: error\nREST", "`summary` is missing"),
    ("«- a»", "a mapping is due here"),
    ("summary: «\"»x", "unclosed quote"),
    ("«a: 1\n---\nb: 2»", "a rule file holds one document"),
    (
        "summary: x\nseverity: error\nyields_to: «log-group-kmss»\nREST",
        "there is no rule named `log-group-kmss`; did you mean `log-group-kms`?",
    ),
    ("summary: x\nseverity: error\nyields_to: [arn-format, «x»]\nREST", "a rule cannot yield to itself"),
    (
        "summary: x\nseverity: error\nextends: «log-group-kmss»\nREST",
        "`log-group-kmss` is no built-in rule; did you mean `log-group-kms`?",
    ),
    (
        "summary: x\nseverity: error\nforms: [api, «cloudfromation»]\nREST",
        "one of api, response, cloudformation, terraform, pulumi is due here; did you mean `cloudformation`?",
    ),
    (
        "summary: x\nseverity: error\neach: «LogConfiguration[]»\nREST",
        "`LogConfiguration[]` leads nowhere: there is no `LogConfiguration` here; did you mean `LogConfigurations`?",
    ),
    (
        "summary: x\nseverity: error\neach: «LogConfigurations.LogLevel»\nREST",
        "`LogConfigurations.LogLevel` leads nowhere: a list has no `LogLevel`; `[]` behind its name is each of its items",
    ),
    (
        "summary: x\nseverity: error\neach: «LogConfigurations[].LogLevel.arn»\nREST",
        "`LogConfigurations[].LogLevel.arn` is no path to nodes",
    ),
    (
        "summary: x\nseverity: error\nwhen: { «LogLvl»: ERROR }\nREST",
        "`LogLvl` leads nowhere: there is no `LogLvl` here; did you mean `LogLevel`?",
    ),
    (
        "summary: x\nseverity: error\nwhen: { «S3Configuration.Bucket»: present }\nREST",
        "`S3Configuration.Bucket` leads nowhere: there is no `Bucket` here",
    ),
    (
        "summary: x\nseverity: error\nwhen: { '«/LogConfigurations[].LogLevel»': ERROR }\nREST",
        "`/LogConfigurations[].LogLevel` leads nowhere: `[]` stands in `each` only",
    ),
    (
        "summary: x\nseverity: error\nwhen: { «/UserPoolId -> user_pool.UserPoolTeir»: LITE }\nREST",
        "`/UserPoolId -> user_pool.UserPoolTeir` leads nowhere: there is no `UserPoolTeir` here; did you mean `UserPoolTier`?",
    ),
    ("summary: x\nseverity: error\nwhen: { «LogLevel:key»: ERROR }\nREST", "`:key` stands in a report only"),
    (
        "summary: x\nseverity: error\nrequire: { LogLevel: ERROR }\nreport: { message: x, also: [{ at: «EventSorce», note: x }] }",
        "`EventSorce` leads nowhere: there is no `EventSorce` here; did you mean `EventSource`?",
    ),
    (
        "summary: x\nseverity: error\nwhen: { EventSource: «userNotifications» }\nREST",
        "`userNotifications` is no value of `EventSource`; did you mean `userNotification`?",
    ),
    (
        "summary: x\nseverity: error\nwhen: { LogLevel: { not: [ERROR, «WARNING»] } }\nREST",
        "`WARNING` is no value of `LogLevel`; there are ERROR, INFO",
    ),
    (
        "summary: x\nseverity: error\nwhen: { S3Configuration: «ERROR» }\nREST",
        "`S3Configuration` is a mapping, which is never equal to that",
    ),
    ("summary: x\nseverity: error\nwhen: { LogLevel: «[]» }\nREST", "nothing is one of none"),
    ("summary: x\nseverity: error\nwhen: «{}»\nREST", "a condition without a member says nothing"),
    ("summary: x\nseverity: error\nwhen: { any_of: «[]» }\nREST", "a condition is due here"),
    ("summary: x\nseverity: error\nwhen: { LogLevel: «{}» }\nREST", "a test is due here"),
    (
        "summary: x\nseverity: error\nwhen: { LogLevel: { min: 3, max: «2» } }\nREST",
        "nothing is at least 3 and at most 2",
    ),
    (
        "summary: x\nseverity: error\nwhen: { LogLevel: { «any»: { LogLevel: ERROR } } }\nREST",
        "`LogLevel` is a string and has no items",
    ),
    (
        "summary: x\nseverity: error\nwhen: { /LogConfigurations: { any: { LogLevel: «WARNING» } } }\nREST",
        "`WARNING` is no value of `LogLevel`",
    ),
    (
        "summary: x\nseverity: error\nwhen: { /LogConfigurations: { «starts_with»: x } }\nREST",
        "`/LogConfigurations` is a list, and `starts_with` is about strings",
    ),
    ("summary: x\nseverity: error\nwhen: { LogLevel: «awaited» }\nREST", "only a resource is awaited"),
    (
        "summary: x\nseverity: error\nrequire: { LogLevel: ERROR }\nreport: { message: «'is {LogLvl}'» }",
        "`LogLvl` leads nowhere: there is no `LogLvl` here; did you mean `LogLevel`?",
    ),
    (
        "summary: x\nseverity: error\nrequire: { LogLevel: ERROR }\nreport: { message: x, note: «'{value}'» }",
        "nothing fills `{value}` here: it belongs to a rule with `check`",
    ),
    (
        "summary: x\nseverity: error\nrequire: { LogLevel: ERROR }\nreport: { message: x, help: x, fix: { safety: safe, remove: «sometimes» } }",
        "true, a list of members or `repeated` is due here",
    ),
    (
        "summary: x\nseverity: error\nrequire: { LogLevel: ERROR }\nreport: { message: x, help: x, fix: { safety: safe, tag: «{ Team: { Name: x } }» } }",
        "a key and its value are due here",
    ),
    (
        "summary: x\nseverity: error\nrequire: { LogLevel: ERROR }\nreport: { message: x, help: x, fix: { safety: safe, add: «{}» } }",
        "a mapping of one member is due here",
    ),
    (
        "summary: x\nseverity: error\nrequire: { LogLevel: ERROR }\nreport: { message: x, help: x, fix: { safety: safe, add: «{ A: x, B: y }» } }",
        "a mapping of one member is due here",
    ),
    (
        "summary: x\nseverity: error\nrequire: { LogLevel: ERROR }\nreport: { message: x, help: { terraform: x, «pulumy»: y } }",
        "`pulumy` is no form; did you mean `pulumi`?",
    ),
    (
        "summary: x\nseverity: error\nrequire: { LogLevel: ERROR }\nreport: { message: x, also: [{ at: LogLevel, note: x, «noet»: y }] }",
        "unknown member `noet`; did you mean `note`?",
    ),
    (
        "summary: x\nseverity: error\nrequire: { LogLevel: ERROR }\nreport: { message: «x.» }",
        "a message is a sentence without a full stop",
    ),
    (
        "summary: x\nseverity: error\ncheck: { schema: enum }\nreport: { message: «'{valeu}'» }",
        "nothing fills `{valeu}`; did you mean `value`?",
    ),
    (
        "summary: x\nseverity: error\ncheck: { schema: enum }\nreport: { «at»: UserPoolId, message: x }",
        "a check that is no condition says itself where it found something",
    ),
    ("summary: x\nseverity: error\nwhy: «''»\nREST", "`why` must be a text"),
    (
        "summary: x\nseverity: error\nlinks: [«http://example.com»]\nREST",
        "an address is due here that begins with https://",
    ),
    (
        "summary: x\nseverity: error\ncheck: { schema: «requird» }\nreport: { message: x }",
        "`requird` is no keyword that is checked; did you mean `required`?",
    ),
    (
        "summary: x\nseverity: error\ncheck: { problem: syntax-error, «at»: LogLevel }\nreport: { message: x }",
        "`at` has no meaning in this check",
    ),
    (
        "summary: x\nseverity: error\ncheck: { schema: enum }\n«when»: { UserPoolId: present }\nreport: { message: x }",
        "`when` has no place beside `check`",
    ),
    (
        "summary: x\nseverity: error\ncases: [{ require: { LogLevel: ERROR }, report: { message: x } }]\n«report»: { message: x }",
        "`report` has no place beside `cases`",
    ),
    (
        "summary: x\nseverity: error\nexamples: «[{ good: { UserPoolId: x } }]»\nREST",
        "there is no `bad` example",
    ),
    (
        "summary: x\nseverity: error\nexamples: [{ «bad»: { UserPoolId: x } }, { good: { UserPoolId: x } }]\nREST",
        "`at` is missing: where this is found",
    ),
    (
        "summary: x\nseverity: error\nexamples: [{ bad: { UserPoolId: x }, at: . }, { good: { UserPoolId: x }, «at»: . }]\nREST",
        "nothing is found in this example",
    ),
    (
        "summary: x\nseverity: error\nexamples: [{ bad: { UserPoolId: x }, «ta»: ., at: . }, { good: { UserPoolId: x } }]\nREST",
        "unknown member `ta`; did you mean `at`?",
    ),
    (
        "summary: x\nseverity: error\nexamples: [{ bad: { «cloudfromation»: x }, at: . }, { good: { UserPoolId: x } }]\nREST",
        "`cloudfromation` is no form; did you mean `cloudformation`?",
    ),
    (
        "summary: x\nseverity: error\nexamples: [{ bad: { UserPoolId: x }, at: ., beside: { «arn-fromat»: . } }, { good: { UserPoolId: x } }]\nREST",
        "there is no rule named `arn-fromat`; did you mean `arn-format`?",
    ),
    (
        "summary: x\nseverity: error\nexamples: [{ bad: { UserPoolId: { ref: «Pol.id» } }, with: { Pool: { kind: user_pool } }, at: . }, { good: { UserPoolId: x } }]\nREST",
        "`with` has no resource named `Pol`; did you mean `Pool`?",
    ),
    (
        "summary: x\nseverity: error\nexamples: [{ bad: { UserPoolId: x }, at: . }, { good: { UserPoolId: x }, «fixed»: { UserPoolId: y } }]\nREST",
        "nothing is found in this example, so there is nothing to fix",
    ),
    (
        "summary: x\nseverity: error\nexamples: [{ bad: { api: x }, at: ., fixed: «{ UserPoolId: y }» }, { good: { UserPoolId: x } }]\nREST",
        "the whole file is due here, as a text",
    ),
    (
        "summary: x\nseverity: error\nexamples: [{ bad: { UserPoolId: x }, at: ., fixed: «ERROR» }, { good: { UserPoolId: x } }]\nREST",
        "a mapping of places to what is there then is due here",
    ),
    (
        "summary: x\nseverity: error\nexamples: [{ bad: { UserPoolId: x }, with: { Pool: { kind: «userpool» } }, at: . }, { good: { UserPoolId: x } }]\nREST",
        "this is no kind of resource; did you mean `user_pool`?",
    ),
];

/// A rule file of which a test says what it is about: with all members that a rule must have.
fn whole(written: &str) -> String {
    let mut text = written.replace("REST", "require: { LogLevel: ERROR }\nreport: { message: x }");
    let has = |name: &str| written.contains(&format!("{name}:")) || written.contains(&format!("{name}»:"));
    // What is no mapping stays as it is.
    if !written.contains("severity") {
        return text;
    }
    for (member, line, others) in [
        ("why", "why: x", &[][..]),
        ("each", "each: LogConfigurations[]", &["check"]),
        ("examples", "examples: [{ bad: { UserPoolId: x }, at: . }, { good: { UserPoolId: x } }]", &[]),
    ] {
        if !has(member) && !others.iter().any(|other| has(other)) {
            text = format!("{}\n{line}\n", text.trim_end());
        }
    }
    text
}

#[test]
fn a_mistake_in_a_rule_file_is_reported_at_its_place() {
    let mut wrong = Vec::new();
    for (marked, message) in MISTAKES {
        let marked = whole(marked);
        let start = marked.find('«').unwrap();
        let end = marked.find('»').unwrap() - '«'.len_utf8();
        let text = marked.replace(['«', '»'], "");
        let mistakes = read("x", &text).err().unwrap_or_default();
        let is_it =
            |mistake: &Mistake| mistake.span.range() == (start..end) && mistake.message.starts_with(message);
        if mistakes.len() != 1 || !mistakes.iter().all(is_it) {
            let found: Vec<_> =
                mistakes.iter().map(|mistake| (&text[mistake.span.range()], &mistake.message)).collect();
            wrong.push(format!("{text}\nexpected at `{}`: {message}\nfound: {found:#?}", &text[start..end]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn all_mistakes_of_a_file_are_reported_at_once() {
    let text = whole(
        "summary: x\nseverity: error\nwhen: { Log Level: x }\nrequire: { LogLevel: { is: x, min: a } }\nreport: { \
                mesage: x, message: '{' }\n",
    );
    let mistakes = read("x", &text).unwrap_err();
    let places: Vec<&str> = mistakes.iter().map(|mistake| &text[mistake.span.range()]).collect();
    assert_eq!(places, ["Log Level", "is", "a", "mesage", "'{'"]);
}
