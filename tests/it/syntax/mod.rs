//! Bytes to trees: what is read, and where each part of it lies.

mod json;
mod shown;
mod spans;
mod yaml;
