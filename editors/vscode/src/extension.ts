// Starts `delint lsp` and keeps it as the settings say. What is found, and what is done about it, is the server's.

import * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions, type Executable } from "vscode-languageclient/node";
import { find, ofProcess } from "./binary";
import { LANGUAGES } from "./languages";

const INSTALL = "https://github.com/delint/delint/blob/main/docs/editors.md";

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel("delint", { log: true });
  const started = new Server(output);
  server = started;
  context.subscriptions.push(
    output,
    vscode.commands.registerCommand("delint.restart", () => started.restart()),
    vscode.commands.registerCommand("delint.showOutput", () => output.show()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => started.restart()),
    vscode.workspace.onDidChangeConfiguration((change) =>
      change.affectsConfiguration("delint.path") || change.affectsConfiguration("delint.enable")
        ? started.restart()
        : undefined,
    ),
  );
  await started.restart();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}

/** The one server of a window, or none. Whatever is asked of it happens after what was asked before. */
class Server {
  private client: LanguageClient | undefined;
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly output: vscode.LogOutputChannel) {}

  restart(): Promise<void> {
    return this.afterLast(async () => {
      await this.end();
      await this.begin();
    });
  }

  stop(): Promise<void> {
    return this.afterLast(() => this.end());
  }

  private afterLast(what: () => Promise<void>): Promise<void> {
    this.last = this.last.then(what).catch((error: unknown) => this.output.error(String(error)));
    return this.last;
  }

  private async begin(): Promise<void> {
    const settings = vscode.workspace.getConfiguration("delint");
    if (!settings.get<boolean>("enable", true)) {
      this.output.info("not started: `delint.enable` is off");
      return;
    }
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
    const found = find(ofProcess(settings.get<string>("path", ""), folder));
    if ("problem" in found) {
      this.output.error(found.problem);
      void tell(found.problem);
      return;
    }
    this.output.info(`starting ${found.program} lsp`);
    const run: Executable = { command: found.program, args: ["lsp"] };
    const client = new LanguageClient("delint", "delint", { run, debug: run }, this.options());
    this.client = client;
    await client.start();
  }

  private async end(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    // One that did not start, or has died, cannot be stopped.
    await client?.dispose().catch((error: unknown) => this.output.warn(String(error)));
  }

  private options(): LanguageClientOptions {
    return {
      documentSelector: LANGUAGES.map((language) => ({ scheme: "file", language })),
      outputChannel: this.output,
    };
  }
}

/** Says what is wrong, and offers what helps. */
async function tell(problem: string): Promise<void> {
  const [install, settings] = ["How to Install", "Open the Settings"];
  const text = `${problem} Install it with \`pip install delint\`, or say in \`delint.path\` where it is.`;
  switch (await vscode.window.showErrorMessage(text, install, settings)) {
    case install:
      await vscode.env.openExternal(vscode.Uri.parse(INSTALL));
      break;
    case settings:
      await vscode.commands.executeCommand("workbench.action.openSettings", "delint.path");
      break;
  }
}
