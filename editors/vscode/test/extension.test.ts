import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { after, before, test, type TestContext } from "node:test";
import { pathToFileURL } from "node:url";
import { Editor } from "./editor";

const PROGRAM = path.resolve(process.env["DELINT"] ?? "../../target/debug/delint");
const BAD = `UserPoolId: eu-west-1_a1B2c3D4e
LogConfigurations:
  - EventSource: userNotification
    LogLevel: INFO
    CloudWatchLogsConfiguration:
      LogGroupArn: arn:aws:logs:eu-west-1:210987654321:log-group:/aws/vendedlogs/users
`;

let folder: string;
let file: string;

before(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "delint-"));
  file = path.join(folder, "bad.yaml");
  fs.writeFileSync(file, BAD);
});

after(() => fs.rmSync(folder, { recursive: true }));

async function until(what: string, holds: () => boolean): Promise<void> {
  for (const end = Date.now() + 20_000; !holds(); ) {
    assert.ok(Date.now() < end, what);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

type Extension = ReturnType<Editor["load"]>;

/** The extension in an editor, active. Its server ends with the test, however that ends: as long as it is up, so is this process. */
async function activated(editor: Editor, context: TestContext): Promise<Extension> {
  const extension = editor.load();
  context.after(() => extension.deactivate());
  await extension.activate({ subscriptions: [] });
  return extension;
}

function starts(editor: Editor): string[] {
  return editor.log.filter((line) => line.startsWith("info: starting"));
}

test("it shows what the server finds, again after a restart, and ends the server", async (context) => {
  const editor = new Editor(file);
  editor.settings["path"] = PROGRAM;
  const extension = await activated(editor, context);
  const found = () => editor.findings.get(pathToFileURL(file).href) ?? [];
  for (const times of [1, 2]) {
    await until(`there is a finding: ${editor.log.join("\n")}`, () => found().length === 1);
    const [finding] = found();
    assert.equal(finding?.code.value, "user-notification-level");
    assert.ok(finding.code.target.toString().endsWith("/docs/rules/user-notification-level.md"));
    const { start, end } = finding.range;
    assert.deepEqual([start.line, start.character, end.line, end.character], [3, 14, 3, 18]);
    assert.equal(starts(editor).length, times);
    if (times === 1) {
      await editor.commands.get("delint.restart")?.();
    }
  }
  await extension.deactivate();
  assert.deepEqual(found(), []);
  const ends = () => editor.log.filter((line) => line === "info: Server process exited successfully");
  await until(editor.log.join("\n"), () => ends().length === 2);
  assert.deepEqual([editor.errors, editor.log.filter((line) => line.startsWith("error"))], [[], []]);
});

test("it offers the fix of a finding, which is right and leaves nothing to be found", async (context) => {
  const editor = new Editor(file);
  editor.settings["path"] = PROGRAM;
  await activated(editor, context);
  const found = () => editor.findings.get(pathToFileURL(file).href) ?? [];
  await until(`there is a finding: ${editor.log.join("\n")}`, () => found().length === 1);
  const offered = await editor.offered(found()[0]!);
  const preferred = offered.filter((action) => action.isPreferred);
  assert.deepEqual(preferred.map((action) => action.title), ["Set `LogLevel` to `ERROR`"]);
  assert.ok(offered.some((action) => action.title === "Ignore user-notification-level here"));
  editor.apply(preferred[0]!);
  assert.equal(editor.document.text, BAD.replace("LogLevel: INFO", "LogLevel: ERROR"));
  await until(`nothing is left to be found: ${editor.log.join("\n")}`, () => found().length === 0);
  assert.deepEqual(editor.errors, []);
});

test("it says what to install where there is no program", async (context) => {
  const editor = new Editor(file);
  editor.settings["path"] = path.join(folder, "delint");
  await activated(editor, context);
  assert.equal(editor.errors.length, 1);
  assert.match(editor.errors[0] ?? "", /there is no program at .*`pip install delint`.*`delint\.path`/);
  assert.deepEqual(starts(editor), []);
  // What was installed meanwhile is found without starting the editor again.
  editor.settings["path"] = PROGRAM;
  await editor.commands.get("delint.restart")?.();
  assert.equal(starts(editor).length, 1);
});

test("a program that is no server is told, and a better one starts without a new window", async (context) => {
  const other = path.join(folder, "other");
  fs.writeFileSync(other, "#!/bin/sh\necho 'no such command' >&2\nexit 2\n", { mode: 0o755 });
  const editor = new Editor(file);
  editor.settings["path"] = other;
  await activated(editor, context);
  assert.ok(editor.errors.length > 0);
  assert.ok(editor.log.some((line) => line.includes("no such command")), editor.log.join("\n"));
  editor.settings["path"] = PROGRAM;
  await editor.commands.get("delint.restart")?.();
  await until(`there is a finding: ${editor.log.join("\n")}`, () => editor.findings.size === 1);
});

test("it starts nothing where it is switched off", async (context) => {
  const editor = new Editor(file);
  Object.assign(editor.settings, { enable: false, path: PROGRAM });
  await activated(editor, context);
  assert.deepEqual([editor.errors, editor.log], [[], ["info: not started: `delint.enable` is off"]]);
});
