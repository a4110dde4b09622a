//! Files of services that run delint: their commands are executed as the service does, on good files and on bad ones.

use regex::Regex;
use serde_yaml::Value;

use super::blocks::Block;
use super::read;
use super::shell::User;

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Actions of others that may be used.
const ACTIONS: &[&str] =
    &["actions/checkout", "actions/upload-artifact", "github/codeql-action/upload-sarif"];

/// One step of a job: what is executed, and what is read afterwards.
#[derive(Default)]
struct Step {
    script: String,
    /// Whether it is done even if one before it failed.
    is_always: bool,
    /// Files that are to be there by then.
    reads: Vec<String>,
}

pub fn yaml(block: &Block) {
    let file: Value =
        serde_yaml::from_str(&block.text).unwrap_or_else(|error| panic!("{block} is no YAML: {error}"));
    match block.file() {
        ".pre-commit-config.yaml" => hooks(block, &file),
        ".delint.yaml" => configuration(block),
        ".gitlab-ci.yml" => jobs(block, &gitlab(&file), &[("GITLAB_CI", "true"), ("CI_PROJECT_DIR", ".")]),
        "azure-pipelines.yml" => jobs(block, &azure(&file), &[("TF_BUILD", "True")]),
        name if name.starts_with(".github/workflows/") => {
            jobs(block, &github(block, &file), &[("GITHUB_ACTIONS", "true"), ("GITHUB_WORKSPACE", ".")]);
        }
        name => panic!("{block}: nobody knows how to execute {name}"),
    }
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_sequence).map_or(&[], Vec::as_slice)
}

/// All hooks exist in the version that is named. `scripts/test-packages` runs them.
fn hooks(block: &Block, file: &Value) {
    let manifest: Value = serde_yaml::from_str(&read(".pre-commit-hooks.yaml")).unwrap();
    let known: Vec<&str> = manifest.as_sequence().unwrap().iter().map(|hook| text(hook, "id")).collect();
    let repositories = list(file, "repos");
    assert!(!repositories.is_empty(), "{block} has no repository");
    for repository in repositories {
        assert_eq!(text(repository, "repo"), "https://github.com/delint/delint", "{block}");
        assert_eq!(text(repository, "rev"), format!("v{VERSION}"), "{block}");
        let hooks = list(repository, "hooks");
        assert!(!hooks.is_empty(), "{block} has no hook");
        for hook in hooks {
            assert!(known.contains(&text(hook, "id")), "{block}: there is no hook {}", text(hook, "id"));
        }
    }
}

fn configuration(block: &Block) {
    let user = User::new(true);
    user.write(".delint.yaml", &block.text);
    let ran = user.bash("delint check", &[]);
    assert!(ran.code == Some(0) && ran.err.is_empty(), "{block}: {ran:#?}");
}

/// Does the steps of each job, once where all is good and once where something is not.
fn jobs(block: &Block, jobs: &[Vec<Step>], variables: &[(&str, &str)]) {
    assert!(!jobs.is_empty(), "{block} has no job");
    for steps in jobs {
        for expected in [0, 1] {
            let user = User::new(expected == 0);
            let mut code = 0;
            for step in steps {
                if code != 0 && !step.is_always {
                    continue;
                }
                if !step.script.is_empty() {
                    let ran = user.bash(&step.script, variables);
                    assert!(
                        !ran.err.contains("stand-in") && !ran.err.contains("error:"),
                        "{block}: {ran:#?}"
                    );
                    code = if code == 0 { ran.code.unwrap() } else { code };
                }
                for name in &step.reads {
                    assert!(user.has(name), "{block}: there is no {name}");
                }
            }
            let runs = steps.iter().any(|step| step.script.contains("delint"));
            assert_eq!(code, if runs { expected } else { 0 }, "{block}");
        }
    }
}

