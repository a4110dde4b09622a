//! What there is to say of files that were not checked.

/// Something to tell about a file that could not be checked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Message {
    pub kind: MessageKind,
    /// One sentence without a full stop. It may hold any character that a file's name can hold.
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MessageKind {
    /// What was asked for could not be done.
    Error,
    Note,
}
