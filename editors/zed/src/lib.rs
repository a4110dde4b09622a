//! Starts `delint lsp` for Zed: the program of the settings, or `delint` in the `PATH` of the worktree.

use zed_extension_api::settings::{CommandSettings, LspSettings};
use zed_extension_api::{self as zed, Command, Extension, LanguageServerId, Result, Worktree};

struct Delint;

impl Extension for Delint {
    fn new() -> Self {
        Self
    }

    fn language_server_command(&mut self, server: &LanguageServerId, worktree: &Worktree) -> Result<Command> {
        let binary = LspSettings::for_worktree(server.as_ref(), worktree)?.binary;
        let CommandSettings { path, arguments, .. } =
            binary.unwrap_or(CommandSettings { path: None, arguments: None, env: None });
        let command = path.or_else(|| worktree.which("delint")).ok_or(
            "`delint` is not in PATH: install it with `pip install delint`, or say in `lsp.delint.binary.path` where it is",
        )?;
        let args = arguments.unwrap_or_else(|| vec!["lsp".to_owned()]);
        Ok(Command { command, args, env: worktree.shell_env() })
    }
}

zed::register_extension!(Delint);
