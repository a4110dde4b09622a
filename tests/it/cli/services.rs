//! What services get: in each format the same verdict, paths from the root of the project, GitHub's summary of a job.

use std::fs;

use delint::report::Format;
use serde_json::Value as Json;

use super::{BAD, GOOD, Ran, Sandbox, finish};

const GITHUB: (&str, &str) = ("GITHUB_ACTIONS", "true");
/// Bytes of a summary that GitHub takes.
const LIMIT: usize = 1 << 20;

fn json(text: &str) -> Json {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn every_format_has_the_same_verdict() {
    let sandbox = Sandbox::new(&[("bad.yaml", BAD), ("good.yaml", GOOD)]);
    for format in Format::ALL {
        let check = |args: &[&str]| sandbox.run(&[&["check", "--format", format.as_str()], args].concat());
        check(&["good.yaml"]).code(0);
        check(&["bad.yaml"]).code(1);
        check(&["bad.yaml", "--exit-zero"]).code(0);
        check(&["bad.yaml", "missing.yaml", "--exit-zero"]).code(2);
        let again = check(&["."]);
        assert_eq!(again, check(&["."]), "{format}");
    }
}

#[test]
fn github_reads_beside_people() {
    let sandbox = Sandbox::new(&[("bad.yaml", BAD)]);
    let pretty = sandbox.run(&["check"]).code(1).out;
    let github = sandbox.run(&["check", "--format", "github"]).code(1).out;
    assert!(github.starts_with("::error file=bad.yaml,line=4,"), "{github}");
    let auto = |args: &[&str], variables: &[(&str, &str)]| {
        sandbox.run_with(&[&["check", "--format", "auto"], args].concat(), variables).code(1).out
    };
    assert_eq!(auto(&[], &[]), pretty);
    assert_eq!(auto(&[], &[("GITHUB_ACTIONS", "false")]), pretty);
    assert_eq!(auto(&[], &[GITHUB]), format!("{pretty}{github}"));
    // Nothing is added that nobody asked for.
    assert_eq!(sandbox.run_with(&["check"], &[GITHUB]).code(1).out, pretty);
    // What people read can go elsewhere; the runner reads standard output.
    assert_eq!(auto(&["--output", "people.txt"], &[GITHUB]), github);
    assert_eq!(fs::read_to_string(sandbox.path().join("people.txt")).unwrap(), pretty);
    // Wherever delint runs, the arguments mean the same.
    for other in ["concise", "github", "auto"] {
        let ran = sandbox.run(&["check", "--format", "auto", "-o", "a", "--format", other]).code(2);
        assert!(ran.err.contains("two formats go to standard output"), "{ran:?}");
        assert!(ran.err.contains("Usage: delint check "), "{ran:?}");
    }
}

fn summarized(sandbox: &Sandbox, format: &str) -> Ran {
    let summary = sandbox.path().join("summary.md");
    sandbox.run_with(
        &["check", "--format", format, "."],
        &[GITHUB, ("GITHUB_STEP_SUMMARY", summary.to_str().unwrap())],
    )
}

#[test]
fn the_summary_of_a_job_grows() {
    let sandbox = Sandbox::new(&[("bad.yaml", BAD)]);
    let summary = || fs::read_to_string(sandbox.path().join("summary.md")).ok();
    summarized(&sandbox, "pretty").code(1);
    summarized(&sandbox, "sarif").code(1);
    assert_eq!(summary(), None, "only annotations have a summary");

    sandbox.write("summary.md", "What was there");
    summarized(&sandbox, "github").code(1);
    let first = summary().unwrap();
    assert!(first.starts_with("What was there\n## delint\n\n**Found 1 error in "), "{first}");
    assert!(first.contains("<code>user-notification-level</code>"), "{first}");
    summarized(&sandbox, "auto").code(1);
    let second = summary().unwrap();
    assert_eq!(second.matches("## delint\n").count(), 2, "{second}");
    assert!(second.starts_with(&first));
}

#[test]
fn the_summary_of_a_job_stays_within_its_limit() {
    let entry = BAD.split_once("LogConfigurations:\n").unwrap().1;
    let many = format!("UserPoolId: eu-west-1_a1B2c3D4e\nLogConfigurations:\n{}", entry.repeat(2000));
    let sandbox = Sandbox::new(&[("bad.yaml", &many)]);
    let summary = || fs::read_to_string(sandbox.path().join("summary.md")).unwrap();
    summarized(&sandbox, "github").code(1);
    assert!((LIMIT / 2..=LIMIT).contains(&summary().len()), "{}", summary().len());
    assert!(summary().contains("There is no room here for "));

    for left in [5000, 100, 1, 0] {
        let before = "x".repeat(LIMIT - left);
        sandbox.write("summary.md", &before);
        let ran = summarized(&sandbox, "github").code(1);
        assert!(summary().len() <= LIMIT && summary().starts_with(&before), "{left}");
        let note = "note: the summary of the job was not written: there is no room left in it\n";
        assert_eq!(ran.err, if summary() == before { note } else { "" }, "{left}");
    }
}

#[test]
fn a_summary_that_cannot_be_written_is_a_note() {
    let sandbox = Sandbox::new(&[("bad.yaml", BAD), ("summary.md/x", "a folder")]);
    let ran = summarized(&sandbox, "github").code(1);
    assert!(ran.err.starts_with("note: the summary of the job was not written: "), "{ran:?}");
}

#[test]
fn paths_begin_at_the_root_of_the_project() {
    let sandbox = Sandbox::new(&[("work/infra/bad.yaml", BAD), ("work/infra/x/bad.yaml", BAD)]);
    let root = sandbox.path().join("work");
    let uris = |variables: &[(&str, &str)], args: &[&str]| {
        let mut command = sandbox.command(&[&["check", "--format", "sarif"], args].concat());
        command.current_dir(root.join("infra")).envs(variables.iter().copied());
        let run = json(&finish(command, b"").code(1).out)["runs"][0].clone();
        let results = run["results"].as_array().unwrap().clone();
        let location = |result: &Json| result["locations"][0]["physicalLocation"]["artifactLocation"].clone();
        let uris = results.iter().map(|result| location(result)["uri"].as_str().unwrap().to_owned());
        (run["automationDetails"]["id"].as_str().unwrap().to_owned(), uris.collect::<Vec<_>>())
    };
    let expected = |id: &str, uris: [&str; 2]| (id.to_owned(), uris.map(str::to_owned).to_vec());
    assert_eq!(uris(&[], &[]), expected("delint/", ["bad.yaml", "x/bad.yaml"]));
    let rooted = expected("delint/infra/", ["infra/bad.yaml", "infra/x/bad.yaml"]);
    assert_eq!(uris(&[("GITHUB_WORKSPACE", root.to_str().unwrap())], &[]), rooted);
    assert_eq!(uris(&[("CI_PROJECT_DIR", root.to_str().unwrap())], &[]), rooted);
    // A service may run elsewhere than in its own project.
    assert_eq!(uris(&[("GITHUB_WORKSPACE", "/nowhere")], &[]).0, "delint/");

    fs::create_dir(root.join(".git")).unwrap();
    assert_eq!(uris(&[], &[]), rooted);
    assert_eq!(uris(&[], &["../infra"]), rooted);
    assert_eq!(uris(&[], &[root.join("infra").to_str().unwrap()]), rooted);
}

#[test]
fn code_scanning_gets_pages_and_changed_severities() {
    let sandbox = Sandbox::new(&[("bad.yaml", BAD)]);
    let run = |args: &[&str]| {
        let ran = sandbox.run(&[&["check", "--exit-zero", "--format", "sarif"], args].concat()).code(0);
        json(&ran.out)["runs"][0].clone()
    };
    let plain = run(&[]);
    let rule = &plain["tool"]["driver"]["rules"][0];
    let page = rule["help"]["markdown"].as_str().unwrap();
    assert!(page.starts_with("# user-notification-level\n"), "{page}");
    assert_eq!(rule["defaultConfiguration"]["level"], "error");
    assert_eq!(plain["invocations"], serde_json::json!([{"executionSuccessful": true}]));

    let changed = run(&["--severity", "user-notification-level=hint"]);
    assert_eq!(changed["results"][0]["level"], "note");
    assert_eq!(changed["tool"]["driver"]["rules"][0]["defaultConfiguration"]["level"], "error");
    let expected = serde_json::json!([{
        "descriptor": {"id": "user-notification-level", "index": 0},
        "configuration": {"level": "note"},
    }]);
    assert_eq!(changed["invocations"][0]["ruleConfigurationOverrides"], expected);
}

#[test]
fn suppressed_findings_are_for_those_who_ask() {
    let text = BAD.replace("INFO", "INFO # delint: ignore[user-notification-level] a test pool");
    let sandbox = Sandbox::new(&[("bad.yaml", &text)]);
    let results = |args: &[&str]| {
        let ran = sandbox.run(&[&["check", "--format", "sarif"], args].concat()).code(0);
        json(&ran.out)["runs"][0]["results"].as_array().unwrap().clone()
    };
    assert_eq!(results(&[]), [Json::Null; 0]);
    let marks: Vec<Json> =
        results(&["--sarif-suppressed"]).iter().map(|result| result["suppressions"].clone()).collect();
    assert_eq!(marks, [serde_json::json!([{"kind": "inSource", "justification": "a test pool"}])]);
}

#[test]
fn a_run_that_could_not_begin_is_a_report_too() {
    let sandbox = Sandbox::new(&[(".delint.yaml", "severty: {}\n"), ("bad.yaml", BAD)]);
    let check = |format: &str| sandbox.run(&["check", "--format", format]).code(2).out;
    let sarif = json(&check("sarif"));
    let invocation = &sarif["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let told = &invocation["toolExecutionNotifications"][0];
    assert!(told["message"]["text"].as_str().unwrap().starts_with("unknown member `severty`"), "{told}");
    let place = &told["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], ".delint.yaml");
    assert_eq!(place["region"]["startLine"], 1);
    assert_eq!(sarif["runs"][0]["results"], serde_json::json!([]));

    assert!(check("github").starts_with("::error file=.delint.yaml,line=1,endLine=1,col=1,endColumn=8,"));
    assert!(
        check("junit").contains("<testsuite name=\".delint.yaml\" tests=\"1\" failures=\"0\" errors=\"1\"")
    );
    assert_eq!(check("gitlab"), "[]\n");
    let summary = check("ndjson");
    assert!(summary.lines().next().unwrap().starts_with(r#"{"type":"notification","kind":"error","#));
    assert!(summary.lines().last().unwrap().starts_with(r#"{"type":"summary","#));
}
