// As much of VS Code as the extension and its client touch: settings, one open document, where findings and messages go, and
// what can be done about a finding.
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

/** Something that can be done. */
export interface Action {
  title: string;
  isPreferred?: boolean;
  edit?: WorkspaceEdit;
}

interface ActionProvider {
  provideCodeActions(document: unknown, range: Range, context: object, token: object): Promise<Action[]>;
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

class Location {
  constructor(readonly uri: Uri, readonly range: Range) {}
}

class DiagnosticRelatedInformation {
  constructor(readonly location: Location, readonly message: string) {}
}

class CodeAction {
  constructor(readonly title: string) {}
}

class TextEdit {
  constructor(readonly range: Range, readonly newText: string) {}
}

class WorkspaceEdit {
  readonly files = new Map<string, TextEdit[]>();
  set(uri: Uri, edits: (TextEdit | [TextEdit, unknown])[]): void {
    this.files.set(uri.toString(), edits.map((edit) => (Array.isArray(edit) ? edit[0] : edit)));
  }
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

class CodeActionKind {
  static readonly Empty = new CodeActionKind("");
  static readonly QuickFix = new CodeActionKind("quickfix");
  constructor(readonly value: string) {}
  append(part: string): CodeActionKind {
    return new CodeActionKind(this.value === "" ? part : `${this.value}.${part}`);
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
  readonly document;
  private readonly changed = new Emitter();
  private readonly actions: ActionProvider[] = [];

  constructor(file: string) {
    const text = fs.readFileSync(file, "utf8");
    const getText = () => this.document.text;
    this.document = { uri: Uri.parse(pathToFileURL(file).href), languageId: "yaml", version: 1, text, getText };
  }

  /** What can be done about a finding. */
  async offered(finding: Finding): Promise<Action[]> {
    const { token } = new CancellationTokenSource();
    const context = { diagnostics: [finding], triggerKind: 1 };
    const asked = this.actions.map((one) => one.provideCodeActions(this.document, finding.range, context, token));
    return (await Promise.all(asked)).flat();
  }

  /** Makes the one edit of an action, as if it were typed. */
  apply(action: Action): void {
    const files = [...(action.edit?.files ?? [])];
    const [edit, ...others] = files.flatMap(([, edits]) => edits);
    if (edit === undefined || others.length > 0 || files[0]?.[0] !== this.document.uri.toString()) {
      throw new Error(`one edit of the document is due: ${JSON.stringify(action)}`);
    }
    const lines = this.document.text.split("\n");
    const offset = ({ line, character }: Position) => lines.slice(0, line).join("\n").length + Math.sign(line) + character;
    const [start, end] = [offset(edit.range.start), offset(edit.range.end)];
    this.document.text = this.document.text.slice(0, start) + edit.newText + this.document.text.slice(end);
    this.document.version += 1;
    const change = { range: edit.range, rangeOffset: start, rangeLength: end - start, text: edit.newText };
    this.changed.fire({ document: this.document, contentChanges: [change], reason: undefined });
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
      DiagnosticRelatedInformation,
      Location,
      CancellationTokenSource,
      CodeAction,
      CodeActionKind,
      CodeActionTriggerKind: { Invoke: 1, Automatic: 2 },
      Disposable,
      TabInputText,
      TextEdit,
      WorkspaceEdit,
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
        onDidChangeTextDocument: this.changed.event,
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
        registerCodeActionsProvider: (_selector: unknown, provider: ActionProvider) => {
          this.actions.push(provider);
          return { dispose: () => this.actions.splice(this.actions.indexOf(provider), 1) };
        },
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
