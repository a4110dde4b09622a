//! The output formats. A format is one file here, its `mod` line and one line in the list below.

mod azure;
mod checkstyle;
mod concise;
mod excerpt;
mod github;
mod gitlab;
mod html;
mod json;
mod junit;
mod line;
mod line_hash;
mod markdown;
mod ndjson;
mod paint;
mod place;
mod pretty;
mod rdjson;
pub mod reporter;
mod rooted;
mod sarif;
pub mod summary;
pub mod visible;
mod wire;
mod words;
mod xml;

use std::fmt;
use std::str::FromStr;

pub use pretty::notification;
use reporter::{Options, Reporter};

/// Makes the list of formats: the variant is the reporter's type, the module its file and its name.
macro_rules! formats {
    ($($(#[doc = $about:literal])+ $format:ident = $module:ident,)+) => {
        /// How findings are written.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        pub enum Format {
            #[default]
            $($(#[doc = $about])+ $format,)+
        }

        impl Format {
            pub const ALL: &[Self] = &[$(Self::$format),+];

            /// The name a user gives: `pretty`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$format => stringify!($module),)+
                }
            }

            /// One line that says what the format is for.
            #[must_use]
            pub fn about(self) -> &'static str {
                match self {
                    $(Self::$format => concat!($($about),+).trim(),)+
                }
            }
        }

        /// The reporter of a format.
        #[must_use]
        pub fn reporter(format: Format, options: Options) -> Box<dyn Reporter> {
            match format {
                $(Format::$format => Box::new($module::$format::new(options)),)+
            }
        }
    };
}

formats! {
    /// For people: each finding with an excerpt of its file
    Pretty = pretty,
    /// One line for each finding, for `grep` and problem matchers
    Concise = concise,
    /// For programs: stable, described by schemas/report.json
    Json = json,
    /// For programs that read line by line
    Ndjson = ndjson,
    /// For code scanning: SARIF 2.1.0
    Sarif = sarif,
    /// For GitHub Actions: annotations, and the summary of the job
    Github = github,
    /// For GitLab: a Code Quality report
    Gitlab = gitlab,
    /// For Azure Pipelines: logging commands
    Azure = azure,
    /// For services that show tests: JUnit's XML
    Junit = junit,
    /// For services that show warnings: Checkstyle's XML
    Checkstyle = checkstyle,
    /// For reviewdog
    Rdjson = rdjson,
    /// A table and the excerpts, for comments and summaries
    Markdown = markdown,
    /// A page to look at
    Html = html,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A name that no format has.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no format named `{0}`")]
pub struct UnknownFormat(pub String);

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let named = Self::ALL.iter().find(|format| format.as_str() == name);
        named.copied().ok_or_else(|| UnknownFormat(name.to_owned()))
    }
}
