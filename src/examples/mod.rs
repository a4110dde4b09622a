//! The examples of rules: each is written in every form that can say it, and must be found alike in all of them.

pub mod canonical;
pub mod case;
pub mod cloudformation;
pub mod fixed;
pub mod hcl;
pub mod layout;
pub mod provider;
pub mod pulumi;
pub mod run;
pub mod spell;
pub mod wrap;
