//! Bytes to trees: what is read, and where each part of it lies.

mod choice;
mod hcl;
mod hcl_hostile;
mod hcl_strings;
mod hostile;
mod json;
mod oracle;
mod properties;
mod shown;
mod spans;
mod yaml;
