// Reads each archive named on standard input with the zip libraries of npm, and prints what each saw as JSON.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";

import * as zipjs from "@zip.js/zip.js";
import AdmZip from "adm-zip";
import { unzipSync } from "fflate";
import JSZip from "jszip";
import yauzl from "yauzl";

zipjs.configure({ useWebWorkers: false, useCompressionStream: false });

async function readYauzl(archive) {
  const opened = await promisify(yauzl.fromBuffer)(archive, { lazyEntries: true });
  const open = promisify(opened.openReadStream.bind(opened));
  const files = [];
  return new Promise((resolve, reject) => {
    opened.on("error", reject);
    opened.on("end", () => resolve(files));
    opened.on("entry", async (entry) => {
      try {
        const pieces = [];
        for await (const piece of await open(entry)) pieces.push(piece);
        files.push([entry.fileName, Buffer.concat(pieces)]);
        opened.readEntry();
      } catch (error) {
        reject(error);
      }
    });
    opened.readEntry();
  });
}

async function readJszip(archive) {
  const opened = await JSZip.loadAsync(archive, { checkCRC32: true });
  return Promise.all(Object.values(opened.files).map(async (file) => [file.name, await file.async("nodebuffer")]));
}

async function readAdmZip(archive) {
  return new AdmZip(archive).getEntries().map((entry) => [entry.entryName, entry.getData()]);
}

async function readFflate(archive) {
  return Object.entries(unzipSync(archive)).map(([name, content]) => [name, Buffer.from(content)]);
}

async function readZipjs(archive) {
  const opened = new zipjs.ZipReader(new zipjs.Uint8ArrayReader(archive), { checkSignature: true });
  const files = [];
  for (const entry of await opened.getEntries()) {
    const content = entry.directory ? [] : await entry.getData(new zipjs.Uint8ArrayWriter());
    files.push([entry.filename, Buffer.from(content)]);
  }
  return files;
}

const READERS = {
  yauzl: readYauzl,
  jszip: readJszip,
  "adm-zip": readAdmZip,
  fflate: readFflate,
  "zip.js": readZipjs,
};

const digest = (content) => createHash("sha256").update(content).digest("hex");

const lines = [];
for (const path of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const archive = readFileSync(path);
  for (const [reader, read] of Object.entries(READERS)) {
    const seen = { reader, path, files: [] };
    try {
      const files = (await read(archive)).filter(([name, content]) => !name.endsWith("/") || content.length);
      seen.files = files.map(([name, content]) => [name, digest(content)]);
    } catch (error) {
      seen.error = String(error);
    }
    lines.push(JSON.stringify(seen));
  }
}
process.stdout.write(lines.join("\n") + "\n");
