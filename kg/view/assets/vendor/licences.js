// Name, version and licence text of every npm package that the bundles may hold: all of the lock file but build tools.
import { readFileSync, readdirSync } from "node:fs";

const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));
for (const [folder, { version, dev }] of Object.entries(packages).sort()) {
  if (!folder || dev) continue;
  const { name, license, author } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const by = typeof author === "string" ? author : author?.name;
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  const text = file ? `\n${readFileSync(`${folder}/${file}`, "utf8").trim()}\n` : "";
  process.stdout.write(`${"-".repeat(80)}\n${name} ${version}: ${license}${by ? `, ${by}` : ""}\n${text}\n`);
}
