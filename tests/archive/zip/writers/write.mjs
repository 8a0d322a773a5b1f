// Packs each FOLDER into OUT with the zip libraries of npm. Usage: node write.mjs FOLDER OUT [FOLDER OUT]...
import { createWriteStream, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";

import * as zipjs from "@zip.js/zip.js";
import AdmZip from "adm-zip";
import { ZipArchive } from "archiver";
import { zipSync } from "fflate";
import JSZip from "jszip";
import yazl from "yazl";

zipjs.configure({ useWebWorkers: false });

const filesOf = (folder) =>
  readdirSync(folder, { recursive: true })
    .sort()
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => [name, readFileSync(join(folder, name))]);

async function withJszip(files, out, options) {
  const archive = new JSZip();
  for (const [name, content] of files) archive.file(name, content);
  writeFileSync(out, await archive.generateAsync({ type: "nodebuffer", compression: "DEFLATE", ...options }));
}

async function withArchiver(folder, out, options) {
  const archive = new ZipArchive(options);
  archive.directory(folder, false);
  archive.finalize();
  await pipeline(archive, createWriteStream(out));
}

async function withYazl(files, out, add) {
  const archive = new yazl.ZipFile();
  for (const [name, content] of files) add(archive, name, content);
  archive.end();
  await pipeline(archive.outputStream, createWriteStream(out));
}

function withAdmZip(files, out) {
  const archive = new AdmZip();
  for (const [name, content] of files) archive.addFile(name, content);
  archive.writeZip(out);
}

async function withZipjs(files, out, options) {
  const archive = new zipjs.ZipWriter(new zipjs.Uint8ArrayWriter());
  for (const [name, content] of files) await archive.add(name, new zipjs.Uint8ArrayReader(content), options);
  writeFileSync(out, await archive.close());
}

const pairs = process.argv.slice(2);
while (pairs.length) {
  const [folder, place] = pairs.splice(0, 2);
  const files = filesOf(folder);
  const out = (writer) => join(place, `${writer}.zip`);
  await withJszip(files, out("jszip"), {});
  await withJszip(files, out("jszip, streamed"), { streamFiles: true });
  await withArchiver(folder, out("archiver"), {});
  await withArchiver(folder, out("archiver, stored"), { store: true });
  await withYazl(files, out("yazl"), (archive, name, content) => archive.addBuffer(content, name));
  await withYazl(files, out("yazl, from disk"), (archive, name) => archive.addFile(join(folder, name), name));
  await withYazl(files, out("yazl, zip64"), (archive, name, content) =>
    archive.addBuffer(content, name, { forceZip64Format: true }),
  );
  withAdmZip(files, out("adm-zip"));
  writeFileSync(out("fflate"), zipSync(Object.fromEntries(files)));
  await withZipjs(files, out("zip.js"), {});
  await withZipjs(files, out("zip.js, zip64"), { zip64: true });
}
