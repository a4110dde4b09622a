//! The parts of SARIF that are written, and nothing else.

use serde::Serialize;

#[derive(Serialize)]
pub struct WireLog<'a> {
    #[serde(rename = "$schema")]
    pub schema: &'static str,
    pub version: &'static str,
    pub runs: [WireRun<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WireRun<'a> {
    pub tool: WireTool<'a>,
    pub invocations: [WireInvocation<'a>; 1],
    pub automation_details: WireAutomation,
    pub column_kind: &'static str,
    pub results: Vec<WireResult<'a>>,
}

#[derive(Serialize)]
pub struct WireTool<'a> {
    pub driver: WireDriver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WireDriver<'a> {
    pub name: &'static str,
    pub semantic_version: &'static str,
    pub information_uri: &'static str,
    pub rules: Vec<WireRule<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WireRule<'a> {
    pub id: &'a str,
    pub name: String,
    pub short_description: WireMessage,
    pub full_description: WireMessage,
    pub help: WireMessage,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help_uri: Option<&'a str>,
    pub default_configuration: WireConfiguration,
    pub properties: WireRuleProperties,
}

#[derive(Serialize)]
pub struct WireConfiguration {
    pub level: &'static str,
}

#[derive(Serialize)]
pub struct WireRuleProperties {
    pub tags: Vec<&'static str>,
    pub precision: &'static str,
    #[serde(rename = "problem.severity")]
    pub problem_severity: &'static str,
}

#[derive(Clone, Debug, Serialize)]
pub struct WireMessage {
    pub text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub markdown: Option<String>,
}

impl WireMessage {
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), markdown: None }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WireInvocation<'a> {
    pub execution_successful: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rule_configuration_overrides: Vec<WireOverride<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tool_execution_notifications: Vec<WireNotification<'a>>,
}

#[derive(Serialize)]
pub struct WireOverride<'a> {
    pub descriptor: WireReference<'a>,
    pub configuration: WireConfiguration,
}

#[derive(Serialize)]
pub struct WireReference<'a> {
    pub id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<usize>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WireNotification<'a> {
    pub level: &'static str,
    pub message: WireMessage,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub locations: Vec<WireLocation<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub associated_rule: Option<WireReference<'a>>,
}

#[derive(Serialize)]
pub struct WireAutomation {
    pub id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WireResult<'a> {
    pub rule_id: &'a str,
    pub rule_index: Option<usize>,
    pub level: &'static str,
    pub message: WireMessage,
    pub locations: [WireLocation<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related_locations: Vec<WireLocation<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub code_flows: Vec<WireCodeFlow<'a>>,
    pub partial_fingerprints: WireFingerprints<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fixes: Vec<WireFix<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub suppressions: Vec<WireSuppression<'a>>,
    pub properties: WireResultProperties<'a>,
}

#[derive(Serialize)]
pub struct WireFingerprints<'a> {
    /// What GitHub knows a finding by.
    #[serde(rename = "primaryLocationLineHash", skip_serializing_if = "Option::is_none")]
    pub line_hash: Option<String>,
    #[serde(rename = "delint/v1")]
    pub own: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WireFix<'a> {
    pub description: WireMessage,
    pub artifact_changes: Vec<WireChange<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WireChange<'a> {
    pub artifact_location: WireArtifact,
    pub replacements: Vec<WireReplacement<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WireReplacement<'a> {
    pub deleted_region: WireRegion,
    pub inserted_content: WireContent<'a>,
}

#[derive(Serialize)]
pub struct WireContent<'a> {
    pub text: &'a str,
}

#[derive(Serialize)]
pub struct WireSuppression<'a> {
    pub kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub justification: Option<&'a str>,
}

#[derive(Serialize)]
pub struct WireResultProperties<'a> {
    pub path: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub form: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effect: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<&'a str>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WireLocation<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<usize>,
    pub physical_location: WirePhysical,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub logical_locations: Vec<WireLogical<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<WireMessage>,
}

impl WireLocation<'_> {
    /// The line by which GitHub places a finding.
    pub fn line(&self) -> usize {
        self.physical_location.region.as_ref().map_or(1, |region| region.start_line)
    }
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WirePhysical {
    pub artifact_location: WireArtifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<WireRegion>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WireArtifact {
    pub uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uri_base_id: Option<&'static str>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WireRegion {
    pub start_line: usize,
    pub start_column: usize,
    pub end_line: usize,
    pub end_column: usize,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WireLogical<'a> {
    pub fully_qualified_name: &'a str,
    pub kind: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WireCodeFlow<'a> {
    pub thread_flows: [WireThreadFlow<'a>; 1],
}

#[derive(Serialize)]
pub struct WireThreadFlow<'a> {
    pub locations: Vec<WireStep<'a>>,
}

#[derive(Serialize)]
pub struct WireStep<'a> {
    pub location: WireLocation<'a>,
}
