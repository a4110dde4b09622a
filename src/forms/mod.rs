//! The input forms: where log delivery configurations are kept, and how each is brought into the canonical shape.

mod api;
pub mod attach;
mod cloudformation;
pub mod form;
mod grants;
mod named;
pub mod policy;

use crate::syntax::document::Document;
use form::{Form, Recognised};

/// All forms, the most specific first.
static FORMS: &[&dyn Form] = &[&cloudformation::CloudFormation, &api::Api];

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
    "AWS::Logs::DeliverySource",
];

/// The first form that the document is written in, and what it holds.
#[must_use]
pub fn recognise(document: &Document) -> Option<Recognised> {
    FORMS.iter().find_map(|form| form.read(document))
}

/// Whether a text that does not parse was surely meant to hold a log delivery configuration.
#[must_use]
pub fn surely_means_a_configuration(text: &str) -> bool {
    FORMS.iter().any(|form| form.is_meant_by(text))
}

/// The names of all forms, as `forms:` in a rule and `form` in the output have them.
pub const NAMES: &[&str] = &[api::NAME, api::RESPONSE, cloudformation::NAME];
