import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const API = process.env.TRIBUTARY_URL ?? "http://127.0.0.1:8080";
const served = [
  "/v1",
  "/c/",
  "/i/",
  "/postback",
  "/t.js",
  "/px.gif",
  "/docs",
  "/openapi.json",
  "/healthz",
  "/readyz",
];

/** Widgets of most pages that the first one does without: tables, forms, the calendar. */
const WIDGETS = new RegExp(
  [
    "@tanstack/(react-)?(table|virtual)",
    "ui/(table/|DataTable)",
    "@mantine/(form|dates/esm/components/(?!DatesProvider))",
  ].join("|"),
);

/** What many pages share comes in one file: a hundred small ones cost more than the few bytes that one page spares. */
const GROUPS = [
  // The frame needs these of the calendar's: in with the widgets they would bring all of them to the first page.
  { name: "provider", priority: 3, test: /dayjs|@mantine\/dates\/esm\/components\/DatesProvider/ },
  { name: "shared", minShareCount: 50, priority: 2, test: (id: string) => !WIDGETS.test(id) },
  { name: "widgets", minShareCount: 30, priority: 1, test: WIDGETS },
];

/** Lays a `.br` and a `.gz` beside each text asset as written, so that the server compresses nothing while it serves. */
function compressed(): Plugin {
  return {
    name: "compressed-assets",
    apply: "build",
    async writeBundle({ dir = "dist" }, bundle) {
      const texts = Object.keys(bundle).filter((name) => /\.(js|css|svg|webmanifest)$/.test(name));
      await Promise.all(texts.map((name) => compress(join(dir, name))));
    },
  };
}

async function compress(file: string): Promise<void> {
  const plain = await readFile(file);
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
  await writeFile(`${file}.br`, brotliCompressSync(plain, quality));
  await writeFile(`${file}.gz`, gzipSync(plain, { level: constants.Z_BEST_COMPRESSION }));
}

export default defineConfig({
  plugins: [react(), compressed()],
  resolve: { alias: { "~": new URL("./src", import.meta.url).pathname } },
  // Browsers since the middle of 2024: they know light-dark(), which older targets would have taken apart.
  build: {
    target: "es2022",
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    rolldownOptions: { output: { codeSplitting: { groups: GROUPS } } },
  },
  server: { port: 5173, proxy: Object.fromEntries(served.map((path) => [path, API])) },
});
