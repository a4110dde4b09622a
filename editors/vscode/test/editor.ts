// As much of VS Code as the extension and its client touch: settings, one open document, and where findings and messages go.
// Everything else is an event that never comes, or an empty class.

import * as fs from "node:fs";
import Module from "node:module";
import * as path from "node:path";
import { pathToFileURL } from "node:url";

export interface Finding {
  range: Range;
  message: string;
  severity: number;
  code: { value: string; target: Uri };
}

export class Uri {
  private constructor(private readonly text: string) {}
  static parse(text: string): Uri {
    return new Uri(text);
  }
  readonly scheme = "file";
  get fsPath(): string {
    return this.text.replace("file://", "");
  }
  toString(): string {
    return this.text;
  }
}

class Position {
  constructor(readonly line: number, readonly character: number) {}
}

class Range {
  readonly start: Position;
  readonly end: Position;
  constructor(...[line, character, endLine, endCharacter]: [number, number, number, number]) {
    this.start = new Position(line, character);
    this.end = new Position(endLine, endCharacter);
  }
}

class Diagnostic {
  constructor(readonly range: Range, readonly message: string, readonly severity: number) {}
}

class TabInputText {
  constructor(readonly uri: Uri) {}
}

class CancellationTokenSource {
  readonly token = { isCancellationRequested: false, onCancellationRequested: never };
  cancel(): void {
    this.token.isCancellationRequested = true;
  }
  dispose(): void {}
}

class Disposable {
  constructor(private readonly end: () => unknown) {}
  dispose(): void {
    this.end();
  }
  static from(...all: { dispose(): unknown }[]): Disposable {
    return new Disposable(() => all.forEach((one) => one.dispose()));
  }
}

class Emitter {
  private readonly listeners = new Set<(what: unknown) => unknown>();
  readonly event = (listener: (what: unknown) => unknown, self?: unknown) => {
    const bound = listener.bind(self);
    this.listeners.add(bound);
    return { dispose: () => this.listeners.delete(bound) };
  };
  fire(what: unknown): void {
    [...this.listeners].forEach((listener) => listener(what));
  }
  dispose(): void {
    this.listeners.clear();
  }
}

/** What a test sets, and what it looks at. */
export class Editor {
  readonly settings: Record<string, unknown> = {};
  readonly commands = new Map<string, () => Promise<void>>();
  readonly log: string[] = [];
  readonly errors: string[] = [];
  readonly findings = new Map<string, Finding[]>();
  private readonly document;

  constructor(file: string) {
    const getText = () => fs.readFileSync(file, "utf8");
    this.document = { uri: Uri.parse(pathToFileURL(file).href), languageId: "yaml", version: 1, getText };
  }

  /** The extension as it is packaged, loaded anew into this editor. */
  load(): { activate(context: { subscriptions: unknown[] }): Promise<void>; deactivate(): Promise<void> } {
    const api = this.api();
    const loader = Module as unknown as { _load(name: string, ...rest: unknown[]): unknown };
    const original = loader._load;
    loader._load = (name, ...rest) => (name === "vscode" ? api : original(name, ...rest));
    try {
      const bundle = path.resolve("out/extension.js");
      delete require.cache[bundle];
      return require(bundle);
    } finally {
      loader._load = original;
    }
  }

  private api(): object {
    const nothing = () => undefined;
    const say = (level: string) => (text: string) => this.log.push(`${level}: ${text}`);
    const channel = { info: say("info"), warn: say("warn"), error: say("error"), debug: nothing, trace: nothing };
    const shown = [{ document: this.document }];
    const configuration = { get: (key: string, initial: unknown) => this.settings[key] ?? initial };
    const collection = {
      set: (uri: Uri, found: Finding[]) => this.findings.set(uri.toString(), found),
      delete: (uri: Uri) => this.findings.delete(uri.toString()),
      clear: () => this.findings.clear(),
      dispose: () => this.findings.clear(),
      has: (uri: Uri) => this.findings.has(uri.toString()),
    };
    return filled(class {}, {
      Uri,
      Position,
      Range,
      Diagnostic,
      CancellationTokenSource,
      Disposable,
      TabInputText,
      EventEmitter: Emitter,
      DiagnosticSeverity: { Error: 0, Warning: 1, Information: 2, Hint: 3 },
      DiagnosticTag: { Unnecessary: 1, Deprecated: 2 },
      version: "1.91.0",
      env: { language: "en", appName: "test" },
      extensions: { all: [], getExtension: nothing },
      window: eventless({
        createOutputChannel: () => ({ ...channel, show: nothing, dispose: nothing, onDidChangeLogLevel: never }),
        showErrorMessage: async (text: string) => void this.errors.push(text),
        tabGroups: { all: [{ tabs: [{ input: new TabInputText(this.document.uri) }] }], onDidChangeTabs: never },
        visibleTextEditors: shown,
        activeTextEditor: shown[0],
      }),
      workspace: eventless({
        getConfiguration: () => configuration,
        textDocuments: [this.document],
        notebookDocuments: [],
        createFileSystemWatcher: () => eventless({ dispose: nothing }),
      }),
      commands: {
        registerCommand: (name: string, run: () => Promise<void>) => {
          this.commands.set(name, run);
          return { dispose: nothing };
        },
      },
      languages: filled(() => ({ dispose: nothing }), {
        createDiagnosticCollection: () => collection,
        match: (selector: { language: string }[]) => (selector.some((one) => one.language === "yaml") ? 10 : 0),
      }),
    });
  }
}

function never(): { dispose(): void } {
  return { dispose: () => undefined };
}

function eventless(known: Record<string, unknown>): object {
  return new Proxy(known, { get: (all, key: string) => (key in all ? all[key] : key.startsWith("on") ? never : undefined) });
}

function filled(other: unknown, known: Record<string, unknown>): object {
  return new Proxy(known, { get: (all, key: string) => (key in all ? all[key] : other) });
}
