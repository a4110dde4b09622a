// Bundles the extension into out/, with the schema that it contributes and the licences of what is bundled.
// `node build.mjs test` bundles the tests too.
import { cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const shared = { bundle: true, platform: "node", format: "cjs", target: "node20", logLevel: "warning" };

rmSync("out", { recursive: true, force: true });
const bundle = { entryPoints: ["src/extension.ts"], outfile: "out/extension.js", external: ["vscode"] };
const { metafile } = await build({ ...shared, ...bundle, minify: true, metafile: true });
writeFileSync("out/notices.txt", notices(Object.keys(metafile.inputs)));
cpSync("../../schemas/baseline.json", "out/schemas/baseline.json");
if (process.argv[2] === "test") {
  const tests = readdirSync("test").filter((name) => name.endsWith(".test.ts"));
  await build({ ...shared, entryPoints: tests.map((name) => `test/${name}`), outdir: "out/test", external: ["vscode"] });
}

/** The licence of each package that a file comes from; one without a licence is an error. */
function notices(files) {
  const found = files.map((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]);
  const packages = [...new Set(found)].filter((one) => one !== undefined).sort();
  return packages
    .map((folder) => {
      const licence = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
      const { name, version } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
      return `${name} ${version}\n\n${readFileSync(`${folder}/${licence}`, "utf8").trim()}\n`;
    })
    .join("\n----\n\n");
}
