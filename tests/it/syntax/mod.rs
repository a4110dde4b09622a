//! Bytes to trees: what is read, and where each part of it lies.

mod choice;
mod hcl;
mod hostile;
mod json;
mod oracle;
mod properties;
mod shown;
mod spans;
mod yaml;
