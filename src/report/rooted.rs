//! Paths from the root of a project, by which services know its files.

use crate::diagnostic::Workspace;

/// The path of a file from the root of the project, without `./` and, as far as it stays inside, without `..`. A name
/// that is no path in the project stays as it is.
pub fn from_root(workspace: &Workspace, name: &str) -> String {
    let Workspace { root, folder } = workspace;
    if name.starts_with('<') && name.ends_with('>') {
        return name.to_owned();
    }
    let inside = match name.strip_prefix(root.as_str()) {
        Some(inside) if !root.is_empty() => inside.to_owned(),
        _ if is_absolute(name) => return name.to_owned(),
        _ => format!("{folder}{name}"),
    };
    let mut steps: Vec<&str> = Vec::new();
    for step in inside.split('/') {
        match (step, steps.last()) {
            ("" | ".", _) => {}
            ("..", Some(last)) if *last != ".." => {
                steps.pop();
            }
            _ => steps.push(step),
        }
    }
    if steps.is_empty() { name.to_owned() } else { steps.join("/") }
}

/// Whether a path says itself where it begins: `/x`, `C:/x`.
pub fn is_absolute(path: &str) -> bool {
    let mut chars = path.chars();
    match (chars.next(), chars.next(), chars.next()) {
        (Some('/'), ..) => true,
        (Some(drive), Some(':'), Some('/')) => drive.is_ascii_alphabetic(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_begin_at_the_root() {
        let workspace = Workspace { root: "/home/x/project/".to_owned(), folder: "infra/".to_owned() };
        for (name, expected) in [
            ("pool.yaml", "infra/pool.yaml"),
            ("../pool.yaml", "pool.yaml"),
            ("a/../b//./c", "infra/b/c"),
            ("../../x", "../x"),
            ("/home/x/project/a/b", "a/b"),
            ("/home/x/projects", "/home/x/projects"),
            ("/etc/x", "/etc/x"),
            ("C:/x", "C:/x"),
            ("a:/x", "a:/x"),
            ("::/x", "infra/::/x"),
            ("<stdin>", "<stdin>"),
            ("", "infra"),
        ] {
            assert_eq!(from_root(&workspace, name), expected, "{name:?}");
        }
        let nowhere = Workspace::default();
        for name in ["/etc/x", "../x", "x", "."] {
            assert_eq!(from_root(&nowhere, name), name);
        }
    }
}
