//! What an instance of a resource is.

use super::names::Names;
use crate::guard::Guard;

/// An instance of a resource.
#[derive(Clone, Debug)]
pub struct Instance {
    /// `aws_s3_bucket.logs`, `aws_s3_bucket.logs[0]`, `aws_s3_bucket.logs["a"]`
    pub address: String,
    pub guard: Guard,
    /// What is known in its body beside the names of the module.
    pub names: Names,
}

/// The instances that a resource has.
#[derive(Clone, Debug)]
pub enum Instances {
    /// Exactly these. `keyed` where an index tells them apart.
    Known { keyed: bool, instances: Vec<Instance> },
    /// Nobody knows which: one stands for all, and none can be referred to.
    Open(Box<Instance>),
}

impl Instances {
    pub fn iter(&self) -> impl Iterator<Item = &Instance> {
        match self {
            Self::Known { instances, .. } => instances.as_slice(),
            Self::Open(instance) => std::slice::from_ref(instance.as_ref()),
        }
        .iter()
    }
}