fn github(block: &Block, file: &Value) -> Vec<Vec<Step>> {
    let action: Value = serde_yaml::from_str(&read("action.yml")).unwrap();
    let jobs = file.get("jobs").and_then(Value::as_mapping).unwrap();
    let job = |job: &Value| {
        let steps = list(job, "steps").iter().map(|step| {
            let uses = text(step, "uses");
            let (name, version) = uses.split_once('@').unwrap_or_default();
            let inputs = step.get("with").and_then(Value::as_mapping);
            let inputs = inputs.into_iter().flat_map(|inputs| inputs.keys());
            if name == "delint/delint" {
                assert_eq!(version, format!("v{VERSION}"), "{block}");
                for input in inputs {
                    assert!(
                        action.get("inputs").unwrap().get(input).is_some(),
                        "{block}: no input {input:?}"
                    );
                }
            } else {
                assert!(name.is_empty() || ACTIONS.contains(&name), "{block} uses {name}");
            }
            let script = text(step, "run").to_owned();
            assert!(!script.contains("${{"), "{block} runs an expression");
            assert!(script.is_empty() != name.is_empty(), "{block} has a step that does nothing");
            // What the action writes is looked at by its own test.
            let read = step.get("with").map_or("", |with| text(with, "sarif_file"));
            let reads =
                if read.contains("${{") || read.is_empty() { Vec::new() } else { vec![read.to_owned()] };
            Step { script, is_always: text(step, "if").contains("always()"), reads }
        });
        steps.collect()
    };
    jobs.values().map(job).collect()
}

fn gitlab(file: &Value) -> Vec<Vec<Step>> {
    let job = |job: &Value| {
        let lines: Vec<&str> = list(job, "script").iter().filter_map(Value::as_str).collect();
        let artifacts = job.get("artifacts");
        let is_always = artifacts.is_some_and(|artifacts| text(artifacts, "when") == "always");
        let reports = artifacts.and_then(|artifacts| artifacts.get("reports")).and_then(Value::as_mapping);
        let reads = reports.into_iter().flat_map(|reports| reports.values());
        let reads = reads.filter_map(Value::as_str).map(str::to_owned).collect();
        vec![
            Step { script: lines.join("\n"), ..Step::default() },
            Step { is_always, reads, ..Step::default() },
        ]
    };
    file.as_mapping().unwrap().values().map(job).collect()
}

fn azure(file: &Value) -> Vec<Vec<Step>> {
    let step = |step: &Value| {
        let read = step.get("inputs").map_or("", |inputs| text(inputs, "testResultsFiles"));
        Step {
            script: text(step, "script").to_owned(),
            is_always: text(step, "condition") == "always()",
            reads: Some(read.to_owned()).filter(|read| !read.is_empty()).into_iter().collect(),
        }
    };
    vec![list(file, "steps").iter().map(step).collect()]
}

/// A `Jenkinsfile`, as far as its commands and the files that it reads afterwards can be seen without Jenkins.
pub fn groovy(block: &Block) {
    assert_eq!(block.file(), "Jenkinsfile", "{block}");
    for (open, close) in [('{', '}'), ('(', ')'), ('[', ']')] {
        let count = |c: char| block.text.matches(c).count();
        assert_eq!(count(open), count(close), "{block}: {open} and {close} do not match");
    }
    let (stages, post) = block.text.split_once("post {").expect("a part that is always done");
    assert!(post.trim_start().starts_with("always {"), "{block}: reports are read only sometimes");
    let script = Regex::new(r"(?s)\bsh '''\n(.*?)'''").unwrap();
    let scripts: Vec<String> = script.captures_iter(stages).map(|found| found[1].to_owned()).collect();
    assert_eq!(scripts.len(), stages.matches("sh '").count(), "{block} has a script of another shape");
    let read = Regex::new(r"(?:pattern|testResults): '([^']+)'").unwrap();
    let reads: Vec<String> = read.captures_iter(post).map(|found| found[1].to_owned()).collect();
    assert!(!scripts.is_empty() && !reads.is_empty(), "{block}");
    let mut steps: Vec<Step> = scripts.into_iter().map(|script| Step { script, ..Step::default() }).collect();
    steps.push(Step { is_always: true, reads, ..Step::default() });
    jobs(block, &[steps], &[("JENKINS_URL", "https://jenkins.example.org/")]);
}
