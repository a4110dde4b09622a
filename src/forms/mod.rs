//! The input forms: where log delivery configurations are kept, and how each is brought into the canonical shape.

mod api;
pub mod attach;
pub mod call;
mod cloudformation;
pub mod depend;
pub mod form;
mod grants;
pub mod links;
mod named;
mod placeholder;
pub mod policy;
mod provider;
mod pulumi;
pub mod refer;
mod terraform;
mod texts;
mod yields;

use crate::spec::Resource;
use crate::syntax::document::Document;
use form::{Aside, Form, Part, Recognised};
use links::Link;

/// All forms, the most specific first.
static FORMS: &[&dyn Form] = &[&cloudformation::CloudFormation, &pulumi::Pulumi, &terraform::Plan, &api::Api];

/// Words of which at least one stands in every file that can hold a configuration, and in few others.
///
/// A file without any of them is passed over unread by a parser.
pub const TRIGGERS: &[&str] = &[
    "LogConfigurations",
    "LogDeliveryConfiguration",
    "userNotification",
    "userAuthEvents",
    "CloudWatchLogsConfiguration",
    "S3Configuration",
    "FirehoseConfiguration",
    "cognito_log_delivery_configuration",
    "log_delivery_source",
    "logs_delivery_source",
    "AWS::Logs::DeliverySource",
];

/// The first form that the document is written in, and what it holds.
#[must_use]
pub fn recognise(document: &Document) -> Option<Recognised> {
    FORMS.iter().find_map(|form| form.read(document))
}

/// Whether a file of this name says something only together with others of its folder.
#[must_use]
pub fn is_module_file(name: &str) -> bool {
    terraform::is_module_file(name)
}

/// Whether a document says something only together with others of its folder.
#[must_use]
pub fn is_part_of_module(name: &str, document: &Document) -> bool {
    terraform::is_part(name, document)
}

/// The form of documents that are parts of modules, and what one says to delint itself.
#[must_use]
pub fn of_part(document: &Document) -> (&'static str, Vec<Aside>) {
    (terraform::NAME, terraform::asides(document))
}

/// Whether a block of a module can matter; others need not be parsed.
#[must_use]
pub fn is_wanted(block: &str, labels: &[&str]) -> bool {
    terraform::is_wanted(block, labels)
}

/// What the documents of one folder hold: the resources of each unit.
#[must_use]
pub fn join(parts: &[Part<'_>]) -> Vec<Vec<Resource>> {
    terraform::join(parts)
}

/// Where the names in a document lead that is no part of a module.
#[must_use]
pub fn links(document: &Document) -> Vec<Link> {
    // A program holds a configuration of Pulumi's; a template may hold anything.
    pulumi::links(document).or_else(|| cloudformation::links(document)).unwrap_or_default()
}

/// Where the names in the files of one module lead.
#[must_use]
pub fn links_of_module(parts: &[Part<'_>]) -> Vec<Link> {
    terraform::links(parts)
}

/// Whether a text that does not parse was surely meant to hold a log delivery configuration.
#[must_use]
pub fn surely_means_a_configuration(text: &str) -> bool {
    FORMS.iter().any(|form| form.is_meant_by(text))
}

/// The names of all forms, as `forms:` in a rule and `form` in the output have them.
pub const NAMES: &[&str] = &[api::NAME, api::RESPONSE, cloudformation::NAME, terraform::NAME, pulumi::NAME];
